import { setTimeout as sleep } from 'node:timers/promises'
import { type RedisServer, startRedis } from '../support/redis-server.ts'
import { startCluster, startSentinels } from '../support/redis-topologies.ts'
import { startTcpProxy } from '../support/tcp-proxy.ts'

export type Topology = 'single' | 'sentinel' | 'cluster'

/** What can be done to a Redis; each undoes itself. */
export interface RedisUnderTest {
  /** `redis` of the configuration. */
  readonly config: Readonly<Record<string, unknown>>
  readonly faults: ReadonlyMap<string, () => Promise<void>>
  close(): Promise<void>
}

function faultsOf(pick: () => Promise<RedisServer>): Map<string, () => Promise<void>> {
  const held = 1_500
  return new Map<string, () => Promise<void>>([
    [
      'frozen',
      async () => {
        const server = await pick()
        server.signal('SIGSTOP')
        await sleep(held)
        server.signal('SIGCONT')
      },
    ],
    [
      'killed',
      async () => {
        const server = await pick()
        await server.kill()
        await sleep(held)
        await server.start()
      },
    ],
    [
      'restarted with old data',
      async () => {
        const server = await pick()
        await server.ask('SAVE')
        await sleep(held)
        await server.kill()
        await server.start()
      },
    ],
    [
      'full',
      async () => {
        const server = await pick()
        await server.ask('CONFIG', 'SET', 'maxmemory', '1')
        await sleep(held)
        await server.ask('CONFIG', 'SET', 'maxmemory', '0')
      },
    ],
    ['emptied', async () => void (await (await pick()).ask('FLUSHALL'))],
    [
      'filled with what somebody planted',
      async () => {
        const server = await pick()
        for (const key of (await server.keys('*:value:*')).slice(0, 200)) {
          await server.ask('SET', key, '{"active":true,"sub":"admin"}')
        }
      },
    ],
  ])
}

export async function startRedisUnderTest(topology: Topology): Promise<RedisUnderTest> {
  if (topology === 'single') return startSingle()
  if (topology === 'sentinel') {
    const set = await startSentinels()
    return {
      config: { mode: 'sentinel', nodes: [set.sentinel.node], sentinel_name: set.name },
      faults: faultsOf(() => set.primary()),
      close: () => set.remove(),
    }
  }
  const nodes = await startCluster()
  return {
    config: { mode: 'cluster', nodes: nodes.map(({ node }) => node) },
    faults: faultsOf(async () => {
      const node = nodes[Math.floor(Math.random() * nodes.length)]
      if (node === undefined) throw new Error('There is no node')
      return node
    }),
    close: async () => {
      await Promise.all(nodes.map((node) => node.remove()))
    },
  }
}

async function startSingle(): Promise<RedisUnderTest> {
  const server = await startRedis()
  const proxy = await startTcpProxy(server.port)
  const faults = faultsOf(() => Promise.resolve(server))
  faults.set('partitioned', async () => {
    proxy.cut()
    await sleep(1_500)
    proxy.heal()
  })
  faults.set('slow', async () => {
    proxy.delay(100)
    await sleep(1_500)
    proxy.delay(0)
  })
  faults.set('a replica', async () => {
    await server.ask('REPLICAOF', '127.0.0.1', '1')
    await sleep(1_500)
    await server.ask('REPLICAOF', 'NO', 'ONE')
  })
  return {
    config: { nodes: [`127.0.0.1:${proxy.port}`] },
    faults,
    close: async () => {
      await proxy.close()
      await server.remove()
    },
  }
}
