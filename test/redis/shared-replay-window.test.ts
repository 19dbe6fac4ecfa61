import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { MemoryReplayWindow, type ReplayWindow } from '../../src/authenticate/replay-window.ts'
import type { RedisClient } from '../../src/redis/client.ts'
import { sharedWindow } from '../../src/redis/shared-replay-window.ts'
import { type RedisServer, startRedis } from '../support/redis-server.ts'
import { until } from '../support/until.ts'
import { openClient } from './redis-client.ts'

let server: RedisServer
const clients: RedisClient[] = []

beforeAll(async () => {
  server = await startRedis()
})
afterAll(() => server.remove())
afterEach(async () => {
  for (const client of clients.splice(0)) client.close()
  await server.ask('FLUSHALL')
})

async function open(maxEntries = 1_000): Promise<ReplayWindow> {
  const { client } = await openClient({ nodes: [server.node] })
  clients.push(client)
  return sharedWindow(new MemoryReplayWindow(maxEntries, 0), client)
}

const claim = (window: ReplayWindow, digest: string): unknown =>
  window.claim('owner', digest, Date.now() + 60_000, Date.now())

it('lets a proof be used once at one of all sidecars, however they race', async () => {
  const windows = await Promise.all(Array.from({ length: 4 }, () => open()))
  const claims = await Promise.all(windows.map((window) => claim(window, 'proof')))
  expect(claims.filter((one) => one === 'fresh')).toHaveLength(1)
  expect(claims.filter((one) => one === 'replayed')).toHaveLength(3)
})

it('remembers a proof for longer than it is good here, since other clocks may be slow', async () => {
  const [here, there] = [await open(), await open()]
  const nowMs = Date.now()
  expect(await here.claim('owner', 'proof', nowMs, nowMs)).toBe('fresh')
  await sleep(20)
  expect(await there.claim('owner', 'proof', nowMs, nowMs - 5_000)).toBe('replayed')
})

it('asks nobody about what was seen here', async () => {
  const window = await open()
  expect(await claim(window, 'proof')).toBe('fresh')
  await server.ask('FLUSHALL')
  expect(claim(window, 'proof')).toBe('replayed')
})

it('holds in this process while Redis is away, and is full when this process is', async () => {
  const window = await open(8)
  await server.kill()
  await until('it to be noticed', () => clients[0]?.isUsable === false)
  expect(claim(window, 'proof')).toBe('fresh')
  expect(claim(window, 'proof')).toBe('replayed')
  expect(claim(window, 'another')).toBe('full')
  await server.start()
})

it('is the window of this process alone where there is no Redis', () => {
  const local = new MemoryReplayWindow(8, 0)
  expect(sharedWindow(local, null)).toBe(local)
})
