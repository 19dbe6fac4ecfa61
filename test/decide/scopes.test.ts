import { describe, expect, it } from 'vitest'
import { decide } from '../../src/decide/decide.ts'
import { buildPolicySet, type PolicySet } from '../../src/decide/policy-set.ts'
import type { PolicySpec, ResourceSpec } from '../../src/decide/policy-spec.ts'
import { ScopeTable } from '../../src/decide/scope-table.ts'
import type { Decision } from '../../src/model/decision.ts'
import { request, rule } from './samples.ts'

const acl = { resources: ['*'], subjects: ['alice'], groups: [], expiresMs: null }

function setOf(...resources: readonly Partial<ResourceSpec>[]): PolicySet {
  const spec: PolicySpec = {
    digest: '',
    roles: [],
    scopes: [
      { name: 'acme.hr', isOpen: false },
      { name: 'acme', isOpen: false },
      { name: 'acme.hr.pay', isOpen: false },
      { name: 'shops', isOpen: true },
      { name: 'shops.a', isOpen: false },
    ],
    resources: resources.map((each) => ({ type: 'doc', actions: ['read'], rules: [], ...each })),
  }
  return buildPolicySet(spec)
}

function ask(set: PolicySet, scope?: unknown, version?: unknown): Decision {
  const properties = scope === undefined ? {} : { scope }
  const context = version === undefined ? {} : { policy_version: version }
  return decide(set, request({ resource: { type: 'doc', id: '1', properties }, context }))
}

describe('the scope of a resource', () => {
  const set = setOf({
    rules: [rule('doc/open', 'permit')],
    scoped: [
      { scope: 'acme', rules: [rule('doc/acme/no', 'deny')] },
      { scope: 'shops', rules: [rule('doc/shops/no', 'deny')] },
    ],
  })

  it('counts with those above it, and no other does', () => {
    expect(ask(set).rules).toEqual(['doc/open'])
    expect(ask(set, '').rules).toEqual(['doc/open'])
    expect(ask(set, 'acme').rules).toEqual(['doc/acme/no'])
    expect(ask(set, 'acme.hr.pay').rules).toEqual(['doc/acme/no'])
  })

  it('is not taken for a wider one when nobody declares it', () => {
    const spellings = [
      'acme.x',
      'acme.hr.x',
      'ACME',
      'acme.',
      '.acme',
      'acme..hr',
      ' acme',
      'acme ',
    ]
    const others = ['x', '.', '__proto__', 'constructor', 'a'.repeat(100_000), 'acme\u0000', 'acmé']
    for (const scope of [...spellings, ...others, null, 5, true, [], ['acme'], {}]) {
      expect([scope, ask(set, scope).reason]).toEqual([scope, 'unknown_scope'])
    }
  })

  it('is taken for an open one above it, spelt as scopes are', () => {
    expect(ask(set, 'shops.b').rules).toEqual(['doc/shops/no'])
    expect(ask(set, 'shops.b.c').rules).toEqual(['doc/shops/no'])
    for (const scope of [
      'shops.a.b',
      'shops.B',
      'shops.',
      'shops..b',
      `shops.${'b.'.repeat(8)}c`,
    ]) {
      expect([scope, ask(set, scope).reason]).toEqual([scope, 'unknown_scope'])
    }
  })

  it('is not read from what is inherited', () => {
    const properties = Object.create({ scope: 'acme' }) as Record<string, unknown>
    const context = Object.create({ policy_version: 'v9' }) as Record<string, unknown>
    const asked = request({ resource: { type: 'doc', id: '1', properties }, context })
    expect(decide(set, asked).rules).toEqual(['doc/open'])
  })

  it('is an attribute like others where no scope is declared', () => {
    const spec = { type: 'doc', actions: ['read'], rules: [rule('doc/open', 'permit')] }
    const plain = buildPolicySet({ digest: '', roles: [], resources: [spec] })
    expect(ask(plain, 'anything').effect).toBe('permit')
  })

  it('is unknown before it is asked which actions there are', () => {
    expect(decide(set, request({ resource: { type: 'x', id: '', properties: {} } })).reason).toBe(
      'unknown_resource_type',
    )
    const action = { name: 'fly', properties: {} }
    const resource = { type: 'doc', id: '', properties: { scope: 'acme' } }
    expect(decide(set, request({ action, resource })).reason).toBe('unknown_action')
  })
})

describe('rules of several scopes', () => {
  it('are asked from the deepest up, whatever their order in the set', () => {
    const set = setOf({
      combining: 'first-applicable',
      rules: [rule('doc/root', 'permit')],
      scoped: [
        { scope: 'acme', rules: [rule('doc/acme/a', 'deny')] },
        { scope: 'acme.hr', rules: [rule('doc/acme.hr/a', 'permit', { says: false })] },
        { scope: 'acme.hr.pay', rules: [rule('doc/acme.hr.pay/a', 'permit')] },
      ],
    })
    expect(ask(set, 'acme.hr.pay').rules).toEqual(['doc/acme.hr.pay/a'])
    expect(ask(set, 'acme.hr').rules).toEqual(['doc/acme/a'])
    expect(ask(set).rules).toEqual(['doc/root'])
    expect(set.rules.map(({ id }) => id)).toEqual([
      'doc/acme.hr.pay/a',
      'doc/acme.hr/a',
      'doc/acme/a',
      'doc/root',
    ])
  })

  it('never permit below what is denied above, unless the root lets permits prevail', () => {
    const rules = [rule('doc/no', 'deny')]
    const scoped = [{ scope: 'acme', rules: [rule('doc/acme/yes', 'permit')] }]
    expect(ask(setOf({ rules, scoped }), 'acme').rules).toEqual(['doc/no'])
    const reversed = setOf({ combining: 'permit-overrides', rules, scoped })
    expect(ask(reversed, 'acme').rules).toEqual(['doc/acme/yes'])
  })

  it('come before entries of lists, those of a deeper scope before those above', () => {
    const set = setOf({
      combining: 'first-applicable',
      rules: [
        rule('doc/no', 'deny', { says: false }),
        rule('doc/list', 'permit', { acl, roles: [] }),
      ],
      scoped: [{ scope: 'acme', rules: [rule('doc/acme/list', 'permit', { acl, roles: [] })] }],
    })
    expect(ask(set, 'acme').rules).toEqual(['doc/acme/list'])
    expect(ask(set).rules).toEqual(['doc/list'])
  })

  it('count their failures each for itself', () => {
    const set = setOf({
      rules: [rule('doc/a', 'permit', { says: 'failure' })],
      scoped: [{ scope: 'acme', rules: [rule('doc/acme/a', 'permit', { says: 'failure' })] }],
    })
    expect(ask(set, 'acme').errors.map((each) => each.rule)).toEqual(['doc/acme/a', 'doc/a'])
    ask(set)
    expect([...set.failureCounts]).toEqual([
      ['doc/acme/a', 1],
      ['doc/a', 2],
    ])
    expect(set.rules.map(({ id }) => id)).toEqual(['doc/acme/a', 'doc/a'])
  })
})

describe('the version of a policy', () => {
  const set = setOf(
    { rules: [rule('doc/a', 'permit')] },
    { version: 'v2', actions: ['read', 'lend'], rules: [rule('doc@v2/a', 'deny')] },
    { type: 'memo', version: 'v1', rules: [rule('memo@v1/a', 'permit')] },
    { type: 'note', rules: [rule('note/a', 'permit')] },
  )

  it('is the one that the context names, else the default', () => {
    expect(ask(set).rules).toEqual(['doc/a'])
    expect(ask(set, undefined, 'default').rules).toEqual(['doc/a'])
    expect(ask(set, undefined, 'v2').rules).toEqual(['doc@v2/a'])
  })

  it('is never another than the one asked for', () => {
    for (const version of ['v3', 'V2', 'v2 ', '', 'DEFAULT', '__proto__', null, 2, ['v2'], {}]) {
      expect([version, ask(set, undefined, version).reason]).toEqual([
        version,
        'unknown_policy_version',
      ])
    }
  })

  it('is unknown to a type that has none of it, or no default', () => {
    const asked = (type: string, context: object): string =>
      decide(set, {
        ...request(),
        resource: { type, id: '', properties: {} },
        context: { ...context },
      }).reason
    expect(asked('note', { policy_version: 'v2' })).toBe('unknown_policy_version')
    expect(asked('note', { policy_version: 'default' })).toBe('permitted_by_rule')
    expect(asked('memo', {})).toBe('unknown_policy_version')
    expect(asked('memo', { policy_version: 'v1' })).toBe('permitted_by_rule')
  })

  it('is unknown in a set without versions too', () => {
    const spec = { type: 'doc', actions: ['read'], rules: [rule('doc/open', 'permit')] }
    const plain = buildPolicySet({ digest: '', roles: [], resources: [spec] })
    expect(ask(plain, undefined, 'v2').reason).toBe('unknown_policy_version')
    expect(ask(plain, undefined, 'default').effect).toBe('permit')
    expect(ask(plain, undefined, null).reason).toBe('unknown_policy_version')
  })

  it('has scopes of its own', () => {
    const scoped = [{ scope: 'acme', rules: [rule('doc@v2/acme/no', 'deny')] }]
    const both = setOf({ rules: [rule('doc/a', 'permit')] }, { version: 'v2', scoped })
    expect(ask(both, 'acme').rules).toEqual(['doc/a'])
    expect(ask(both, 'acme', 'v2').rules).toEqual(['doc@v2/acme/no'])
  })
})

describe('the name of a scope', () => {
  const part = 'a'.repeat(63)
  const ofParts = (count: number): readonly string[] =>
    Array.from({ length: count }, (_, at) =>
      Array(at + 1)
        .fill(part)
        .join('.'),
    )
  const declare = (names: readonly string[]): ScopeTable =>
    new ScopeTable(names.map((name) => ({ name, isOpen: true })))

  it('has at most eight parts of 63 characters', () => {
    const names = ofParts(8)
    expect(declare(names).names).toEqual(names)
    expect(() => declare(ofParts(9))).toThrow('cannot be declared')
    expect(() => declare([`${part}a`])).toThrow('cannot be declared')
  })

  it('is as long where nobody declares it', () => {
    const [first = ''] = ofParts(1)
    const open = declare([first])
    expect(open.find(ofParts(8).at(-1))?.name).toBe(first)
    expect(open.find(ofParts(9).at(-1))).toBeUndefined()
    expect(open.find(`${first}.${part}a`)).toBeUndefined()
  })
})

describe('a set', () => {
  it('refuses what the compiler must not hand over', () => {
    const twice = [
      { scope: 'acme', rules: [] },
      { scope: 'acme', rules: [] },
    ]
    expect(() => setOf({}, {})).toThrow('Resource "doc" is declared twice')
    expect(() => setOf({ version: 'v2' }, { version: 'v2' })).toThrow('"doc@v2" is declared twice')
    expect(() => setOf({ scoped: twice })).toThrow('Resource "doc/acme" is declared twice')
    expect(() => setOf({ scoped: [{ scope: 'nobody', rules: [] }] })).toThrow('is not declared')
    const scope = (name: string) => ({ name, isOpen: false })
    expect(() => new ScopeTable([scope('a.b')])).toThrow('Scope "a.b" has no parent')
    expect(() => new ScopeTable([scope('A')])).toThrow('Scope "A" cannot be declared')
    expect(() => new ScopeTable([scope('a'), scope('a')])).toThrow('Scope "a" cannot be declared')
  })
})
