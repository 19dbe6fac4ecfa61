import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { Registry } from 'prom-client'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { defaultIssuerOptions, type IssuerOptions } from '../../src/authenticate/options.ts'
import { createIssuers, type Issuers } from '../../src/issuers/issuers.ts'
import { createIssuersMetrics } from '../../src/issuers/metrics.ts'
import { defaultKeyFetchOptions, type KeyFetchOptions } from '../../src/issuers/options.ts'
import { createManualClock, type ManualClock } from '../authenticate/manual-clock.ts'
import { createSigningKey, type SigningKey } from '../authenticate/signing-key.ts'
import {
  answerJson,
  countOf,
  type IssuerServer,
  keySetPath,
  metadataPath,
  startIssuerServer,
} from './issuer-server.ts'
import { createRecordingLog, type RecordingLog } from './recording-log.ts'

let server: IssuerServer
let key: SigningKey
let clock: ManualClock
let log: RecordingLog
let issuers: Issuers

function optionsFor(issuer: string, changes: Partial<IssuerOptions> = {}): IssuerOptions {
  return { ...defaultIssuerOptions, issuer, audiences: ['api'], ...changes }
}

function open(changes: Partial<IssuerOptions> = {}, fetchChanges: Partial<KeyFetchOptions> = {}) {
  issuers.close()
  issuers = createIssuers([optionsFor(server.issuer, changes)], {
    log,
    clock,
    fetchOptions: { ...defaultKeyFetchOptions, ...fetchChanges },
  })
  return keysOf(server.issuer)
}

function keysOf(issuer: string) {
  const keys = issuers.keysOf(issuer)
  if (keys === null) throw new Error('not configured')
  return keys
}

async function reasonAfterStart(): Promise<string | null> {
  await issuers.start()
  return issuers.ready()[0]?.reason ?? null
}

beforeEach(async () => {
  key = await createSigningKey('one')
  server = await startIssuerServer([key.publicJwk])
  clock = createManualClock()
  log = createRecordingLog()
  issuers = createIssuers([], { log, clock })
})

afterEach(async () => {
  issuers.close()
  await server.close()
})

test('finds keys by discovery', async () => {
  const keys = open()
  expect(issuers.ready()).toEqual([
    { issuer: server.issuer, ready: false, reason: 'they have not been read yet' },
  ])
  expect(keys.findKey('one', 'ES256')).toMatchObject({ kind: 'unavailable' })
  await issuers.start()
  expect(keys.findKey('one', 'ES256').kind).toBe('found')
  expect(issuers.ready()).toEqual([{ issuer: server.issuer, ready: true, reason: null }])
  expect(server.requests).toEqual([metadataPath, keySetPath])
})

test('knows only configured issuers, byte for byte', () => {
  open()
  expect(issuers.keysOf(server.issuer)).not.toBeNull()
  expect(issuers.keysOf(`${server.issuer}/`)).toBeNull()
  expect(issuers.keysOf(server.issuer.toUpperCase())).toBeNull()
})

test('reads a configured key set URL without discovery', async () => {
  const keys = open({ jwksUrl: `${server.issuer}${keySetPath}` })
  await issuers.start()
  expect(keys.findKey('one', 'ES256').kind).toBe('found')
  expect(server.requests).toEqual([keySetPath])
})

test('refuses metadata of another issuer, so that none can publish keys for another', async () => {
  server.misbehaviour.set(metadataPath, (response) =>
    answerJson(response, {
      issuer: `${server.issuer}/`,
      jwks_uri: `${server.issuer}${keySetPath}`,
    }),
  )
  open()
  expect(await reasonAfterStart()).toMatch(/is of issuer ".*\/", expected/)
  expect(countOf(server, keySetPath)).toBe(0)
})

test.each([
  ['http://keys.example.com/jwks', /"jwks_uri" is neither https nor http on loopback/],
  ['http://127.0.0.1.example.com/jwks', /neither https nor http on loopback/],
  ['http://user:secret@127.0.0.1/jwks', /neither https nor http on loopback/],
  ['file:///etc/passwd', /neither https nor http on loopback/],
  ['data:application/json,{"keys":[]}', /neither https nor http on loopback/],
  ['not a URL', /"jwks_uri" is not a URL/],
  [17, /has no "jwks_uri"/],
])('refuses the key set URL %j in metadata', async (keySetUrl, reason) => {
  server.misbehaviour.set(metadataPath, (response) =>
    answerJson(response, { issuer: server.issuer, jwks_uri: keySetUrl }),
  )
  open()
  expect(await reasonAfterStart()).toMatch(reason)
})

test('refuses to ask an issuer over plain HTTP beyond loopback', async () => {
  issuers = createIssuers([optionsFor('http://issuer.example.com')], { log, clock })
  expect(await reasonAfterStart()).toBe(
    'The issuer is neither https nor http on loopback: "http://issuer.example.com"',
  )
})

test.each<[string, Parameters<IssuerServer['misbehaviour']['set']>[1], RegExp]>([
  ['status 500', (response) => response.writeHead(500).end('{"keys":[]}'), /: status 500$/],
  ['no content', (response) => response.writeHead(204).end(), /: status 204$/],
  [
    'a redirect',
    (response) => response.writeHead(302, { location: '/elsewhere' }).end(),
    /status 302, and redirects are not followed/,
  ],
  ['garbage', (response) => response.end('\u0000<html>'), /the answer is not JSON/],
  ['nothing', (response) => response.end(), /the answer is not JSON/],
  ['an array', (response) => answerJson(response, []), /The key set has no array "keys"/],
  [
    'endless bytes',
    (response) => {
      const chunk = '['.repeat(65_536)
      const send = (): void => {
        while (!response.destroyed && response.write(chunk));
        if (!response.destroyed) response.once('drain', send)
      }
      send()
    },
    /the answer is larger than 1048576 bytes/,
  ],
  [
    'an announcement of too many bytes',
    (response) => response.writeHead(200, { 'content-length': '1048577' }).write('{'),
    /the answer is larger than 1048576 bytes/,
  ],
  [
    'compression',
    (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('x'),
    /compressed although that was not asked for/,
  ],
  ['a closed connection', (response) => response.destroy(), /socket hang up|ECONNRESET/],
  [
    'half an answer',
    (response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('{"keys":', () => response.destroy())
    },
    /aborted|ECONNRESET/,
  ],
  [
    'a header without end',
    (response) => {
      response.writeHead(200, { 'x-long': 'x'.repeat(40_000) })
      response.end('{}')
    },
    /Header overflow|Parse Error/,
  ],
])('says why keys cannot be read: %s', async (_, misbehave, reason) => {
  server.misbehaviour.set(keySetPath, misbehave)
  open()
  expect(await reasonAfterStart()).toMatch(reason)
  expect(server.requests).not.toContain('/elsewhere')
  expect(log.lines).toMatchObject([{ level: 'warn', message: "Cannot read the issuer's keys" }])
})

test.each([
  ['never answers', metadataPath, () => undefined],
  [
    'drips',
    keySetPath,
    (response: Parameters<Parameters<IssuerServer['misbehaviour']['set']>[1]>[0]) => {
      const timer = setInterval(() => response.write(' '), 20)
      response.on('close', () => clearInterval(timer))
    },
  ],
])('gives up on an issuer that %s', async (_, path, misbehave) => {
  server.misbehaviour.set(path, misbehave)
  open({}, { timeoutMs: 150 })
  expect(await reasonAfterStart()).toMatch(/: no answer in time$/)
})

test('says so when nothing listens', async () => {
  const closed = createServer().listen(0, '127.0.0.1')
  await once(closed, 'listening')
  const { port } = closed.address() as AddressInfo
  closed.close()
  issuers = createIssuers([optionsFor(`http://127.0.0.1:${port}`)], { log, clock })
  expect(await reasonAfterStart()).toMatch(/ECONNREFUSED/)
})

test('keeps trying in the background until the issuer answers', async () => {
  server.misbehaviour.set(metadataPath, (response) => response.writeHead(503).end())
  const keys = open({}, { minBackoffMs: 5, maxBackoffMs: 10 })
  await issuers.start()
  await expect.poll(() => countOf(server, metadataPath)).toBeGreaterThan(3)
  server.misbehaviour.clear()
  await expect.poll(() => keys.findKey('one', 'ES256').kind).toBe('found')
  expect(issuers.ready()).toMatchObject([{ ready: true }])
})

test('reads keys again in the background, and stops when closed', async () => {
  open({}, { refreshIntervalMs: 5 })
  await issuers.start()
  await expect.poll(() => countOf(server, keySetPath)).toBeGreaterThan(3)
  issuers.close()
  const count = server.requests.length
  await new Promise((resolve) => {
    setTimeout(resolve, 50)
  })
  expect(server.requests.length - count).toBeLessThanOrEqual(1)
  expect(log.lines.filter((line) => line.level === 'warn')).toEqual([])
})

test('moves the generation when the set of keys changes and only then', async () => {
  const next = await createSigningKey('two')
  const keys = open({}, { cooldownMs: 0 })
  await issuers.start()
  const { generation } = keys
  await keys.refresh()
  expect(keys.generation).toBe(generation)
  server.keys = [next.publicJwk, key.publicJwk]
  await keys.refresh()
  expect(keys.generation).toBe(generation + 1)
  expect(keys.findKey('one', 'ES256').kind).toBe('found')
  expect(keys.findKey('two', 'ES256').kind).toBe('found')
  server.keys = [next.publicJwk]
  await keys.refresh()
  expect(keys.findKey('one', 'ES256').kind).toBe('unknown')
})

test('answers a flood of demands with one read, then waits for the cool-down', async () => {
  const keys = open()
  await issuers.start()
  const demands = Array.from({ length: 1_000 }, () => keys.refresh())
  expect(new Set(demands).size).toBe(1)
  await demands[0]
  expect(countOf(server, keySetPath)).toBe(2)
  expect(keys.refresh()).toBeNull()
  clock.advanceS(29)
  expect(keys.refresh()).toBeNull()
  clock.advanceS(1)
  await keys.refresh()
  expect(countOf(server, keySetPath)).toBe(3)
})

test('asks again for a key that may be newer than what is being read in the background', async () => {
  const next = await createSigningKey('two')
  const keys = open()
  await issuers.start()
  const asked = new Promise<ServerResponse>((resolve) => {
    server.misbehaviour.set(keySetPath, resolve)
  })
  const background = issuers.start()
  const response = await asked
  const demands = [keys.refresh(), keys.refresh()]
  server.misbehaviour.clear()
  answerJson(response, { keys: server.keys })
  server.keys = [next.publicJwk, key.publicJwk]
  await background
  for (const demand of demands) await demand
  expect(keys.findKey('two', 'ES256').kind).toBe('found')
  expect(countOf(server, keySetPath)).toBe(3)
})

test('asks nobody again when what is being read in the background is new, or cannot be read', async () => {
  const keys = open({}, { minBackoffMs: 60_000, maxBackoffMs: 60_000 })
  const started = issuers.start()
  await Promise.all([started, keys.refresh()])
  expect(countOf(server, keySetPath)).toBe(1)
  server.misbehaviour.set(keySetPath, (response) => response.writeHead(500).end())
  await Promise.all([issuers.start(), keys.refresh()])
  expect(countOf(server, keySetPath)).toBe(2)
})

test('does not wait longer because the clock was set back', async () => {
  const keys = open()
  await issuers.start()
  await keys.refresh()
  clock.advanceS(-86_400)
  expect(keys.refresh()).not.toBeNull()
})

test('uses known keys while the issuer is away, until they are too old', async () => {
  const keys = open({}, { cooldownMs: 0 })
  await issuers.start()
  server.misbehaviour.set(metadataPath, (response) => response.writeHead(500).end())
  clock.advanceS(3_600)
  await keys.refresh()
  expect(keys.findKey('one', 'ES256').kind).toBe('found')
  expect(issuers.ready()).toMatchObject([{ ready: true }])
  clock.advanceS(86_400)
  await keys.refresh()
  expect(keys.findKey('one', 'ES256').kind).toBe('unavailable')
  expect(issuers.ready()[0]?.reason).toMatch(/^they are too old: .*status 500$/)
  server.misbehaviour.clear()
  await keys.refresh()
  expect(keys.findKey('one', 'ES256').kind).toBe('found')
})

test('believes an issuer that publishes no usable key any more', async () => {
  const keys = open({}, { cooldownMs: 0 })
  await issuers.start()
  server.keys = [{ kty: 'oct', kid: 'one', k: 'c2VjcmV0' }]
  await keys.refresh()
  expect(keys.findKey('one', 'ES256').kind).toBe('unavailable')
  expect(issuers.ready()[0]?.reason).toBe('the issuer publishes no key that can be used')
  expect(log.lines.at(-2)).toMatchObject({
    level: 'warn',
    fields: { warning: 'key "one" is symmetric: whoever reads the key set can sign with it' },
  })
})

test('is not held up by one issuer when another is well', async () => {
  server.misbehaviour.set(metadataPath, () => undefined)
  const well = await startIssuerServer([key.publicJwk])
  issuers = createIssuers([optionsFor(server.issuer), optionsFor(well.issuer)], { log, clock })
  const started = issuers.start()
  await expect.poll(() => keysOf(well.issuer).findKey('one', 'ES256').kind).toBe('found')
  expect(issuers.ready().map((issuer) => issuer.ready)).toEqual([false, true])
  issuers.close()
  await started
  await well.close()
})

test('counts reads and keys for an operator', async () => {
  const registry = new Registry()
  issuers = createIssuers([optionsFor(server.issuer)], {
    log,
    clock,
    metrics: createIssuersMetrics(registry),
  })
  await issuers.start()
  const text = await registry.metrics()
  expect(text).toContain(`sallyport_issuers_reads_total{issuer="${server.issuer}",result="ok"} 1`)
  expect(text).toContain(`sallyport_issuers_usable_keys{issuer="${server.issuer}"} 1`)
  expect(text).toContain(
    `sallyport_issuers_last_read_timestamp_seconds{issuer="${server.issuer}"} 1800000000`,
  )
})

test('leaves no socket behind, however an issuer breaks off', async () => {
  const sockets = () => process.getActiveResourcesInfo().filter((name) => /TCP/.test(name)).length
  const keys = open({}, { cooldownMs: 0, timeoutMs: 20 })
  const before = sockets()
  const ways: Parameters<IssuerServer['misbehaviour']['set']>[1][] = [
    (response) => response.destroy(),
    (response) => response.writeHead(302, { location: '/' }).end('x'.repeat(100_000)),
    (response) => response.writeHead(200, { 'content-length': '2000000' }).write('{'),
    (response) => response.end('x'.repeat(2_000_000)),
    () => undefined,
  ]
  for (let round = 0; round < 200; round += 1) {
    const way = ways[round % ways.length]
    if (way !== undefined) server.misbehaviour.set(round % 2 ? keySetPath : metadataPath, way)
    await keys.refresh()
    server.misbehaviour.clear()
  }
  await expect.poll(sockets).toBeLessThanOrEqual(before)
})
