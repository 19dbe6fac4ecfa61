import { describe, expect, it } from 'vitest'
import { decide } from '../../src/decide/decide.ts'
import { maxScanned } from '../../src/decide/place-cells.ts'
import { buildPolicySet, type PolicySet } from '../../src/decide/policy-set.ts'
import type { Condition, RoleSpec } from '../../src/decide/policy-spec.ts'
import type { AccessRequest } from '../../src/model/access-request.ts'
import { noAttributes } from '../../src/model/attributes.ts'
import type { Decision } from '../../src/model/decision.ts'
import { request, role, rule, specOf } from './samples.ts'

/** Who is called `ac` holds `a` and `c`. */
const roles = ['a', 'b', 'c', 'd', 'e', 'f'].map((name): RoleSpec => ({
  name,
  inherits: [],
  condition: ({ id }) => id.includes(name),
}))

function ask(set: PolicySet, id: string): Decision {
  return decide(set, request({ subject: { type: 'user', id, properties: noAttributes } }))
}

describe('few candidates', () => {
  it('are asked in their order, whichever roles are held and however many', () => {
    const set = buildPolicySet(
      specOf(
        ['f', 'e', 'd', 'c', 'b', 'a'].map((name) =>
          rule(`doc/${name}`, 'permit', { roles: [name] }),
        ),
        roles,
      ),
    )
    for (let bits = 0; bits < 64; bits += 1) {
      const held = Array.from('abcdef').filter((_, bit) => ((bits >> bit) & 1) === 1)
      const last = held.at(-1)
      expect(ask(set, held.join('')).rules).toEqual(last === undefined ? [] : [`doc/${last}`])
    }
    expect(set.keptPlanWeight).toBe(0)
  })

  it('evaluate the condition of a rule once, however many of its roles are held', () => {
    let times = 0
    const condition: Condition<AccessRequest> = () => {
      times += 1
      return false
    }
    const rules = [
      { ...rule('doc/many', 'permit', { roles: ['a', 'b', 'c'] }), condition },
      rule('doc/d', 'permit', { roles: ['d'] }),
    ]
    const set = buildPolicySet(specOf(rules, roles))
    expect(ask(set, 'abcd').rules).toEqual(['doc/d'])
    expect(times).toBe(1)
  })

  it('tell of a condition that fails, also after it has once been true', () => {
    let isBroken = false
    const condition: Condition<AccessRequest> = () =>
      isBroken ? { kind: 'failure', message: 'No attribute "x"' } : true
    const rules = [
      rule('doc/first', 'permit', { roles: ['a', 'b', 'c'], says: false }),
      { ...rule('doc/second', 'permit', { roles: ['b', 'c'] }), condition },
      rule('doc/third', 'permit', { roles: ['c'] }),
    ]
    const set = buildPolicySet(specOf(rules, roles))
    expect(ask(set, 'c')).toMatchObject({ effect: 'permit', rules: ['doc/second'], errors: [] })
    isBroken = true
    expect(ask(set, 'c')).toMatchObject({
      effect: 'permit',
      rules: ['doc/third'],
      errors: [{ rule: 'doc/second', message: 'No attribute "x"' }],
    })
    expect(ask(set, 'b')).toMatchObject({ effect: 'deny', reason: 'no_applicable_rule' })
    isBroken = false
    expect(ask(set, 'c')).toMatchObject({ effect: 'permit', rules: ['doc/second'], errors: [] })
  })

  it('are denied for want of a role that could not be determined, and deny for it', () => {
    const open = role('open', 'failure')
    const permit = rule('doc/permit', 'permit', { roles: ['open'] })
    const deny = rule('doc/deny', 'deny', { roles: ['open'] })
    const reasonOf = (...rules: (typeof permit)[]): string =>
      decide(buildPolicySet(specOf(rules, [open])), request()).reason
    expect(reasonOf(permit)).toBe('no_applicable_rule')
    expect(reasonOf(deny, rule('doc/all', 'permit'))).toBe('deny_rule_failed')
  })

  it('are up to as many as are looked through, each counted once for each of its roles', () => {
    const named = (count: number): PolicySet => {
      const rules = Array.from({ length: count / 2 }, (_, at) =>
        rule(`doc/${at}`, 'permit', { roles: ['a', 'b'], says: at === count / 2 - 1 }),
      )
      return buildPolicySet(specOf(rules, roles))
    }
    for (const [count, isPlanned] of [
      [maxScanned, false],
      [maxScanned + 2, true],
    ] as const) {
      const set = named(count)
      expect(ask(set, 'b').rules).toEqual([`doc/${count / 2 - 1}`])
      expect(ask(set, 'a').effect).toBe('permit')
      expect(ask(set, 'c').effect).toBe('deny')
      expect(set.keptPlanWeight > 0).toBe(isPlanned)
    }
  })
})
