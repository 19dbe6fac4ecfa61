import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Budget {
  /** The revision that this one is compared with. */
  readonly baseline: string
  /** How much of what the baseline takes is too much. */
  readonly mayTake: number
  /** From here on a figure is taken again, before anything is said. */
  readonly suspicious: number
  /** How often, with new processes each time; the median of all tries counts. */
  readonly tries: number
  readonly floors: Floors
}

/** What is usual, by a yardstick of the same run, and how far from it is a regression. */
interface Floors {
  /** Requests per second of processor time, by those of the yardstick. */
  readonly ratios: Readonly<Record<string, number>>
  /** Share of such a ratio that may be lost: it differs between machines by a quarter. */
  readonly mayLose: number
  /** Best time of an operation, by that of a small JSON text. */
  readonly microRatios: Readonly<Record<string, number>>
  /** A busy machine's caches are not ours alone: short work may take so many times as long. */
  readonly microMayTake: number
  readonly startMsCeiling: number
  readonly residentMiBCeiling: number
}

const file = join(import.meta.dirname, '../budget.json')

export const budget = JSON.parse(readFileSync(file, 'utf8')) as Budget

export function writeBudget(written: Budget): void {
  writeFileSync(file, `${JSON.stringify(written, null, 2)}\n`)
}
