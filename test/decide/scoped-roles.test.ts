import { describe, expect, it } from 'vitest'
import { decide } from '../../src/decide/decide.ts'
import { buildPolicySet, type PolicySet } from '../../src/decide/policy-set.ts'
import type { Condition, PolicySpec } from '../../src/decide/policy-spec.ts'
import { rolesOf, rolesTowards } from '../../src/decide/roles.ts'
import type { AccessRequest, Subject } from '../../src/model/access-request.ts'
import { request, rule } from './samples.ts'

const is =
  (id: string): Condition<Subject> =>
  (subject) =>
    subject.id === id

function setOf(parts: Partial<PolicySpec> = {}): PolicySet {
  const scope = (name: string) => ({ name, isOpen: false })
  return buildPolicySet({
    digest: '',
    scopes: ['acme', 'acme.hr', 'acme.it', 'globex'].map(scope),
    roles: [
      { name: 'clerk', inherits: [], condition: is('everywhere') },
      {
        name: 'head',
        inherits: ['clerk'],
        condition: null,
        assignedWithin: [
          { scope: 'acme', condition: is('ann') },
          { scope: 'acme.hr', condition: is('bob') },
          { scope: 'globex', condition: is('odd') },
        ],
      },
      {
        name: 'auditor',
        inherits: [],
        condition: is('roaming'),
        assignedWithin: [
          { scope: 'globex', condition: is('ann') },
          { scope: 'acme.it', condition: is('bob') },
          {
            scope: 'acme.hr',
            condition: ({ id }) => (id === 'odd' ? { kind: 'failure', message: 'odd' } : false),
          },
        ],
      },
    ],
    resources: [
      {
        type: 'doc',
        actions: ['read'],
        rules: [
          rule('doc/heads', 'permit', { roles: ['head'] }),
          rule('doc/auditors', 'permit', { roles: ['auditor'] }),
        ],
      },
    ],
    ...parts,
  })
}

function asked(id: string, scope?: string): AccessRequest {
  const properties = scope === undefined ? {} : { scope }
  return request({
    subject: Object.freeze({ type: 'user', id, properties: {} }),
    resource: { type: 'doc', id: '1', properties },
  })
}

function held(set: PolicySet, id: string): Readonly<Record<string, readonly string[]>> {
  const scopes = ['acme', 'acme.hr', 'acme.it', 'globex'] as const
  return Object.fromEntries<readonly string[]>([
    ['', rolesOf(set, asked(id).subject)],
    ...scopes.map((scope) => [scope, rolesTowards(set, asked(id, scope))] as const),
  ])
}

describe('roles that are assigned within a scope', () => {
  it('are held there and below, with what they inherit, and nowhere else', () => {
    const set = setOf()
    expect(held(set, 'ann')).toEqual({
      '': [],
      acme: ['clerk', 'head'],
      'acme.hr': ['clerk', 'head'],
      'acme.it': ['clerk', 'head'],
      globex: ['auditor'],
    })
    expect(held(set, 'bob')).toEqual({
      '': [],
      acme: [],
      'acme.hr': ['clerk', 'head'],
      'acme.it': ['auditor'],
      globex: [],
    })
    expect(held(set, 'everywhere')).toMatchObject({ '': ['clerk'], globex: ['clerk'] })
  })

  it('are kept apart by scope for one frozen subject', () => {
    const set = setOf()
    const { subject } = asked('ann')
    const towards = (scope: string): string =>
      decide(set, { ...asked('', scope), subject }).rules.join()
    for (let turn = 0; turn < 3; turn += 1) {
      expect(towards('acme')).toBe('doc/heads')
      expect(towards('globex')).toBe('doc/auditors')
      expect(towards('')).toBe('')
    }
  })

  it('are worked out again for a subject that could still change', () => {
    const set = setOf()
    const subject = { type: 'user', id: 'ann', properties: {} }
    expect(decide(set, { ...asked('', 'acme'), subject }).effect).toBe('permit')
    subject.id = 'zed'
    expect(decide(set, { ...asked('', 'acme'), subject }).effect).toBe('deny')
  })

  it('are open where their condition fails, and there only', () => {
    const set = setOf()
    const errors = (scope: string) => decide(set, asked('odd', scope)).errors
    expect(errors('acme.hr')).toEqual([{ rule: 'doc/auditors', message: 'role "auditor": odd' }])
    expect(errors('acme')).toEqual([])
    expect(errors('globex')).toEqual([])
  })

  it('are kept for as many scopes as a subject is seen in', () => {
    const names = Array.from({ length: 200 }, (_, at) => `t${at}`)
    const set = setOf({
      scopes: names.map((name) => ({ name, isOpen: false })),
      roles: [
        {
          name: 'head',
          inherits: [],
          condition: null,
          assignedWithin: names.map((scope, at) => ({
            scope,
            condition: at % 2 === 0 ? is('ann') : is('bob'),
          })),
        },
        { name: 'auditor', inherits: [], condition: null },
      ],
    })
    const { subject } = asked('ann')
    for (let turn = 0; turn < 2; turn += 1) {
      for (const [at, name] of names.entries()) {
        const { effect } = decide(set, { ...asked('', name), subject })
        expect([name, effect]).toEqual([name, at % 2 === 0 ? 'permit' : 'deny'])
      }
    }
  })
})

describe('separation of duty across scopes', () => {
  it('lets neither role count when they are held in different scopes', () => {
    const set = setOf({ separated: [['head', 'auditor']] })
    expect(held(set, 'ann')).toEqual({
      '': [],
      acme: ['clerk'],
      'acme.hr': ['clerk'],
      'acme.it': ['clerk'],
      globex: [],
    })
    expect(held(set, 'bob')).toMatchObject({ 'acme.hr': ['clerk'], 'acme.it': [] })
    expect(decide(set, asked('ann', 'acme'))).toMatchObject({
      effect: 'deny',
      errors: [
        { rule: 'doc/heads', message: 'role "head" does not count together with "auditor"' },
      ],
    })
  })

  it('counts what a role brings along, and a role that is open, as held', () => {
    const set = setOf({ separated: [['clerk', 'auditor']] })
    expect(held(set, 'ann')).toMatchObject({ acme: [], globex: [] })
    const open = setOf({ separated: [['head', 'auditor']] })
    expect(held(open, 'odd')).toMatchObject({ globex: ['clerk'], 'acme.hr': [] })
  })

  it('says nothing about who holds one of them in several scopes', () => {
    const set = setOf({ separated: [['head', 'auditor']] })
    expect(held(set, 'everywhere')).toMatchObject({ acme: ['clerk'] })
    expect(held(set, 'roaming')).toMatchObject({ '': ['auditor'], acme: ['auditor'] })
  })

  it('within a scope looks at what counts for the resource alone', () => {
    const set = setOf({ separatedWithinScope: [['head', 'auditor']] })
    expect(held(set, 'ann')).toMatchObject({ acme: ['clerk', 'head'], globex: ['auditor'] })
    const both = setOf({
      separatedWithinScope: [['head', 'auditor']],
      roles: [
        { name: 'head', inherits: [], condition: is('ann') },
        {
          name: 'auditor',
          inherits: [],
          condition: null,
          assignedWithin: [{ scope: 'acme', condition: is('ann') }],
        },
      ],
    })
    expect(held(both, 'ann')).toEqual({
      '': ['head'],
      acme: [],
      'acme.hr': [],
      'acme.it': [],
      globex: ['head'],
    })
  })
})

describe('a role of which it is open whether it is held within a scope', () => {
  it('says why, and keeps silent about other scopes', () => {
    const fails: Condition<Subject> = () => ({ kind: 'failure', message: 'no team' })
    const set = setOf({
      roles: [
        {
          name: 'head',
          inherits: [],
          condition: null,
          assignedWithin: [
            { scope: 'acme', condition: fails },
            { scope: 'globex', condition: () => ({ kind: 'failure', message: 'elsewhere' }) },
          ],
        },
        { name: 'auditor', inherits: [], condition: null },
      ],
    })
    const message = 'role "head": no team'
    expect(decide(set, asked('ann', 'acme'))).toMatchObject({
      effect: 'deny',
      errors: [{ rule: 'doc/heads', message }],
    })
    expect(decide(set, asked('ann')).errors).toEqual([])
  })
})
