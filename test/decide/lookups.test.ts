import { describe, expect, it } from 'vitest'
import { MembershipIndex } from '../../src/decide/membership-index.ts'
import { buildPolicySet } from '../../src/decide/policy-set.ts'
import type { Condition, Membership, RoleSpec } from '../../src/decide/policy-spec.ts'
import { rolesTowards } from '../../src/decide/roles.ts'
import type { Subject } from '../../src/model/access-request.ts'
import { request, specOf } from './samples.ts'

const failure = { kind: 'failure', message: 'as the condition says' } as const

function looked(membership: Membership, properties: Subject['properties']): object {
  const condition = Object.assign((): typeof failure => failure, { membership })
  const [matched, failed]: [number[], number[]] = [[], []]
  new MembershipIndex([condition]).evaluate(
    { type: 'user', id: 'ann', properties },
    matched,
    failed,
  )
  return { matched, failed }
}

describe('conditions that are looked up', () => {
  const team: Membership = { kind: 'equals', attribute: 'team', values: ['a'], isOfText: false }
  const groups: Membership = {
    kind: 'contains',
    attribute: 'groups',
    values: ['a'],
    isOfText: true,
  }

  it('are open, and not false, where the attribute is missing or something else', () => {
    expect(looked(team, { team: 'a' })).toEqual({ matched: [0], failed: [] })
    expect(looked(team, { team: 'b' })).toEqual({ matched: [], failed: [] })
    expect(looked(team, {})).toEqual({ matched: [], failed: [0] })
    expect(looked(team, { team: ['a'] })).toEqual({ matched: [], failed: [0] })
    expect(looked(groups, {})).toEqual({ matched: [], failed: [0] })
  })

  it('are open where a list of texts holds anything else beside what they ask for', () => {
    expect(looked(groups, { groups: ['a', 'b'] })).toEqual({ matched: [0], failed: [] })
    expect(looked(groups, { groups: ['a', 1] })).toEqual({ matched: [], failed: [0] })
    expect(looked({ ...groups, isOfText: false }, { groups: ['a', 1] })).toEqual({
      matched: [0],
      failed: [],
    })
  })
})

describe('why a role could not be determined', () => {
  const fails =
    (message: string): Condition<Subject> =>
    () => ({ kind: 'failure', message })

  function told(within: readonly (readonly [scope: string, message: string | null])[]): string {
    const assignedWithin = within.map(([scope, message]) => ({
      scope,
      condition: message === null ? () => false : fails(message),
    }))
    const clerk: RoleSpec = { name: 'clerk', inherits: [], condition: null, assignedWithin }
    const { roles } = buildPolicySet({
      ...specOf([], [clerk]),
      scopes: ['acme', 'acme.hr', 'globex'].map((name) => ({ name, isOpen: false })),
    })
    const asked = request({ resource: { type: 'doc', id: '1', properties: { scope: 'acme.hr' } } })
    expect(roles.heldTowards(asked).failedIds).toEqual([0])
    return roles.failureOf(asked, 0)
  }

  it('is what failed in the scope or above it, and nothing that failed elsewhere', () => {
    expect(
      told([
        ['globex', 'far'],
        ['acme.hr', 'near'],
      ]),
    ).toBe('role "clerk": near')
    expect(
      told([
        ['acme', null],
        ['globex', 'far'],
        ['acme.hr', 'near'],
      ]),
    ).toBe('role "clerk": near')
    expect(
      told([
        ['globex', 'far'],
        ['acme', 'above'],
        ['acme.hr', 'near'],
      ]),
    ).toBe('role "clerk": above')
  })
})

describe('roles that exclude each other anywhere and others that do within a scope', () => {
  it('are both looked at', () => {
    const roles = ['a', 'b', 'c', 'd', 'e'].map((name) => ({
      name,
      inherits: [],
      condition: () => true,
    }))
    const set = buildPolicySet({
      ...specOf([], roles),
      separated: [['a', 'b']],
      separatedWithinScope: [['c', 'd']],
    })
    expect(rolesTowards(set, request())).toEqual(['e'])
  })
})
