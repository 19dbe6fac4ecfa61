import { beforeEach, expect, test } from 'vitest'
import { defaultIssuerOptions } from '../../src/authenticate/options.ts'
import type { IssuerNews } from '../../src/issuers/issuer-key-reader.ts'
import { IssuerMemory } from '../../src/issuers/issuer-memory.ts'
import { createIssuers } from '../../src/issuers/issuers.ts'
import { defaultKeyFetchOptions } from '../../src/issuers/options.ts'
import { createRelayedIssuers, type RelayedIssuers } from '../../src/issuers/relayed-issuers.ts'
import { createManualClock, type ManualClock } from '../authenticate/manual-clock.ts'
import { createSigningKey, type SigningKey } from '../authenticate/signing-key.ts'
import { until } from '../support/until.ts'
import { keySetPath, startIssuerServer } from './issuer-server.ts'
import { createRecordingLog } from './recording-log.ts'
import { setTimeout as sleep } from 'node:timers/promises'

const issuer = 'https://id.example.com'
const options = [{ ...defaultIssuerOptions, issuer, audiences: ['api'] }]
const fetchOptions = { ...defaultKeyFetchOptions, timeoutMs: 100, staleUseMs: 60_000 }

let key: SigningKey
let clock: ManualClock
let asked: string[]
let issuers: RelayedIssuers

beforeEach(async () => {
  key = await createSigningKey('one')
  clock = createManualClock()
  asked = []
  issuers = createRelayedIssuers(options, {
    clock,
    fetchOptions,
    ask: (name) => asked.push(name),
  })
})

function keys() {
  const found = issuers.keysOf(issuer)
  if (found === null) throw new Error('not configured')
  return found
}

function published(...members: readonly SigningKey[]): IssuerNews {
  return {
    issuer,
    failure: null,
    document: { keys: members.map(({ publicJwk }) => publicJwk) },
    readAtMs: clock.nowMs(),
  }
}

test('has no key before it has heard of one, and says why', () => {
  expect(keys().findKey('one', 'ES256')).toMatchObject({ kind: 'unavailable' })
  expect(issuers.keysOf('https://other.example.com')).toBeNull()
})

test('verifies with what it was handed, and with nothing that is no longer published', async () => {
  issuers.take(published(key))
  await until('the key', () => keys().findKey('one', 'ES256').kind === 'found')
  const { generation } = keys()
  const next = await createSigningKey('two')
  issuers.take(published(next))
  await until('the next key', () => keys().findKey('two', 'ES256').kind === 'found')
  expect(keys().findKey('one', 'ES256').kind).toBe('unknown')
  expect(keys().generation).toBe(generation + 1)
})

test('goes on with known keys when a reading failed, until they are too old', async () => {
  issuers.take(published(key))
  await until('the key', () => keys().findKey('one', 'ES256').kind === 'found')
  issuers.take({ issuer, failure: 'away' })
  expect(keys().findKey('one', 'ES256').kind).toBe('found')
  clock.advanceS(61)
  await until('age', () => keys().findKey('one', 'ES256').kind === 'unavailable')
  expect(keys().findKey('one', 'ES256')).toMatchObject({ detail: 'they are too old: away' })
})

test('knows as much as the others when it comes late, also while the issuer is away', async () => {
  const memory = new IssuerMemory()
  memory.note({ issuer, failure: 'not up yet' })
  memory.note(published(key))
  memory.note({ issuer, failure: 'away' })
  for (const news of memory.all) issuers.take(news)
  await until('the key', () => keys().findKey('one', 'ES256').kind === 'found')
  clock.advanceS(61)
  expect(keys().findKey('one', 'ES256')).toMatchObject({ detail: 'they are too old: away' })
})

test('asks once for many tokens with an unknown key, and not again within the cool-down', async () => {
  const first = keys().refresh()
  expect(first).not.toBeNull()
  expect(keys().refresh()).toBe(first)
  issuers.take(published(key))
  issuers.refreshed(issuer)
  await first
  expect(keys().findKey('one', 'ES256').kind).toBe('found')
  expect(keys().refresh()).toBeNull()
  expect(asked).toEqual([issuer])
  clock.advanceS(fetchOptions.cooldownMs / 1_000)
  expect(keys().refresh()).not.toBeNull()
  expect(asked).toHaveLength(2)
})

test('does not wait for ever for an answer', async () => {
  await keys().refresh()
  expect(keys().findKey('one', 'ES256').kind).toBe('unavailable')
})

test('does not take the end of one wait for that of the next', async () => {
  const first = keys().refresh()
  issuers.refreshed(issuer)
  await first
  await sleep(fetchOptions.timeoutMs / 2)
  clock.advanceS(fetchOptions.cooldownMs / 1_000)
  const startedAtMs = performance.now()
  await keys().refresh()
  // A timer may be early by what its clock rounds away.
  expect(performance.now() - startedAtMs).toBeGreaterThan(fetchOptions.timeoutMs - 5)
})

test('hears from a reader of every attempt, with the document as it was read', async () => {
  const server = await startIssuerServer([key.publicJwk])
  const news: IssuerNews[] = []
  const reading = createIssuers(
    [{ ...defaultIssuerOptions, issuer: server.issuer, audiences: [] }],
    {
      log: createRecordingLog(),
      clock,
      announce: (one) => news.push(one),
    },
  )
  await reading.start()
  expect(news).toMatchObject([{ issuer: server.issuer, document: { keys: [{ kid: 'one' }] } }])
  server.misbehaviour.set(keySetPath, (response) => {
    response.writeHead(500).end()
  })
  await reading.keysOf(server.issuer)?.refresh()
  expect(news).toHaveLength(2)
  expect(news[1]?.failure).toContain('500')
  reading.close()
  await server.close()
})
