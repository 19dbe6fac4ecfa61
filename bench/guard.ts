import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type LoadReport, runLoad } from './load/run.ts'
import { type MicroResult, runMicro } from './micro/run.ts'
import { yardstickName } from './micro/yardstick.bench.ts'
import { printReport } from './report.ts'

/** What is usual, by a yardstick of the same run, and how far from it is a regression. */
interface Budget {
  /** Requests per second of processor time, by those of the yardstick. */
  readonly ratios: Readonly<Record<string, number>>
  /** Share of such a ratio that may be lost: sums over seconds vary by less on a busy machine. */
  readonly mayLose: number
  /** Best time of an operation, by that of a small JSON text. */
  readonly microRatios: Readonly<Record<string, number>>
  /** A busy machine's caches are not ours alone: short work may take so many times as long. */
  readonly microMayTake: number
  readonly startMsCeiling: number
  readonly residentMiBCeiling: number
}

/** What was over budget is asked again; a slower program stays slow. */
const tries = 3
const file = join(import.meta.dirname, 'budget.json')
const budget = JSON.parse(readFileSync(file, 'utf8')) as Budget

function ratioOf(load: LoadReport, name: string): number {
  const ratio = load.ratios.find((entry) => entry.name === name)
  // Others' work takes requests a second from one of a pair, and no processor time it is given.
  return ratio?.cpu ?? ratio?.wall ?? 0
}

function microRatioOf(micro: readonly MicroResult[], name: string): number {
  const bestOf = (wanted: string): number =>
    micro.find((entry) => entry.name === wanted)?.bestNsPerOp ?? Number.POSITIVE_INFINITY
  return bestOf(name) / bestOf(yardstickName)
}

function findBroken(micro: readonly MicroResult[], load: LoadReport): ReadonlyMap<string, string> {
  const broken = new Map<string, string>()
  for (const [name, usual] of Object.entries(budget.ratios)) {
    const ratio = ratioOf(load, name)
    const floor = usual * (1 - budget.mayLose)
    if (ratio < floor) broken.set(name, `${ratio.toFixed(2)}, floor ${floor.toFixed(2)}`)
  }
  for (const [name, usual] of Object.entries(budget.microRatios)) {
    const ratio = microRatioOf(micro, name)
    const ceiling = usual * budget.microMayTake
    // Not a number, where the yardstick is missing, is broken as well.
    if (ratio <= ceiling) continue
    broken.set(name, `${ratio.toFixed(2)} of the yardstick, ceiling ${ceiling.toFixed(2)}`)
  }
  if (load.startMs > budget.startMsCeiling) {
    broken.set('start', `${load.startMs.toFixed(0)} ms, ceiling ${budget.startMsCeiling} ms`)
  }
  const resident = load.residentMiB ?? 0
  if (resident > budget.residentMiBCeiling) {
    broken.set('resident', `${resident.toFixed(0)} MiB, ceiling ${budget.residentMiBCeiling} MiB`)
  }
  return broken
}

async function measure(heading: string, rounds: number): Promise<[MicroResult[], LoadReport]> {
  const micro = [...(await runMicro())]
  const load = await runLoad({ seconds: 3, rounds })
  printReport({ takenAt: '', node: process.version, machine: heading, micro, load })
  return [micro, load]
}

/** What is usual is what a quiet machine shows. */
async function writeBudget(): Promise<void> {
  const [micro, load] = await measure('to become the budget', 7)
  const rounded = (names: readonly string[], of: (name: string) => number): object =>
    Object.fromEntries(names.map((name) => [name, Number(of(name).toFixed(2))]))
  const written = {
    ...budget,
    ratios: rounded(Object.keys(budget.ratios), (name) => ratioOf(load, name)),
    microRatios: rounded(Object.keys(budget.microRatios), (name) => microRatioOf(micro, name)),
  }
  writeFileSync(file, `${JSON.stringify(written, null, 2)}\n`)
}

async function guard(): Promise<void> {
  /** Over budget in every try so far. */
  let broken: ReadonlyMap<string, string> | null = null
  for (let attempt = 1; attempt <= tries && (broken === null || broken.size > 0); attempt += 1) {
    const found = findBroken(...(await measure(`try ${attempt}`, 3)))
    const before: ReadonlyMap<string, string> = broken ?? found
    broken = new Map([...found].filter(([name]) => before.has(name)))
  }
  if (broken === null || broken.size === 0) {
    process.stdout.write('\nWithin budget\n')
    return
  }
  const lines = Array.from(broken, ([name, problem]) => `  ${name}: ${problem}`)
  process.stdout.write(
    `\nOver budget (bench/budget.json) in each of ${tries} tries:\n${lines.join('\n')}\n`,
  )
  process.exitCode = 1
}

await (process.argv.includes('--write') ? writeBudget() : guard())
