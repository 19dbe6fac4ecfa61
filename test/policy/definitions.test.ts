import { describe, expect, it } from 'vitest'
import { decide } from '../../src/decide/decide.ts'
import type { Decision } from '../../src/model/decision.ts'
import { compile, diagnose, type Files, rolesFile, soundFiles } from './samples.ts'

const sharedFile = `
  variables:
    limit: '100.0'
    is_own: resource.owner == subject.id
  derived_roles:
    owner: { roles: [employee], when: is_own }
`

const claimFile = `
  resource: claim
  actions: [view, pay]
  attributes: { owner: string, amount: double }
  variables:
    is_small: resource.amount <= limit
  rules:
    - id: own
      permit: [view]
      roles: [manager, owner]
    - id: pay
      permit: [pay]
      roles: [manager]
      when: is_small && !is_own
`

const files: Files = { 'roles.yaml': rolesFile, 'shared.yaml': sharedFile, 'claim.yaml': claimFile }

function ask(
  action: string,
  groups: readonly string[] | string,
  properties: Readonly<Record<string, unknown>>,
  given = files,
): Decision {
  const { policies, diagnostics } = compile(given)
  expect(diagnostics).toEqual([])
  if (policies === null) throw new Error('no policies')
  return decide(policies, {
    subject: { type: 'user', id: 'ann', properties: { groups } },
    action: { name: action, properties: {} },
    resource: { type: 'claim', id: 'c-1', properties },
    context: {},
    timeMs: 0,
  })
}

describe('variables', () => {
  it('stand for what they are', () => {
    const small = { owner: 'bob', amount: 100 }
    expect(ask('pay', ['managers'], small).rules).toEqual(['claim/pay'])
    expect(ask('pay', ['managers'], { ...small, owner: 'ann' }).effect).toBe('deny')
    expect(ask('pay', ['managers'], { ...small, amount: 100.5 }).effect).toBe('deny')
  })

  it('fail like the condition that reads them', () => {
    expect(ask('pay', ['managers'], { amount: 1 })).toMatchObject({
      effect: 'deny',
      errors: [{ rule: 'claim/pay', message: 'No attribute "resource.owner"' }],
    })
  })

  it('may be read inside a loop and through each other', () => {
    const chained = `
      resource: claim
      actions: [view]
      attributes: { labels: list<string> }
      variables:
        secret: '"secret"'
        is_secret: resource.labels.exists(label, label == secret)
        is_open: '!is_secret'
      rules:
        - { id: open, permit: [view], when: 'resource.labels.all(label, is_open || label == "x")' }
    `
    expect(ask('view', [], { labels: ['a'] }, { 'claim.yaml': chained }).effect).toBe('permit')
    expect(ask('view', [], { labels: ['a', 'secret'] }, { 'claim.yaml': chained }).effect).toBe(
      'deny',
    )
  })

  it('are worked out anew when the same request object says something else', () => {
    const { policies } = compile(files)
    if (policies === null) throw new Error('no policies')
    const properties = { owner: 'bob', amount: 1 }
    const request = {
      subject: { type: 'user', id: 'ann', properties: { groups: ['managers'] } },
      action: { name: 'pay', properties: {} },
      resource: { type: 'claim', id: 'c-1', properties },
      context: {},
      timeMs: 0,
    }
    expect(decide(policies, request).effect).toBe('permit')
    properties.owner = 'ann'
    expect(decide(policies, request).effect).toBe('deny')
  })

  it('tell policies apart that say the same with different variables', () => {
    const other = claimFile.replace('<= limit', '> limit').replaceAll('claim', 'refund')
    const both = { ...files, 'refund.yaml': other }
    expect(ask('pay', ['managers'], { owner: 'bob', amount: 100 }, both).effect).toBe('permit')
    const swapped = { ...files, 'claim.yaml': claimFile.replace('<= limit', '> limit') }
    expect(ask('pay', ['managers'], { owner: 'bob', amount: 100 }, swapped).effect).toBe('deny')
  })
})

describe('derived roles', () => {
  it('are held by whoever meets the condition and holds one of the roles', () => {
    expect(ask('view', ['staff'], { owner: 'ann' }).effect).toBe('permit')
    expect(ask('view', ['staff'], { owner: 'bob' }).effect).toBe('deny')
    expect(ask('view', ['guests'], { owner: 'ann' }).effect).toBe('deny')
  })

  it('need not be looked at where another role suffices', () => {
    expect(ask('view', ['managers'], {})).toMatchObject({ effect: 'permit', errors: [] })
  })

  it('that cannot be determined permit nothing', () => {
    expect(ask('view', ['staff'], {})).toMatchObject({
      effect: 'deny',
      errors: [{ rule: 'claim/own', message: 'No attribute "resource.owner"' }],
    })
  })

  it('whose roles cannot be determined permit nothing', () => {
    expect(ask('view', 'staff', { owner: 'ann' })).toMatchObject({
      effect: 'deny',
      errors: [{ rule: 'claim/own' }],
    })
  })
})

describe('what is said about definitions', () => {
  const said = (definitions: string, more: Files = {}): string =>
    diagnose({ ...soundFiles, 'shared.yaml': definitions, ...more })

  it('variables that read each other', () => {
    expect(
      said(`
        variables:
          a: b
          b: c || a
          c: 'true'
          d: d
      `),
    ).toMatchInlineSnapshot(`
      "shared.yaml:2:3 error variable-cycle: variables read each other in a circle: a → b → a [write one of them out]
      shared.yaml:5:3 error variable-cycle: variable "d" reads itself [write one of them out]"
    `)
  })

  it('variables that read too many others', () => {
    const chain = Array.from({ length: 40 }, (_, at) => `  v${at}: v${at + 1}`)
    expect(said(['variables:', ...chain, "  v40: 'true'"].join('\n'))).toMatchInlineSnapshot(
      `"shared.yaml:34:3 error too-deep: variable "v32" is read through more than 32 others [write some of them out]"`,
    )
  })

  it('a variable that never has a value, and one of another type', () => {
    expect(
      said(`
        variables:
          half: 1 / 0
          amount: 100
      `),
    ).toMatchInlineSnapshot(`
      "shared.yaml:2:9 error expression: variable "half" never has a value: Division by zero [a variable of constants is worked out when it is loaded]
      shared.yaml:3:11 error wrong-type: "amount" must be an expression in CEL, as text, not a number (100) [put it in quotes]"
    `)
  })

  it('a shared variable that a resource cannot use', () => {
    expect(
      said(
        `
        variables:
          is_own: resource.owner == subject.id
      `,
        {
          'note.yaml': `
            resource: note
            actions: [read]
            rules: [{ id: own, permit: [read], when: is_own }]
          `,
        },
      ),
    ).toMatchInlineSnapshot(
      `"shared.yaml:2:11 error expression: unknown attribute "resource.owner", as resource "note" uses it [declared attributes: "id", "type"]"`,
    )
  })

  it('names that are taken', () => {
    expect(
      said(
        `
        variables: { now: 'true', twice: 'true' }
        derived_roles:
          manager: { when: 'true' }
          owner: { when: 'true' }
      `,
        {
          'note.yaml': `
            resource: note
            actions: [read]
            variables: { twice: 'false' }
            derived_roles: { owner: { when: 'true' } }
            rules: [{ id: own, permit: [read], roles: [owner], when: twice }]
          `,
        },
      ),
    ).toMatchInlineSnapshot(`
      "note.yaml:3:14 error duplicate-variable: variable "twice" is declared twice, first at shared.yaml:1:27 [choose another name, or remove one of them]
      note.yaml:4:18 error duplicate-role: role "owner" is declared twice, first at shared.yaml:4:3 [choose another name, or remove one of them]
      shared.yaml:1:14 error reserved-variable: "now" has a meaning in conditions already [choose another name]
      shared.yaml:3:3 error duplicate-role: role "manager" is declared twice, first at roles.yaml:3:3 [a derived role needs a name of its own]"
    `)
  })

  it('roles that nothing declares, and names misspelt', () => {
    expect(
      said(
        `
        variables: { is_open: 'true' }
        derived_roles:
          owner: { roles: [employe], when: is_opn }
      `,
        {
          'note.yaml': `
            resource: note
            actions: [read]
            rules: [{ id: own, permit: [read], roles: [ownr] }]
          `,
        },
      ),
    ).toMatchInlineSnapshot(`
      "note.yaml:3:44 error unknown-role: unknown role "ownr" [did you mean "owner"?]
      shared.yaml:3:20 error unknown-role: unknown role "employe" [did you mean "employee"?]
      shared.yaml:3:36 error expression: unknown name "is_opn" [did you mean "is_open"?]"
    `)
  })

  it('a derived role without a condition, and one that asks no question', () => {
    expect(
      said(`
        derived_roles:
          owner: { roles: [employee] }
          peer: { when: '"x"' }
      `),
    ).toMatchInlineSnapshot(`
      "shared.yaml:2:3 error missing-key: "owner" has no "when" [a condition in CEL over subject, resource, action, context and now]
      shared.yaml:3:18 error expression: a condition must be a bool, and this is a string"
    `)
  })

  it('what nothing uses', () => {
    expect(
      said(`
        variables: { is_open: 'true' }
        derived_roles: { owner: { when: is_open } }
      `),
    ).toMatchInlineSnapshot(`
      "shared.yaml:1:14 warning unused-variable: nothing reads variable "is_open"
      shared.yaml:2:18 warning unused-role: no rule is about derived role "owner""
    `)
  })

  it('definitions in a file of another kind', () => {
    expect(
      said(`
        roles: {}
        variables: { is_open: 'true' }
      `),
    ).toMatchInlineSnapshot(
      `"shared.yaml:2:1 error mixed-file-kinds: "roles", "variables" are in one file [move "variables" to a file of its own]"`,
    )
  })
})

describe('what is said about the parts of a rule', () => {
  const said = (rule: string): string =>
    diagnose({
      'note.yaml': `
        resource: note
        actions: [read]
        attributes: { owner: string }
        rules:
          - id: one
            ${rule}
      `,
    })

  it.each([
    'permit: [read]\n            require: { acr: mfa, max_age: soon }',
    'permit: [read]\n            require: { max_age: 0s }',
    'permit: [read]\n            require: {}',
    'permit: [read]\n            require: { acr: 3 }',
    "permit: [read]\n            require: { acr: 'a b', amr: ['x\"y'] }",
    'permit: [read]\n            obligations: [{ type: watermark, properties: { text: subject.id + 1 } }]',
    'permit: [read]\n            obligations: [{ type: step_up }]',
    'permit: [read]\n            obligations: [{ typ: x }]',
    'permit: [read]\n            output: { owner: resource.ownr }',
    'permit: [read]\n            output: { owner: [a] }',
  ])('%s', (rule) => {
    expect(said(rule)).toMatchSnapshot()
  })

  it('a deny rule that requires a sign-in', () => {
    expect(
      diagnose({
        'note.yaml': `
          resource: note
          actions: [read]
          rules:
            - { id: none, deny: [read], require: { acr: mfa } }
            - { id: all, permit: [read] }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"note.yaml:4:31 error require-of-deny: a deny rule cannot require a sign-in: it would deny less to who signs in worse [put "require" into the rules that permit, or write "when" over context.acr]"`,
    )
  })

  it('a combining algorithm misspelt', () => {
    expect(
      diagnose({
        'note.yaml': `
          resource: note
          combining: first-aplicable
          actions: [read]
          rules: [{ id: all, permit: [read] }]
        `,
      }),
    ).toMatchInlineSnapshot(
      `"note.yaml:2:12 error unknown-value: "combining" must be one of "deny-overrides", "permit-overrides", "first-applicable", "deny-unless-permit", not "first-aplicable" [did you mean "first-applicable"?]"`,
    )
  })

  it('rules that others answer for, by the algorithm', () => {
    const rules = `
          rules:
            - { id: a, permit: [read] }
            - { id: b, deny: [read], when: resource.id == "x" }
            - { id: c, permit: [read], when: resource.id == "y" }
    `
    const of = (combining: string): string =>
      diagnose({
        'note.yaml': `
          resource: note
          actions: [read]
          combining: ${combining}
${rules}`,
      })
    expect(of('deny-overrides')).toMatchInlineSnapshot(
      `"note.yaml:8:11 warning shadowed-rule: rule "note/c" changes no decision: rule "note/a" at note.yaml:6:11 permits the same already"`,
    )
    expect(of('permit-overrides')).toMatchInlineSnapshot(`
      "note.yaml:7:11 warning shadowed-rule: rule "note/b" changes no decision: rule "note/a" at note.yaml:6:11 permits the same already
      note.yaml:8:11 warning shadowed-rule: rule "note/c" changes no decision: rule "note/a" at note.yaml:6:11 permits the same already"
    `)
    expect(of('first-applicable')).toMatchInlineSnapshot(`
      "note.yaml:7:11 warning shadowed-rule: rule "note/b" changes no decision: rule "note/a" at note.yaml:6:11 permits the same already
      note.yaml:8:11 warning shadowed-rule: rule "note/c" changes no decision: rule "note/a" at note.yaml:6:11 permits the same already"
    `)
  })
})
