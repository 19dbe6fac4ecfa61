import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import autocannon from 'autocannon'
import { startIssuer } from '../test/cli/issuer-server.ts'
import { ask } from '../test/support/ask.ts'
import { readProcessorMs } from '../test/support/proc.ts'
import { startRedis } from '../test/support/redis-server.ts'
import { type Sallyport, startSallyport } from '../test/support/sallyport.ts'
import { until } from '../test/support/until.ts'

// Usage: node bench/redis.ts --seconds 5 --rounds 5
// What Redis, and limits that are counted together through it, cost a gateway that knows who asks.
const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '5' }, rounds: { type: 'string', default: '5' } },
})
const audience = 'bench'
const [issuer, redis] = await Promise.all([startIssuer(audience), startRedis()])
const tokens = await Promise.all(
  Array.from({ length: 64 }, (_, index) => issuer.token(`user-${index}`, ['staff'])),
)
const shared = { redis: { nodes: [redis.node], seal_keys_file: 'seal-keys' } }
const limits = { limits: { address: '1000000/s', subject: '100000/s' } }
const variants = [
  { name: 'without Redis', config: {} },
  { name: 'with Redis', config: shared },
  { name: 'with limits', config: limits },
  { name: 'with limits and Redis', config: { ...shared, ...limits } },
]

interface Figure {
  readonly perSecond: number
  readonly cpuMsPerThousand: number
  readonly p99Ms: number
}

const started: {
  readonly name: string
  readonly sallyport: Sallyport
  readonly figures: Figure[]
}[] = []
for (const { name, config } of variants) {
  const sallyport = await startSallyport({
    config: { issuers: [{ issuer: issuer.issuer, audiences: [audience] }], ...config },
    prepare: (dir) =>
      writeFile(join(dir, 'seal-keys'), `k1 ${Buffer.alloc(32, 7).toString('base64')}\n`),
  })
  const isReady = async (): Promise<boolean> =>
    (await ask(sallyport.operations, '/readyz')).status === 200
  await until('readiness', isReady)
  started.push({ name, sallyport, figures: [] })
}
for (const { sallyport } of started) await load(sallyport, 2)
for (let round = 0; round < Number(values.rounds); round += 1) {
  // In turns, and in the other order each time: the machine is not the same all the time.
  for (const { sallyport, figures } of round % 2 === 0 ? started : started.toReversed()) {
    figures.push(await load(sallyport, Number(values.seconds)))
  }
}
for (const { sallyport } of started) await sallyport.remove()
await issuer.close()
await redis.remove()
const rows = started.map(({ name, figures }) => ({
  name,
  perSecond: Math.round(median(figures.map(({ perSecond }) => perSecond))),
  cpuMsPerThousand: median(figures.map(({ cpuMsPerThousand }) => cpuMsPerThousand)),
  p99Ms: median(figures.map(({ p99Ms }) => p99Ms)),
}))
const [first] = rows
process.stdout.write(
  `${JSON.stringify(
    rows.map((row) => ({
      ...row,
      perSecondRatio: row.perSecond / (first?.perSecond ?? 1),
      perCpuRatio: (first?.cpuMsPerThousand ?? 1) / row.cpuMsPerThousand,
    })),
    null,
    2,
  )}\n`,
)

async function load({ gateway, pid }: Sallyport, seconds: number): Promise<Figure> {
  const before = (await readProcessorMs(pid)) ?? 0
  const result = await autocannon({
    url: `${gateway}/files/vault`,
    connections: 64,
    duration: seconds,
    setupClient: (client) => {
      const token = tokens[Math.floor(Math.random() * tokens.length)] ?? ''
      client.setHeaders({ authorization: `Bearer ${token}` })
    },
  })
  const cpuMs = ((await readProcessorMs(pid)) ?? 0) - before
  const { total } = result.requests
  const statuses = result.statusCodeStats as Record<string, { count?: number } | undefined>
  if (result.errors > 0 || statuses['403']?.count !== total)
    throw new Error(JSON.stringify(statuses))
  return {
    perSecond: total / result.duration,
    cpuMsPerThousand: (cpuMs / total) * 1_000,
    p99Ms: result.latency.p99,
  }
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((left, right) => left - right)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
