import { describe, expect, it } from 'vitest'
import { explain } from '../../src/authoring/explain.ts'
import type { PolicySet } from '../../src/decide/policy-set.ts'
import type { AccessRequest } from '../../src/model/access-request.ts'
import { compile, diagnose, type Files } from './samples.ts'

const roles = `
  roles:
    prep: { when: '"p" in subject.groups' }
    prep2: { inherits: [prep], when: '"p2" in subject.groups' }
    boss: { when: '"b" in subject.groups' }
    super: { inherits: [boss], when: '"s" in subject.groups' }
    owner: { inherits: [super, prep2], when: '"o" in subject.groups' }
  separation:
    - { dynamic: [prep, boss], used: resource.used }
`

const files: Files = {
  'roles.yaml': roles,
  'note.yaml': `
    resource: note
    actions: [prep, approve, seal, own, file]
    attributes: { used: list<string> }
    rules:
      - { id: prep, permit: [prep], roles: [prep] }
      - { id: approve, permit: [approve], roles: [boss] }
      - { id: seal, permit: [seal], roles: [super] }
      - { id: own, permit: [own], roles: [owner] }
      - { id: file, permit: [file] }
      - { id: never, deny: [file], roles: [boss] }
  `,
}

function policiesOf(given: Files): PolicySet {
  const { policies, diagnostics } = compile(given)
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  if (policies === null) throw new Error('no policies')
  return policies
}

function request(action: string, groups: readonly string[], used: unknown): AccessRequest {
  return {
    subject: { type: 'user', id: 'u', properties: { groups } },
    action: { name: action, properties: {} },
    resource: { type: 'note', id: '1', properties: used === undefined ? {} : { used } },
    context: {},
    timeMs: 0,
  }
}

const set = policiesOf(files)

function ask(action: string, groups: readonly string[], used: unknown): string {
  const { decision } = explain(set, request(action, groups, used))
  return `${decision.effect} ${decision.reason}`
}

const permitted = 'permit permitted_by_rule'
const nothing = 'deny no_applicable_rule'

describe('dynamic separation of duty', () => {
  it('passes no deny rule over, whatever has been used', () => {
    for (const used of [[], ['prep'], ['prep2'], ['boss'], [['prep']], [null], 5, undefined]) {
      expect(ask('file', ['b'], used)).toBe('deny denied_by_rule')
      expect(ask('file', ['s', 'p'], used)).toBe('deny denied_by_rule')
      expect(ask('file', ['p'], used)).toBe(permitted)
    }
  })

  it('lets neither role count where what has been used is no list of names', () => {
    const odd = [[['prep']], [null], [5], ['boss', ['prep']], 5, 'boss', { prep: 1 }, null]
    for (const used of [...odd, undefined]) {
      for (const action of ['prep', 'approve', 'seal']) {
        expect(ask(action, ['p', 'b', 's'], used)).toBe(nothing)
      }
    }
  })

  it('tells why it cannot be known what has been used', () => {
    const open = policiesOf({
      ...files,
      'note.yaml': (files['note.yaml'] ?? '').replace('list<string>', 'dyn'),
    })
    const { decision } = explain(open, request('approve', ['b'], [['prep']]))
    expect(decision).toMatchObject({
      effect: 'deny',
      errors: [{ rule: 'note/approve', message: 'the roles used are not a list of names' }],
    })
  })

  it('takes a role for those it inherits, in rules', () => {
    expect(ask('seal', ['s'], [])).toBe(permitted)
    expect(ask('seal', ['s'], ['boss'])).toBe(permitted)
    expect(ask('seal', ['s', 'p'], ['prep'])).toBe(nothing)
    expect(ask('approve', ['s', 'p'], ['prep'])).toBe(nothing)
  })

  it('takes a role for those it inherits, in what has been used', () => {
    expect(ask('approve', ['b'], ['super'])).toBe(permitted)
    expect(ask('seal', ['s'], ['super'])).toBe(permitted)
    expect(ask('approve', ['b'], ['prep2'])).toBe(nothing)
    expect(ask('seal', ['s'], ['prep2'])).toBe(nothing)
    expect(ask('prep', ['p2'], ['super'])).toBe(nothing)
    expect(ask('prep', ['p2'], ['prep2'])).toBe(permitted)
  })

  it('lets a role that brings both count only while neither is used', () => {
    expect(ask('own', ['o'], [])).toBe(permitted)
    for (const role of ['prep', 'prep2', 'boss', 'super', 'owner']) {
      expect(ask('own', ['o'], [role])).toBe(nothing)
    }
    expect(ask('prep', ['o'], ['owner'])).toBe(nothing)
    expect(ask('approve', ['o'], ['owner'])).toBe(nothing)
  })

  it('takes a listed role that inherits another listed one for itself alone', () => {
    const nested = policiesOf({
      ...files,
      'roles.yaml': `${roles}    - { dynamic: [boss, super], used: resource.used }\n`,
    })
    const effectOf = (action: string, used: readonly string[]): string =>
      explain(nested, request(action, ['s'], used)).decision.effect
    expect(effectOf('seal', ['super'])).toBe('permit')
    expect(effectOf('seal', ['boss'])).toBe('deny')
    expect(effectOf('approve', ['super'])).toBe('deny')
    expect(effectOf('approve', ['boss'])).toBe('permit')
  })

  it('is explained as it is decided', () => {
    const { roles: held, rules } = explain(set, request('seal', ['s', 'p'], ['prep']))
    expect(held).toEqual(['prep', 'boss', 'super'])
    expect(rules.map(({ why }) => why)).toEqual([
      'excluded by what has been used on the resource: "super"',
    ])
    const missing = explain(set, request('seal', ['p'], ['prep']))
    expect(missing.rules.map(({ why }) => why)).toEqual(['needs the role "super"'])
  })

  it('cannot be passed by through lists or derived roles about a role above', () => {
    expect(
      diagnose({
        ...files,
        'acl.yaml': `
          acl: note
          entries: [{ resources: '1', permit: [seal], roles: [super] }]
        `,
        'extra.yaml': `
          resource: extra
          actions: [see]
          derived_roles: { chief: { roles: [super], when: resource.id == "1" } }
          rules: [{ id: see, permit: [see], roles: [chief] }]
        `,
      }),
    ).toMatch(/acl\.yaml:[^]*separated-role-listed[^]*extra\.yaml:[^]*separated-role-listed/u)
  })
})
