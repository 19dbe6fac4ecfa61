import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { type RedisTlsFiles, watchRedisTls } from '../../src/credentials/watch-redis-tls.ts'
import { defaultRedisOptions, type RedisTls } from '../../src/redis/options.ts'
import { createRecordingLog } from '../issuers/recording-log.ts'
import { CertificateAuthority } from '../support/certificate-authority.ts'

const names = ['ca.pem', 'own.pem', 'own.key'] as const
const authority = new CertificateAuthority('first')
const other = new CertificateAuthority('second')
let folder: string
let files: Readonly<Record<(typeof names)[number], string>>
let opened: RedisTlsFiles | null = null

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sallyport-redis-tls-'))
})
afterAll(() => rm(folder, { recursive: true }))

beforeEach(async () => {
  const { certificate, key } = authority.issue({ name: 'sidecar' })
  files = { 'ca.pem': authority.certificate, 'own.pem': certificate, 'own.key': key }
  await Promise.all(names.map((name) => write(name, files[name])))
})
afterEach(async () => {
  await opened?.close()
  opened = null
})

function write(name: (typeof names)[number], text: string): Promise<void> {
  return writeFile(join(folder, name), text)
}

async function open() {
  const [authoritiesFile, certificateFile, keyFile] = names.map((name) => join(folder, name))
  const log = createRecordingLog()
  const renewed: RedisTls[] = []
  const options = {
    ...defaultRedisOptions,
    authoritiesFile: authoritiesFile ?? null,
    certificateFile: certificateFile ?? null,
    keyFile: keyFile ?? null,
  }
  opened = await watchRedisTls({ options, log, pollMs: 20, renewed: (tls) => renewed.push(tls) })
  const current = (): RedisTls | undefined => opened?.currentFor(options)
  return { log, renewed, current, reload: () => opened?.reload() }
}

const cut = (text: string): string => text.slice(0, text.length / 2)

/** What a file may hold that somebody is writing at the moment, or has written wrongly. */
const unusable: readonly [string, (typeof names)[number], () => string, string][] = [
  ['no authority', 'ca.pem', () => '', 'holds no certificate in PEM form'],
  ['a key for authorities', 'ca.pem', () => files['own.key'], 'holds no certificate in PEM form'],
  ['half an authority', 'ca.pem', () => cut(files['ca.pem']), 'that cannot be read'],
  [
    'one authority and half of the next',
    'ca.pem',
    () => files['ca.pem'] + cut(other.certificate),
    'that cannot be read',
  ],
  [
    'an authority that is none',
    'ca.pem',
    () => files['ca.pem'].replace(/\n.*\n/u, '\nAAAA\n'),
    'that cannot be read',
  ],
  ['nothing to show', 'own.pem', () => '', 'holds no certificate in PEM form'],
  ['half of what is shown', 'own.pem', () => cut(files['own.pem']), 'that cannot be read'],
  ['no key', 'own.key', () => '', 'does not fit'],
  ['half a key', 'own.key', () => cut(files['own.key']), 'does not fit'],
]

test.each(unusable)('goes on with the last good files when there is %s', async (_, ...change) => {
  const [name, text, reason] = change
  const { log, renewed, current, reload } = await open()
  const before = current()
  await write(name, text())
  await reload()
  expect(log.lines).toMatchObject([
    { message: 'Changed certificates towards Redis rejected: the last good ones go on' },
  ])
  expect(log.lines[0]?.fields).toMatchObject({
    reason: expect.stringContaining(reason) as string,
  })
  expect(renewed).toEqual([])
  expect(current()).toBe(before)
})

test.each(unusable)('does not start with %s', async (_, ...change) => {
  const [name, text, reason] = change
  await write(name, text())
  await expect(open()).rejects.toMatchObject({
    code: 'ERR_READ',
    message: expect.stringContaining(reason) as string,
  })
})

test('takes new files, several authorities among them', async () => {
  const { renewed, current } = await open()
  const authorities = authority.certificate + other.certificate
  await write('ca.pem', authorities)
  await vi.waitFor(() => expect(renewed).toHaveLength(1))
  expect(current()).toEqual({
    authorities,
    certificate: files['own.pem'],
    key: files['own.key'],
  })
})
