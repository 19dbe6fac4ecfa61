import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RedisServer, startRedis } from '../support/redis-server.ts'
import { type Sallyport, startSallyport } from '../support/sallyport.ts'
import { ask } from '../support/ask.ts'
import { until } from '../support/until.ts'

let redis: RedisServer
const sidecars: Sallyport[] = []

beforeAll(async () => {
  redis = await startRedis()
})
afterAll(async () => {
  await Promise.all(sidecars.map((sidecar) => sidecar.remove()))
  await redis.remove()
})

async function start(workers: number): Promise<Sallyport> {
  const sidecar = await startSallyport({
    config: {
      gateway: { workers },
      limits: { address: '8/h', sync_interval: '10ms' },
      redis: { nodes: [redis.node], seal_keys_file: 'seal-keys', timeout: '500ms' },
    },
    prepare: (dir) =>
      writeFile(join(dir, 'seal-keys'), `k1 ${Buffer.alloc(32, 7).toString('base64')}\n`),
  })
  sidecars.push(sidecar)
  await until('Redis to be used', async () => {
    const { text } = await ask(sidecar.operations, '/readyz')
    return text.includes('"name":"redis"') && !text.includes('not connected')
  })
  return sidecar
}

/** How many get through before the first that does not; each on a connection of its own. */
async function countUntilLimited(sidecar: Sallyport): Promise<number> {
  for (let count = 0; count < 100; count += 1) {
    const { status } = await ask(sidecar.gateway, '/files/a')
    if (status === 429) return count
    expect(status).toBe(401)
    await sleep(50)
  }
  throw new Error('Nobody was limited')
}

describe('limits of several processes', () => {
  it('are counted together, by workers and by sidecars that share a Redis', async () => {
    const [one, two] = await Promise.all([start(2), start(1)])
    const first = await countUntilLimited(one)
    expect(first).toBeGreaterThanOrEqual(7)
    expect(first).toBeLessThanOrEqual(11)
    const second = await countUntilLimited(two)
    expect(second).toBeLessThanOrEqual(3)
    // The primary and both workers.
    await expect.poll(async () => (await one.metrics()).get('sallyport_redis_usable')).toBe(3)
    expect((await two.metrics()).get('sallyport_limit_refusals_total{limit="address"}')).toBe(1)
  })

  it('go on alone when Redis is killed', async () => {
    await redis.kill()
    const [one] = sidecars
    if (one === undefined) throw new Error('There is no sidecar')
    await until('it to be noticed', async () => {
      const { text } = await ask(one.operations, '/readyz')
      return /"name":"redis","ready":true,"state":"degraded"/u.test(text)
    })
    expect((await ask(one.gateway, '/files/a')).status).toBe(429)
  })
})
