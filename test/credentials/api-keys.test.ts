import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { readApiKeys } from '../../src/credentials/read-api-keys.ts'
import { watchApiKeys } from '../../src/credentials/watch-api-keys.ts'
import { createManualClock } from '../authenticate/manual-clock.ts'
import { runCli } from '../cli/run-cli.ts'
import { createRecordingLog } from '../issuers/recording-log.ts'

const digest = 'ab'.repeat(32)
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sallyport-api-keys-'))
})

afterAll(() => rm(folder, { recursive: true }))

const good = `services:
  - subject: billing
    type: batch
    scopes: [read, write]
    roles: [clerk]
    groups: [night]
    attributes: { department: finance, limits: { amount: 10 } }
    keys:
      - { id: aaaaaaaaaa, sha256: ${digest}, expires: 2027-01-31T00:00:00Z }
      - { id: bbbbbbbbbb, sha256: ${digest}, not_before: 2027-01-01T00:00:00+01:00 }
`

test('reads services with what policies know of them', () => {
  const { keys, diagnostics } = readApiKeys('keys.yaml', good)
  expect(diagnostics).toEqual([])
  expect(keys).toHaveLength(2)
  expect(keys[0]).toMatchObject({
    id: 'aaaaaaaaaa',
    subjectType: 'batch',
    subjectId: 'billing',
    notBeforeMs: null,
    expiresAtMs: Date.UTC(2027, 0, 31),
  })
  expect({ ...keys[0]?.properties }).toEqual({
    scope: 'read write',
    roles: ['clerk'],
    groups: ['night'],
    department: 'finance',
    limits: { amount: 10 },
  })
  expect(keys[1]?.notBeforeMs).toBe(Date.UTC(2026, 11, 31, 23))
})

test.each([
  ['a key twice', good.replace('bbbbbbbbbb', 'aaaaaaaaaa'), 10, 'is listed twice: it belongs to'],
  ['no list', 'services: 7', 1, 'services'],
  ['three keys', good + `      - { id: cccccccccc, sha256: ${digest} }\n`, 9, 'keys'],
  ['a digest that is none', good.replace(digest, 'abc'), 9, 'SHA-256'],
  ['a key in place of its digest', good.replace(digest, `sp_${'x'.repeat(60)}`), 9, 'SHA-256'],
  ['a date there is not', good.replace('01-31', '13-31'), 9, 'is no date there is'],
  [
    'a period that is empty',
    good
      .replace('not_before', 'expires')
      .replace(
        'expires: 2027-01-31T00:00:00Z',
        'not_before: 2027-02-01T00:00:00Z, expires: 2027-01-31T00:00:00Z',
      ),
    9,
    'the key is never good',
  ],
  ['a subject that ends in space', good.replace('billing', '"billing "'), 2, 'surrounding space'],
  ['the name of nobody', good.replace('billing', 'anonymous'), 2, 'the name of nobody'],
  ['the type of nobody', good.replace('batch', 'anonymous'), 3, 'that of nobody'],
  [
    'roles in two places',
    good.replace('{ department', '{ roles: [admin], department'),
    7,
    'a field of its own',
  ],
  ['an unknown field', good.replace('roles:', 'rolls:'), 5, 'rolls'],
])('refuses a file with %s, and says where', (_, text, line, message) => {
  const { keys, diagnostics } = readApiKeys('keys.yaml', text)
  expect(keys).toEqual([])
  expect(diagnostics[0]).toMatchObject({ line, severity: 'error' })
  expect(diagnostics[0]?.message).toContain(message)
  expect(JSON.stringify(diagnostics)).not.toContain('sp_xxxx')
})

test('reads a changed file again, and keeps the last good keys where it is wrong', async () => {
  const file = join(folder, 'watched.yaml')
  await writeFile(file, good)
  const log = createRecordingLog()
  const renewed: number[] = []
  const keys = await watchApiKeys({
    file,
    log,
    clock: createManualClock(),
    pollMs: 20,
    renewed: (specs) => renewed.push(specs.length),
  })
  expect(keys.current.size).toBe(2)
  await writeFile(`${file}.new`, good.replace(/ {6}- \{ id: bbb.*\n/, ''))
  await rename(`${file}.new`, file)
  await vi.waitFor(() => expect(keys.current.size).toBe(1))
  expect(renewed).toEqual([1])
  await writeFile(file, 'services: 7')
  await keys.reload()
  expect(keys.current.size).toBe(1)
  expect(keys.rejected?.reason).toContain(`${file} is wrong at 1:`)
  expect(log.lines.at(-1)).toMatchObject({
    level: 'error',
    message: 'Changed API keys rejected: the last good ones go on',
  })
  await keys.close()
})

test('warns of keys that end soon', async () => {
  const file = join(folder, 'ending.yaml')
  const clock = createManualClock()
  const expires = new Date(clock.nowMs() + 24 * 3_600_000).toISOString()
  await writeFile(file, good.replace('2027-01-31T00:00:00Z', expires))
  const log = createRecordingLog()
  await (await watchApiKeys({ file, log, clock })).close()
  expect(log.lines).toMatchObject([
    { message: 'An API key ends soon', fields: { key: 'aaaaaaaaaa', subject: 'billing' } },
  ])
})

test('does not start with a file that is wrong or missing', async () => {
  const parts = { log: createRecordingLog(), clock: createManualClock() }
  const file = join(folder, 'wrong.yaml')
  await writeFile(file, good.replace(digest, 'abc'))
  await expect(watchApiKeys({ ...parts, file })).rejects.toThrow(
    `Cannot use "${file}": it is wrong at 9:`,
  )
  const missing = join(folder, 'missing.yaml')
  await expect(watchApiKeys({ ...parts, file: missing })).rejects.toThrow('cannot be read: ENOENT')
})

test('makes an entry that the file takes as it is printed', async () => {
  const made = await runCli(['keys', 'create', '--expires', '2099-01-01T00:00:00Z'])
  expect(made.code).toBe(0)
  const [key = '', entry = ''] = made.stdout.trim().split('\n')
  const { keys, diagnostics } = readApiKeys(
    'k',
    `services: [{ subject: a, keys: [${entry.slice(2)}] }]`,
  )
  expect(diagnostics).toEqual([])
  expect(keys[0]?.expiresAtMs).toBe(Date.UTC(2099, 0, 1))
  const hashed = await runCli(['keys', 'hash', '--json'], { input: `${key}\n` })
  expect(JSON.parse(hashed.stdout)).toEqual({
    id: keys[0]?.id,
    sha256: keys[0]?.sha256,
    expires: null,
  })
  const wrong = await runCli(['keys', 'hash'], { input: `${key.slice(0, -1)}\n` })
  expect(wrong).toMatchObject({ code: 2, stdout: '' })
  expect(wrong.stderr).toContain('Standard input holds no API key')
  expect(wrong.stderr).not.toContain(key.slice(14, 40))
  const never = await runCli(['keys', 'create', '--expires', 'tomorrow'])
  expect(never.stderr).toContain('Option --expires wants a time such as 2027-01-31T00:00:00Z')
})
