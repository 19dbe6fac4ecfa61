import { describe, expect, it } from 'vitest'
import { decide } from '../../src/decide/decide.ts'
import type { Decision } from '../../src/model/decision.ts'
import { compile, rolesFile } from '../policy/samples.ts'

const compiled = compile({
  'roles.yaml': rolesFile,
  'claim.yaml': `
  resource: claim
  actions: [view, pay]
  attributes: { owner: string, amount: double }
  derived_roles:
    owner: { roles: [employee], when: resource.owner == subject.id }
  rules:
    - id: own
      permit: [view]
      roles: [owner]
      when: resource.amount <= 5.0
    - id: anyone
      permit: [pay]
    - id: not-own
      deny: [pay]
      roles: [owner]
      when: resource.amount > 5.0
`,
})

function ask(action: string, properties: Readonly<Record<string, string | number>>): Decision {
  if (compiled.policies === null) throw new Error('The policies do not compile')
  return decide(compiled.policies, {
    subject: { type: 'user', id: 'ann', properties: { groups: ['staff'] } },
    action: { name: action, properties: {} },
    resource: { type: 'claim', id: '1', properties },
    context: {},
    timeMs: 0,
  })
}

describe('a rule for a derived role and under a condition', () => {
  it('permits when both hold, and not when one does not', () => {
    expect(ask('view', { owner: 'ann', amount: 5 })).toMatchObject({ effect: 'permit', errors: [] })
    expect(ask('view', { owner: 'ann', amount: 6 })).toMatchObject({ effect: 'deny', errors: [] })
    expect(ask('view', { owner: 'bob', amount: 5 })).toMatchObject({ effect: 'deny', errors: [] })
  })

  it('permits nothing when the role cannot be determined and the condition holds', () => {
    expect(ask('view', { amount: 5 })).toMatchObject({
      effect: 'deny',
      errors: [{ rule: 'claim/own' }],
    })
  })

  it('permits nothing when the role is held and the condition cannot be determined', () => {
    expect(ask('view', { owner: 'ann' })).toMatchObject({
      effect: 'deny',
      errors: [{ rule: 'claim/own' }],
    })
  })

  it('has no error where the other half settles that it does not apply', () => {
    expect(ask('view', { amount: 6 })).toMatchObject({ effect: 'deny', errors: [] })
    expect(ask('view', { owner: 'bob' })).toMatchObject({ effect: 'deny', errors: [] })
  })

  it('denies when either half cannot be determined and the other holds', () => {
    expect(ask('pay', { amount: 6 })).toMatchObject({
      effect: 'deny',
      errors: [{ rule: 'claim/not-own' }],
    })
    expect(ask('pay', { owner: 'ann' })).toMatchObject({
      effect: 'deny',
      errors: [{ rule: 'claim/not-own' }],
    })
    expect(ask('pay', { owner: 'bob' })).toMatchObject({ effect: 'permit', errors: [] })
    expect(ask('pay', { amount: 5 })).toMatchObject({ effect: 'permit', errors: [] })
  })
})
