import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type LoadReport, runLoad } from './load/run.ts'
import { type MicroResult, runMicro } from './micro/run.ts'
import { printReport } from './report.ts'

/** Floors for ratios, ceilings for everything else; see `budget.json`. */
interface Budget {
  readonly ratioFloors: Readonly<Record<string, number>>
  readonly nsPerOpCeilings: Readonly<Record<string, number>>
  readonly startMsCeiling: number
  readonly residentMiBCeiling: number
}

/** A machine that was busy once is asked again; a slower program stays slow. */
const tries = 3

const budget = JSON.parse(readFileSync(join(import.meta.dirname, 'budget.json'), 'utf8')) as Budget

function findBroken(micro: readonly MicroResult[], load: LoadReport): ReadonlyMap<string, string> {
  const broken = new Map<string, string>()
  for (const [name, floor] of Object.entries(budget.ratioFloors)) {
    const ratio = load.ratios.find((entry) => entry.name === name)
    const best = Math.max(ratio?.wall ?? 0, ratio?.cpu ?? 0)
    if (best < floor) broken.set(name, `${best.toFixed(2)}, floor ${floor}`)
  }
  for (const [name, ceiling] of Object.entries(budget.nsPerOpCeilings)) {
    const found = micro.find((entry) => entry.name === name)
    const ns = found?.nsPerOp ?? Number.POSITIVE_INFINITY
    if (ns > ceiling) broken.set(name, `${ns.toFixed(0)} ns, ceiling ${ceiling} ns`)
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

/** Over budget in every try so far. */
let broken: ReadonlyMap<string, string> | null = null
for (let attempt = 1; attempt <= tries && (broken === null || broken.size > 0); attempt += 1) {
  const micro = await runMicro()
  const load = await runLoad({ seconds: 3, rounds: 3 })
  printReport({ takenAt: '', node: process.version, machine: `try ${attempt}`, micro, load })
  const found = findBroken(micro, load)
  const before: ReadonlyMap<string, string> = broken ?? found
  broken = new Map([...found].filter(([name]) => before.has(name)))
}

if (broken !== null && broken.size > 0) {
  const lines = Array.from(broken, ([name, problem]) => `  ${name}: ${problem}`)
  process.stdout.write(
    `\nOver budget (bench/budget.json) in each of ${tries} tries:\n${lines.join('\n')}\n`,
  )
  process.exitCode = 1
} else {
  process.stdout.write('\nWithin budget\n')
}
