import { describe, expect, it } from 'vitest'
import { decide } from '../../src/decide/decide.ts'
import { maxScanned } from '../../src/decide/place-cells.ts'
import { buildPolicySet } from '../../src/decide/policy-set.ts'
import type { Condition, RoleSpec } from '../../src/decide/policy-spec.ts'
import type { AccessRequest } from '../../src/model/access-request.ts'
import { type Attributes, noAttributes } from '../../src/model/attributes.ts'
import { request, rule, specOf } from './samples.ts'

/** So many that the candidates are not looked through one by one. */
const idle = Array.from({ length: maxScanned }, (_, at) =>
  rule(`doc/idle-${at}`, 'permit', { says: false }),
)

describe('plans', () => {
  it('are bounded by weight when a caller makes up combinations of roles', () => {
    const bits = 12
    const roles = Array.from({ length: bits }, (_, bit): RoleSpec => ({
      name: `role-${bit}`,
      inherits: [],
      condition: ({ id }) => ((Number(id) >> bit) & 1) === 1,
    }))
    const rules = roles.flatMap(({ name }) =>
      Array.from({ length: 60 }, (_, at) =>
        rule(`doc/${name}-${at}`, 'permit', { roles: [name], says: at === 59 }),
      ),
    )
    const set = buildPolicySet(specOf(rules, roles))
    let heaviest = 0
    for (let id = 0; id < 2 ** bits; id += 1) {
      const subject = { type: 'user', id: String(id), properties: noAttributes }
      expect(decide(set, request({ subject })).effect).toBe(id === 0 ? 'deny' : 'permit')
      heaviest = Math.max(heaviest, set.keptPlanWeight)
    }
    expect(heaviest).toBeGreaterThan(900_000)
    expect(heaviest).toBeLessThan(1_002_000)
    expect(set.keptPlanWeight).toBeLessThan(900_000)
  })

  it('are kept for all combinations of roles that ask in turns', () => {
    const rules = [
      rule('doc/a', 'permit', { roles: ['a'] }),
      rule('doc/b', 'deny', { roles: ['b'] }),
      ...idle,
    ]
    const roles = ['a', 'b'].map((name): RoleSpec => ({
      name,
      inherits: [],
      condition: ({ id }) => id.includes(name),
    }))
    const set = buildPolicySet(specOf(rules, roles))
    const ask = (id: string): string => {
      const subject = { type: 'user', id, properties: noAttributes }
      return decide(set, request({ subject })).effect
    }
    expect(['a', 'b', 'ab', ''].map(ask)).toEqual(['permit', 'deny', 'deny', 'deny'])
    const weight = set.keptPlanWeight
    expect(weight).toBeGreaterThan(0)
    expect(['a', 'ab', '', 'b', 'a'].map(ask)).toEqual(['permit', 'deny', 'deny', 'deny', 'permit'])
    expect(set.keptPlanWeight).toBe(weight)
  })

  it.each([
    ['few', []],
    ['many', idle],
  ])(
    'are not mixed up among %s rules when reading an attribute decides something else',
    (_, others) => {
      const asked = (id: string, properties: Attributes): AccessRequest =>
        request({
          subject: { type: 'user', id, properties: noAttributes },
          resource: { type: 'doc', id: '1', properties },
        })
      const isOpen: Condition<AccessRequest> = ({ resource }) =>
        resource.properties['open'] === true
      const roles = ['guest', 'owner'].map((name): RoleSpec => ({
        name,
        inherits: [],
        condition: ({ id }) => id === name,
      }))
      const set = buildPolicySet(
        specOf(
          [
            { ...rule('doc/guests', 'deny', { roles: ['guest'] }), condition: isOpen },
            { ...rule('doc/owners', 'permit', { roles: ['owner'] }), condition: isOpen },
            ...others,
          ],
          roles,
        ),
      )
      const meddling = {
        get open() {
          expect(decide(set, asked('owner', { open: true })).effect).toBe('permit')
          return true
        },
      }
      expect(decide(set, asked('guest', meddling))).toMatchObject({
        effect: 'deny',
        rules: ['doc/guests'],
      })
    },
  )
})
