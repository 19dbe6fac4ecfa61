import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { defaultIssuerOptions, type IssuerOptions } from '../../src/authenticate/options.ts'
import { createIssuers, type Issuers } from '../../src/issuers/issuers.ts'
import { createManualClock } from '../authenticate/manual-clock.ts'
import { createSigningKey } from '../authenticate/signing-key.ts'
import { createRecordingLog } from './recording-log.ts'

let dir: string
let issuers: Issuers | null = null

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sallyport-keys-'))
})

afterEach(async () => {
  issuers?.close()
  issuers = null
  await rm(dir, { recursive: true })
})

const issuer = 'https://issuer.test'

async function open(changes: Partial<IssuerOptions>) {
  const log = createRecordingLog()
  const clock = createManualClock()
  const options = { ...defaultIssuerOptions, issuer, audiences: ['api'], ...changes }
  issuers = createIssuers([options], { log, clock })
  await issuers.start()
  const find = (kid: string) => issuers?.keysOf(issuer)?.findKey(kid, 'ES256').kind
  return { log, clock, find, ready: () => issuers?.ready()[0] }
}

test('finds keys that are in the configuration, and asks nobody', async () => {
  const key = await createSigningKey('one')
  const { find } = await open({ keySet: { keys: [key.publicJwk] } })
  expect(find('one')).toBe('found')
  expect(find('two')).toBe('unknown')
})

test('reads keys from a file, and again when a token asks for one that is not there', async () => {
  const file = join(dir, 'keys.json')
  const [one, two] = [await createSigningKey('one'), await createSigningKey('two')]
  await writeFile(file, JSON.stringify({ keys: [one.publicJwk] }))
  const { find } = await open({ jwksFile: file })
  expect(find('one')).toBe('found')
  await writeFile(file, JSON.stringify({ keys: [two.publicJwk] }))
  await issuers?.keysOf(issuer)?.refresh()
  expect([find('one'), find('two')]).toEqual(['unknown', 'found'])
})

test.each([
  ['is not there', null, 'ENOENT'],
  ['is no JSON', '{', 'it is not JSON'],
  ['is no key set', '[]', 'The key set has no array "keys"'],
  ['is too large', ' '.repeat(1_048_577), 'it is larger than 1048576 bytes'],
])('has no keys when the file %s', async (_, text, reason) => {
  const file = join(dir, 'keys.json')
  if (text !== null) await writeFile(file, text)
  const { find, ready } = await open({ jwksFile: file })
  expect(find('one')).toBe('unavailable')
  expect(ready()?.reason).toContain(reason)
})

test('goes on with the keys it has while the file is being replaced', async () => {
  const file = join(dir, 'keys.json')
  const one = await createSigningKey('one')
  await writeFile(file, JSON.stringify({ keys: [one.publicJwk] }))
  const { find } = await open({ jwksFile: file })
  await writeFile(file, '{"keys":')
  await issuers?.keysOf(issuer)?.refresh()
  expect(find('one')).toBe('found')
})
