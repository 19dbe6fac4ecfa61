import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runSuites, runTests, type TestReport } from '../../src/authoring/run-suite.ts'
import { dedent, type Files, rolesFile, sourcesOf } from '../policy/samples.ts'

const policyFiles: Files = {
  'roles.yaml': rolesFile,
  'expense.yaml': `
    resource: expense
    actions: [view, file, approve]
    attributes: { owner: string, amount: double }
    rules:
      - id: own
        permit: [view, file]
        roles: [employee]
        when: resource.owner == subject.id
      - id: approve
        permit: [approve]
        roles: [manager]
        when: resource.amount <= 100.0 && now < timestamp("2027-01-01T00:00:00Z")
      - id: never-your-own
        deny: [approve]
        when: resource.owner == subject.id
  `,
  'routes.yaml': `
    routes:
      - host: expenses.test
        upstream: http://127.0.0.1:9500
        paths:
          GET /people/{owner}/expenses/{id}:
            { action: view, resource: expense, id: path.id, attributes: { owner: path.owner } }
          POST /people/{owner}/expenses/{id}/approval:
            action: approve
            resource: expense
            id: path.id
            attributes: { owner: path.owner, amount: double(query.amount) }
  `,
}

const people = `
  subjects:
    ann: { groups: [staff] }
    max: { id: m-1, groups: [managers] }
  resources:
    lunch: { type: expense, id: e-1, owner: ann, amount: 12.5 }
    own: { type: expense, owner: m-1, amount: 1.0 }
`

function run(suite: string): TestReport {
  const text = `${dedent(people)}\n${dedent(suite)}`
  return runTests(sourcesOf(policyFiles), [{ path: 'expense.test.yaml', text }])
}

function outcomes(suite: string): readonly string[] {
  const report = run(suite)
  expect(report.diagnostics).toEqual([])
  return report.results.map(({ line, question, passed, differences, actual }) => {
    const place = `${line} ${question}`
    return passed ? `${place}: ${actual}` : `${place}: FAILED ${differences.join('; ')}`
  })
}

function said(suite: string): readonly string[] {
  const report = run(suite)
  expect(report.results).toEqual([])
  return report.diagnostics.map(({ line, column, code, message, hint }) => {
    return `${line}:${column} ${code}: ${message}${hint === null ? '' : ` [${hint}]`}`
  })
}

describe('a single test', () => {
  it('asks about an action', () => {
    expect(
      outcomes(`
        tests:
          - name: an employee sees her own expense
            subject: ann
            action: view
            resource: lunch
            expect: permit
          - name: a manager does not approve his own
            subject: max
            action: approve
            resource: own
            expect: { answer: deny, rule: never-your-own, reason: denied_by_rule }
      `),
    ).toEqual([
      '13 ann: view expense/e-1: permit (permitted_by_rule, rule expense/own)',
      '18 m-1: approve expense/own: deny (denied_by_rule, rule expense/never-your-own)',
    ])
  })

  it('describes subject and resource in place', () => {
    expect(
      outcomes(`
        tests:
          - name: in place
            subject: { id: zoe, groups: [staff] }
            action: view
            resource: { type: expense, owner: zoe }
            expect: permit
          - name: by type and id
            subject: ann
            action: view
            resource: expense/9
            expect: { answer: deny, reason: no_applicable_rule }
      `),
    ).toEqual([
      '13 zoe: view expense: permit (permitted_by_rule, rule expense/own)',
      '18 ann: view expense/9: deny (no_applicable_rule)',
    ])
  })

  it('takes the instant from the test, the file, or a fixed one', () => {
    const test = (name: string, now: string, answer: string): string => `
      - name: ${name}
        subject: max
        action: approve
        resource: lunch${now}
        expect: ${answer}`
    const late = '\n        now: 2027-06-01T12:00:00+02:00'
    expect(
      outcomes(`tests:${test('before', '', 'permit')}${test('after', late, 'deny')}\n`),
    ).toHaveLength(2)
    const inFile = `now: 2028-01-01T00:00:00Z\ntests:${test('later', '', 'deny')}\n`
    expect(outcomes(inFile)).toHaveLength(1)
  })

  it('says what differs and why', () => {
    const report = run(`
      tests:
        - name: a manager approves
          subject: max
          action: approve
          resource: own
          expect: { answer: permit, rule: approve, reason: permitted_by_rule }
    `)
    expect(report).toMatchObject({ passed: 0, failed: 1 })
    const [result] = report.results
    expect(result).toMatchObject({
      suite: 'expense.test.yaml',
      test: 'a manager approves',
      file: 'expense.test.yaml',
      line: 13,
      column: 13,
      expected: 'permit (reason permitted_by_rule, rule approve)',
      actual: 'deny (denied_by_rule, rule expense/never-your-own)',
      differences: [
        'expected permit, got deny',
        'expected rule "approve", got "expense/never-your-own"',
        'expected reason "permitted_by_rule", got "denied_by_rule"',
      ],
    })
    expect(result?.explanation?.because).toBe(
      'rule "expense/never-your-own" at expense.yaml:13:9 denies it, and a deny outweighs every permit',
    )
  })
})

describe('a test of a request', () => {
  it('asks what the gateway would ask', () => {
    expect(
      outcomes(`
        tests:
          - name: her own
            subject: ann
            request: GET http://expenses.test:8080/people/ann/expenses/7?page=2
            expect: { answer: permit, action: view, resource: expense/7, rule: expense/own }
          - name: elsewhere
            subject: ann
            request: GET http://other.test/people/ann/expenses/7
            expect: route_unknown
          - name: by another method
            subject: ann
            request: DELETE http://expenses.test/people/ann/expenses/7
            expect: method_unknown
          - name: without what the decision needs
            subject: max
            request: POST http://expenses.test/people/ann/expenses/7/approval
            expect: resource_incomplete
      `),
    ).toEqual([
      '12 ann: GET http://expenses.test:8080/people/ann/expenses/7?page=2: permit (permitted_by_rule, rule expense/own)',
      '16 ann: GET http://other.test/people/ann/expenses/7: route_unknown',
      '20 ann: DELETE http://expenses.test/people/ann/expenses/7: method_unknown',
      '24 m-1: POST http://expenses.test/people/ann/expenses/7/approval: resource_incomplete',
    ])
  })

  it('says what the request stood for when that differs, and what came nearest', () => {
    const report = run(`
      tests:
        - name: other action
          subject: ann
          request: GET http://expenses.test/people/ann/expenses/7
          expect: { answer: permit, action: file, resource: expense/8 }
        - name: misspelt
          subject: ann
          request: GET http://expenses.test/people/ann/expense/7
          expect: permit
        - name: other method
          subject: ann
          request: PUT http://expenses.test/people/ann/expenses/7
          expect: permit
    `)
    expect(report.results.map(({ differences, note }) => [...differences, note])).toEqual([
      [
        'expected action "file", got "view"',
        'expected resource "expense/8", got "expense/7"',
        null,
      ],
      [
        'expected permit, got route_unknown',
        'no route matches; nearest: GET expenses.test/people/{owner}/expenses/{id}, POST expenses.test/people/{owner}/expenses/{id}/approval',
      ],
      ['expected permit, got method_unknown', 'the path has only GET, HEAD'],
    ])
  })
})

describe('a table', () => {
  it('asks one question a cell, and places each at its cell', () => {
    expect(
      outcomes(`
        tests:
          - name: who may do what
            resource: lunch
            table:
              ann: { view: permit, file: permit, approve: permit }
              max:
                view: deny
                approve: permit
                GET http://expenses.test/people/ann/expenses/1: deny
      `),
    ).toEqual([
      '12 ann: view expense/e-1: permit (permitted_by_rule, rule expense/own)',
      '12 ann: file expense/e-1: permit (permitted_by_rule, rule expense/own)',
      '12 ann: approve expense/e-1: FAILED expected permit, got deny',
      '14 m-1: view expense/e-1: deny (no_applicable_rule)',
      '15 m-1: approve expense/e-1: permit (permitted_by_rule, rule expense/approve)',
      '16 m-1: GET http://expenses.test/people/ann/expenses/1: deny (no_applicable_rule)',
    ])
  })

  it('lists what is permitted and denies all other actions', () => {
    expect(
      outcomes(`
        tests:
          - name: who may do what
            resource: lunch
            permits:
              ann: [view, file]
              max: [approve, view]
      `),
    ).toEqual([
      '12 ann: view expense/e-1: permit (permitted_by_rule, rule expense/own)',
      '12 ann: file expense/e-1: permit (permitted_by_rule, rule expense/own)',
      '12 ann: approve expense/e-1: deny (denied_by_rule, rule expense/never-your-own)',
      '13 m-1: view expense/e-1: FAILED expected permit, got deny',
      '13 m-1: file expense/e-1: deny (no_applicable_rule)',
      '13 m-1: approve expense/e-1: permit (permitted_by_rule, rule expense/approve)',
    ])
  })
})

describe('coverage', () => {
  it('tells rules that matched from rules that never did and rules nobody asked about', () => {
    const { coverage } = run(`
      tests:
        - name: her own
          subject: ann
          request: GET http://expenses.test/people/ann/expenses/7
          expect: permit
        - name: not hers
          subject: ann
          action: approve
          resource: own
          expect: deny
    `)
    expect(
      coverage?.rules.map(({ id, reach, asked, matched }) => [id, reach, asked, matched]),
    ).toEqual([
      ['expense/own', 'matched', 1, 1],
      ['expense/approve', 'never_matched', 1, 0],
      ['expense/never-your-own', 'never_matched', 1, 0],
    ])
    expect(coverage?.routes.map(({ id, requested }) => [id, requested])).toEqual([
      ['GET expenses.test/people/{owner}/expenses/{id}', 1],
      ['POST expenses.test/people/{owner}/expenses/{id}/approval', 0],
    ])
  })

  it('finds rules of resources no test is about', () => {
    const { coverage } = run(`
      tests:
        - { name: one, subject: ann, action: view, resource: lunch, expect: permit }
    `)
    expect(coverage?.rules.map(({ reach }) => reach)).toEqual([
      'matched',
      'never_asked',
      'never_asked',
    ])
  })
})

describe('findings about a suite', () => {
  it.each<[string, string, readonly string[]]>([
    [
      'nothing expected',
      '- { name: x, subject: ann, action: view, resource: lunch }',
      [
        '9:5 malformed-test: the test expects nothing [give one of "expect", "table" and "permits"]',
      ],
    ],
    [
      'two ways of expecting',
      '- { name: x, expect: permit, permits: { ann: [] } }',
      [
        '9:5 malformed-test: the test expects in two ways [give one of "expect", "table" and "permits"]',
      ],
    ],
    [
      'no subject',
      '- { name: x, action: view, resource: lunch, expect: permit }',
      ['9:5 malformed-test: the test has no "subject" [say who asks]'],
    ],
    [
      'no question',
      '- { name: x, subject: ann, expect: permit }',
      [
        '9:5 malformed-test: the test does not say what is asked [give "action" and "resource", or "request"]',
      ],
    ],
    [
      'a request beside an action',
      '- { name: x, subject: ann, request: GET /x, action: view, expect: permit }',
      [
        '9:5 malformed-test: a request says itself what is asked of what [put what the request should stand for under "expect"]',
      ],
    ],
    [
      'a subject beside a table',
      '- { name: x, subject: ann, resource: lunch, table: { ann: { view: permit } } }',
      [
        '9:16 malformed-test: "subject" says nothing here: each row of the table says it [remove it]',
      ],
    ],
    [
      'a table without resource',
      '- { name: x, table: { ann: { view: permit } } }',
      ['9:38 malformed-test: the test has no "resource"'],
    ],
    [
      'permits without resource',
      '- { name: x, permits: { ann: [view] } }',
      ['9:5 malformed-test: the test has no "resource"'],
    ],
    [
      'an unknown subject',
      '- { name: x, subject: anne, action: view, resource: lunch, expect: permit }',
      ['9:25 unknown-subject: unknown subject "anne" [did you mean "ann"?]'],
    ],
    [
      'an unknown subject of a row',
      '- { name: x, resource: lunch, permits: { bob: [view] } }',
      ['9:44 unknown-subject: unknown subject "bob" [subjects of this file: "ann", "max"]'],
    ],
    [
      'an unknown resource',
      '- { name: x, subject: ann, action: view, resource: lunhc, expect: permit }',
      [
        '9:54 unknown-resource: "lunhc" is neither a resource of this file nor a resource type [did you mean "lunch"?]',
      ],
    ],
    [
      'an unknown resource type',
      '- { name: x, subject: ann, action: view, resource: { type: expens }, expect: deny }',
      [
        '9:62 unknown-resource: no policy is about resources of type "expens" [did you mean "expense"?]',
      ],
    ],
    [
      'an unknown attribute',
      '- { name: x, subject: ann, action: view, resource: { type: expense, ownr: ann }, expect: deny }',
      [
        '9:71 unknown-attribute: resource "expense" declares no attribute "ownr" [did you mean "owner"?]',
      ],
    ],
    [
      'an unknown action',
      '- { name: x, subject: ann, action: veiw, resource: lunch, expect: deny }',
      ['9:30 unknown-action: resource "expense" declares no action "veiw" [did you mean "view"?]'],
    ],
    [
      'an unknown action in a list',
      '- { name: x, resource: lunch, permits: { ann: [veiw] } }',
      ['9:50 unknown-action: resource "expense" declares no action "veiw" [did you mean "view"?]'],
    ],
    [
      'an unknown rule',
      '- { name: x, subject: ann, action: view, resource: lunch, expect: { answer: permit, rule: won } }',
      ['9:93 unknown-rule: unknown rule "won" [did you mean "own"?]'],
    ],
    [
      'an unknown answer',
      '- { name: x, subject: ann, action: view, resource: lunch, expect: allow }',
      [
        '9:69 unknown-value: "expect" must be one of "permit", "deny", "route_unknown", "method_unknown", "resource_incomplete", "credential_missing", "credential_not_accepted", not "allow"',
      ],
    ],
    [
      'an unknown answer in a mapping',
      '- { name: x, subject: ann, action: view, resource: lunch, expect: { answer: allow } }',
      [
        '9:79 unknown-value: "answer" must be one of "permit", "deny", "route_unknown", "method_unknown", "resource_incomplete", "credential_missing", "credential_not_accepted", not "allow"',
      ],
    ],
    [
      'a malformed instant',
      '- { name: x, subject: ann, action: view, resource: lunch, now: tomorrow, expect: deny }',
      [
        '9:66 malformed-value: "now" must be an instant such as 2026-01-01T09:00:00Z, not "tomorrow"',
      ],
    ],
    [
      'a malformed request',
      '- { name: x, subject: ann, request: /x, expect: deny }',
      [
        '9:39 malformed-value: "request" must be a request such as "GET http://expenses.localhost/expenses/7", not "/x"',
      ],
    ],
    [
      'two tests of one name',
      '- { name: x, subject: ann, action: view, resource: lunch, expect: permit }\n    - { name: x, subject: max, action: view, resource: lunch, expect: deny }',
      [
        '10:13 duplicate-test: test "x" is declared twice, first at expense.test.yaml:9:13 [choose another name, or remove one of them]',
      ],
    ],
  ])('reports %s', (_, test, expected) => {
    expect(said(`tests:\n  ${test.replace(/\n {4}/u, '\n  ')}\n`)).toEqual(expected)
  })

  it('lets a test expect an unknown action', () => {
    expect(
      outcomes(`
        tests:
          - name: unknown
            subject: ann
            action: fly
            resource: lunch
            expect: { answer: deny, reason: unknown_action }
      `),
    ).toEqual(['13 ann: fly expense/e-1: deny (unknown_action)'])
  })

  it('runs nothing against policies with errors', () => {
    const report = runTests(sourcesOf({ 'a.yaml': 'resource: a\nactions: []\nrules: []\n' }), [
      { path: 'a.test.yaml', text: 'nonsense' },
    ])
    expect(report.results).toEqual([])
    expect(report.coverage).toBeNull()
    expect(report.diagnostics.map(({ file, code }) => `${file} ${code}`)).toEqual([
      'a.yaml too-few',
    ])
  })
})

it('runs the suites of a folder', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'sallyport-suite-'))
  try {
    for (const { path, text } of sourcesOf(policyFiles)) await writeFile(join(dir, path), text)
    const test =
      'tests:\n  - { name: one, subject: { id: a }, action: view, resource: expense/1, expect: deny }\n'
    await writeFile(join(dir, 'x.test.yaml'), test)
    await writeFile(join(dir, 'y.test.yaml'), `suite: Second\n${test}`)
    const report = await runSuites(dir)
    expect(report).toMatchObject({ passed: 2, failed: 0, diagnostics: [] })
    expect(report.results.map(({ suite }) => suite)).toEqual(['x.test.yaml', 'Second'])
    expect([...report.texts.keys()]).toContain('y.test.yaml')
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
})
