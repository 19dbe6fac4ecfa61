import { decide } from '../decide/decide.ts'
import type { PolicySet } from '../decide/policy-set.ts'
import { TraceRecorder } from '../decide/trace.ts'
import type { AccessRequest } from '../model/access-request.ts'
import { noAttributes } from '../model/attributes.ts'
import type { Decision } from '../model/decision.ts'
import { compilePolicies } from '../policy/compile.ts'
import { type PolicySource, readPolicyFolder, readTestFolder } from '../policy/load.ts'
import type { RouteTable } from '../route/route-table.ts'
import { type Diagnostic, hasErrors, sortDiagnostics } from '../source/diagnostic.ts'
import { Findings } from '../source/findings.ts'
import { quote } from '../source/quote.ts'
import { askRoute } from './ask-route.ts'
import type { ActionQuestion, Case, Expectation } from './case.ts'
import { Coverage, type CoverageReport } from './coverage.ts'
import { type Explanation, explainTrace } from './explain.ts'
import { isRule } from './read-cases.ts'
import { readSuite, type Suite } from './suite.ts'

export interface TestReport {
  /** About the policies or the suites; with an error among them no test has run. */
  readonly diagnostics: readonly Diagnostic[]
  readonly results: readonly TestResult[]
  readonly passed: number
  readonly failed: number
  /** Null when no test has run. */
  readonly coverage: CoverageReport | null
  /** Text of every file read, for showing diagnostics. */
  readonly texts: ReadonlyMap<string, string>
}

/** One question with its answer. */
export interface TestResult {
  readonly suite: string
  readonly test: string
  readonly file: string
  readonly line: number
  readonly column: number
  /** `ann: approve expense/e-1`, `ann: GET http://expenses.localhost/expenses/7`. */
  readonly question: string
  readonly passed: boolean
  readonly expected: string
  readonly actual: string
  /** What differs, one sentence each; empty when passed. */
  readonly differences: readonly string[]
  /** Of a failed case that was decided. */
  readonly explanation: Explanation | null
  /** Of a failed request that reached no decision. */
  readonly note: string | null
}

/** Runs every suite of a policy folder against its policies. */
export async function runSuites(dir: string): Promise<TestReport> {
  const [policies, suites] = await Promise.all([readPolicyFolder(dir), readTestFolder(dir)])
  return runTests(policies, suites)
}

export function runTests(
  policySources: readonly PolicySource[],
  suiteSources: readonly PolicySource[],
): TestReport {
  const compiled = compilePolicies(policySources)
  const findings = new Findings()
  findings.add(compiled.diagnostics)
  const suites = hasErrors(compiled.diagnostics)
    ? []
    : suiteSources.flatMap((source) => readSuite(source, compiled, findings) ?? [])
  const diagnostics = sortDiagnostics(findings.all)
  const texts = new Map([...policySources, ...suiteSources].map(({ path, text }) => [path, text]))
  const { policies, routes } = compiled
  if (hasErrors(diagnostics) || policies === null || routes === null) {
    return { diagnostics, results: [], passed: 0, failed: 0, coverage: null, texts }
  }
  const coverage = new Coverage()
  const results = suites.flatMap((suite) =>
    suite.cases.map((each) => runCase(suite, each, policies, routes, coverage)),
  )
  const passed = results.filter((result) => result.passed).length
  return {
    diagnostics,
    results,
    passed,
    failed: results.length - passed,
    coverage: coverage.report(policies, routes),
    texts,
  }
}

/** What came of a question. */
interface Outcome {
  readonly answer: string
  readonly decision: Decision | null
  readonly request: AccessRequest | null
  readonly explanation: Explanation | null
  readonly note: string | null
}

function runCase(
  suite: Suite,
  { test, span, question, expected }: Case,
  policies: PolicySet,
  routes: RouteTable,
  coverage: Coverage,
): TestResult {
  const asked =
    question.kind === 'action' ? accessRequest(question) : askRoute(question, routes, coverage)
  const outcome =
    'answer' in asked
      ? { answer: asked.answer, decision: null, request: null, explanation: null, note: asked.note }
      : decideTraced(policies, asked, coverage)
  const differences = compare(expected, outcome)
  const passed = differences.length === 0
  return {
    suite: suite.name,
    test,
    file: suite.file,
    line: span.line,
    column: span.column,
    question: question.text,
    passed,
    expected: describeExpected(expected),
    actual: describeActual(outcome),
    differences,
    explanation: passed ? null : outcome.explanation,
    note: passed ? null : outcome.note,
  }
}

function accessRequest(question: ActionQuestion): AccessRequest {
  const { subject, action, resource, context, timeMs } = question
  return { subject, action: { name: action, properties: noAttributes }, resource, context, timeMs }
}

function decideTraced(policies: PolicySet, request: AccessRequest, coverage: Coverage): Outcome {
  const trace = new TraceRecorder()
  const decision = decide(policies, request, trace)
  coverage.addSteps(trace.steps)
  return {
    answer: decision.effect,
    decision,
    request,
    explanation: explainTrace(policies, request, decision, trace.steps),
    note: null,
  }
}

function compare(expected: Expectation, { answer, decision, request }: Outcome): readonly string[] {
  const differences: string[] = []
  const differ = (what: string, wanted: string, given: string | undefined): void => {
    differences.push(
      `expected ${what} ${quote(wanted)}, got ${given === undefined ? 'none' : quote(given)}`,
    )
  }
  if (expected.answer !== answer) differences.push(`expected ${expected.answer}, got ${answer}`)
  const { rule, reason, action, resource } = expected
  const rules = decision?.rules ?? []
  if (rule !== null && !rules.some((id) => isRule(id, rule))) differ('rule', rule, rules[0])
  if (reason !== null && decision?.reason !== reason) differ('reason', reason, decision?.reason)
  if (action !== null && request?.action.name !== action) {
    differ('action', action, request?.action.name)
  }
  if (resource !== null) {
    const { type, id } = request?.resource ?? {}
    const given = resource.includes('/') ? `${type ?? ''}/${id ?? ''}` : type
    if (given !== resource) differ('resource', resource, given)
  }
  return differences
}

function describeExpected({ answer, rule, reason, action, resource }: Expectation): string {
  const details = [
    action === null ? '' : `action ${action}`,
    resource === null ? '' : `resource ${resource}`,
    reason === null ? '' : `reason ${reason}`,
    rule === null ? '' : `rule ${rule}`,
  ].filter((detail) => detail !== '')
  return details.length === 0 ? answer : `${answer} (${details.join(', ')})`
}

function describeActual({ answer, decision }: Outcome): string {
  if (decision === null) return answer
  const [rule] = decision.rules
  return `${answer} (${decision.reason}${rule === undefined ? '' : `, rule ${rule}`})`
}
