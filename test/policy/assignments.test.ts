import { describe, expect, it } from 'vitest'
import { decide } from '../../src/decide/decide.ts'
import { rolesOf } from '../../src/decide/roles.ts'
import type { Decision } from '../../src/model/decision.ts'
import { compile, diagnose, type Files } from './samples.ts'

const paymentFiles: Files = {
  'roles.yaml': `
    roles:
      clerk: {}
      approver: {}
      head: { inherits: [approver] }
      preparer: { when: '"preparers" in subject.groups' }
  `,
  'assignments.yaml': `
    assignments:
      - { roles: clerk, groups: [office, branch] }
      - { roles: [approver], subjects: ann }
      - { roles: [head], subjects: [hugo] }
    separation:
      - static: [clerk, approver]
      - { dynamic: [preparer, approver], used: resource.roles_used }
  `,
  'payment.yaml': `
    resource: payment
    actions: [view, prepare, approve]
    attributes: { roles_used: list<string> }
    rules:
      - { id: view, permit: [view], roles: [clerk, head] }
      - { id: prepare, permit: [prepare], roles: [preparer] }
      - { id: approve, permit: [approve], roles: [approver] }
  `,
}

function subject(id: string, groups?: unknown): { type: string; id: string; properties: object } {
  return { type: 'user', id, properties: groups === undefined ? {} : { groups } }
}

function held(id: string, groups?: unknown): readonly string[] {
  const { policies, diagnostics } = compile(paymentFiles)
  expect(diagnostics).toEqual([])
  if (policies === null) throw new Error('no policies')
  return rolesOf(policies, subject(id, groups) as never)
}

function ask(id: string, groups: unknown, action: string, used?: unknown): Decision {
  const { policies } = compile(paymentFiles)
  if (policies === null) throw new Error('no policies')
  return decide(policies, {
    subject: subject(id, groups) as never,
    action: { name: action, properties: {} },
    resource: {
      type: 'payment',
      id: 'p',
      properties: used === undefined ? {} : { roles_used: used },
    },
    context: {},
    timeMs: 0,
  })
}

describe('assignments', () => {
  it('give roles to subjects and groups, and what these inherit', () => {
    expect(held('bob', ['office'])).toEqual(['clerk'])
    expect(held('bob', ['branch', 'x'])).toEqual(['clerk'])
    expect(held('bob', [])).toEqual([])
    expect(held('hugo', [])).toEqual(['approver', 'head'])
  })

  it('to groups leave a role open for whom no groups are known', () => {
    expect(held('bob')).toEqual([])
    expect(ask('bob', undefined, 'view')).toMatchObject({
      effect: 'deny',
      errors: [{ rule: 'payment/view', message: 'role "clerk": No attribute "subject.groups"' }],
    })
  })
})

describe('separation of duty', () => {
  it('lets neither of two roles count that nobody may hold together', () => {
    expect(held('ann', [])).toEqual(['approver'])
    expect(held('ann', ['office'])).toEqual([])
    expect(held('hugo', ['office'])).toEqual([])
    expect(ask('hugo', ['office'], 'view')).toMatchObject({
      effect: 'deny',
      errors: [
        {
          rule: 'payment/view',
          message: 'role "clerk" does not count together with "approver"',
        },
      ],
    })
    expect(ask('ann', ['office'], 'view')).toMatchObject({
      effect: 'deny',
      errors: [
        {
          rule: 'payment/view',
          message: 'role "clerk" does not count together with "approver"',
        },
      ],
    })
  })

  it('lets a role count only while those it excludes are not used on the resource', () => {
    expect(ask('ann', [], 'approve', []).effect).toBe('permit')
    expect(ask('ann', ['preparers'], 'approve', ['approver']).effect).toBe('permit')
    expect(ask('ann', ['preparers'], 'approve', ['preparer']).effect).toBe('deny')
    expect(ask('ann', ['preparers'], 'prepare', ['approver']).effect).toBe('deny')
    expect(ask('hugo', [], 'approve', ['preparer']).effect).toBe('deny')
  })

  it('permits nothing where it is not known what has been used', () => {
    expect(ask('ann', [], 'approve')).toMatchObject({
      effect: 'deny',
      errors: [{ rule: 'payment/approve', message: 'No attribute "resource.roles_used"' }],
    })
    expect(ask('ann', [], 'approve', 'none').effect).toBe('deny')
  })
})

describe('what is said about assignments and separation', () => {
  const said = (text: string): string =>
    diagnose({
      'roles.yaml': `
        roles:
          clerk: {}
          approver: {}
          head: { inherits: [approver] }
          chief: { inherits: [clerk, head] }
      `,
      'note.yaml': `
        resource: note
        actions: [read]
        rules: [{ id: read, permit: [read], roles: [chief, clerk, approver, head] }]
      `,
      'more.yaml': text,
    })

  it('roles that bring together what is separated, and assignments that do', () => {
    expect(
      said(`
        assignments:
          - { roles: [clerk], groups: [office], subjects: ann }
          - { roles: [head], groups: [office] }
          - { roles: [approver], subjects: ann }
        separation:
          - static: [clerk, approver]
      `),
    ).toMatchInlineSnapshot(`
      "more.yaml:3:31 error separated-roles: group "office" is assigned "clerk" and "approver", which nobody may hold together [remove one of the assignments]
      more.yaml:4:36 error separated-roles: user "ann" is assigned "clerk" and "approver", which nobody may hold together [remove one of the assignments]
      roles.yaml:5:3 error separated-roles: whoever holds "chief" holds "clerk" and "approver", which nobody may hold together [let it inherit one of them at most]"
    `)
  })

  it('names that nothing declares, and assignments to nobody', () => {
    expect(
      said(`
        assignments:
          - { roles: [clrk, chief], groups: office }
          - { roles: [clerk] }
          - { roles: [clerk], users: [ann] }
        separation:
          - static: [clerk, aprover]
          - dynamic: [head, chef]
            used: subject.used
      `),
    ).toMatchInlineSnapshot(`
      "more.yaml:2:15 error unknown-role: unknown role "clrk" [did you mean "clerk"?]
      more.yaml:3:5 error assignment-without-subject: the assignment is about nobody [add "subjects", "groups" or "when"]
      more.yaml:4:5 error assignment-without-subject: the assignment is about nobody [add "subjects", "groups" or "when"]
      more.yaml:4:23 error unknown-key: unknown key "users" in entry 3 of "assignments" [known keys: "description", "scope", "when", "roles", "subjects", "subject_type", "groups"]
      more.yaml:6:21 error unknown-role: unknown role "aprover" [did you mean "approver"?]
      more.yaml:7:21 error unknown-role: unknown role "chef" [did you mean "chief"?]"
    `)
  })

  it('separations that say too little', () => {
    expect(
      said(`
        assignments: [{ roles: chief, groups: office }]
        separation:
          - static: [clerk]
          - dynamic: [clerk, approver]
          - {}
      `),
    ).toMatchInlineSnapshot(`
      "more.yaml:3:13 error too-few: "static" must have at least 2 entries
      more.yaml:4:5 error missing-key: "dynamic" needs "used" beside it [add "used", or remove "dynamic"]
      more.yaml:5:5 error too-few: entry 3 of "separation" must not be empty"
    `)
  })

  it('what has been used where a resource does not tell', () => {
    expect(
      said(`
        assignments: [{ roles: chief, groups: office }]
        separation:
          - { dynamic: [clerk, approver], used: resource.used }
          - { dynamic: [clerk, head], used: '"clerk"' }
      `),
    ).toMatchInlineSnapshot(`
      "more.yaml:3:41 error expression: unknown attribute "resource.used", as resource "note" uses it [declared attributes: "id", "type"]
      more.yaml:4:37 error wrong-type: "used" must be list<string>, not string [name an attribute that lists roles, such as resource.roles_used]"
    `)
  })

  it('lists and derived roles that would pass a separation by', () => {
    expect(
      diagnose({
        'roles.yaml': `
          roles: { a: {}, b: {} }
          assignments: [{ roles: [a, b], groups: x }]
          separation: [{ dynamic: [a, b], used: resource.used }]
        `,
        'note.yaml': `
          resource: note
          actions: [read]
          attributes: { used: list<string> }
          derived_roles: { own: { roles: [a], when: resource.id == subject.id } }
          rules: [{ id: read, permit: [read], roles: [own] }]
        `,
        'acl.yaml': 'acl: note\nentries: [{ resources: x, permit: [read], roles: b }]',
      }),
    ).toMatchInlineSnapshot(`
      "acl.yaml:2:50 error separated-role-listed: an entry cannot rely on "b", which counts only while others are not used [write a rule instead]
      note.yaml:4:33 error separated-role-listed: a derived role cannot rely on "a", which counts only while others are not used [write a rule instead]"
    `)
  })
})
