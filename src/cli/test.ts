import { type Located, locatedIn } from './located.ts'
import type { Command } from './command.ts'
import { type ExitCode, exitCodes } from './exit-codes.ts'
import type { Output } from './output.ts'
import { showDiagnostics } from './show-diagnostics.ts'
import type { RuleCoverage } from '../authoring/coverage.ts'
import { runSuites, type TestReport, type TestResult } from '../authoring/run-suite.ts'
import { Fault } from '../model/fault.ts'
import { diagnosticsAsJson } from '../source/render.ts'

const defaultDir = './policies'

export const testCommand: Command = {
  verb: 'test',
  summary: 'run the policy tests and tell which rules no test reaches',
  description: [
    'Compiles the policies of a folder and puts the questions of its tests (*.test.yaml) to them. Shows every failing case with its place, what was expected, what came, and why; then the totals, and the rules that no test made match: a rule without a test can be changed without anybody noticing.',
    'Unreached rules do not fail the run.',
  ],
  positionals: [{ name: 'DIR', does: 'Folder of policies and their tests', default: defaultDir }],
  options: [
    {
      name: 'json',
      does: 'Print one JSON document: ok, passed, failed, cases, coverage, diagnostics',
    },
  ],
  examples: [
    { line: 'sallyport test', does: 'Tests ./policies.' },
    {
      line: `sallyport test --json policies | jq '.coverage.rules[] | select(.reach != "matched")'`,
      does: 'The rules that no test made match.',
    },
  ],
  exits: [
    [exitCodes.ok, 'all passed'],
    [exitCodes.negative, 'a case failed, or the policies or tests have errors'],
    [exitCodes.unusable, 'the folder cannot be read or holds no tests'],
  ],

  async run(args, { output }) {
    const dir = args.positionals[0] ?? defaultDir
    try {
      const report = await runSuites(dir)
      if (report.results.length === 0 && report.coverage !== null) {
        output.error(`${dir} holds no tests (*.test.yaml)`)
        return exitCodes.unusable
      }
      const located = locatedIn(dir)
      if (args.has('json')) output.json(asJson(report, located))
      else show(report, located, output)
      return isPassed(report) ? exitCodes.ok : exitCodes.negative
    } catch (error) {
      return reportUnreadable(error, output)
    }
  },
}

function reportUnreadable(error: unknown, output: Output): ExitCode {
  if (!(error instanceof Fault)) throw error
  output.error(error.message)
  return exitCodes.unusable
}

function isPassed({ failed, coverage }: TestReport): boolean {
  return failed === 0 && coverage !== null
}

function show(report: TestReport, located: Located, output: Output): void {
  const { diagnostics, results, passed, failed, coverage } = report
  if (diagnostics.length > 0) {
    const texts = located.texts(report.texts)
    output.result(`${showDiagnostics(located.diagnostics(diagnostics), texts)}\n`)
  }
  for (const result of results) if (!result.passed) showFailure(result, located, output)
  if (coverage === null) {
    output.result('No test has run: mend the errors above first')
    return
  }
  const total = failed === 0 ? output.style('green', `${passed} passed`) : `${passed} passed`
  const failures = failed === 0 ? '' : `, ${output.style('red', `${failed} failed`)}`
  output.result(`Tests: ${total}${failures}`)
  const unreached = coverage.rules.filter(({ reach }) => reach !== 'matched')
  const reached = coverage.rules.length - unreached.length
  output.result(`Rules: ${reached} of ${coverage.rules.length} reached`)
  for (const rule of unreached) {
    output.result(`  ${output.style('yellow', rule.id)}  ${located.place(rule.location)}`)
    output.result(`    ${describeReach(rule)}`)
  }
  const requested = coverage.routes.filter((route) => route.requested > 0)
  output.result(`Routes: ${requested.length} of ${coverage.routes.length} requested`)
}

function showFailure(result: TestResult, located: Located, output: Output): void {
  const { file, line, column, test, question, expected, actual, explanation, note } = result
  const place = `${located.path(file)}:${line}:${column}`
  output.result(`${output.style('red', 'FAIL')} ${output.style('bold', place)}  ${test}`)
  const rows: (readonly [string, string])[] = [
    ['asked', question],
    ['expected', expected],
    ['got', actual],
    ...result.differences.map((difference) => ['differs', difference] as const),
  ]
  if (explanation !== null) {
    rows.push(['because', explanation.because])
    if (explanation.hint !== null) rows.push(['hint', explanation.hint])
    const { roles, rules } = explanation
    rows.push(['roles', roles.length === 0 ? 'none' : roles.join(', ')])
    for (const rule of rules) rows.push([rule.effect, `${rule.id}: ${rule.why}`])
  }
  if (note !== null) rows.push(['because', note])
  for (const [name, text] of rows) output.result(`  ${name.padEnd(9)}${text}`)
  output.result('')
}

function describeReach({ reach, asked, effect }: RuleCoverage): string {
  if (reach === 'never_asked') return `${effect}: no test asks about any of its actions`
  return `${effect}: looked at in ${asked} ${asked === 1 ? 'case' : 'cases'}, applied in none`
}

/** The stable form for scripts; `docs/commands.md` lists it. */
function asJson(report: TestReport, located: Located): object {
  const { passed, failed, results, coverage, diagnostics } = report
  return {
    ok: isPassed(report),
    passed,
    failed,
    cases: results.map((result) => ({
      suite: result.suite,
      test: result.test,
      file: located.path(result.file),
      line: result.line,
      column: result.column,
      question: result.question,
      passed: result.passed,
      expected: result.expected,
      actual: result.actual,
      differences: result.differences,
      because: result.explanation?.because ?? result.note,
    })),
    coverage:
      coverage === null
        ? null
        : {
            rules: coverage.rules.map((rule) => ({
              ...rule,
              location: located.place(rule.location),
            })),
            routes: coverage.routes.map((route) => ({
              ...route,
              location: located.place(route.location),
            })),
          },
    diagnostics: diagnosticsAsJson(located.diagnostics(diagnostics)),
  }
}
