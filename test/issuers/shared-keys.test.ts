import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { defaultIssuerOptions } from '../../src/authenticate/options.ts'
import { createIssuers, type Issuers } from '../../src/issuers/issuers.ts'
import { defaultKeyFetchOptions } from '../../src/issuers/options.ts'
import type { RedisClient } from '../../src/redis/client.ts'
import { SharedKeySets } from '../../src/redis/shared-key-sets.ts'
import { createManualClock } from '../authenticate/manual-clock.ts'
import { createSigningKey } from '../authenticate/signing-key.ts'
import { openClient } from '../redis/redis-client.ts'
import { type RedisServer, startRedis } from '../support/redis-server.ts'
import { until } from '../support/until.ts'
import { countOf, type IssuerServer, keySetPath, startIssuerServer } from './issuer-server.ts'
import { createRecordingLog } from './recording-log.ts'

let redis: RedisServer
let issuer: IssuerServer
let clock = createManualClock()
const opened: { readonly issuers: Issuers; readonly client: RedisClient }[] = []

beforeAll(async () => {
  redis = await startRedis()
})
afterAll(() => redis.remove())
afterEach(async () => {
  for (const { issuers, client } of opened.splice(0)) {
    issuers.close()
    client.close()
  }
  await issuer.close()
  await redis.ask('FLUSHALL')
  clock = createManualClock()
})

async function open(): Promise<Issuers> {
  const { client } = await openClient({ nodes: [redis.node] })
  const options = { ...defaultIssuerOptions, issuer: issuer.issuer, audiences: ['api'] }
  const issuers = createIssuers([options], {
    log: createRecordingLog(),
    clock,
    shared: new SharedKeySets(client, clock, defaultKeyFetchOptions.staleUseMs),
  })
  opened.push({ issuers, client })
  return issuers
}

const find = (issuers: Issuers, kid: string): string | undefined =>
  issuers.keysOf(issuer.issuer)?.findKey(kid, 'ES256').kind

async function publish(kid: string): Promise<void> {
  const key = await createSigningKey(kid)
  issuer.keys = [key.publicJwk]
}

async function start(): Promise<Issuers> {
  const issuers = await open()
  await issuers.start()
  return issuers
}

it('reads keys once for sidecars that share a Redis', async () => {
  issuer = await startIssuerServer()
  await publish('one')
  await start()
  await until('the keys to be shared', async () => (await redis.keys('*:value:*')).length > 0)
  expect(find(await start(), 'one')).toBe('found')
  expect(find(await start(), 'one')).toBe('found')
  expect(countOf(issuer, keySetPath)).toBe(1)
})

it('asks the issuer itself when a token has a key that nobody knows', async () => {
  issuer = await startIssuerServer()
  await publish('one')
  await start()
  await until('the keys to be shared', async () => (await redis.keys('*:value:*')).length > 0)
  const late = await start()
  await publish('two')
  await late.keysOf(issuer.issuer)?.refresh()
  expect(find(late, 'two')).toBe('found')
  expect(find(late, 'one')).toBe('unknown')
})

it('uses what was read long ago only where the issuer is away and nothing else is known', async () => {
  issuer = await startIssuerServer()
  await publish('one')
  await start()
  await until('the keys to be shared', async () => (await redis.keys('*:value:*')).length > 0)
  clock.advanceS(defaultKeyFetchOptions.refreshIntervalMs / 1_000)
  await publish('two')
  expect(find(await start(), 'two')).toBe('found')
  clock.advanceS(defaultKeyFetchOptions.refreshIntervalMs / 1_000)
  issuer.misbehaviour.set(keySetPath, (response) => void response.writeHead(500).end())
  expect(find(await start(), 'two')).toBe('found')
  clock.advanceS(defaultKeyFetchOptions.staleUseMs / 1_000)
  expect(find(await start(), 'two')).toBe('unavailable')
})

it('takes no keys from whoever can write to Redis', async () => {
  issuer = await startIssuerServer()
  await publish('one')
  await start()
  const [key = ''] = await until('the keys to be shared', async () => {
    const keys = await redis.keys('*:value:*')
    return keys.length > 0 ? keys : null
  })
  const attacker = await createSigningKey('evil')
  const planted = { document: { keys: [attacker.publicJwk] }, readAtMs: clock.nowMs() + 1 }
  await redis.ask('SET', key, JSON.stringify(planted))
  const victim = await start()
  expect(find(victim, 'evil')).toBe('unknown')
  expect(find(victim, 'one')).toBe('found')
  expect(countOf(issuer, keySetPath)).toBe(2)
})
