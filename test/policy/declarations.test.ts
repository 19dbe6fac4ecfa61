import { describe, expect, it } from 'vitest'
import { runTests } from '../../src/authoring/run-suite.ts'
import { buildAccessRequest, matchRoute } from '../../src/route/route.ts'
import { buildRouteTable } from '../../src/route/route-table.ts'
import { ann, factsOf, routeSpec } from '../route/samples.ts'
import { compile, diagnose, type Files, sourcesOf } from './samples.ts'

const typesFile = `
  types:
    subject: { groups: list<string>, department: string, level: int }
    context: { channel: string, acr: string }
`

function note(condition: string): Files {
  return {
    'types.yaml': typesFile,
    'note.yaml': `
      resource: note
      actions: [read]
      rules: [{ id: read, permit: [read], when: '${condition}' }]
    `,
  }
}

describe('declared subjects and circumstances', () => {
  it.each([
    '"staff" in subject.groups && subject.level >= 3',
    'context.channel == "web" && context.method == "GET" && context.acr == "mfa"',
    'subject.id == "x" && subject.type == "user"',
    'has(subject.level) && subject.level > 1',
  ])('let %s through', (condition) => {
    expect(diagnose(note(condition))).toBe('')
  })

  it('refuse names misspelt and types that do not fit', () => {
    const said = (condition: string): string => diagnose(note(condition))
    expect(said('subject.departmnt == "x"')).toMatchInlineSnapshot(
      `"note.yaml:3:44 error expression: unknown attribute "subject.departmnt" [did you mean "department"?]"`,
    )
    expect(said('subject.department == 3')).toMatchInlineSnapshot(
      `"note.yaml:3:44 error expression: cannot compare string with int"`,
    )
    expect(said('context.chanel == "web"')).toMatchInlineSnapshot(
      `"note.yaml:3:44 error expression: unknown attribute "context.chanel" [did you mean "channel"?]"`,
    )
    expect(said('3 in subject.groups')).toMatchInlineSnapshot(
      `"note.yaml:3:44 error expression: cannot look for int in list<string>"`,
    )
  })

  it('hold in roles and definitions as well', () => {
    expect(
      diagnose({
        ...note('true'),
        'roles.yaml': 'roles: { staff: { when: \'"staff" in subject.grups\' } }',
        'shared.yaml': 'variables: { is_web: context.chanel == "web" }',
      }),
    ).toMatchInlineSnapshot(`
      "roles.yaml:1:37 error expression: unknown attribute "subject.grups" [did you mean "groups"?]
      shared.yaml:1:22 error expression: unknown attribute "context.chanel" [did you mean "channel"?]"
    `)
  })

  it('stay open where no file declares them', () => {
    expect(
      diagnose({ ...note('context.any == "web"'), 'types.yaml': 'types: { subject: {} }' }),
    ).toBe('')
  })

  it('are declared once, by names that can be read, with types that exist', () => {
    expect(
      diagnose({
        ...note('true'),
        'more.yaml': `
          types:
            subject: { level: int, id: string, in: string, age: integer }
            resource: {}
        `,
      }),
    ).toMatchInlineSnapshot(`
      "more.yaml:2:26 error reserved-attribute: "id" is there already: subject.id is text [remove it, or choose another name]
      more.yaml:2:38 error reserved-attribute: "in" is a word of CEL: no condition could read subject.in [choose another name]
      more.yaml:2:55 error unknown-type: unknown type "integer" [types: "bool", "int", "double", "string", "timestamp", "duration", "dyn", "list<string>", "map<string, dyn>"]
      more.yaml:3:3 error unknown-key: unknown key "resource" in "types" [known keys: "subject", "context"]
      types.yaml:2:56 error duplicate-attribute: attribute "subject.level" is declared twice, first at more.yaml:2:14 [keep one of them]"
    `)
  })

  it('are what tests may say', () => {
    const suite = `
tests:
  - name: reads
    subject: { id: ann, grups: [staff] }
    action: read
    resource: note
    context: { chanel: web }
    expect: permit
`
    const report = runTests(sourcesOf(note('true')), [{ path: 'a.test.yaml', text: suite }])
    expect(report.diagnostics.map(({ line, code, message, hint }) => [line, code, message, hint]))
      .toMatchInlineSnapshot(`
      [
        [
          4,
          "unknown-attribute",
          "no file declares an attribute "subject.grups"",
          "did you mean "groups"?",
        ],
        [
          7,
          "unknown-attribute",
          "no file declares an attribute "context.chanel"",
          "did you mean "channel"?",
        ],
      ]
    `)
  })

  it('include what the gateway tells of a request', () => {
    const { context } = compile(note('true'))
    const table = buildRouteTable([routeSpec('GET /notes', { policyVersion: 'next' })])
    const match = matchRoute(table, 'GET', 'app.example.com', '/notes')
    if (match.kind === 'miss') throw new Error('no match')
    const { client } = factsOf()
    const certificate = { subject: 'CN=a', issuer: 'CN=b', san: [], fingerprint: '', serial: '' }
    const facts = factsOf({ client: { ...client, certificate } })
    const request = buildAccessRequest(match, facts, ann, 0)
    if ('kind' in request) throw new Error(request.detail)
    const told = [...Object.keys(request.context), 'channel']
    expect([...(context ?? [])].sort()).toEqual(told.sort())
  })
})
