import { setTimeout as sleep } from 'node:timers/promises'
import { Registry } from 'prom-client'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createCacheMetrics } from '../../src/redis/cache-metrics.ts'
import type { RedisClient } from '../../src/redis/client.ts'
import type { RedisOptions } from '../../src/redis/options.ts'
import { Sealer } from '../../src/redis/seal.ts'
import { type CacheKind, SharedCache } from '../../src/redis/shared-cache.ts'
import { createManualClock } from '../authenticate/manual-clock.ts'
import { type RedisServer, startRedis } from '../support/redis-server.ts'
import { until } from '../support/until.ts'
import { metricOf, openClient } from './redis-client.ts'

interface Answer {
  readonly active: boolean
  readonly sub: string
}

const kind: CacheKind<Answer> = {
  kind: 'introspection',
  maxLifetimeMs: 60_000,
  loadTimeoutMs: 5_000,
  encode: (value) => JSON.stringify(value),
  decode: (text) => {
    const value = JSON.parse(text) as Answer
    return typeof value.active === 'boolean' ? value : null
  },
}

let server: RedisServer
let clock = createManualClock()
const clients: RedisClient[] = []

beforeAll(async () => {
  server = await startRedis()
})
afterAll(() => server.remove())
afterEach(async () => {
  for (const client of clients.splice(0)) client.close()
  clock = createManualClock()
  await server.ask('FLUSHALL')
})

interface Sidecar {
  readonly cache: SharedCache<Answer>
  readonly client: RedisClient
  readonly registry: Registry
}

async function open(more: Partial<RedisOptions> = {}): Promise<Sidecar> {
  const opened = await openClient({ nodes: [server.node], ...more })
  clients.push(opened.client)
  const registry = new Registry()
  const context = { client: opened.client, clock, metrics: createCacheMetrics(registry) }
  return { cache: new SharedCache(kind, context), client: opened.client, registry: opened.registry }
}

/** An endpoint that is asked, and counts. */
function endpoint(lifetimeMs = 30_000, takesMs = 0) {
  const asked: string[] = []
  const load =
    (token: string, answer: Answer = { active: true, sub: token }) =>
    async () => {
      asked.push(token)
      if (takesMs > 0) await sleep(takesMs)
      return { value: answer, expiresAtMs: clock.nowMs() + lifetimeMs }
    }
  return { asked, load }
}

async function keyOf(): Promise<string> {
  const [key] = await until('a value in Redis', async () => {
    const keys = await server.keys('*:value:*')
    return keys.length > 0 ? keys : null
  })
  return key ?? ''
}

describe('two levels', () => {
  it('ask once for all sidecars, and for each lifetime', async () => {
    // On a busy machine too, where an answer may take its time.
    const patient = { timeoutMs: 10_000, leaseWaitMs: 10_000 }
    const sidecars = await Promise.all(Array.from({ length: 8 }, () => open(patient)))
    const { asked, load } = endpoint(30_000, 20)
    const tokens = Array.from({ length: 50 }, (_, index) => `token ${index}`)
    const askAll = () =>
      Promise.all(
        sidecars.flatMap(({ cache }) =>
          tokens.flatMap((token) => [
            cache.get([token], load(token)),
            cache.get([token], load(token)),
          ]),
        ),
      )
    expect(new Set((await askAll()).map(({ sub }) => sub)).size).toBe(50)
    expect(asked).toHaveLength(50)
    await askAll()
    expect(asked).toHaveLength(50)
    clock.advanceS(30_001 / 1_000)
    await server.ask('FLUSHALL')
    await askAll()
    expect(asked).toHaveLength(100)
  })

  it('keep a no as well, for as long as it says', async () => {
    const [one, two] = await Promise.all([open(), open()])
    const { asked, load } = endpoint(1_000)
    const no = { active: false, sub: '' }
    expect(await one.cache.get(['t'], load('t', no))).toEqual(no)
    await keyOf()
    expect(await two.cache.get(['t'], load('t', no))).toEqual(no)
    expect(asked).toHaveLength(1)
    clock.advanceS(1_001 / 1_000)
    await two.cache.get(['t'], load('t', no))
    expect(asked).toHaveLength(2)
  })

  it('keep nothing of what failed, and let the next one try at once', async () => {
    const [one, two] = await Promise.all([open(), open()])
    const failing = () => Promise.reject(new Error('the endpoint is away'))
    await expect(one.cache.get(['t'], failing)).rejects.toThrow('the endpoint is away')
    await until(
      'the lease to be given back',
      async () => (await server.keys('*:lease:*')).length === 0,
    )
    const { load } = endpoint()
    expect(await two.cache.get(['t'], load('t'))).toMatchObject({ sub: 't' })
  })

  it('wait for another process no longer than the lease wait', async () => {
    const { cache, client } = await open({ leaseWaitMs: 100 })
    await server.ask(
      'SET',
      client.keys.value('introspection', 't').lease,
      'somebody',
      'PX',
      '60000',
    )
    const { asked, load } = endpoint()
    const startedAtMs = performance.now()
    await cache.get(['t'], load('t'))
    expect(performance.now() - startedAtMs).toBeGreaterThanOrEqual(99)
    expect(performance.now() - startedAtMs).toBeLessThan(1_000)
    expect(asked).toHaveLength(1)
  })

  it('hear within the local age that Redis has a value no longer', async () => {
    const [one, two] = await Promise.all([open(), open()])
    const { asked, load } = endpoint(60_000)
    await one.cache.get(['t'], load('t'))
    const key = await keyOf()
    await two.cache.get(['t'], load('t'))
    await server.ask('DEL', key)
    await two.cache.get(['t'], load('t'))
    expect(asked).toHaveLength(1)
    clock.advanceS(two.client.options.localMaxAgeMs / 1_000)
    await two.cache.get(['t'], load('t'))
    expect(asked).toHaveLength(2)
    await one.cache.get(['t'], load('t'))
    expect(asked).toHaveLength(2)
  })

  it('never use a value beyond its time, though Redis still had it', async () => {
    const { cache } = await open()
    const { asked, load } = endpoint(5_000)
    await cache.get(['t'], load('t'))
    const key = await keyOf()
    await server.ask('PERSIST', key)
    clock.advanceS(5_000 / 1_000)
    await cache.get(['t'], load('t'))
    expect(asked).toHaveLength(2)
  })

  it('never keep a value for longer than its kind may, whatever it says', async () => {
    const { cache } = await open()
    const { asked, load } = endpoint(Infinity)
    await cache.get(['t'], load('t'))
    clock.advanceS(60_000 / 1_000)
    await cache.get(['t'], load('t'))
    expect(asked).toHaveLength(2)
  })
})

describe('without Redis', () => {
  it('a process finds out for itself, and goes on with what it knows until that ends', async () => {
    const { cache, client } = await open()
    const { asked, load } = endpoint(30_000)
    await cache.get(['known'], load('known'))
    await server.kill()
    await until('its absence to be noticed', () => !client.isUsable)
    clock.advanceS(20_000 / 1_000)
    await cache.get(['known'], load('known'))
    await cache.get(['new'], load('new'))
    expect(asked).toEqual(['known', 'new'])
    clock.advanceS(10_000 / 1_000)
    await cache.get(['known'], load('known'))
    expect(asked).toEqual(['known', 'new', 'known'])
    await server.start()
  })

  it('a server that stands still costs a question its time-out and no more', async () => {
    const { cache } = await open({ timeoutMs: 50 })
    const { asked, load } = endpoint()
    server.signal('SIGSTOP')
    const startedAtMs = performance.now()
    await cache.get(['t'], load('t'))
    const tookMs = performance.now() - startedAtMs
    server.signal('SIGCONT')
    expect(asked).toHaveLength(1)
    expect(tookMs).toBeLessThan(250)
  })

  it('a server that was restarted with old data gives back only what still holds', async () => {
    const { cache } = await open()
    const { asked, load } = endpoint(5_000)
    await cache.get(['t'], load('t'))
    const key = await keyOf()
    const old = (await server.get(key)) ?? Buffer.alloc(0)
    await server.ask('FLUSHALL')
    clock.advanceS(60_000 / 1_000)
    await server.ask('SET', key, old)
    await cache.get(['t'], load('t'))
    expect(asked).toHaveLength(2)
  })
})

describe('a writer with full access to Redis gains nothing with', () => {
  const truth: Answer = { active: false, sub: '' }
  const lie: Answer = { active: true, sub: 'admin' }

  /** What a sidecar believes of a token that is not active, when `plant` got there first. */
  async function believes(
    plant: (key: string, sidecar: Sidecar) => Promise<unknown>,
  ): Promise<{ readonly answer: Answer; readonly reasons: string }> {
    const sidecar = await open()
    await plant(sidecar.client.keys.value('introspection', 'stolen').value, sidecar)
    const { load } = endpoint()
    const answer = await sidecar.cache.get(['stolen'], load('stolen', truth))
    const reasons = (await sidecar.registry.metrics())
      .split('\n')
      .filter((line) => line.startsWith('sallyport_redis_rejected_values_total{'))
      .join()
    return { answer, reasons }
  }

  it('an answer in plain text', async () => {
    const planted = await believes((key) => server.ask('SET', key, JSON.stringify(lie)))
    expect(planted.answer).toEqual(truth)
    expect(planted.reasons).toContain('kind="introspection",reason="malformed"')
  })

  it('an answer that is sealed with a key of his own', async () => {
    const own = new Sealer([{ id: 'k1', secret: Buffer.alloc(32, 9) }])
    const planted = await believes((key) => {
      const place = { key, kind: 'introspection' }
      const sealed = own.seal(place, Buffer.from(JSON.stringify(lie)), clock.nowMs() + 30_000)
      return server.ask('SET', key, sealed)
    })
    expect(planted.answer).toEqual(truth)
    expect(planted.reasons).toContain('reason="forged"')
  })

  it('the true answer about another token', async () => {
    const planted = await believes(async (key, { cache }) => {
      await cache.get(['admins token'], endpoint().load('admin'))
      const theirs = (await server.get(await keyOf())) ?? ''
      await server.ask('SET', key, theirs)
    })
    expect(planted.answer).toEqual(truth)
    expect(planted.reasons).toContain('reason="forged"')
  })

  it('a value of another kind, sealed by a sidecar', async () => {
    const planted = await believes((key, { client }) => {
      const sealer = new Sealer(client.options.secrets.sealKeys)
      const sealed = sealer.seal(
        { key, kind: 'key-set' },
        Buffer.from(JSON.stringify(lie)),
        clock.nowMs() + 30_000,
      )
      return server.ask('SET', key, sealed)
    })
    expect(planted.answer).toEqual(truth)
    expect(planted.reasons).toContain('reason="forged"')
  })

  it('an answer from before the token was taken back, once its time is over', async () => {
    const planted = await believes(async (key, { cache }) => {
      await cache.get(['stolen'], endpoint(1_000).load('stolen', lie))
      const before = (await server.get(await keyOf())) ?? ''
      clock.advanceS(1_000 / 1_000)
      await server.ask('SET', key, before)
    })
    expect(planted.answer).toEqual(truth)
    expect(planted.reasons).toContain('reason="expired"')
  })

  it('a value of another namespace or another version', async () => {
    const planted = await believes(async (key) => {
      const other = await open({ namespace: 'other' })
      await other.cache.get(['stolen'], endpoint().load('stolen', lie))
      const theirs = (await server.get(await keyOf())) ?? Buffer.alloc(0)
      await server.ask('SET', key, theirs)
    })
    expect(planted.answer).toEqual(truth)
    const versioned = await believes((key) => server.ask('SET', key, Buffer.alloc(200, 2)))
    expect(versioned.answer).toEqual(truth)
    expect(versioned.reasons).toContain('reason="malformed"')
  })

  it('a huge value', async () => {
    const planted = await believes((key) => server.ask('SETRANGE', key, '50000000', 'x'))
    expect(planted.answer).toEqual(truth)
    expect(planted.reasons).toContain('reason="too_large"')
  })

  it('values of wrong types', async () => {
    for (const plant of [
      ['RPUSH', 'x'],
      ['HSET', 'x', 'y'],
      ['SADD', 'x'],
      ['ZADD', '1', 'x'],
    ]) {
      const [command = '', ...rest] = plant
      const planted = await believes(async (key) => {
        await server.ask('DEL', key)
        await server.ask(command, key, ...rest)
      })
      expect(planted.answer).toEqual(truth)
    }
  })

  it('what is sealed rightly, and is no such value', async () => {
    const planted = await believes((key, { client }) => {
      const sealer = new Sealer(client.options.secrets.sealKeys)
      const place = { key, kind: 'introspection' }
      return server.ask('SET', key, sealer.seal(place, Buffer.from('{}'), clock.nowMs() + 1_000))
    })
    expect(planted.answer).toEqual(truth)
    expect(planted.reasons).toContain('reason="malformed"')
  })

  it.each([
    ['that never ends', ['SET', 'somebody']],
    ['of another type', ['RPUSH', 'somebody']],
    ['as long as can be', ['SETRANGE', '1000000', 'x']],
  ])('a lease %s, but one short wait of each sidecar', async (_, [command = '', ...rest]) => {
    const [one, two] = await Promise.all([open({ leaseWaitMs: 100 }), open({ leaseWaitMs: 100 })])
    const { lease } = one.client.keys.value('introspection', 't')
    await server.ask(command, lease, ...rest)
    const { asked, load } = endpoint()
    const took = async ({ cache }: Sidecar): Promise<number> => {
      const startedAtMs = performance.now()
      expect(await cache.get(['t'], load('t'))).toMatchObject({ sub: 't' })
      return performance.now() - startedAtMs
    }
    const times = await Promise.all([took(one), took(two)])
    for (const ms of times) expect(ms).toBeLessThan(1_000)
    // Its value is written all the same, and both have it from then on.
    await keyOf()
    const three = await open({ leaseWaitMs: 60_000 })
    for (const sidecar of [one, two, three]) expect(await took(sidecar)).toBeLessThan(1_000)
    expect(asked.length).toBeLessThanOrEqual(2)
  })

  it('counts what was looked up where', async () => {
    const { cache } = await open()
    const registry = new Registry()
    const client = clients.at(-1)
    if (client === undefined) throw new Error('There is no client')
    const counted = new SharedCache(kind, { client, clock, metrics: createCacheMetrics(registry) })
    await cache.get(['t'], endpoint().load('t'))
    await keyOf()
    await counted.get(['t'], endpoint().load('t'))
    await counted.get(['t'], endpoint().load('t'))
    const name = 'sallyport_cache_lookups_total{kind="introspection",result='
    expect(await metricOf(registry, `${name}"shared"}`)).toBe(1)
    expect(await metricOf(registry, `${name}"local"}`)).toBe(1)
  })
})
