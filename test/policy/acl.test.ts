import { describe, expect, it } from 'vitest'
import { runTests } from '../../src/authoring/run-suite.ts'
import { decide } from '../../src/decide/decide.ts'
import { TraceRecorder } from '../../src/decide/trace.ts'
import type { AccessRequest } from '../../src/model/access-request.ts'
import type { Decision } from '../../src/model/decision.ts'
import { compile, diagnose, type Files, rolesFile, soundFiles, sourcesOf } from './samples.ts'
import { processorMs } from '../support/processor-ms.ts'

const documentFile = `
  resource: document
  actions: [read, write]
  rules:
    - { id: managers, permit: [read], roles: [manager] }
`

const aclFile = `
  acl: document
  entries:
    - { resources: [handbook, plans/2026], permit: [read], subjects: [cora] }
    - { id: drafts, resources: 'drafts/*', permit: '*', groups: [writers] }
    - { resources: '**/secret', deny: [read], groups: [guests], roles: [employee] }
    - { id: summer, resources: handbook, permit: [write], subjects: cora, expires: 2026-09-01T00:00:00+02:00 }
`

const files: Files = { 'roles.yaml': rolesFile, 'document.yaml': documentFile, 'acl.yaml': aclFile }

function asked(
  subject: string,
  groups: unknown,
  action: string,
  id: string,
  time = '2026-01-01T00:00:00Z',
): AccessRequest {
  return {
    subject: { type: 'user', id: subject, properties: groups === undefined ? {} : { groups } },
    action: { name: action, properties: {} },
    resource: { type: 'document', id, properties: {} },
    context: {},
    timeMs: Date.parse(time),
  }
}

function ask(request: AccessRequest, given = files): Decision {
  const { policies, diagnostics } = compile(given)
  expect(diagnostics).toEqual([])
  if (policies === null) throw new Error('no policies')
  return decide(policies, request)
}

describe('access control lists', () => {
  it('name subjects for ids', () => {
    expect(ask(asked('cora', [], 'read', 'handbook')).rules).toEqual(['document/acl-1'])
    expect(ask(asked('cora', [], 'read', 'plans/2026')).effect).toBe('permit')
    expect(ask(asked('cora', [], 'read', 'handbook2')).effect).toBe('deny')
    expect(ask(asked('dave', [], 'read', 'handbook')).reason).toBe('no_applicable_rule')
  })

  it('name groups for patterns, whose * stops at a slash', () => {
    expect(ask(asked('x', ['writers'], 'write', 'drafts/a')).rules).toEqual(['document/drafts'])
    expect(ask(asked('x', ['writers'], 'write', 'drafts/a/b')).effect).toBe('deny')
    expect(ask(asked('x', ['readers'], 'write', 'drafts/a')).effect).toBe('deny')
  })

  it('deny like deny rules', () => {
    expect(ask(asked('x', ['managers'], 'read', 'a/b/secret')).rules).toEqual(['document/acl-3'])
    expect(ask(asked('x', ['managers'], 'read', 'secret')).rules).toEqual(['document/managers'])
  })

  it('deny where it cannot be told whether the subject is in a group', () => {
    const managers = `
      resource: document
      actions: [read]
      rules: [{ id: anybody, permit: [read] }]
    `
    const listed = `
      acl: document
      entries: [{ id: guests, resources: x, deny: [read], groups: [guests] }]
    `
    const given = { 'document.yaml': managers, 'acl.yaml': listed }
    for (const groups of [undefined, 'guests', { 0: 'guests' }]) {
      expect(ask(asked('x', groups, 'read', 'x'), given)).toMatchObject({
        effect: 'deny',
        reason: 'deny_rule_failed',
        rules: ['document/guests'],
      })
      expect(ask(asked('x', groups, 'read', 'y'), given).effect).toBe('permit')
    }
    const { policies } = compile(given)
    expect(policies?.failureCounts).toEqual(new Map())
  })

  it('end when they expire', () => {
    const at = (time: string): Decision => ask(asked('cora', [], 'write', 'handbook', time))
    expect(at('2026-08-31T21:59:59.999Z').rules).toEqual(['document/summer'])
    expect(at('2026-08-31T22:00:00Z').effect).toBe('deny')
  })

  it('keep a pattern from running away', () => {
    const given = {
      ...files,
      'acl.yaml': `
        acl: document
        entries: [{ resources: '**a**a*a*a**a*a*b', permit: [read, write], subjects: [cora] }]
      `,
    }
    const { policies } = compile(given)
    if (policies === null) throw new Error('no policies')
    const tookMs = processorMs(() => {
      expect(decide(policies, asked('cora', [], 'write', 'a'.repeat(1024))).effect).toBe('deny')
    })
    expect(tookMs).toBeLessThan(500)
    expect(decide(policies, asked('cora', [], 'write', 'a'.repeat(1025))).errors).toEqual([
      { rule: 'document/acl-1', message: 'the id of the resource is longer than 1024 characters' },
    ])
  })

  it('of ten thousand entries cost a look-up', () => {
    const entries = Array.from({ length: 10_000 }, (_, at) => {
      return `  - { resources: d-${at}, permit: [read, write], subjects: [s-${at}] }`
    })
    const { policies } = compile({
      ...files,
      'acl.yaml': ['acl: document', 'entries:', ...entries].join('\n'),
    })
    if (policies === null) throw new Error('no policies')
    const request = asked('s-9999', [], 'write', 'd-9999')
    expect(decide(policies, request).rules).toEqual(['document/acl-10000'])
    const tookMs = processorMs(() => {
      for (let turn = 0; turn < 10_000; turn++) decide(policies, request)
    })
    expect(tookMs).toBeLessThan(500)
  })

  it('are explained by the entries about the resource, and covered by tests one by one', () => {
    const { policies } = compile(files)
    if (policies === null) throw new Error('no policies')
    const trace = new TraceRecorder()
    decide(policies, asked('dave', [], 'write', 'handbook', '2027-01-01T00:00:00Z'), trace)
    expect(trace.steps.map(({ rule, result }) => [rule, result])).toEqual([
      ['document/summer', 'expired'],
    ])
    const suite = `
tests:
  - name: cora reads
    subject: { id: cora, groups: [] }
    action: read
    resource: document/handbook
    expect: { answer: permit, rule: acl-1 }
`
    const report = runTests(sourcesOf(files), [{ path: 'a.test.yaml', text: suite }])
    expect(report.diagnostics).toEqual([])
    expect(report.coverage?.rules.map(({ id, reach }) => [id, reach])).toEqual([
      ['document/managers', 'never_matched'],
      ['document/acl-1', 'matched'],
      ['document/drafts', 'never_asked'],
      ['document/acl-3', 'never_asked'],
      ['document/summer', 'never_asked'],
    ])
  })
})

describe('what is said about access control lists', () => {
  const said = (entries: string): string =>
    diagnose({ ...soundFiles, 'acl.yaml': `acl: expense\nentries:\n${entries}` })

  it('a resource that nothing declares', () => {
    expect(
      diagnose({
        ...soundFiles,
        'acl.yaml': 'acl: expens\nentries: [{ resources: a, permit: [view], subjects: b }]',
      }),
    ).toMatchInlineSnapshot(
      `"acl.yaml:1:6 error unknown-resource: unknown resource "expens" [did you mean "expense"?]"`,
    )
  })

  it('entries that say too little, or what nothing declares', () => {
    expect(
      said(`
  - { resources: a, permit: [view] }
  - { resources: a, subjects: b }
  - { resources: a, permit: [veiw], roles: [employe] }
  - { permit: [view], subjects: b }
  - { id: own, resources: a, permit: [view], deny: [view], subjects: b }
  - { resources: a, permit: [view], subjects: b, expires: tomorrow }
  - { resources: a, permit: [view], subject: b }`),
    ).toMatchInlineSnapshot(`
      "acl.yaml:4:5 error entry-without-subject: the entry is about nobody [add "subjects", "groups" or "roles"]
      acl.yaml:5:5 error rule-without-effect: the entry neither permits nor denies anything [add "permit: [...]" or "deny: [...]"]
      acl.yaml:6:30 error unknown-action: unknown action "veiw" of resource "expense" [did you mean "view"?]
      acl.yaml:6:45 error unknown-role: unknown role "employe" [did you mean "employee"?]
      acl.yaml:7:5 error missing-key: entry 4 of "entries" has no "resources" [ids of resources; "*" in one stands for any characters but "/", "**" for any at all]
      acl.yaml:8:11 error duplicate-rule: rule "own" is declared twice, first at expense.yaml:5:9 [choose another name, or remove one of them]
      acl.yaml:8:46 error rule-with-two-effects: entry "own" both permits and denies [split it in two]
      acl.yaml:9:59 error malformed-instant: "tomorrow" is not an instant [write it as in "2027-01-01T00:00:00Z"]
      acl.yaml:10:5 error entry-without-subject: the entry is about nobody [add "subjects", "groups" or "roles"]
      acl.yaml:10:37 error unknown-key: unknown key "subject" in entry 7 of "entries" [did you mean "subjects"?]"
    `)
  })

  it('a derived role', () => {
    expect(
      diagnose({
        'note.yaml': `
          resource: note
          actions: [read]
          derived_roles: { author: { when: resource.id == subject.id } }
          rules: [{ id: own, permit: [read], roles: [author] }]
        `,
        'acl.yaml': 'acl: note\nentries: [{ resources: a, permit: [read], roles: author }]',
      }),
    ).toMatchInlineSnapshot(
      `"acl.yaml:2:50 error derived-role-listed: "author" is a derived role, and an entry has no condition [write a rule instead]"`,
    )
  })

  it('too many wildcards and too many patterns', () => {
    const many = Array.from({ length: 1_001 }, (_, at) => {
      return `  - { resources: 'p-${at}-*', permit: [view], subjects: b }`
    })
    expect(
      said(
        ["  - { resources: 'a*a*a*a*a*a*a*a*a*', permit: [view], subjects: b }", ...many].join(
          '\n',
        ),
      ),
    ).toMatchInlineSnapshot(`
      "acl.yaml:3:18 error too-many: the pattern "a*a*a*a*a*a*a*a*a*" has more than 8 wildcards [split it in several, or write a rule]
      acl.yaml:1003:18 error too-many: more than 1000 patterns list resources of this type [list ids, of which there may be any number, or write a rule]"
    `)
  })
})
