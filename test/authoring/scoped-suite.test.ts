import { describe, expect, it } from 'vitest'
import { explain } from '../../src/authoring/explain.ts'
import { renderExplanation } from '../../src/authoring/render-explanation.ts'
import { runTests, type TestReport } from '../../src/authoring/run-suite.ts'
import { compile, dedent, type Files, sourcesOf } from '../policy/samples.ts'

const files: Files = {
  'scopes.yaml': 'scopes: { acme: {}, acme.hr: {}, globex: {} }',
  'roles.yaml': `
    roles: { head: {} }
    assignments: [{ roles: head, subjects: ann, scope: acme }]
  `,
  'note.yaml': `
    resource: note
    actions: [read, edit]
    attributes: { owner: string }
    rules: [{ id: all, permit: [read] }]
  `,
  'note-acme.yaml': `
    resource: note
    scope: acme
    rules: [{ id: heads, permit: [edit], roles: [head] }]
  `,
  'note-hr.yaml': `
    resource: note
    scope: acme.hr
    rules: [{ id: closed, deny: [read] }]
  `,
  'note-v2.yaml': `
    resource: note
    version: v2
    actions: [lend]
    rules: [{ id: all, permit: [lend] }]
  `,
  'routes.yaml': `
    routes:
      - host: notes.test
        upstream: http://127.0.0.1:9500
        paths:
          GET /{tenant}/notes: { action: read, resource: note, scope: path.tenant }
          POST /loans: { action: lend, resource: note, version: v2 }
  `,
}

function run(tests: string): TestReport {
  const suite = `
    subjects: { ann: {}, bob: {} }
    resources:
      plain: { type: note, id: n }
      acmes: { type: note, id: n, scope: acme }
      hrs: { type: note, id: n, scope: acme.hr }
      odd: { type: note, id: n, scope: acmee }
  `
  const text = `${dedent(suite)}\ntests:\n${dedent(tests)}`
  return runTests(sourcesOf(files), [{ path: 'note.test.yaml', text }])
}

describe('tests of scopes and versions', () => {
  it('ask as a caller or a request would', () => {
    const report = run(`
      - { name: a, resource: plain, permits: { ann: [read], bob: [read] } }
      - { name: b, resource: acmes, permits: { ann: [read, edit], bob: [read] } }
      - { name: c, resource: hrs, permits: { ann: [edit], bob: [] } }
      - { name: d, resource: plain, context: { policy_version: v2 }, permits: { bob: [lend] } }
      - { name: e, subject: bob, request: GET http://notes.test/acme/notes, expect: permit }
      - { name: f, subject: bob, request: GET http://notes.test/globex/notes, expect: { answer: permit, rule: note/all } }
      - { name: g, subject: bob, request: GET http://notes.test/nobody/notes, expect: { answer: deny, reason: unknown_scope } }
      - { name: h, subject: bob, request: POST http://notes.test/loans, expect: { answer: permit, rule: note@v2/all } }
      - { name: i, subject: ann, action: read, resource: odd, expect: { answer: deny, reason: unknown_scope } }
      - name: j
        subject: ann
        action: read
        resource: plain
        context: { policy_version: v9 }
        expect: { answer: deny, reason: unknown_policy_version }
      - { name: k, subject: ann, action: read, resource: hrs, expect: { answer: deny, rule: acme.hr/closed } }
    `)
    expect(report.diagnostics).toEqual([])
    expect(report.results.filter(({ passed }) => !passed)).toEqual([])
    expect(report.results).toHaveLength(20)
    expect(report.coverage?.rules.map(({ id, reach }) => `${id} ${reach}`)).toEqual([
      'note@v2/all matched',
      'note/acme.hr/closed matched',
      'note/acme/heads matched',
      'note/all matched',
    ])
  })

  it('that name what nobody declares are errors, and not denials that pass', () => {
    const { diagnostics, results } = run(`
      - { name: a, subject: ann, action: read, resource: odd, expect: deny }
      - { name: b, subject: ann, action: read, resource: plain, context: { policy_version: v9 }, expect: deny }
      - { name: c, resource: plain, context: { policy_version: 2 }, permits: { ann: [] } }
      - { name: d, resource: odd, permits: { ann: [] } }
      - { name: e, subject: ann, action: lend, resource: plain, expect: deny }
      - { name: f, subject: ann, request: GET http://notes.test/acme/notes, context: { policy_version: v2 }, expect: deny }
    `)
    expect(results).toEqual([])
    expect(
      diagnostics.map(
        ({ code, line, message, hint }) => `${line} ${code}: ${message} [${hint ?? ''}]`,
      ),
    ).toMatchInlineSnapshot(`
      [
        "9 unknown-scope: no file declares the scope "acmee" of the resource [did you mean "acme"?]",
        "10 unknown-version: resource "note" has no policy of version "v9" [its versions: "v2", "default"]",
        "11 unknown-version: resource "note" has no policy of version 2 [its versions: "v2", "default"]",
        "12 unknown-scope: no file declares the scope "acmee" of the resource [did you mean "acme"?]",
        "13 unknown-action: resource "note" declares no action "lend" [its actions: "read", "edit"]",
        "14 malformed-test: the route says which version is asked, and no request does []",
      ]
    `)
  })
})

describe('a resource that has to belong to a scope', () => {
  const required = {
    ...files,
    'note.yaml': (files['note.yaml'] ?? '').replace('actions', 'scope_required: true\n    actions'),
  }
  const runOn = (test: string): TestReport => {
    const text = `subjects: { ann: {} }\nresources: { plain: { type: note } }\ntests: [{ name: a, ${test} }]`
    return runTests(sourcesOf(required), [{ path: 'note.test.yaml', text }])
  }

  it('is not asked about without one', () => {
    const asked = 'subject: ann, action: read, resource: plain'
    const { diagnostics } = runOn(`${asked}, expect: deny`)
    expect(diagnostics.map(({ code, message, hint }) => [code, message, hint]))
      .toMatchInlineSnapshot(`
      [
        [
          "scope-required",
          "resource "note" has to belong to a scope, and the test names none",
          "add "scope" to the resource",
        ],
      ]
    `)
    const { passed } = runOn(`${asked}, expect: { answer: deny, reason: scope_missing }`)
    expect(passed).toBe(1)
  })

  it('is explained', () => {
    const { policies } = compile(required)
    if (policies === null) throw new Error('no policies')
    const { because, hint } = explain(policies, {
      subject: { type: 'user', id: 'ann', properties: {} },
      action: { name: 'read', properties: {} },
      resource: { type: 'note', id: 'n', properties: {} },
      context: {},
      timeMs: 0,
    })
    expect([because, hint]).toMatchInlineSnapshot(`
      [
        "resource "note" belongs to a scope, and the question names none",
        "give the property "scope"",
      ]
    `)
  })
})

describe('an explanation', () => {
  const { policies } = compile(files)
  const text = (scope: unknown, version?: string): string => {
    if (policies === null) throw new Error('no policies')
    const explanation = explain(policies, {
      subject: { type: 'user', id: 'ann', properties: {} },
      action: { name: 'edit', properties: {} },
      resource: { type: 'note', id: 'n', properties: scope === undefined ? {} : { scope } },
      context: version === undefined ? {} : { policy_version: version },
      timeMs: 0,
    })
    return renderExplanation(explanation).split('\nPolicy digest')[0] ?? ''
  }

  it('tells whose rules were asked, and the roles of the scope', () => {
    expect(text('acme.hr')).toMatchInlineSnapshot(`
      "PERMIT: "ann" may edit note "n"
        because rule "note/acme/heads" at note-acme.yaml:3:15 permits it and no rule denies it

      Roles held: head
      Policies: note/acme.hr, note/acme, note

      Rules about this action, in the order they are asked:
        => permit note/acme/heads  (note-acme.yaml:3:15)
                   applies without a condition
      "
    `)
    expect(text(undefined)).toMatchInlineSnapshot(`
      "DENY: "ann" may not edit note "n"
        because no rule permits it, and what no rule permits is denied

      Roles held: none
      "
    `)
  })

  it('tells a scope or a version that there is not', () => {
    expect(text('acme.hrr')).toMatchInlineSnapshot(`
      "DENY: "ann" may not edit note "n"
        because no file declares the scope "acme.hrr"
        did you mean "acme.hr"?

      Roles held: none
      "
    `)
    expect(text({ name: 'acme' })).toMatchInlineSnapshot(`
      "DENY: "ann" may not edit note "n"
        because no file declares the scope {"name":"acme"}
        declared scopes: "acme", "globex", "acme.hr"

      Roles held: none
      "
    `)
    expect(text('acme', 'v1')).toMatchInlineSnapshot(`
      "DENY: "ann" may not edit note "n"
        because resource "note" has no policy of version "v1"
        its versions: "v2", "default"

      Roles held: head
      "
    `)
    expect(text('acme', 'v2')).toMatchInlineSnapshot(`
      "DENY: "ann" may not edit note "n"
        because resource "note@v2" declares no action "edit"
        its actions: "lend"

      Roles held: head
      Policies: note@v2
      "
    `)
  })
})
