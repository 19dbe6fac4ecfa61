import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { binaryPath } from '../../test/differential/cerbos-server.ts'
import { batchRequest, batchSize, evaluationRequest } from '../guard/figures.ts'
import { startBenchIssuer } from '../load/issuer.ts'
import {
  about,
  bare,
  type DecisionPoint,
  json,
  ownAnswers,
  startBare,
  startCerbos,
  startOpa,
} from './decision-points.ts'
import { installGo, versionOfGo } from './go-install.ts'
import { median } from './median.ts'
import { ask } from './probe.ts'
import { keepOffTheProgramsCpu, type Program, requireCommands, versionOf } from './program.ts'
import { startSallyport } from './sallyport.ts'
import { audience } from './setting.ts'
import { type LoadResult, runWrk } from './wrk.ts'

interface CheckRow extends LoadResult {
  readonly peer: string
  readonly evaluationsPerSecond: number
  /** Requests per second by those of bare node:http, the median of the rounds. */
  readonly againstBare: number
}

export interface CheckReport {
  readonly rows: readonly CheckRow[]
  readonly versions: Readonly<Record<string, string>>
  readonly missing: Readonly<Record<string, string>>
}

/** One question over HTTP, as fast as 64 connections are answered, each program on one processor. */
export async function runCheck(options: {
  readonly seconds: number
  readonly rounds: number
  readonly build: boolean
}): Promise<CheckReport> {
  requireCommands({ wrk: 'wrk', taskset: 'util-linux' })
  keepOffTheProgramsCpu()
  const dir = mkdtempSync(join(tmpdir(), 'sallyport-bench-'))
  const stops: (() => Promise<void> | void)[] = [() => rmSync(dir, { recursive: true })]
  try {
    const keep = (program: Program): Program => {
      stops.push(() => program.stop())
      return program
    }
    const issuer = await startBenchIssuer(audience)
    stops.push(() => issuer.close())
    const own = await startSallyport('Sallyport', { upstreamPort: 9, issuer: issuer.issuer })
    keep(own)
    const check = { ...own, port: own.checkPort }
    const load = { ...evaluationRequest, headers: json }
    const denied = JSON.stringify(about('sales'))
    const batch = { ...batchRequest, headers: json }
    const everyPermit = /^\{"evaluations":\[(?:\{"decision":true\},?)+\]\}$/
    const peers: DecisionPoint[] = [
      {
        name: bare,
        program: keep(await startBare()),
        load,
        evaluations: 1,
        denied: null,
        says: ownAnswers,
      },
      {
        name: 'Sallyport, one evaluation',
        program: check,
        load,
        evaluations: 1,
        denied,
        says: ownAnswers,
      },
      {
        name: `Sallyport, ${batchSize} evaluations`,
        program: check,
        load: batch,
        evaluations: batchSize,
        denied: null,
        says: { permit: everyPermit, deny: everyPermit },
      },
      await startCerbos(keep),
    ]
    const opa = installGo(
      { command: 'opa', module: 'github.com/open-policy-agent/opa' },
      options.build,
    )
    if ('file' in opa) peers.push(await startOpa(opa.file, keep))
    const results = await measure(peers, options, dir)
    const cerbosVersion = versionOf(binaryPath(), '--version')
    return {
      rows: summarise(peers, results),
      versions: {
        Cerbos: cerbosVersion,
        ...('file' in opa ? { 'Open Policy Agent': versionOfGo(opa.file) } : {}),
      },
      missing: 'problem' in opa ? { 'Open Policy Agent': opa.problem } : {},
    }
  } finally {
    for (const stop of stops.toReversed()) await stop()
  }
}

/** While the load runs: a permit is one, and so is a denial. */
async function proveAnswers({ name, program, load, denied, says }: DecisionPoint): Promise<void> {
  const question = { method: load.method, path: load.path, headers: load.headers }
  const permit = await ask(program.port, { ...question, body: load.body ?? '' })
  assert.match(permit.body.trim(), says.permit, `${name} answers ${permit.status}: ${permit.body}`)
  if (denied === null) return
  const deny = await ask(program.port, { ...question, body: denied })
  assert.match(deny.body.trim(), says.deny, `${name} answers ${deny.status}: ${deny.body}`)
}

async function measure(
  peers: readonly DecisionPoint[],
  { seconds, rounds }: { readonly seconds: number; readonly rounds: number },
  dir: string,
): Promise<Map<DecisionPoint, LoadResult[]>> {
  const results = new Map<DecisionPoint, LoadResult[]>(peers.map((peer) => [peer, []]))
  for (const { program, load } of peers) await runWrk(program, load, 4, dir)
  for (let round = 0; round < rounds; round += 1) {
    for (const peer of round % 2 === 0 ? peers : peers.toReversed()) {
      process.stderr.write(`decisions, round ${round + 1}/${rounds}: ${peer.name}\n`)
      const [result] = await Promise.all([
        runWrk(peer.program, peer.load, seconds, dir),
        new Promise((resolve) => setTimeout(resolve, seconds * 300)).then(() => proveAnswers(peer)),
      ])
      results.get(peer)?.push(result)
    }
  }
  return results
}

function summarise(
  peers: readonly DecisionPoint[],
  results: Map<DecisionPoint, LoadResult[]>,
): CheckRow[] {
  const base = peers.find(({ name }) => name === bare)
  const bareResults = base === undefined ? [] : (results.get(base) ?? [])
  return peers.map((peer) => {
    const own = results.get(peer) ?? []
    const of = (pick: (result: LoadResult) => number): number => median(own.map(pick))
    const requestsPerSecond = of((result) => result.requestsPerSecond)
    return {
      peer: peer.name,
      requestsPerSecond,
      evaluationsPerSecond: requestsPerSecond * peer.evaluations,
      againstBare: median(
        own.map((one, round) => {
          return one.requestsPerSecond / (bareResults[round]?.requestsPerSecond ?? Number.NaN)
        }),
      ),
      p50Ms: of((result) => result.p50Ms),
      p99Ms: of((result) => result.p99Ms),
      p999Ms: of((result) => result.p999Ms),
      cpuUs: of((result) => result.cpuUs),
      cpuShare: of((result) => result.cpuShare),
      residentMiB: of((result) => result.residentMiB),
    }
  })
}

export function printCheck({ rows, versions, missing }: CheckReport): string {
  const said = Object.entries(versions).map(([name, version]) => `${name} ${version}`)
  const out = [
    `Versions: ${said.join(', ')}`,
    `${'Decisions over HTTP'.padEnd(40)}req/s  evaluations/s  of bare  p50 ms  p99 ms p99.9 ms  cpu us`,
  ]
  for (const row of rows) {
    out.push(
      [
        `  ${row.peer.padEnd(34)}`,
        row.requestsPerSecond.toFixed(0).padStart(9),
        row.evaluationsPerSecond.toFixed(0).padStart(15),
        row.againstBare.toFixed(3).padStart(9),
        row.p50Ms.toFixed(2).padStart(8),
        row.p99Ms.toFixed(2).padStart(8),
        row.p999Ms.toFixed(2).padStart(9),
        row.cpuUs.toFixed(1).padStart(8),
      ].join(''),
    )
  }
  for (const [name, problem] of Object.entries(missing)) out.push(`${name} is missing: ${problem}`)
  return out.join('\n')
}
