import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BenchIssuer, startBenchIssuer } from '../load/issuer.ts'
import { type GoPeer, startGoPeers } from './go-peers.ts'
import { startHaproxy } from './haproxy.ts'
import { median } from './median.ts'
import { startNginx } from './nginx.ts'
import { type Judges, prove } from './probe.ts'
import {
  allCpus,
  keepOffTheProgramsCpu,
  type Program,
  requireCommands,
  versionOf,
} from './program.ts'
import { startSallyport } from './sallyport.ts'
import {
  listScenarios,
  manyRoutes,
  manyRoutesScenario,
  plainScenario,
  type Scenario,
} from './scenarios.ts'
import { audience } from './setting.ts'
import { startUpstream } from './upstream.ts'
import { type LoadResult, runWrk } from './wrk.ts'

interface GatewayRow extends LoadResult {
  readonly scenario: string
  readonly peer: string
  readonly judges: Judges
  /** Requests per second by those of nginx as a plain proxy, the median of the rounds. */
  readonly againstNginx: number | null
}

export interface GatewayReport {
  readonly rows: readonly GatewayRow[]
  readonly versions: Readonly<Record<string, string>>
  /** Programs that are not in the table, and why. */
  readonly missing: Readonly<Record<string, string>>
}

export interface GatewayOptions {
  readonly seconds: number
  readonly rounds: number
  /** Only scenarios with one of these in their name. */
  readonly only: readonly string[]
  /** Build the peers that are written in Go where they are not there. */
  readonly build: boolean
}

interface Peer {
  readonly name: string
  readonly judges: Judges
  readonly program: Program
  /** Scenarios it takes part in; null: all. */
  readonly scenarios: readonly string[] | null
  readonly cpus?: string
}

const nginxPlain = 'nginx, plain proxy'
const workersScenario = 'two workers, all on both processors'

/** Every program in turn, in the other order every other round, each alone on its processor. */
export async function runGateways(options: GatewayOptions): Promise<GatewayReport> {
  requireCommands({ wrk: 'wrk', nginx: 'nginx', haproxy: 'haproxy', taskset: 'util-linux' })
  keepOffTheProgramsCpu()
  const dir = mkdtempSync(join(tmpdir(), 'sallyport-bench-'))
  const stops: (() => Promise<void> | void)[] = [() => rmSync(dir, { recursive: true })]
  try {
    const issuer = await startBenchIssuer(audience)
    stops.push(() => issuer.close())
    const all = await listScenarios(issuer, dir)
    const [plain] = all
    const scenarios = [
      ...all,
      ...(plain ? [{ ...plain, name: workersScenario, warmUpS: 8 }] : []),
    ].filter(({ name }) => options.only.some((part) => name.includes(part)))
    const keep = <Kept extends Program>(program: Kept): Kept => {
      stops.push(() => program.stop())
      return program
    }
    const upstream = keep(await startUpstream())
    const peers = await startPeers(upstream, issuer, keep)
    const go = await startGoPeers({ upstreamPort: upstream.port, issuer, build: options.build })
    const isStarted = (peer: GoPeer): peer is GoPeer & { readonly program: Program } =>
      peer.program !== null
    const missing = new Map(
      go.flatMap(({ name, problem }) => (problem === null ? [] : [[name, problem] as const])),
    )
    for (const { name, judges, program } of go.filter(isStarted)) {
      keep(program)
      try {
        if (plain !== undefined) await prove(name, program.port, plain.proof(judges))
        peers.push({ name, judges, program, scenarios: [plainScenario] })
      } catch (error) {
        missing.set(name, error instanceof Error ? error.message : String(error))
      }
    }
    const measured = await measure(scenarios, peers, options, dir)
    return {
      rows: summarise(scenarios, peers, measured),
      versions: {
        nginx: versionOf('nginx', '-v'),
        HAProxy: versionOf('haproxy', '-v'),
        wrk: versionOf('wrk', '-v'),
        ...Object.fromEntries(go.filter(isStarted).map(({ name, version }) => [name, version])),
      },
      missing: Object.fromEntries(missing),
    }
  } finally {
    for (const stop of stops.toReversed()) await stop()
  }
}

async function startPeers(
  upstream: Program,
  issuer: BenchIssuer,
  keep: <Kept extends Program>(program: Kept) => Kept,
): Promise<Peer[]> {
  const upstreamPort = upstream.port
  const own = { upstreamPort, issuer: issuer.issuer }
  const scenarios = null
  const few = await startSallyport('Sallyport', own)
  const authorizer = keep(few)
  const peers: Peer[] = [
    { name: 'the upstream, directly', judges: 'nothing', program: upstream, scenarios },
    {
      name: nginxPlain,
      judges: 'nothing',
      program: keep(await startNginx(nginxPlain, { upstreamPort, routes: manyRoutes })),
      scenarios: [manyRoutesScenario],
    },
    {
      name: nginxPlain,
      judges: 'nothing',
      program: keep(await startNginx(nginxPlain, { upstreamPort })),
      scenarios,
    },
    {
      name: 'HAProxy, plain proxy',
      judges: 'nothing',
      program: keep(await startHaproxy('HAProxy', { upstreamPort })),
      scenarios,
    },
    {
      name: 'HAProxy, jwt_verify RS256 and a rule',
      judges: 'the token and the rule',
      program: keep(await startHaproxy('HAProxy, jwt_verify', { upstreamPort, verify: issuer })),
      scenarios,
    },
    {
      name: 'nginx, auth_request to Sallyport',
      judges: 'the token and the rule',
      program: keep(
        await startNginx('nginx, auth_request', { upstreamPort, authorizerPort: authorizer.port }),
      ),
      scenarios: [plainScenario],
    },
    { name: 'Sallyport', judges: 'the token and the rule', program: few, scenarios },
    {
      name: 'Sallyport',
      judges: 'the token and the rule',
      program: keep(await startSallyport('Sallyport', { ...own, routes: manyRoutes })),
      scenarios: [manyRoutesScenario],
    },
  ]
  for (const workers of [1, 2]) {
    const name = `Sallyport, ${workers} worker${workers > 1 ? 's' : ''}`
    peers.push({
      name,
      judges: 'the token and the rule',
      program: keep(await startSallyport(name, { ...own, workers, cpus: allCpus })),
      scenarios: [workersScenario],
      cpus: allCpus,
    })
  }
  return peers
}

type Measured = Map<Scenario, Map<Peer, LoadResult[]>>

async function measure(
  scenarios: readonly Scenario[],
  peers: readonly Peer[],
  { seconds, rounds }: GatewayOptions,
  dir: string,
): Promise<Measured> {
  const measured: Measured = new Map()
  for (const scenario of scenarios) {
    const asked = peersOf(peers, scenario)
    const results = new Map<Peer, LoadResult[]>(asked.map((peer) => [peer, []]))
    measured.set(scenario, results)
    for (const { program, cpus } of asked) {
      await runWrk(program, scenario.load, scenario.warmUpS, dir, cpus)
    }
    for (let round = 0; round < rounds; round += 1) {
      for (const peer of round % 2 === 0 ? asked : asked.toReversed()) {
        process.stderr.write(`${scenario.name}, round ${round + 1}/${rounds}: ${peer.name}\n`)
        const { program, cpus, judges } = peer
        const [result] = await Promise.all([
          runWrk(program, scenario.load, seconds, dir, cpus),
          new Promise((resolve) => setTimeout(resolve, seconds * 300)).then(() =>
            prove(peer.name, program.port, scenario.proof(judges)),
          ),
        ])
        results.get(peer)?.push(result)
      }
    }
  }
  return measured
}

/** A program that is there for a scenario takes the place of the general one of its name. */
function peersOf(peers: readonly Peer[], { name }: Scenario): Peer[] {
  const special = peers.filter(({ scenarios }) => scenarios?.includes(name) === true)
  if (name === workersScenario) return special
  const taken = new Set(special.map((peer) => peer.name))
  const general = peers.filter((peer) => peer.scenarios === null && !taken.has(peer.name))
  return [...general, ...special]
}

function summarise(
  scenarios: readonly Scenario[],
  peers: readonly Peer[],
  measured: Measured,
): GatewayRow[] {
  return scenarios.flatMap((scenario) => {
    const results = measured.get(scenario)
    const base = peersOf(peers, scenario).find(({ name }) => name === nginxPlain)
    const plain = base === undefined ? [] : (results?.get(base) ?? [])
    return peersOf(peers, scenario).map((peer) => {
      const own = results?.get(peer) ?? []
      const of = (pick: (result: LoadResult) => number): number => median(own.map(pick))
      const ratios = own.map((one, round) => {
        return one.requestsPerSecond / (plain[round]?.requestsPerSecond ?? Number.NaN)
      })
      return {
        scenario: scenario.name,
        peer: peer.name,
        judges: peer.judges,
        requestsPerSecond: of((result) => result.requestsPerSecond),
        p50Ms: of((result) => result.p50Ms),
        p99Ms: of((result) => result.p99Ms),
        p999Ms: of((result) => result.p999Ms),
        cpuUs: of((result) => result.cpuUs),
        cpuShare: of((result) => result.cpuShare),
        residentMiB: of((result) => result.residentMiB),
        againstNginx: plain.length === 0 ? null : median(ratios),
      }
    })
  })
}

export function printGateways({ rows, versions, missing }: GatewayReport): string {
  const lines = Object.entries(versions).map(([name, version]) => `${name} ${version}`)
  const out = [`Versions: ${lines.join(', ')}`]
  for (const scenario of new Set(rows.map((row) => row.scenario))) {
    out.push(
      `\n${scenario.padEnd(46)}req/s  of nginx  p50 ms  p99 ms p99.9 ms  cpu us   core    MiB`,
    )
    for (const row of rows.filter((one) => one.scenario === scenario)) {
      const cell = (value: number, digits: number, width: number): string =>
        value.toFixed(digits).padStart(width)
      out.push(
        [
          `  ${row.peer.padEnd(38)}`,
          cell(row.requestsPerSecond, 0, 10),
          row.againstNginx === null ? '-'.padStart(10) : cell(row.againstNginx, 2, 10),
          cell(row.p50Ms, 2, 8),
          cell(row.p99Ms, 2, 8),
          cell(row.p999Ms, 2, 9),
          cell(row.cpuUs, 1, 8),
          cell(row.cpuShare, 2, 7),
          cell(row.residentMiB, 0, 7),
        ].join(''),
      )
    }
  }
  for (const [name, problem] of Object.entries(missing))
    out.push(`\n${name} is missing: ${problem}`)
  return out.join('\n')
}
