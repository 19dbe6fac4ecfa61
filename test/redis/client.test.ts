import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { unavailable } from '../../src/redis/client.ts'
import type { RedisClient } from '../../src/redis/client.ts'
import type { RedisOptions } from '../../src/redis/options.ts'
import { type RedisServer, startRedis } from '../support/redis-server.ts'
import { until } from '../support/until.ts'
import { metricOf, openClient } from './redis-client.ts'

let server: RedisServer
const clients: RedisClient[] = []

beforeAll(async () => {
  server = await startRedis()
})
afterAll(() => server.remove())
afterEach(() => {
  for (const client of clients.splice(0)) client.close()
})

async function open(more: Partial<RedisOptions> = {}) {
  const opened = await openClient({ nodes: [server.node], ...more })
  clients.push(opened.client)
  return opened
}

describe('the client', () => {
  it('gives the lease to one, the value to all, and lets go of the lease', async () => {
    const { client } = await open()
    const keys = client.keys.value('discovery', 'lease')
    expect(await client.readOrLease(keys, 'me', 5_000)).toEqual({ kind: 'leased' })
    expect(await client.readOrLease(keys, 'you', 5_000)).toEqual({ kind: 'taken' })
    await client.writeAndRelease(keys, 'me', Buffer.from('value'), 5_000)
    const found = await client.readOrLease(keys, 'you', 5_000)
    expect(found).toEqual({ kind: 'found', sealed: Buffer.from('value') })
    expect(await server.get(keys.lease)).toBeNull()
  })

  it('does not give back a lease that is somebody else’s by now', async () => {
    const { client } = await open()
    const keys = client.keys.value('discovery', 'late')
    await server.ask('SET', keys.lease, 'you')
    await client.writeAndRelease(keys, 'me', null, 0)
    expect((await server.get(keys.lease))?.toString()).toBe('you')
  })

  it('lets an identifier be used once', async () => {
    const { client } = await open()
    const other = (await open()).client
    const key = client.keys.once('jti')
    const claims = await Promise.all(
      [client, other, client, other].map((one) => one.claim(key, 60_000)),
    )
    expect(claims.filter((isFirst) => isFirst === true)).toHaveLength(1)
    expect(claims.filter((isFirst) => isFirst === false)).toHaveLength(3)
  })

  it('reads no more of a value than its largest size and one octet', async () => {
    const { client } = await open({ maxValueBytes: 1_024 })
    const keys = client.keys.value('discovery', 'huge')
    await server.ask('SETRANGE', keys.value, '100000000', 'x')
    expect(await client.read(keys)).toHaveLength(1_025)
    const found = await client.readOrLease(keys, 'me', 1_000)
    expect(found).toMatchObject({ kind: 'found', sealed: { length: 1_025 } })
    await server.ask('DEL', keys.value)
  })

  it('writes no value that is too large', async () => {
    const { client } = await open({ maxValueBytes: 1_024 })
    const keys = client.keys.value('discovery', 'large')
    expect(await client.write(keys, Buffer.alloc(1_025), 1_000)).toBe(unavailable)
    await client.writeAndRelease(keys, 'me', Buffer.alloc(1_025), 1_000)
    expect(await server.get(keys.value)).toBeNull()
  })

  it('goes on without a value of a wrong type, and does not open the breaker for it', async () => {
    const { client, registry } = await open()
    const keys = client.keys.value('discovery', 'list')
    await server.ask('RPUSH', keys.value, 'a')
    for (let index = 0; index < 50; index += 1) {
      expect(await client.readOrLease(keys, 'me', 1_000)).toBe(unavailable)
    }
    expect(client.state).toBe('closed')
    expect(await metricOf(registry, 'sallyport_redis_commands_total{result="error"}')).toBe(50)
  })

  it('counts what it does', async () => {
    const { client, registry } = await open()
    await client.read(client.keys.value('discovery', 'nothing'))
    expect(await metricOf(registry, 'sallyport_redis_commands_total{result="ok"}')).toBe(1)
    expect(await metricOf(registry, 'sallyport_redis_usable')).toBe(1)
    expect(await metricOf(registry, 'sallyport_redis_breaker{state="closed"}')).toBe(1)
    expect(await metricOf(registry, 'sallyport_redis_in_flight_commands')).toBe(0)
  })
})

describe('a Redis that stands still', () => {
  it('costs each command its time-out, then nothing, and is used again when it is back', async () => {
    const { client, registry, lines } = await open({ timeoutMs: 50, maxInFlight: 20 })
    const keys = client.keys.value('discovery', 'frozen')
    server.signal('SIGSTOP')
    try {
      const startedAtMs = performance.now()
      const replies = await Promise.all(Array.from({ length: 200 }, () => client.read(keys)))
      expect(replies.every((reply) => reply === unavailable)).toBe(true)
      expect(performance.now() - startedAtMs).toBeLessThan(1_000)
      expect(await metricOf(registry, 'sallyport_redis_commands_total{result="busy"}')).toBe(180)
      expect(await metricOf(registry, 'sallyport_redis_commands_total{result="timeout"}')).toBe(20)
      expect(client.state).not.toBe('closed')
      const askedAtMs = performance.now()
      expect(await client.read(keys)).toBe(unavailable)
      expect(performance.now() - askedAtMs).toBeLessThan(20)
      expect(lines.map(({ message }) => message)).toContain('Redis is away: going on without it')
    } finally {
      server.signal('SIGCONT')
    }
    await until('Redis to be used again', () => client.isUsable)
    expect(await client.read(keys)).not.toBe(unavailable)
    await until('nothing to be under way', async () => {
      return (await metricOf(registry, 'sallyport_redis_in_flight_commands')) === 0
    })
  })
})

describe('a Redis that is killed', () => {
  it('is gone on without, and used again once it is back, empty as it is', async () => {
    const { client } = await open()
    const keys = client.keys.value('discovery', 'killed')
    await client.write(keys, Buffer.from('before'), 60_000)
    await server.kill()
    await until('its absence to be noticed', () => !client.isUsable)
    const startedAtMs = performance.now()
    expect(await client.read(keys)).toBe(unavailable)
    expect(performance.now() - startedAtMs).toBeLessThan(100)
    await server.start()
    await until('Redis to be used again', () => client.isUsable)
    expect(await client.read(keys)).toHaveLength(0)
  })
})

describe('a Redis that is full', () => {
  it('is read, and refuses what is written', async () => {
    const { client } = await open()
    const keys = client.keys.value('discovery', 'full')
    await client.write(keys, Buffer.from('kept'), 60_000)
    await server.ask('CONFIG', 'SET', 'maxmemory-policy', 'noeviction')
    await server.ask('CONFIG', 'SET', 'maxmemory', '1')
    try {
      const others = client.keys.value('discovery', 'more')
      expect(await client.write(others, Buffer.from('more'), 60_000)).toBe(unavailable)
      expect(await client.readOrLease(others, 'me', 1_000)).toBe(unavailable)
      expect((await client.readOrLease(keys, 'me', 1_000)) as object).toMatchObject({
        kind: 'found',
      })
      expect(await client.claim(client.keys.once('full'), 1_000)).toBe(unavailable)
      expect(client.state).toBe('closed')
    } finally {
      await server.ask('CONFIG', 'SET', 'maxmemory', '0')
    }
  })
})

describe('a replica', () => {
  it('is not used, because nothing can be written to it, until it is promoted', async () => {
    const { client } = await open()
    const keys = client.keys.value('discovery', 'replica')
    await server.ask('REPLICAOF', '127.0.0.1', '1')
    try {
      await until('the breaker to open', async () => {
        await client.write(keys, Buffer.from('x'), 1_000)
        return client.state !== 'closed'
      })
    } finally {
      await server.ask('REPLICAOF', 'NO', 'ONE')
    }
    await until('it to be used', () => client.isUsable)
    expect(await client.write(keys, Buffer.from('x'), 1_000)).toBe('OK')
  })
})

describe('a Redis that was never there', () => {
  it('holds nobody up', async () => {
    const { client, lines } = await openClient({ nodes: ['127.0.0.1:1'] }, 'nothing')
    clients.push(client)
    expect(await client.claim(client.keys.once('a'), 1_000)).toBe(unavailable)
    await until('it to be said', () => lines.length > 0)
    expect(lines[0]).toMatchObject({
      level: 'warn',
      message: 'Redis is away: going on without it',
      fields: { reason: expect.stringContaining('ECONNREFUSED') as string },
    })
  })
})
