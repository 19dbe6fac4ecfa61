import { describe, expect, it } from 'vitest'
import { explain } from '../../src/authoring/explain.ts'
import { renderExplanation } from '../../src/authoring/render-explanation.ts'
import type { PolicySet } from '../../src/decide/policy-set.ts'
import type { AccessRequest } from '../../src/model/access-request.ts'
import { compile, rolesFile } from '../policy/samples.ts'

const set = ((): PolicySet => {
  const { policies } = compile({
    'roles.yaml': rolesFile,
    'expense.yaml': `
      resource: expense
      actions: [view, approve]
      attributes: { owner: string, amount: double }
      rules:
        - id: approve
          permit: [approve]
          roles: [manager]
          when: resource.amount <= 100.0
        - id: anyone
          permit: [view]
        - id: never-your-own
          deny: [approve]
          when: resource.owner == subject.id
    `,
  })
  if (policies === null) throw new Error('does not compile')
  return policies
})()

function ask(changes: {
  id?: string
  groups?: readonly string[]
  action?: string
  type?: string
  properties?: Readonly<Record<string, unknown>>
}): AccessRequest {
  return {
    subject: {
      type: 'user',
      id: changes.id ?? 'max',
      properties: { groups: changes.groups ?? ['managers'] },
    },
    action: { name: changes.action ?? 'approve', properties: {} },
    resource: {
      type: changes.type ?? 'expense',
      id: 'e-1',
      properties: changes.properties ?? { owner: 'ann', amount: 50 },
    },
    context: {},
    timeMs: Date.UTC(2026, 0, 1),
  }
}

function text(request: AccessRequest): string {
  return renderExplanation(explain(set, request)).replace(/[0-9a-f]{64}/u, 'DIGEST')
}

describe('explaining a decision', () => {
  it('tells a newcomer why something is permitted', () => {
    expect(text(ask({}))).toBe(
      [
        'PERMIT: "max" may approve expense "e-1"',
        '  because rule "expense/approve" at expense.yaml:5:9 permits it and no rule denies it',
        '',
        'Roles held: employee, manager',
        '',
        'Rules about this action, in the order they are asked:',
        '   - deny   expense/never-your-own  (expense.yaml:11:9)',
        '             does not apply: resource.owner == subject.id (resource.owner is "ann", subject.id is "max")',
        '  => permit expense/approve  (expense.yaml:5:9)',
        '             applies: resource.amount <= 100.0 (resource.amount is 50)',
        '',
        'Policy digest: DIGEST',
      ].join('\n'),
    )
  })

  it('tells why something is denied although a rule permits it', () => {
    const explanation = explain(set, ask({ id: 'ann' }))
    expect(explanation).toMatchObject({
      answer: '"ann" may not approve expense "e-1"',
      because:
        'rule "expense/never-your-own" at expense.yaml:11:9 denies it, and a deny outweighs every permit',
      hint: null,
    })
    expect(explanation.rules.map(({ id, result, decided }) => [id, result, decided])).toEqual([
      ['expense/never-your-own', 'matched', true],
      ['expense/approve', 'matched', false],
    ])
  })

  it('tells which role is missing', () => {
    const explanation = explain(set, ask({ groups: ['staff'] }))
    expect(explanation.because).toBe('no rule permits it, and what no rule permits is denied')
    expect(explanation.rules[1]).toMatchObject({
      result: 'role_missing',
      why: 'needs the role "manager"',
    })
    expect(explanation.roles).toEqual(['employee'])
  })

  it('tells what a failing deny rule was missing', () => {
    const explanation = explain(set, ask({ properties: { amount: 5 } }))
    expect(explanation.because).toBe(
      'rule "expense/never-your-own" at expense.yaml:11:9 denies such requests and could not be evaluated: it then counts as matched',
    )
    expect(explanation.hint).toMatch(/^could not be evaluated: .*owner/u)
    expect(explanation.rules[0]).toMatchObject({ result: 'failed', decided: true })
  })

  it('suggests the resource type and the action that were probably meant', () => {
    expect(explain(set, ask({ type: 'expenses' }))).toMatchObject({
      because: 'no policy is about resources of type "expenses"',
      hint: 'did you mean "expense"?',
      rules: [],
    })
    expect(explain(set, ask({ action: 'aprove' }))).toMatchObject({
      because: 'resource "expense" declares no action "aprove"',
      hint: 'did you mean "approve"?',
    })
  })

  it('gives the same decision as deciding without a trace', () => {
    expect(explain(set, ask({})).decision).toMatchObject({
      effect: 'permit',
      rules: ['expense/approve'],
    })
  })

  it('says where values are absent, cuts long ones, and lets none drive the terminal', () => {
    const long = explain(
      set,
      ask({ properties: { owner: `\u001B[31m${'x'.repeat(500)}`, amount: 5 } }),
    )
    const [rule] = long.rules
    expect(rule?.why.length).toBeLessThan(300)
    expect(renderExplanation(long)).not.toContain('\u001B')
  })
})
