import { describe, expect, it } from 'vitest'
import { noAttributes } from '../../src/model/attributes.ts'
import { buildPolicySet } from '../../src/decide/policy-set.ts'
import type { PolicySpec, RoleSpec } from '../../src/decide/policy-spec.ts'
import { rolesOf } from '../../src/decide/roles.ts'
import { alice, role, specOf } from './samples.ts'

describe('roles', () => {
  it('brings inherited roles along, in declared order', () => {
    const roles = [
      role('employee', false),
      role('manager', null, ['employee']),
      role('director', true, ['manager']),
      role('guest', false),
    ]
    const set = buildPolicySet(specOf([], roles))
    expect(rolesOf(set, alice)).toEqual(['employee', 'manager', 'director'])
    expect(set.roleNames).toEqual(['employee', 'manager', 'director', 'guest'])
  })

  it('ends on a hierarchy that turns back on itself', () => {
    const roles = [role('a', null, ['b']), role('b', true, ['a'])]
    expect(rolesOf(buildPolicySet(specOf([], roles)), alice)).toEqual(['a', 'b'])
  })

  it('leaves out a role whose condition fails, and counts the failure', () => {
    const set = buildPolicySet(specOf([], [role('a', 'failure'), role('b', true)]))
    expect(rolesOf(set, alice)).toEqual(['b'])
    rolesOf(set, Object.freeze({ ...alice, id: 'bob' }))
    expect([...set.roles.failureCounts]).toEqual([2, 0])
  })

  it('holds a role that another grants although its own condition fails', () => {
    const roles = [role('a', 'failure'), role('b', true, ['a'])]
    const set = buildPolicySet(specOf([], roles))
    expect(rolesOf(set, alice)).toEqual(['a', 'b'])
    expect(set.roles.heldBy(alice).failedIds).toEqual([])
  })

  it('evaluates once per subject object, however often it is asked', () => {
    let asked = 0
    const counted: RoleSpec = {
      name: 'staff',
      inherits: [],
      condition: () => {
        asked += 1
        return true
      },
    }
    const set = buildPolicySet(specOf([], [counted]))
    expect(rolesOf(set, alice)).toBe(rolesOf(set, alice))
    expect(asked).toBe(1)
    rolesOf(set, Object.freeze({ ...alice, properties: noAttributes }))
    expect(asked).toBe(2)
  })

  it('evaluates a subject that can still change each time', () => {
    const staff: RoleSpec = { name: 'staff', inherits: [], condition: ({ id }) => id === 'alice' }
    const set = buildPolicySet(specOf([], [staff]))
    const subject = { type: 'user', id: 'alice', properties: noAttributes }
    expect(rolesOf(set, subject)).toEqual(['staff'])
    subject.id = 'bob'
    expect(rolesOf(set, subject)).toEqual([])
  })

  it('tells apart as many combinations of roles as there are', () => {
    const names = Array.from({ length: 14 }, (_, at) => `r${at}`)
    const roles = names.map((name, at): RoleSpec => ({
      name,
      inherits: [],
      condition: ({ id }) => (Number(id) & (1 << at)) !== 0,
    }))
    const set = buildPolicySet(specOf([], roles))
    for (let combination = 0; combination < 1 << 14; combination += 1) {
      const subject = { type: 'user', id: String(combination), properties: noAttributes }
      const wanted = names.filter((_, at) => (combination & (1 << at)) !== 0)
      expect(rolesOf(set, subject).join()).toBe(wanted.join())
    }
  })

  it('tells apart combinations whose hashes are the same', () => {
    const roles = Array.from({ length: 15_812 }, (_, at): RoleSpec => {
      const isHeld = (id: string): boolean => (id === 'two' ? at < 2 : at === 15_811)
      return { name: `r${at}`, inherits: [], condition: ({ id }) => isHeld(id) }
    })
    const set = buildPolicySet(specOf([], roles))
    expect(rolesOf(set, { ...alice, id: 'two' })).toEqual(['r0', 'r1'])
    expect(rolesOf(set, { ...alice, id: 'one' })).toEqual(['r15811'])
    expect(rolesOf(set, { ...alice, id: 'two' })).toBe(rolesOf(set, { ...alice, id: 'two' }))
  })

  it('gives one list of names to every subject that holds the same roles', () => {
    const set = buildPolicySet(specOf([], [role('a', true), role('b', false), role('c', true)]))
    expect(rolesOf(set, { ...alice, id: 'bob' })).toBe(rolesOf(set, alice))
  })

  it('refuses to be built from names nobody declared', () => {
    const unknown = specOf([], [role('a', true, ['b'])])
    expect(() => buildPolicySet(unknown)).toThrow('Role "b" is not declared')
    const twice = specOf([], [role('a', true), role('a', true)])
    expect(() => buildPolicySet(twice)).toThrow('Role "a" is declared twice')
  })

  it('does not count either of two that are separated, for everybody or within a scope', () => {
    const roles = ['a', 'b', 'c', 'd'].map((name) => role(name, true))
    const { resources } = specOf([])
    const held = (parts: Partial<PolicySpec>): readonly string[] =>
      rolesOf(buildPolicySet({ digest: '', roles, resources, ...parts }), alice)
    expect(held({})).toEqual(['a', 'b', 'c', 'd'])
    expect(held({ separated: [['a', 'b']] })).toEqual(['c', 'd'])
    expect(held({ separatedWithinScope: [['c', 'd']] })).toEqual(['a', 'b'])
    expect(held({ separated: [['a', 'b']], separatedWithinScope: [['c', 'd']] })).toEqual([])
    expect(
      held({
        separated: [
          ['a', 'b'],
          ['b', 'c'],
        ],
      }),
    ).toEqual(['d'])
  })
})
