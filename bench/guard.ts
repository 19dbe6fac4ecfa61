import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runLoad } from './load/run.ts'
import { runMicro } from './micro/run.ts'
import { printReport } from './report.ts'

/** Floors for ratios, ceilings for everything else; see `budget.json`. */
interface Budget {
  readonly ratioFloors: Readonly<Record<string, number>>
  readonly nsPerOpCeilings: Readonly<Record<string, number>>
  readonly startMsCeiling: number
  readonly residentMiBCeiling: number
}

const budget = JSON.parse(readFileSync(join(import.meta.dirname, 'budget.json'), 'utf8')) as Budget
const micro = await runMicro()
const load = await runLoad({ seconds: 3, rounds: 3 })
printReport({ takenAt: '', node: process.version, machine: 'guard run', micro, load })

const broken: string[] = []
for (const [name, floor] of Object.entries(budget.ratioFloors)) {
  const ratio = load.ratios.find((entry) => entry.name === name)
  const best = Math.max(ratio?.wall ?? 0, ratio?.cpu ?? 0)
  if (best < floor) broken.push(`${name}: ${best.toFixed(2)}, floor ${floor}`)
}
for (const [name, ceiling] of Object.entries(budget.nsPerOpCeilings)) {
  const ns = micro.find((entry) => entry.name === name)?.nsPerOp ?? Number.POSITIVE_INFINITY
  if (ns > ceiling) broken.push(`${name}: ${ns.toFixed(0)} ns, ceiling ${ceiling} ns`)
}
if (load.startMs > budget.startMsCeiling) {
  broken.push(`start: ${load.startMs.toFixed(0)} ms, ceiling ${budget.startMsCeiling} ms`)
}
if ((load.residentMiB ?? 0) > budget.residentMiBCeiling) {
  broken.push(`resident: ${load.residentMiB} MiB, ceiling ${budget.residentMiBCeiling} MiB`)
}

if (broken.length > 0) {
  process.stdout.write(`\nOver budget (bench/budget.json):\n  ${broken.join('\n  ')}\n`)
  process.exitCode = 1
} else {
  process.stdout.write('\nWithin budget\n')
}
