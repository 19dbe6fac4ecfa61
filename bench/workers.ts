import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import autocannon from 'autocannon'
import { startIssuer } from '../test/cli/issuer-server.ts'
import { ask } from '../test/support/ask.ts'
import { readProcessorMs } from '../test/support/proc.ts'
import { type Sallyport, startSallyport } from '../test/support/sallyport.ts'
import { until } from '../test/support/until.ts'

// Usage: node bench/workers.ts --seconds 10 --rounds 3 --workers 1,2
// The generator takes a processor of its own: where there are as many workers as processors, requests
// per second say what is left for them, and processor time per request what each of them costs.
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '3' },
    workers: { type: 'string', default: '1,2' },
    connections: { type: 'string', default: '64' },
  },
})
const audience = 'bench'
const issuer = await startIssuer(audience)
const token = await issuer.token('ada', ['staff'])
const counts = values.workers.split(',').map(Number)
const started: { readonly count: number; readonly sallyport: Sallyport }[] = []
for (const count of counts) {
  const sallyport = await startSallyport({
    config: {
      gateway: { workers: count },
      issuers: [{ issuer: issuer.issuer, audiences: [audience] }],
      log: { level: 'info' },
    },
  })
  const isReady = async (): Promise<boolean> =>
    (await ask(sallyport.operations, '/readyz')).status === 200
  await until('readiness', isReady, 20_000)
  started.push({ count, sallyport })
}

interface Figure {
  readonly perSecond: number
  readonly cpuMsPerThousand: number
  readonly p99Ms: number
}

const figures = new Map<number, Figure[]>(counts.map((count) => [count, []]))
for (let round = 0; round < Number(values.rounds); round += 1) {
  // In turns, and in the other order each time: the machine is not the same all the time.
  for (const { count, sallyport } of round % 2 === 0 ? started : started.toReversed()) {
    figures.get(count)?.push(await load(sallyport))
  }
}
for (const { sallyport } of started) await sallyport.remove()
await issuer.close()
const rows = counts.map((count) => {
  const own = figures.get(count) ?? []
  return {
    workers: count,
    perSecond: Math.round(median(own.map(({ perSecond }) => perSecond))),
    cpuMsPerThousand: Math.round(median(own.map(({ cpuMsPerThousand }) => cpuMsPerThousand))),
    p99Ms: median(own.map(({ p99Ms }) => p99Ms)),
  }
})
const [first] = rows
process.stdout.write(
  `${JSON.stringify(
    rows.map((row) => ({
      ...row,
      perSecondRatio: row.perSecond / (first?.perSecond ?? 1),
      cpuRatio: row.cpuMsPerThousand / (first?.cpuMsPerThousand ?? 1),
    })),
    null,
    2,
  )}\n`,
)

async function load(sallyport: Sallyport): Promise<Figure> {
  const before = await processorMs(sallyport)
  const result = await autocannon({
    url: `${sallyport.gateway}/files/vault`,
    headers: { authorization: `Bearer ${token}` },
    connections: Number(values.connections),
    duration: Number(values.seconds),
  })
  const cpuMs = (await processorMs(sallyport)) - before
  const { total } = result.requests
  // Denied, or refused early because the machine is too busy for so many connections.
  const shed = result['5xx']
  if (result.errors > 0 || result['4xx'] + shed !== total || shed > total / 100) {
    throw new Error(JSON.stringify(result))
  }
  return {
    perSecond: total / result.duration,
    cpuMsPerThousand: (cpuMs / total) * 1_000,
    p99Ms: result.latency.p99,
  }
}

/** Of the process and its workers. */
async function processorMs({ pid }: Sallyport): Promise<number> {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
  const pids = [pid, ...children.trim().split(' ').filter(Boolean).map(Number)]
  const times = await Promise.all(pids.map(readProcessorMs))
  return times.reduce<number>((sum, ms) => sum + (ms ?? 0), 0)
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((left, right) => left - right)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
