import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Settlement } from '../../src/model/rate-limit.ts'
import { SharedBuckets } from '../../src/redis/shared-buckets.ts'
import { type RedisServer, startRedis } from '../support/redis-server.ts'
import { openClient, type OpenClient } from './redis-client.ts'

let server: RedisServer
let opened: OpenClient

beforeAll(async () => {
  server = await startRedis()
  opened = await openClient({ nodes: [server.node] })
})
afterAll(async () => {
  opened.client.close()
  await server.remove()
})
afterEach(() => server.ask('FLUSHALL'))

/** Ten in an hour. */
const entry = (bucket: string, count: number): Settlement => ({
  bucket,
  intervalMs: 360_000,
  capacityMs: 3_600_000,
  count,
})

async function settle(...entries: readonly Settlement[]): Promise<readonly (number | null)[]> {
  const spent = await new SharedBuckets(opened.client).settle(entries)
  return spent.map((ms) => (ms === null ? null : Math.round(ms / 360_000)))
}

describe('buckets in Redis', () => {
  it('add up what is taken, each for itself', async () => {
    expect(await settle(entry('a', 2), entry('b', 1))).toEqual([2, 1])
    expect(await settle(entry('a', 3), entry('b', 0))).toEqual([5, 1])
  })

  it('owe no more than twice what they hold', async () => {
    expect(await settle(entry('a', 1_000))).toEqual([20])
    expect(await settle(entry('a', 1))).toEqual([20])
  })

  it('go by the clock of the server and by no other, and end by themselves', async () => {
    await settle(entry('a', 2))
    const [key = ''] = await server.keys('*bucket*')
    const [, ttlMs] = /^:(\d+)/u.exec(await server.ask('PTTL', key)) ?? []
    expect(Number(ttlMs)).toBeGreaterThan(700_000)
    expect(Number(ttlMs)).toBeLessThanOrEqual(721_000)
  })

  it('are settled by the thousand', async () => {
    const entries = Array.from({ length: 3_000 }, (_, index) => entry(`bucket ${index}`, 1))
    expect(await settle(...entries)).toEqual(entries.map(() => 1))
  })

  it('begin anew where somebody planted what is no bucket', async () => {
    await settle(entry('a', 2))
    const [key = ''] = await server.keys('*bucket*')
    for (const planted of ['nonsense', 'nan', '-inf', '-1e300', '0']) {
      await server.ask('SET', key, planted)
      expect(await settle(entry('a', 2))).toEqual([2])
    }
    await server.ask('DEL', key)
    await server.ask('RPUSH', key, 'a')
    expect(await settle(entry('a', 2))).toEqual([2])
  })

  it('hold nobody up for longer than two of them, whatever somebody planted', async () => {
    await settle(entry('a', 2))
    const [key = ''] = await server.keys('*bucket*')
    for (const planted of ['inf', '1e308', '99999999999999999']) {
      await server.ask('SET', key, planted)
      expect(await settle(entry('a', 1))).toEqual([20])
    }
  })

  it('are settled later when Redis is away, and doubtful when it gave no answer', async () => {
    const away = await openClient({ nodes: ['127.0.0.1:1'] }, 'nothing')
    expect(await new SharedBuckets(away.client).settle([entry('a', 1)])).toEqual([null])
    away.client.close()
    const hasty = await openClient({ nodes: [server.node], timeoutMs: 20 })
    server.signal('SIGSTOP')
    const spent = await new SharedBuckets(hasty.client).settle([entry('a', 1)])
    server.signal('SIGCONT')
    hasty.client.close()
    expect(spent).toEqual([Number.NaN])
  })
})
