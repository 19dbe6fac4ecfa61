import { describe, expect, it } from 'vitest'
import { noAttributes } from '../../src/model/attributes.ts'
import { decide } from '../../src/decide/decide.ts'
import { buildPolicySet } from '../../src/decide/policy-set.ts'
import { TraceRecorder } from '../../src/decide/trace.ts'
import { type Says, request, role, rule, specOf } from './samples.ts'

describe('combining one deny rule with one permit rule', () => {
  type Row = readonly [deny: Says | 'none', permit: Says | 'none', effect: string, reason: string]
  const denied = 'denied_by_rule'
  const failed = 'deny_rule_failed'
  const nothing = 'no_applicable_rule'
  const permitted = 'permitted_by_rule'
  const table: readonly Row[] = [
    ['none', 'none', 'deny', nothing],
    ['none', null, 'permit', permitted],
    ['none', true, 'permit', permitted],
    ['none', false, 'deny', nothing],
    ['none', 'failure', 'deny', nothing],
    [null, 'none', 'deny', denied],
    [null, null, 'deny', denied],
    [null, true, 'deny', denied],
    [null, false, 'deny', denied],
    [null, 'failure', 'deny', denied],
    [true, 'none', 'deny', denied],
    [true, null, 'deny', denied],
    [true, true, 'deny', denied],
    [true, false, 'deny', denied],
    [true, 'failure', 'deny', denied],
    [false, 'none', 'deny', nothing],
    [false, null, 'permit', permitted],
    [false, true, 'permit', permitted],
    [false, false, 'deny', nothing],
    [false, 'failure', 'deny', nothing],
    ['failure', 'none', 'deny', failed],
    ['failure', null, 'deny', failed],
    ['failure', true, 'deny', failed],
    ['failure', false, 'deny', failed],
    ['failure', 'failure', 'deny', failed],
  ]

  it.each(table)('deny rule %s, permit rule %s: %s, %s', (deny, permit, effect, reason) => {
    const rules = [
      ...(permit === 'none' ? [] : [rule('p/permit', 'permit', { says: permit })]),
      ...(deny === 'none' ? [] : [rule('p/deny', 'deny', { says: deny })]),
    ]
    const decision = decide(buildPolicySet(specOf(rules)), request())
    expect([decision.effect, decision.reason]).toEqual([effect, reason])
    expect(decision.policyDigest).toBe('sha256:test')
    expect(decision.obligations).toEqual([])
  })
})

describe('which rule decides', () => {
  it('names the first permit rule in file order that matches', () => {
    const set = buildPolicySet(
      specOf([
        rule('p/a', 'permit', { says: false }),
        rule('p/b', 'permit', { says: true }),
        rule('p/c', 'permit', { says: true }),
      ]),
    )
    expect(decide(set, request()).rules).toEqual(['p/b'])
  })

  it('names the first deny rule in file order, failed or matched', () => {
    const set = buildPolicySet(
      specOf([rule('p/a', 'deny', { says: 'failure' }), rule('p/b', 'deny', { says: true })]),
    )
    expect(decide(set, request())).toMatchObject({
      reason: 'deny_rule_failed',
      rules: ['p/a'],
      errors: [{ rule: 'p/a', message: 'No attribute "x"' }],
    })
  })

  it('does not evaluate a permit rule once a deny rule has matched', () => {
    let asked = 0
    const counted = {
      ...rule('p/b', 'permit'),
      condition: () => {
        asked += 1
        return true
      },
    }
    decide(buildPolicySet(specOf([counted, rule('p/a', 'deny')])), request())
    expect(asked).toBe(0)
  })

  it('tells the permit rules that failed before the one that permits', () => {
    const set = buildPolicySet(
      specOf([
        rule('p/a', 'permit', { says: 'failure' }),
        rule('p/b', 'permit', { says: true }),
        rule('p/c', 'permit', { says: 'failure' }),
      ]),
    )
    expect(decide(set, request())).toMatchObject({
      effect: 'permit',
      reason: 'permitted_by_rule',
      rules: ['p/b'],
      errors: [{ rule: 'p/a', message: 'No attribute "x"' }],
    })
  })

  it('ignores rules for other actions and other resource types', () => {
    const set = buildPolicySet({
      digest: 'd',
      roles: [],
      resources: [
        {
          type: 'doc',
          actions: ['read', 'write'],
          rules: [rule('a/w', 'deny', { actions: ['write'] })],
        },
        { type: 'bin', actions: ['read'], rules: [rule('b/r', 'permit')] },
      ],
    })
    expect(decide(set, request()).reason).toBe('no_applicable_rule')
    const write = request({ action: { name: 'write', properties: noAttributes } })
    expect(decide(set, write).rules).toEqual(['a/w'])
  })
})

describe('unknown names', () => {
  const set = buildPolicySet(specOf([rule('p/a', 'permit')]))
  const hostile = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', '', 'READ', 'read ']

  it.each(hostile)('denies the action %j as unknown', (name) => {
    const decision = decide(set, request({ action: { name, properties: noAttributes } }))
    expect([decision.effect, decision.reason]).toEqual(['deny', 'unknown_action'])
  })

  it.each(hostile)('denies the resource type %j as unknown', (type) => {
    const decision = decide(set, request({ resource: { type, id: '1', properties: noAttributes } }))
    expect([decision.effect, decision.reason]).toEqual(['deny', 'unknown_resource_type'])
  })
})

describe('roles of a rule', () => {
  it('skips a rule whose roles the subject does not hold', () => {
    const rules = [rule('p/a', 'permit', { roles: ['staff'] })]
    const set = buildPolicySet(specOf(rules, [role('staff', false)]))
    expect(decide(set, request()).reason).toBe('no_applicable_rule')
  })

  it('asks for one of the roles, not for all', () => {
    const rules = [rule('p/a', 'permit', { roles: ['boss', 'staff'] })]
    const set = buildPolicySet(specOf(rules, [role('boss', false), role('staff', true)]))
    expect(decide(set, request()).effect).toBe('permit')
  })

  it('does not permit through a role that could not be determined', () => {
    const rules = [rule('p/a', 'permit', { roles: ['staff'] })]
    const decision = decide(buildPolicySet(specOf(rules, [role('staff', 'failure')])), request())
    expect(decision).toMatchObject({
      effect: 'deny',
      reason: 'no_applicable_rule',
      errors: [{ rule: 'p/a', message: 'role "staff": No attribute "x"' }],
    })
  })

  it('does not skip a deny rule for a role that could not be determined', () => {
    const rules = [rule('p/ok', 'permit'), rule('p/no', 'deny', { roles: ['contractor'] })]
    const set = buildPolicySet(specOf(rules, [role('contractor', 'failure')]))
    expect(decide(set, request())).toMatchObject({
      effect: 'deny',
      reason: 'deny_rule_failed',
      rules: ['p/no'],
    })
  })

  it('tells which of several roles could not be determined, and what that role rests on', () => {
    const roles = [role('a', false), role('b', null), role('c', 'failure', ['b']), role('d', false)]
    const rules = [rule('p/no', 'deny', { roles: ['d', 'a', 'b'] })]
    const decision = decide(buildPolicySet(specOf(rules, roles)), request())
    expect(decision.errors).toEqual([{ rule: 'p/no', message: 'role "c": No attribute "x"' }])
  })

  it('skips a deny rule whose condition is false although its role failed', () => {
    const rules = [
      rule('p/ok', 'permit'),
      rule('p/no', 'deny', { roles: ['contractor'], says: false }),
    ]
    const set = buildPolicySet(specOf(rules, [role('contractor', 'failure')]))
    expect(decide(set, request())).toMatchObject({ effect: 'permit', errors: [] })
  })

  it('finds the first matching rule in file order among thousands of roles', () => {
    const roles = Array.from({ length: 2_000 }, (_, at) => role(`r${at}`, at % 500 === 7))
    const rules = roles.map(({ name }, at) =>
      rule(`p/${at}`, 'permit', { roles: [`r${roles.length - 1 - at}`, name] }),
    )
    const decision = decide(buildPolicySet(specOf(rules, roles)), request())
    expect(decision.rules).toEqual(['p/7'])
  })
})

describe('a decision as a value', () => {
  it('is the same frozen object for every request that the same rule decides', () => {
    const set = buildPolicySet(specOf([rule('p/a', 'permit')]))
    const decision = decide(set, request())
    expect(decide(set, request())).toBe(decision)
    expect(Object.isFrozen(decision)).toBe(true)
    expect(Object.isFrozen(decision.rules) && Object.isFrozen(decision.errors)).toBe(true)
  })

  it('is frozen with its errors when it tells of a failure', () => {
    const set = buildPolicySet(specOf([rule('p/a', 'deny', { says: 'failure' })]))
    const decision = decide(set, request())
    expect(Object.isFrozen(decision) && Object.isFrozen(decision.errors)).toBe(true)
    expect(decide(set, request())).toEqual(decision)
  })

  it('counts each failure it tells, by rule', () => {
    const rules = [
      rule('p/a', 'permit', { says: 'failure' }),
      rule('p/b', 'permit', { says: true }),
      rule('p/c', 'permit', { says: 'failure' }),
    ]
    const set = buildPolicySet(specOf(rules))
    decide(set, request())
    decide(set, request())
    expect([...set.failureCounts]).toEqual([['p/a', 2]])
    expect(set.rules.map(({ id }) => id)).toEqual(['p/a', 'p/b', 'p/c'])
  })
})

describe('tracing', () => {
  it('records every candidate rule, deny rules first, and answers the same', () => {
    const roles = [role('boss', false)]
    const rules = [
      rule('p/ok', 'permit', { says: true }),
      rule('p/boss', 'permit', { roles: ['boss'] }),
      rule('p/broken', 'permit', { says: 'failure' }),
      rule('p/no', 'deny', { says: false }),
    ]
    const set = buildPolicySet(specOf(rules, roles))
    const trace = new TraceRecorder()
    expect(decide(set, request(), trace)).toEqual(decide(set, request()))
    expect(trace.steps.map(({ rule: id, result }) => [id, result])).toEqual([
      ['p/no', 'condition_false'],
      ['p/ok', 'matched'],
      ['p/boss', 'role_missing'],
      ['p/broken', 'failed'],
    ])
    expect(trace.steps.at(-1)).toEqual({
      rule: 'p/broken',
      location: 'p/broken.yaml:1:1',
      effect: 'permit',
      result: 'failed',
      message: 'No attribute "x"',
    })
  })
})

describe('several resources', () => {
  it('answer each by rules of its own', () => {
    const types = ['one', 'two', 'three']
    const resources = types.map((type, at) => ({
      type,
      actions: ['read'],
      rules: Array.from({ length: at + 1 }, (_, n) =>
        rule(`${type}/${n}`, 'permit', { says: n === at }),
      ),
    }))
    const set = buildPolicySet({ digest: '', roles: [], resources })
    const ask = (type: string): readonly string[] =>
      decide(set, request({ resource: { type, id: '1', properties: {} } })).rules
    expect(types.map(ask)).toEqual([['one/0'], ['two/1'], ['three/2']])
    expect(types.toReversed().map(ask)).toEqual([['three/2'], ['two/1'], ['one/0']])
  })
})

describe('several derived roles of a deny rule', () => {
  const fails = { kind: 'failure', message: 'No attribute "x"' } as const

  it.each([
    [[false, fails], 'deny_rule_failed'],
    [[fails, false], 'deny_rule_failed'],
    [[fails, true], 'denied_by_rule'],
    [[false, false], 'no_applicable_rule'],
  ] as const)('that say %j: %s', (says, reason) => {
    const derivedRoles = says.map((result, at) => ({
      name: `derived-${at}`,
      roles: null,
      condition: () => result,
    }))
    const rules = [rule('doc/no', 'deny', { roles: [], derivedRoles })]
    expect(decide(buildPolicySet(specOf(rules)), request()).reason).toBe(reason)
  })
})
