import { parseArgs } from 'node:util'
import { median } from './gateways/median.ts'
import {
  type Baseline,
  buildBaseline,
  copyOwn,
  findCommit,
  isBuiltAlike,
} from './guard/baseline.ts'
import { budget, writeBudget } from './guard/budget.ts'
import { compare } from './guard/compare.ts'
import type { Comparison } from './guard/comparison.ts'
import { findBelowFloors, writeFloors } from './guard/floors.ts'

const help = `Usage: npm run bench:guard -- [options]

Builds the baseline that bench/budget.json names and runs it beside this revision, in turns of a tenth
of a second: fails when a figure takes ${budget.mayTake} times as much as there, by the median of
${budget.tries} tries. Without the history of the baseline, loose floors hold instead.

  --against REVISION   compare with another revision than the baseline
  --only TEXT          figures with this in their name
  --floors             hold the floors, baseline or not
  --baseline           this commit becomes the baseline: say why in the commit
  --write              what is measured now becomes what the floors call usual
`

const { values } = parseArgs({
  options: {
    against: { type: 'string' },
    only: { type: 'string', default: '' },
    floors: { type: 'boolean', default: false },
    baseline: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
})

if (values.help) process.stdout.write(help)
else if (values.write) await writeFloors()
else if (values.baseline) writeBudget({ ...budget, baseline: findCommit('HEAD') ?? '' })
else await guard()

async function guard(): Promise<void> {
  const revision = values.against ?? budget.baseline
  const commit = findCommit(revision)
  const problems =
    commit === null || values.floors ? await holdFloors(revision) : await holdBaseline(commit)
  if (problems.length === 0) {
    say('\nWithin budget')
    return
  }
  say(`\nOver budget (bench/budget.json):\n${problems.map((line) => `  ${line}`).join('\n')}`)
  process.exitCode = 1
}

async function holdFloors(revision: string): Promise<readonly string[]> {
  if (!values.floors) say(`No history of ${revision} here: holding the floors alone`)
  return await findBelowFloors()
}

async function holdBaseline(commit: string): Promise<readonly string[]> {
  if (values.against === undefined && isBuiltAlike(commit)) {
    say(`Nothing that is built or measured differs from the baseline ${commit.slice(0, 12)}`)
    return []
  }
  let baseline: Baseline
  try {
    baseline = buildBaseline(commit)
  } catch (error) {
    say(`Cannot build the baseline ${commit}: ${error instanceof Error ? error.message : ''}`)
    return await holdFloors(commit)
  }
  const own = copyOwn()
  try {
    say(`Baseline ${commit.slice(0, 12)}; above 1 is slower or larger than there`)
    const checkouts = { own: own.checkout, baseline: baseline.checkout }
    /** Of every try. */
    const ratios = new Map<string, number[]>()
    let isWanted = (name: string): boolean => name.includes(values.only)
    for (let attempt = 1; attempt <= budget.tries; attempt += 1) {
      const compared = await compare(checkouts, isWanted, tell).catch(async (error: unknown) => {
        // A process that a busy machine kept from starting in time, for one: such a fault does not last.
        say(`This try failed: ${error instanceof Error ? error.message : String(error)}`)
        return await compare(checkouts, isWanted, tell)
      })
      for (const comparison of compared) {
        ratios.set(comparison.name, [...(ratios.get(comparison.name) ?? []), comparison.ratio])
      }
      const limit = attempt === 1 ? budget.suspicious : budget.mayTake
      const open = compared.filter(({ name }) => !(median(ratios.get(name) ?? []) <= limit))
      if (open.length === 0) return []
      const names = new Set(open.map(({ name }) => name))
      isWanted = (name) => names.has(name)
      if (attempt < budget.tries) say(`\nOnce more: ${[...names].join(', ')}`)
      else return open.map(({ name }) => describeProblem(name, ratios.get(name) ?? []))
    }
    return []
  } finally {
    own.remove()
    baseline.remove()
  }
}

function tell(comparison: Comparison): void {
  say(describe(comparison))
}

function describe({ name, ratio, own, baseline, unit }: Comparison): string {
  const figures = `${own.toFixed(1).padStart(9)} ${unit}, was ${baseline.toFixed(1)}`
  return `  ${name.padEnd(30)} ${ratio.toFixed(3)} ${figures}`
}

function describeProblem(name: string, tries: readonly number[]): string {
  const all = tries.map((ratio) => ratio.toFixed(2)).join(', ')
  return `${name}: ${median(tries).toFixed(2)} times the baseline, ceiling ${budget.mayTake} (tries: ${all})`
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
