import { describe, expect, it } from 'vitest'
import { runTests } from '../../src/authoring/run-suite.ts'
import { decide } from '../../src/decide/decide.ts'
import type { Attributes } from '../../src/model/attributes.ts'
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

const elementFiles: Files = {
  'types.yaml': 'types: { subject: { groups: list<string> } }',
  'roles.yaml': `
    roles:
      suspended: { when: '"suspended" in subject.groups' }
      away: {}
  `,
  'assignments.yaml': 'assignments: [{ roles: [away], groups: [away] }]',
  'note.yaml': `
    resource: note
    actions: [in, numbers, sets, map, nested, times, whole, optional, role, assigned]
    attributes:
      texts: list<string>
      numbers: list<int>
      counts: map<string, int>
      rows: list<list<string>>
      times: list<timestamp>
    rules:
      - { id: all, permit: "*" }
      - { id: in, deny: [in], when: '"secret" in resource.texts' }
      - { id: numbers, deny: [numbers], when: 5 in resource.numbers }
      - { id: sets, deny: [sets], when: 'sets.intersects(resource.texts, ["secret"])' }
      - { id: map, deny: [map], when: 'resource.counts == {"a": 1}' }
      - { id: nested, deny: [nested], when: '["a"] in resource.rows' }
      - id: times
        deny: [times]
        when: timestamp("2026-01-01T00:00:00Z") in resource.times
      - { id: whole, deny: [whole], when: 'resource.texts == ["secret"]' }
      - { id: optional, deny: [optional], when: '"secret" in resource.?texts.orValue(["open"])' }
      - { id: role, deny: [role], roles: [suspended] }
      - { id: assigned, deny: [assigned], roles: [away] }
  `,
}

/** The effect, and why a condition failed. */
function askElements(action: string, properties: Attributes, groups: unknown = []): string {
  const { diagnostics, policies } = compile(elementFiles)
  expect(diagnostics).toEqual([])
  if (policies === null) throw new Error('no policies')
  const { effect, errors } = decide(policies, {
    subject: { type: 'user', id: 'ann', properties: { groups } },
    action: { name: action, properties: {} },
    resource: { type: 'note', id: 'n', properties },
    context: {},
    timeMs: 0,
  })
  return [effect, ...errors.map(({ message }) => message)].join(': ')
}

describe('what a list or a map holds', () => {
  it.each([
    ['in', { texts: [['secret']] }, '"resource.texts" is not a list<string>'],
    ['in', { texts: ['secret', 1] }, '"resource.texts" is not a list<string>'],
    ['numbers', { numbers: ['5'] }, '"resource.numbers" is not a list<int>'],
    ['numbers', { numbers: [5.5] }, '"resource.numbers" is not a list<int>'],
    ['sets', { texts: [1, {}] }, '"resource.texts" is not a list<string>'],
    ['map', { counts: { a: '1' } }, '"resource.counts" is not a map<string, int>'],
    ['map', { counts: ['a'] }, '"resource.counts" is not a map<string, int>'],
    ['nested', { rows: [['a', 1]] }, '"resource.rows" is not a list<list<string>>'],
    ['times', { times: ['soon'] }, '"resource.times" is not a list<timestamp>'],
    ['whole', { texts: [null] }, '"resource.texts" is not a list<string>'],
    ['optional', { texts: [null] }, '"resource.texts" is not a list<string>'],
  ])('is of the declared type, or %s with %j fails', (action, properties, message) => {
    expect(askElements(action, properties)).toBe(`deny: ${message}`)
  })

  it.each([
    ['in', { texts: ['secret'] }, { texts: ['open'] }],
    ['numbers', { numbers: [4, 5] }, { numbers: [4] }],
    ['sets', { texts: ['secret'] }, { texts: [] }],
    ['map', { counts: { a: 1 } }, { counts: { a: 2 } }],
    ['nested', { rows: [['a']] }, { rows: [['b']] }],
    ['times', { times: ['2026-01-01T01:00:00+01:00'] }, { times: ['2026-01-02T00:00:00Z'] }],
    ['whole', { texts: ['secret'] }, { texts: ['open'] }],
    ['optional', { texts: ['secret'] }, {}],
  ])('is looked at as before where it is: %s', (action, matching, other) => {
    expect(askElements(action, matching)).toBe('deny')
    expect(askElements(action, other)).toBe('permit')
  })

  it.each([['role'], ['assigned']])('leaves a %s open where it does not conform', (action) => {
    const message = '"subject.groups" is not a list<string>'
    expect(askElements(action, {}, [{ name: 'suspended' }])).toContain(message)
    expect(askElements(action, {}, [{ name: 'suspended' }])).toMatch(/^deny: /u)
    expect(askElements(action, {}, ['suspended', 'away', 1])).toMatch(/^deny: /u)
    expect(askElements(action, {}, ['suspended', 'away'])).toBe('deny')
    expect(askElements(action, {}, ['staff'])).toBe('permit')
  })
})

const bare = '"resource" cannot be used as a value [name an attribute of it]'

describe('a root whose attributes are declared', () => {
  it.each([
    ['resource["ownr"] == 1', 'unknown attribute "resource.ownr" [did you mean "owner"?]'],
    ['resource[?"ownr"].hasValue()', 'unknown attribute "resource.ownr" [did you mean "owner"?]'],
    ['"ownr" in resource', 'unknown attribute "resource.ownr" [did you mean "owner"?]'],
    ['resource["n"] == "5"', 'cannot compare int with string'],
    ['cel.bind(r, resource, r.ownr == 1)', bare],
    ['dyn(resource).ownr == 1', bare],
    ['resource["ow" + "nr"] == 1', bare],
    ['resource == resource', bare],
    ['[resource].exists(r, r.ownr == 1)', bare],
    ['subject.id in resource', bare],
    ['resource.exists(name, name == "ownr")', bare],
  ])('is not read past its declarations by %s', (condition, message) => {
    expect(diagnose(rootFiles(condition))).toContain(message)
  })

  it.each([
    ['resource["n"] == 5', { n: 5 }, { n: 6 }],
    ['"owner" in resource', { owner: 'ann' }, {}],
    ['resource[?"n"].orValue(0) == 5', { n: 5 }, {}],
    ['resource["id"] == "n" && "id" in resource && has(resource.n)', { n: 5 }, {}],
  ])('is read by a name written out: %s', (condition, matching, other) => {
    expect(effectOf(condition, matching)).toBe('deny')
    expect(effectOf(condition, other)).toBe('permit')
  })

  it('is read by such a name as it is declared', () => {
    expect(effectOf('resource["n"] == 5', { n: '5' })).toBe('deny')
    expect(effectOf('resource[?"n"].orValue(0) == 5', { n: '5' })).toBe('deny')
  })
})

function rootFiles(condition: string): Files {
  return {
    'note.yaml': `
      resource: note
      actions: [read]
      attributes: { owner: string, n: int }
      rules:
        - { id: all, permit: [read] }
        - { id: not, deny: [read], when: '${condition}' }
    `,
  }
}

function effectOf(condition: string, properties: Attributes): string {
  const { diagnostics, policies } = compile(rootFiles(condition))
  expect(diagnostics).toEqual([])
  if (policies === null) throw new Error('no policies')
  return decide(policies, {
    subject: { type: 'user', id: 'ann', properties: {} },
    action: { name: 'read', properties: {} },
    resource: { type: 'note', id: 'n', properties },
    context: {},
    timeMs: 0,
  }).effect
}
