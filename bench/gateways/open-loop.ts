import assert from 'node:assert/strict'
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Answered, Generator, type Order, writeRequest } from '../load/generator.ts'
import { startBenchIssuer } from '../load/issuer.ts'
import { median } from './median.ts'
import { startNginx } from './nginx.ts'
import { ask } from './probe.ts'
import { keepOffTheProgramsCpu, loadCpu } from './program.ts'
import { type SallyportProgram, startSallyport } from './sallyport.ts'
import { audience, claims, permittedPath } from './setting.ts'
import { startUpstream } from './upstream.ts'

export interface OpenLoopReport {
  /** With as many connections, as fast as they are answered: the median of the rounds. */
  readonly capacityPerSecond: number
  readonly ratePerSecond: number
  readonly direct: Latency
  /** Through nginx, which proxies and judges nothing: what any further hop costs on this machine. */
  readonly nginx: Latency
  readonly gateway: Latency
  /** What the gateway adds: the difference of the percentiles, the median of the rounds. */
  readonly added: Latency
  readonly reloads: number
  readonly scrapes: number
}

interface Latency {
  readonly p50Ms: number
  readonly p99Ms: number
  readonly p999Ms: number
  readonly maxMs: number
}

const connections = 64
const warmUpMs = 6_000
const capacityMs = 2_000
const firstReloadMs = 1_000
const reloadEveryMs = 5_000
const scrapeEveryMs = 1_000
const percentiles = ['p50Ms', 'p99Ms', 'p999Ms', 'maxMs'] as const

/**
 * Requests come due at half of what the gateway can do, whatever its answers do, with records written,
 * metrics read every second and the policies changed every five; and the same at the upstream directly
 * and through nginx. What it can do is found anew for each round, as machines have better and worse
 * minutes: half of what it could do before may be all that it can do now.
 */
export async function runOpenLoop(options: {
  readonly seconds: number
  readonly rounds: number
}): Promise<OpenLoopReport> {
  keepOffTheProgramsCpu()
  const stops: (() => Promise<void> | void)[] = []
  try {
    const issuer = await startBenchIssuer(audience)
    stops.push(() => issuer.close())
    const upstream = await startUpstream()
    stops.push(() => upstream.stop())
    const own = { upstreamPort: upstream.port, issuer: issuer.issuer }
    const sallyport = await startSallyport('Sallyport', own)
    stops.push(() => sallyport.stop())
    const nginx = await startNginx('nginx', { upstreamPort: upstream.port })
    stops.push(() => nginx.stop())
    const generator = await Generator.start(loadCpu)
    stops.push(() => generator.stop())
    const Authorization = `Bearer ${await issuer.token('bench', claims)}`
    const order: Omit<Order, 'port'> = {
      request: writeRequest({ method: 'GET', path: permittedPath, headers: { Authorization } }),
      connections,
      expectStatus: 200,
      durationMs: capacityMs,
    }
    for (const { port } of [nginx, sallyport]) {
      await generator.run({ ...order, port, durationMs: warmUpMs })
    }
    const capacities: number[] = []
    const direct: Answered[] = []
    const plain: Answered[] = []
    const gateway: Answered[] = []
    let reloads = 0
    let scrapes = 0
    for (let round = 0; round < options.rounds; round += 1) {
      process.stderr.write(`open loop, round ${round + 1}/${options.rounds}\n`)
      const { requests, elapsedMs } = await generator.run({ ...order, port: sallyport.port })
      const capacity = (requests / elapsedMs) * 1_000
      capacities.push(capacity)
      const ratePerSecond = Math.round(capacity / 2)
      const timed = { ...order, ratePerSecond, durationMs: options.seconds * 1_000 }
      // Behind its own load, warm: an arrival rate that is constant does not begin after a rest.
      const disturbance = disturb(sallyport)
      gateway.push(await generator.run({ ...timed, port: sallyport.port }))
      const counted = await disturbance.stop()
      direct.push(await generator.run({ ...timed, port: upstream.port }))
      plain.push(await generator.run({ ...timed, port: nginx.port }))
      reloads += counted.reloads
      scrapes += counted.scrapes
    }
    const capacityPerSecond = median(capacities)
    return {
      capacityPerSecond,
      ratePerSecond: Math.round(capacityPerSecond / 2),
      direct: middle(direct),
      nginx: middle(plain),
      gateway: middle(gateway),
      added: middle(gateway.map((each, round) => difference(each, direct[round]))),
      reloads,
      scrapes,
    }
  } finally {
    for (const stop of stops.toReversed()) await stop()
  }
}

/** What goes on in production beside the requests. */
function disturb({ policyDir, operationsPort }: SallyportProgram): {
  stop(): Promise<{ readonly reloads: number; readonly scrapes: number }>
} {
  let reloads = 0
  let scrapes = 0
  let failure: Error | null = null
  let swapped = 0
  const scrape = async (): Promise<void> => {
    const { status, body } = await ask(operationsPort, { path: '/metrics' })
    assert.equal(status, 200)
    scrapes += 1
    swapped = Number(/sallyport_policy_reload_total\{result="swapped"\} (\d+)/.exec(body)?.[1] ?? 0)
  }
  const changePolicy = (): void => {
    appendFileSync(join(policyDir, 'document.yaml'), `# Changed for the ${reloads}th time\n`)
    reloads += 1
  }
  // However short the round is, one falls into it.
  const first = setTimeout(changePolicy, firstReloadMs)
  const change = setInterval(changePolicy, reloadEveryMs)
  const read = setInterval(() => {
    scrape().catch((error: unknown) => {
      failure ??= error instanceof Error ? error : new Error(String(error))
    })
  }, scrapeEveryMs)
  return {
    stop: async () => {
      clearTimeout(first)
      clearInterval(change)
      clearInterval(read)
      await scrape()
      if (failure !== null) throw failure
      assert.ok(reloads > 0, 'The round was too short for a change of the policies')
      // The last change may still be under way.
      assert.ok(swapped >= reloads - 1, `${swapped} of ${reloads} changes were taken over`)
      return { reloads, scrapes }
    },
  }
}

function middle(of: readonly Latency[]): Latency {
  const [p50Ms, p99Ms, p999Ms, maxMs] = percentiles.map((name) =>
    median(of.map((each) => each[name])),
  )
  return { p50Ms, p99Ms, p999Ms, maxMs } as Latency
}

function difference(one: Latency, other: Latency | undefined): Latency {
  const less = (name: (typeof percentiles)[number]): number => one[name] - (other?.[name] ?? 0)
  return {
    p50Ms: less('p50Ms'),
    p99Ms: less('p99Ms'),
    p999Ms: less('p999Ms'),
    maxMs: less('maxMs'),
  }
}

export function printOpenLoop(report: OpenLoopReport): string {
  const row = (name: string, latency: Latency): string =>
    [
      `  ${name.padEnd(28)}`,
      ...percentiles.map((percentile) => latency[percentile].toFixed(2).padStart(10)),
    ].join('')
  return [
    `Open loop: ${report.ratePerSecond} requests/s, half of ${report.capacityPerSecond.toFixed(0)}; ${report.reloads} reloads, ${report.scrapes} scrapes`,
    `${' '.repeat(30)}    p50 ms    p99 ms  p99.9 ms    max ms`,
    row('the upstream, directly', report.direct),
    row('through nginx', report.nginx),
    row('through Sallyport', report.gateway),
    row('added', report.added),
  ].join('\n')
}
