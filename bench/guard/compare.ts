import { join } from 'node:path'
import { loadCpu } from '../gateways/program.ts'
import { type SallyportProgram, startSallyport } from '../gateways/sallyport.ts'
import { audience, claims } from '../gateways/setting.ts'
import { Generator } from '../load/generator.ts'
import { startBenchIssuer } from '../load/issuer.ts'
import { startServerProcess } from '../load/server-process.ts'
import { compareMicro } from './compare-micro.ts'
import { compareStarts } from './compare-starts.ts'
import { type Comparison, type Pair, summarise, turns, type Which } from './comparison.ts'
import { listFigures, type LoadFigure, orderOf } from './figures.ts'

const sliceMs = 100
const slices = 32
const bestShare = 0.25
const warmUpMs = 800
const pauseMs = 15
const residentStarts = 4
const residentMs = 1_500
const residentName = 'resident under load'

/**
 * Both revisions in this one run, as processes that take turns of a tenth of a second on the same
 * processor under the same load: whatever else the machine does meets both alike. What is compared is
 * processor time a request, of which others' work takes none.
 */
export async function compare(
  checkouts: Pair<string>,
  isWanted: (name: string) => boolean,
  say: (comparison: Comparison) => void,
): Promise<readonly Comparison[]> {
  const compared: Comparison[] = []
  for (const part of [compareLoad, compareStarts, compareMicro]) {
    const found = await part(checkouts, isWanted)
    for (const comparison of found) say(comparison)
    compared.push(...found)
  }
  return compared
}

async function compareLoad(
  checkouts: Pair<string>,
  isWanted: (name: string) => boolean,
): Promise<Comparison[]> {
  const stops: (() => Promise<void> | void)[] = []
  try {
    const issuer = await startBenchIssuer(audience)
    stops.push(() => issuer.close())
    const token = await issuer.token('bench', claims)
    const figures = listFigures(token)
    const wanted = figures.filter(({ name }) => isWanted(name))
    const [permit] = figures
    if (wanted.length === 0 && !isWanted(residentName)) return []
    const upstream = await startServerProcess({
      name: 'upstream',
      script: join(import.meta.dirname, '../load/upstream.ts'),
      args: [],
      cpu: Number(loadCpu),
    })
    stops.push(() => upstream.stop())
    const generator = await Generator.start(loadCpu)
    stops.push(() => generator.stop())
    const start = (which: Which): Promise<SallyportProgram> =>
      startSallyport('Sallyport', {
        upstreamPort: Number(new URL(upstream.ready).port),
        issuer: issuer.issuer,
        checkout: checkouts[which],
        isNeverOverloaded: true,
      })
    const results: Comparison[] = []
    if (permit !== undefined && isWanted(residentName)) {
      results.push(await compareResident(permit, start, generator))
    }
    if (wanted.length === 0) return results
    const started: Partial<Record<Which, SallyportProgram>> = {}
    // Whichever starts first may be luckier with memory.
    for (const which of turns(Math.round(Math.random()))) {
      const program = await start(which)
      stops.push(() => program.stop())
      started[which] = program
    }
    const { own, baseline } = started
    if (own === undefined || baseline === undefined) return results
    for (const figure of wanted) {
      results.push(await takeTurns(figure, { own, baseline }, generator))
    }
    return results
  } finally {
    for (const stop of stops.toReversed()) await stop()
  }
}

/** How much memory a process takes differs from one to the next: several of each, for a while each. */
async function compareResident(
  permit: LoadFigure,
  start: (which: Which) => Promise<SallyportProgram>,
  generator: Generator,
): Promise<Comparison> {
  const taken: Pair<number[]> = { own: [], baseline: [] }
  for (let time = 0; time < residentStarts; time += 1) {
    for (const which of turns(time)) {
      const program = await start(which)
      try {
        await generator.run(orderOf(permit, program.port, residentMs))
        taken[which].push(program.residentBytes() / 1_048_576)
      } finally {
        await program.stop()
      }
    }
  }
  return summarise(residentName, 'MiB', taken, 0.5)
}

async function takeTurns(
  figure: LoadFigure,
  programs: Pair<SallyportProgram>,
  generator: Generator,
): Promise<Comparison> {
  const times: Pair<number[]> = { own: [], baseline: [] }
  const run = async (which: Which, durationMs: number): Promise<number> => {
    const program = programs[which]
    const port = figure.to === 'check' ? program.checkPort : program.port
    const before = program.cpuMs()
    const { requests } = await generator.run(orderOf(figure, port, durationMs))
    // What it still does for these requests, and the kernel's own account of it.
    await pause(pauseMs)
    return ((program.cpuMs() - before) * 1_000) / requests
  }
  for (const which of turns(0)) await run(which, warmUpMs)
  for (let slice = 0; slice < slices; slice += 1) {
    for (const which of turns(slice)) times[which].push(await run(which, figure.sliceMs ?? sliceMs))
  }
  return summarise(figure.name, 'us', times, bestShare)
}

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms))
}
