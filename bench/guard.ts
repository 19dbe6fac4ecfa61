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
import type { Comparison } from './guard/comparison.ts'
import { findBelowFloors, writeFloors } from './guard/floors.ts'
import { judge, type Judged, type Listener } from './guard/judge.ts'
import { prove } from './guard/prove.ts'

/** What a regression must not be smaller than to be found. */
const slowedBy = 0.15

const help = `Usage: npm run bench:guard -- [options]

Builds the baseline that bench/budget.json names and runs it beside this revision, in turns of a tenth
of a second: fails when a figure takes ${budget.mayTake} times as much as there, by the median of
${budget.tries} tries. Without the history of the baseline, loose floors hold instead.

  --against REVISION   compare with another revision than the baseline
  --only TEXT          figures with this in their name
  --floors             hold the floors, baseline or not
  --prove              whether it notices: this revision must pass beside itself, and with each figure
                       ${slowedBy * 100} % slower or larger every one of them must fail
  --baseline           this commit becomes the baseline: say why in the commit
  --write              what is measured now becomes what the floors call usual
`

const { values } = parseArgs({
  options: {
    against: { type: 'string' },
    only: { type: 'string', default: '' },
    floors: { type: 'boolean', default: false },
    prove: { type: 'boolean', default: false },
    baseline: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
})

const listener: Listener = {
  compared: (comparison) => say(describe(comparison)),
  again: (names) => say(`\nOnce more: ${names.join(', ')}`),
  failed: (error) => {
    say(`This try failed: ${error instanceof Error ? error.message : String(error)}`)
  },
}

if (values.help) process.stdout.write(help)
else if (values.write) await writeFloors()
else if (values.baseline) writeBudget({ ...budget, baseline: findCommit('HEAD') ?? '' })
else await guard()

async function guard(): Promise<void> {
  const problems = await (values.prove ? holdProof() : hold(values.against ?? budget.baseline))
  if (problems.length === 0) {
    say(values.prove ? '\nEvery one of them is noticed' : '\nWithin budget')
    return
  }
  const heading = values.prove ? 'Not as it should be' : 'Over budget (bench/budget.json)'
  say(`\n${heading}:\n${problems.map((line) => `  ${line}`).join('\n')}`)
  process.exitCode = 1
}

async function hold(revision: string): Promise<readonly string[]> {
  const commit = findCommit(revision)
  if (commit !== null && !values.floors) return await holdBaseline(commit)
  if (commit === null && !values.floors) {
    say(`No history of ${revision} here: holding the floors alone`)
  }
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
    return await findBelowFloors()
  }
  const own = copyOwn()
  try {
    say(`Baseline ${commit.slice(0, 12)}; above 1 is slower or larger than there`)
    const checkouts = { own: own.checkout, baseline: baseline.checkout }
    const judged = await judge(checkouts, isWanted, listener)
    return judged.filter(({ isOver }) => isOver).map(describeProblem)
  } finally {
    own.remove()
    baseline.remove()
  }
}

async function holdProof(): Promise<readonly string[]> {
  const commit = findCommit('HEAD')
  if (commit === null) return ['There is no history here to take the revision from']
  say(
    `${commit.slice(0, 12)} beside itself, then with each figure ${slowedBy * 100} % slower or larger`,
  )
  const { same, slowed } = await prove(commit, slowedBy, isWanted, listener)
  const alarms = same.filter(({ isOver }) => isOver).map(describeProblem)
  const unseen = slowed.filter(({ isOver }) => !isOver).map(describeUnseen)
  return [...alarms.map((line) => `False alarm: ${line}`), ...unseen]
}

function isWanted(name: string): boolean {
  return name.includes(values.only)
}

function describe({ name, ratio, own, baseline, unit }: Comparison): string {
  const figures = `${own.toFixed(1).padStart(9)} ${unit}, was ${baseline.toFixed(1)}`
  return `  ${name.padEnd(30)} ${ratio.toFixed(3)} ${figures}`
}

function describeProblem({ name, tries }: Judged): string {
  return `${name}: ${median(tries).toFixed(2)} times the baseline, ceiling ${budget.mayTake} (${list(tries)})`
}

function describeUnseen({ name, tries }: Judged): string {
  return `Not noticed: ${name}, ${median(tries).toFixed(2)} times (${list(tries)})`
}

function list(tries: readonly number[]): string {
  return `tries: ${tries.map((ratio) => ratio.toFixed(2)).join(', ')}`
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
