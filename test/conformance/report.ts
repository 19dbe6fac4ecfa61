import { absentSections, coreSections, otherSections, sectionCases } from './cel-sections.ts'
import { runCase } from './cel-suite.ts'

/** What the tests of the CEL specification say of our conditions, as a table. */
const rows: string[] = []
const problems: string[] = []
const reasons = new Map<string, number>()
const totals = { all: 0, passed: 0, run: 0 }

const names = [...coreSections, ...otherSections].map(({ name }) => name).concat(absentSections)
for (const name of names) {
  const { all, run, omitted } = sectionCases(name)
  const failed = run.flatMap((found) => {
    const problem = runCase(found)
    return problem === null ? [] : [`${found.id}: ${problem}`]
  })
  const passed = run.length - failed.length
  for (const [reason, count] of omitted) reasons.set(reason, (reasons.get(reason) ?? 0) + count)
  problems.push(...failed)
  totals.all += all
  totals.run += run.length
  totals.passed += passed
  rows.push(row(name, all, passed, failed.length, all - run.length))
}

const { all, passed, run } = totals
const lines = [
  'CEL specification 0.25.1, conformance tests\n',
  row('section', 'cases', 'passed', 'failed', 'left out'),
  ...rows,
  row('together', all, passed, run - passed, all - run),
  '\nLeft out, and why:',
  ...[...reasons].map(([reason, count]) => `${String(count).padStart(5)}  ${reason}`),
  ...problems.map((problem) => `failed: ${problem}`),
]
process.stdout.write(`${lines.join('\n')}\n`)
process.exitCode = problems.length === 0 ? 0 : 1

function row(name: string, ...columns: readonly (string | number)[]): string {
  return name.padEnd(16) + columns.map((column) => String(column).padStart(10)).join('')
}
