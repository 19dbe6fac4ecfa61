import { freePorts } from './free-ports.ts'
import { type RedisServer, startRedis } from './redis-server.ts'
import { until } from './until.ts'

/** Ports whose neighbours ten thousand above, which nodes talk to each other on, can be had too. */
async function clusterPorts(count: number): Promise<readonly number[]> {
  const ports = new Set<number>()
  while (ports.size < count) {
    // Below the range that systems take ports from by themselves, both of them.
    const found = (await freePorts(20)).find((port) => port < 22_500 && !ports.has(port))
    if (found !== undefined) ports.add(found)
  }
  return [...ports]
}

export interface SentinelSet {
  readonly name: string
  readonly servers: readonly RedisServer[]
  readonly sentinel: RedisServer
  /** The one that takes writes, as the Sentinel says. */
  primary(): Promise<RedisServer>
  remove(): Promise<void>
}

/** A primary, a replica, and a Sentinel that fails over within a second. */
export async function startSentinels(): Promise<SentinelSet> {
  const name = 'shared'
  const first = await startRedis()
  const second = await startRedis({ config: [`replicaof 127.0.0.1 ${first.port}`] })
  // A Sentinel looks at replicas every ten seconds, and promotes none that it saw without its primary.
  await until('the replica to be one', async () =>
    (await second.ask('INFO', 'replication')).includes('master_link_status:up'),
  )
  const sentinel = await startRedis({
    sentinel: true,
    config: [
      `sentinel monitor ${name} 127.0.0.1 ${first.port} 1`,
      `sentinel down-after-milliseconds ${name} 500`,
      // On a busy machine it takes seconds until the new primary is seen to be one; given up before
      // that, it is made a replica of the dead one again.
      `sentinel failover-timeout ${name} 6000`,
    ],
  })
  const servers = [first, second]
  await until('the Sentinel to know the replica, and it its primary', async () => {
    const known = (await sentinel.ask('SENTINEL', 'replicas', name)).replaceAll(/\s+/g, ' ')
    return known.includes(String(second.port)) && /master-link-status \S*\s?ok/.test(known)
  })
  return {
    name,
    servers,
    sentinel,
    primary: async () => {
      const answer = await sentinel.ask('SENTINEL', 'get-master-addr-by-name', name)
      const found = servers.find(({ port }) => answer.includes(`\r\n${port}\r\n`))
      if (found === undefined) throw new Error(`There is no primary: ${answer}`)
      return found
    },
    remove: async () => {
      await Promise.all([sentinel, ...servers].map((server) => server.remove()))
    },
  }
}

const slots = 16_384

/** So many primaries without replicas; what a lost one had is lost, and the others go on. */
export async function startCluster(size = 3): Promise<readonly RedisServer[]> {
  const ports = await clusterPorts(size)
  const nodes = await Promise.all(
    ports.map((port) =>
      startRedis({
        port,
        config: [
          'cluster-enabled yes',
          'cluster-node-timeout 1000',
          'cluster-require-full-coverage no',
        ],
      }),
    ),
  )
  const [first] = nodes
  for (const [index, node] of nodes.entries()) {
    const from = Math.ceil((slots * index) / size)
    const to = Math.ceil((slots * (index + 1)) / size)
    const own = Array.from({ length: to - from }, (_, slot) => String(from + slot))
    await node.ask('CLUSTER', 'ADDSLOTS', ...own)
    await node.ask('CLUSTER', 'MEET', '127.0.0.1', String(first?.port))
  }
  await Promise.all(
    nodes.map((node) =>
      until('the Cluster to be whole', async () => {
        const info = await node.ask('CLUSTER', 'INFO')
        return info.includes('cluster_state:ok') && info.includes(`cluster_slots_ok:${slots}`)
      }),
    ),
  )
  return nodes
}
