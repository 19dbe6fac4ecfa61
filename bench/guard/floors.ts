import { budget, type Budget, writeBudget } from './budget.ts'
import { type LoadReport, runLoad } from '../load/run.ts'
import { type MicroResult, runMicro } from '../micro/run.ts'
import { yardstickName } from '../micro/yardstick.bench.ts'
import { printReport } from '../report.ts'

/** What was over budget is asked again; a slower program stays slow. */
const tries = 3
const { floors } = budget

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
  for (const [name, usual] of Object.entries(floors.ratios)) {
    const ratio = ratioOf(load, name)
    const floor = usual * (1 - floors.mayLose)
    if (ratio < floor) broken.set(name, `${ratio.toFixed(2)}, floor ${floor.toFixed(2)}`)
  }
  for (const [name, usual] of Object.entries(floors.microRatios)) {
    const ratio = microRatioOf(micro, name)
    const ceiling = usual * floors.microMayTake
    // Not a number, where the yardstick is missing, is broken as well.
    if (ratio <= ceiling) continue
    broken.set(name, `${ratio.toFixed(2)} of the yardstick, ceiling ${ceiling.toFixed(2)}`)
  }
  if (load.startMs > floors.startMsCeiling) {
    broken.set('start', `${load.startMs.toFixed(0)} ms, ceiling ${floors.startMsCeiling} ms`)
  }
  const resident = load.residentMiB ?? 0
  if (resident > floors.residentMiBCeiling) {
    broken.set('resident', `${resident.toFixed(0)} MiB, ceiling ${floors.residentMiBCeiling} MiB`)
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
export async function writeFloors(): Promise<void> {
  const [micro, load] = await measure('to become the budget', 7)
  const rounded = (
    names: readonly string[],
    of: (name: string) => number,
  ): Readonly<Record<string, number>> =>
    Object.fromEntries(names.map((name) => [name, Number(of(name).toFixed(2))]))
  const written: Budget['floors'] = {
    ...floors,
    ratios: rounded(Object.keys(floors.ratios), (name) => ratioOf(load, name)),
    microRatios: rounded(Object.keys(floors.microRatios), (name) => microRatioOf(micro, name)),
  }
  writeBudget({ ...budget, floors: written })
}

/** What is below a floor in every try; loose, for where there is no baseline to compare with. */
export async function findBelowFloors(): Promise<readonly string[]> {
  let broken: ReadonlyMap<string, string> | null = null
  for (let attempt = 1; attempt <= tries && (broken === null || broken.size > 0); attempt += 1) {
    const found = findBroken(...(await measure(`try ${attempt}`, 3)))
    const before: ReadonlyMap<string, string> = broken ?? found
    broken = new Map([...found].filter(([name]) => before.has(name)))
  }
  return Array.from(broken ?? [], ([name, problem]) => `${name}: ${problem}`)
}
