import { describe, expect, it } from 'vitest'
import { decide } from '../../src/decide/decide.ts'
import { rolesTowards } from '../../src/decide/roles.ts'
import type { AccessRequest } from '../../src/model/access-request.ts'
import type { Decision } from '../../src/model/decision.ts'
import { type CompiledPolicies, compileInSteps } from '../../src/policy/compile.ts'
import { CompilerMemory } from '../../src/policy/compiler-memory.ts'
import { runAtOnce } from '../../src/model/steps.ts'
import { compile, diagnose, type Files, sourcesOf } from './samples.ts'

const scopesFile = `
  scopes:
    acme.hr: { description: Human resources }
    acme: {}
    shops: { open: true }
    globex: {}
`
const rolesFile = `
  roles:
    employee: { when: '"staff" in subject.groups' }
    manager: {}
  assignments:
    - { roles: manager, groups: [acme-heads], scope: acme }
    - { roles: manager, subjects: hans, scope: acme.hr }
    - { roles: manager, when: subject.tenant == "globex", scope: globex }
`
const noteFile = `
  resource: note
  actions: [read, edit, shred]
  attributes: { owner: string }
  rules:
    - { id: staff, permit: [read], roles: [employee] }
    - { id: kept, deny: [shred], when: has(resource.owner) && resource.owner == "archive" }
`
const acmeFile = `
  resource: note
  scope: acme
  variables: { is_own: resource.owner == subject.id }
  rules:
    - { id: managers, permit: [edit, shred], roles: [manager] }
    - { id: own, permit: [edit], when: is_own }
`
const hrFile = `
  resource: note
  scope: acme.hr
  rules:
    - { id: closed, deny: [read], when: resource.scope == "acme.hr" && !("hr" in subject.groups) }
`
const files: Files = {
  'scopes.yaml': scopesFile,
  'roles.yaml': rolesFile,
  'note.yaml': noteFile,
  // Read before the policy it belongs to.
  'acme.yaml': acmeFile,
  'acme-hr.yaml': hrFile,
  'shops-list.yaml': `
    acl: note
    scope: shops
    entries: [{ resources: '*', permit: [edit], groups: [clerks] }]
  `,
}

const set = compiled(files)

function compiled(from: Files) {
  const { diagnostics, policies } = compile(from)
  expect(diagnostics).toEqual([])
  if (policies === null) throw new Error('no policies')
  return policies
}

function asked(id: string, groups: readonly string[], action: string, properties: object) {
  return {
    subject: { type: 'user', id, properties: { groups, tenant: id } },
    action: { name: action, properties: {} },
    resource: { type: 'note', id: 'n', properties: { ...properties } },
    context: {},
    timeMs: 0,
  } satisfies AccessRequest
}

function ask(...question: Parameters<typeof asked>): Decision {
  return decide(set, asked(...question))
}

describe('policies of scopes', () => {
  it('add to those above them, whose denials stand', () => {
    expect(ask('ann', ['staff'], 'read', {}).rules).toEqual(['note/staff'])
    expect(ask('ann', ['staff'], 'read', { scope: 'acme' }).rules).toEqual(['note/staff'])
    expect(ask('ann', ['staff'], 'read', { scope: 'acme.hr' }).rules).toEqual([
      'note/acme.hr/closed',
    ])
    expect(ask('ann', ['staff', 'hr'], 'read', { scope: 'acme.hr' }).rules).toEqual(['note/staff'])
    const archived = { scope: 'acme.hr', owner: 'archive' }
    expect(ask('ann', ['acme-heads'], 'shred', archived).rules).toEqual(['note/kept'])
  })

  it('hold in no other scope', () => {
    const owned = (scope?: string) => ({ owner: 'ann', ...(scope === undefined ? {} : { scope }) })
    expect(ask('ann', [], 'edit', owned('acme')).rules).toEqual(['note/acme/own'])
    expect(ask('ann', [], 'edit', owned('acme.hr')).rules).toEqual(['note/acme/own'])
    for (const scope of [undefined, 'globex', 'shops']) {
      expect(ask('ann', [], 'edit', owned(scope)).reason).toBe('no_applicable_rule')
    }
  })

  it('may be a list alone, also for what is below an open scope', () => {
    expect(ask('ann', ['clerks'], 'edit', { scope: 'shops' }).rules).toEqual(['note/shops/acl-1'])
    expect(ask('ann', ['clerks'], 'edit', { scope: 'shops.berlin' }).effect).toBe('permit')
    expect(ask('ann', ['clerks'], 'edit', {}).effect).toBe('deny')
  })

  it('give roles within the scope and below', () => {
    const held = (id: string, groups: readonly string[], scope: string) =>
      rolesTowards(set, asked(id, groups, 'read', { scope }))
    expect(held('ann', ['acme-heads'], 'acme')).toEqual(['manager'])
    expect(held('ann', ['acme-heads'], 'acme.hr')).toEqual(['manager'])
    expect(held('ann', ['acme-heads'], 'globex')).toEqual([])
    expect(held('hans', [], 'acme.hr')).toEqual(['manager'])
    expect(held('hans', [], 'acme')).toEqual([])
    expect(held('globex', [], 'globex')).toEqual(['manager'])
    expect(held('globex', [], '')).toEqual([])
  })

  it('decide alike in whatever order the files come', () => {
    const questions = ['', 'acme', 'acme.hr', 'shops', 'shops.x', 'globex'].flatMap((scope) =>
      ['read', 'edit', 'shred'].map((action) => asked('ann', ['staff'], action, { scope })),
    )
    const answers = (from: Files): string =>
      JSON.stringify(questions.map((question) => decide(compiled(from), question)))
    const reversed = Object.fromEntries(Object.entries(files).reverse())
    expect(answers(reversed)).toBe(answers(files))
  })
})

describe('a folder with scopes that is compiled again', () => {
  const questions = ['', 'acme', 'acme.hr', 'shops.x', 'globex', 'nobody'].flatMap((scope) =>
    ['read', 'edit', 'shred'].map((action) => asked('ann', ['staff', 'clerks'], action, { scope })),
  )
  const told = ({ diagnostics, policies }: CompiledPolicies): string =>
    JSON.stringify([
      diagnostics,
      policies === null ? null : questions.map((question) => decide(policies, question)),
    ])

  it('is what it would be compiled for the first time, whatever was changed', () => {
    const memory = new CompilerMemory()
    const quoted = acmeFile.replace('scope: acme', '"scope": acme')
    const steps: readonly Files[] = [
      files,
      { ...files, 'acme.yaml': acmeFile.replace('permit: [edit, shred]', 'deny: [edit, shred]') },
      Object.fromEntries(Object.entries(files).filter(([name]) => name !== 'acme-hr.yaml')),
      { ...files, 'acme.yaml': quoted },
      { ...files, 'scopes.yaml': scopesFile.replace('{ open: true }', '{}') },
      { ...files, 'scopes.yaml': scopesFile.replace('acme: {}', 'acme: { narrows: true }') },
      { ...files, 'note.yaml': noteFile.replace('actions', 'scope_required: true\n  actions') },
      {
        ...files,
        'shops-list.yaml':
          'acl: note\nentries: [{ resources: x, permit: [edit], groups: [clerks] }]',
      },
      { ...files, 'roles.yaml': rolesFile.replace('scope: acme.hr', 'scope: globex') },
      files,
    ]
    const answers = new Set<string>()
    for (const step of steps) {
      const again = runAtOnce(compileInSteps(sourcesOf(step), memory))
      answers.add(told(again))
      expect(told(again)).toBe(told(compile(step)))
    }
    expect(answers.size).toBeGreaterThan(6)
  })
})

describe('a resource that has to belong to a scope', () => {
  const required = {
    ...files,
    'note.yaml': noteFile.replace('actions', 'scope_required: true\n  actions'),
  }

  it('is denied where none is named, whatever the rules say', () => {
    const policies = compiled(required)
    const reason = (properties: object): string =>
      decide(policies, asked('ann', ['staff'], 'read', properties)).reason
    expect(reason({})).toBe('scope_missing')
    expect(reason({ scope: '' })).toBe('scope_missing')
    expect(reason({ scope: null })).toBe('unknown_scope')
    expect(reason({ scope: 'globex' })).toBe('permitted_by_rule')
    expect(reason({ scope: 'shops.berlin' })).toBe('permitted_by_rule')
  })

  it('needs scopes, routes that name one, and says so for all of them alike', () => {
    const lone = 'resource: x\nscope_required: true\nactions: [a]\nrules: [{ id: a, permit: [a] }]'
    expect(diagnose({ 'x.yaml': lone })).toMatchInlineSnapshot(
      `"x.yaml:2:1 error unknown-scope: resource "x" has to belong to a scope, and no file declares any [declare them under "scopes"]"`,
    )
    expect(
      diagnose({
        ...required,
        'more.yaml': 'resource: note\nscope: globex\nscope_required: true\nrules: []',
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                GET /a: { action: shred, resource: note }
                GET /b: { action: shred, resource: note, scope: '""' }
                GET /c: { action: shred, resource: note, scope: '"globex"' }
        `,
      }),
    ).toMatchInlineSnapshot(`
      "more.yaml:3:1 error scoped-declaration: "scope_required" stands in the policy of resource "note" that has no scope, for all scopes alike [remove it here, and add there what is missing]
      routes.yaml:4:7 error scope-required: resource "note" has to belong to a scope, and the route gives none [give it as "scope"]
      routes.yaml:5:48 error scope-required: resource "note" has to belong to a scope, and the route gives none [give it as "scope"]"
    `)
  })
})

describe('versions of policies', () => {
  const versioned: Files = {
    'roles.yaml': rolesFile,
    'scopes.yaml': scopesFile,
    'note.yaml': noteFile,
    'acme.yaml': acmeFile,
    'note-v2.yaml': `
      resource: note
      version: v2
      actions: [read, lend]
      rules: [{ id: managers, permit: [read, lend], roles: [manager] }]
    `,
    'note-v2-acme.yaml': `
      resource: note
      version: v2
      scope: acme
      rules: [{ id: staff, permit: [lend], roles: [employee] }]
    `,
  }

  it('stand side by side, each with actions, rules and scopes of its own', () => {
    const policies = compiled(versioned)
    const rulesOf = (action: string, scope: string, version?: unknown): string => {
      const context = version === undefined ? {} : { policy_version: version }
      const question = { ...asked('ann', ['staff', 'acme-heads'], action, { scope }), context }
      const { reason, rules } = decide(policies, question)
      return rules[0] ?? reason
    }
    expect(rulesOf('read', '')).toBe('note/staff')
    expect(rulesOf('read', '', 'default')).toBe('note/staff')
    expect(rulesOf('read', 'acme', 'v2')).toBe('note@v2/managers')
    expect(rulesOf('lend', 'acme', 'v2')).toBe('note@v2/acme/staff')
    expect(rulesOf('lend', '')).toBe('unknown_action')
    expect(rulesOf('read', '', 'v3')).toBe('unknown_policy_version')
  })
})

describe('what is said about scopes and versions', () => {
  const said = (extra: Files, without: readonly string[] = []): string =>
    diagnose({
      ...Object.fromEntries(Object.entries(files).filter(([name]) => !without.includes(name))),
      ...extra,
    })

  it('a scope whose parent nobody declares, or that is declared twice', () => {
    expect(said({ 'more.yaml': 'scopes: { acme.it.ops: {}, globex: {}, Acme: {}, a..b: {} }' }))
      .toMatchInlineSnapshot(`
        "more.yaml:1:11 error scope-without-parent: scope "acme.it.ops" lies below "acme.it", which is not declared [add "acme.it: {}"]
        more.yaml:1:40 error malformed-name: "Acme" is not a scope such as acme.hr (up to 8 parts of lower-case letters, digits, "-" and "_" between dots)
        more.yaml:1:50 error malformed-name: "a..b" is not a scope such as acme.hr (up to 8 parts of lower-case letters, digits, "-" and "_" between dots)
        scopes.yaml:5:3 error duplicate-scope: scope "globex" is declared twice, first at more.yaml:1:28 [choose another name, or remove one of them]"
      `)
  })

  it('a scope that nobody declares', () => {
    expect(
      said({
        'note-2.yaml': 'resource: note\nscope: acmee\nrules: []',
        'list.yaml':
          'acl: note\nscope: globx\nentries: [{ resources: x, permit: [read], subjects: y }]',
        'more.yaml': 'assignments: [{ roles: manager, subjects: x, scope: acme.hrr }]',
      }),
    ).toMatchInlineSnapshot(`
      "list.yaml:2:8 error unknown-scope: unknown scope "globx" [did you mean "globex"?]
      more.yaml:1:53 error unknown-scope: unknown scope "acme.hrr" [did you mean "acme.hr"?]
      note-2.yaml:2:8 error unknown-scope: unknown scope "acmee" [did you mean "acme"?]"
    `)
  })

  it('scopes where none is declared', () => {
    expect(said({}, ['scopes.yaml'])).toMatchInlineSnapshot(`
      "acme-hr.yaml:2:8 error unknown-scope: unknown scope "acme.hr" [no scope is declared]
      acme.yaml:2:8 error unknown-scope: unknown scope "acme" [no scope is declared]
      roles.yaml:5:52 error unknown-scope: unknown scope "acme" [no scope is declared]
      roles.yaml:6:46 error unknown-scope: unknown scope "acme.hr" [no scope is declared]
      roles.yaml:7:64 error unknown-scope: unknown scope "globex" [no scope is declared]
      shops-list.yaml:2:8 error unknown-scope: unknown scope "shops" [no scope is declared]"
    `)
  })

  it('two policies of one type, version and scope', () => {
    expect(
      said({
        'zweite.yaml': 'resource: note\nscope: acme\nrules: []',
        'v2.yaml': 'resource: note\nversion: v2\nactions: [a]\nrules: [{ id: a, permit: [a] }]',
        'v2b.yaml': 'resource: note\nversion: v2\nactions: [a]\nrules: []',
        'explicit.yaml': 'resource: note\nversion: default\nactions: [a]\nrules: []',
      }),
    ).toMatchInlineSnapshot(`
      "acme-hr.yaml:4:26 error unknown-action: unknown action "read" of resource "note/acme.hr" [known actions: "a"]
      acme.yaml:3:22 error expression: unknown attribute "resource.owner" [declared attributes: "scope", "id", "type"]
      acme.yaml:5:30 error unknown-action: unknown action "edit" of resource "note/acme" [known actions: "a"]
      acme.yaml:5:36 error unknown-action: unknown action "shred" of resource "note/acme" [known actions: "a"]
      acme.yaml:6:25 error unknown-action: unknown action "edit" of resource "note/acme" [known actions: "a"]
      note.yaml:1:11 error duplicate-resource: resource "note" is declared twice, first at explicit.yaml:1:11 [choose another name, or remove one of them]
      shops-list.yaml:3:38 error unknown-action: unknown action "edit" of resource "note/shops" [known actions: "a"]
      v2b.yaml:1:11 error duplicate-resource: resource "note@v2" is declared twice, first at v2.yaml:1:11 [choose another name, or remove one of them]
      zweite.yaml:1:11 error duplicate-resource: resource "note/acme" is declared twice, first at acme.yaml:1:11 [choose another name, or remove one of them]"
    `)
  })

  it('a scope or version without the policy it belongs to', () => {
    expect(
      said({
        'v2-acme.yaml': 'resource: note\nversion: v2\nscope: acme\nrules: []',
        'list.yaml':
          'acl: note\nversion: v2\nentries: [{ resources: x, permit: [read], subjects: y }]',
        'memo.yaml': 'resource: memo\nscope: acme\nrules: []',
      }),
    ).toMatchInlineSnapshot(`
      "list.yaml:2:10 error unknown-version: unknown version "v2" of resource "note" [its versions: "default"]
      memo.yaml:1:11 error scope-without-root: resource "memo" has no policy without scope [add one: it declares the actions, and its rules hold in every scope]
      v2-acme.yaml:1:11 error scope-without-root: resource "note" has no policy of version "v2" without scope [add one: it declares the actions, and its rules hold in every scope]"
    `)
  })

  it('a scope that says what the resource is', () => {
    expect(
      said({
        'globex.yaml': `
          resource: note
          scope: globex
          actions: [read, burn]
          attributes: { colour: string }
          combining: permit-overrides
          rules:
            - { id: burn, permit: [burn], when: resource.colour == "red" }
        `,
      }),
    ).toMatchInlineSnapshot(`
      "globex.yaml:3:1 error scoped-declaration: "actions" stands in the policy of resource "note" that has no scope, for all scopes alike [remove it here, and add there what is missing]
      globex.yaml:4:1 error scoped-declaration: "attributes" stands in the policy of resource "note" that has no scope, for all scopes alike [remove it here, and add there what is missing]
      globex.yaml:5:1 error scoped-declaration: "combining" stands in the policy of resource "note" that has no scope, for all scopes alike [remove it here, and add there what is missing]
      globex.yaml:7:26 error unknown-action: unknown action "burn" of resource "note/globex" [known actions: "read", "edit", "shred"]
      globex.yaml:7:39 error expression: unknown attribute "resource.colour" [declared attributes: "owner", "scope", "id", "type"]"
    `)
  })

  it('a root that does not say it', () => {
    expect(said({ 'memo.yaml': 'resource: memo\nrules: []' })).toMatchInlineSnapshot(
      `"memo.yaml:1:1 error missing-key: the file has no "actions" [everything that can be done to the resource]"`,
    )
  })

  it('an attribute that every resource has where there are scopes', () => {
    expect(
      said({
        'memo.yaml': `
          resource: memo
          actions: [read]
          attributes: { scope: "list<string>" }
          rules: [{ id: read, permit: [read] }]
        `,
      }),
    ).toMatchInlineSnapshot(
      `"memo.yaml:3:15 error reserved-attribute: "scope" is there already: resource.scope is text [remove it, or choose another name]"`,
    )
  })

  it('what permits in a scope that may only narrow', () => {
    expect(
      said({
        'more.yaml': 'scopes: { acme.it: { narrows: true }, acme.it.ops: {} }',
        'it.yaml': `
          resource: note
          scope: acme.it
          rules:
            - { id: no, deny: [shred] }
            - { id: yes, permit: [edit] }
        `,
        'ops.yaml': `
          acl: note
          scope: acme.it.ops
          entries:
            - { id: ann, resources: x, permit: [edit], subjects: ann }
            - { resources: y, deny: [edit], subjects: ann }
        `,
        'assign.yaml': 'assignments: [{ roles: manager, subjects: x, scope: acme.it.ops }]',
      }),
    ).toMatchInlineSnapshot(`
      "assign.yaml:1:15 error scope-narrows: the assignment gives roles within scope "acme.it", which may only narrow [say it for a scope above, or remove "narrows"]
      it.yaml:5:11 error scope-narrows: rule "note/acme.it/yes" permits within scope "acme.it", which may only narrow [say it for a scope above, or remove "narrows"]
      ops.yaml:4:11 error scope-narrows: rule "note/acme.it.ops/ann" permits within scope "acme.it", which may only narrow [say it for a scope above, or remove "narrows"]"
    `)
  })

  it('an action that no scope permits either', () => {
    expect(said({}, ['acme.yaml', 'shops-list.yaml'])).toMatchInlineSnapshot(`
      "note.yaml:2:17 warning action-never-permitted: no rule permits "edit": it is denied to everybody
      note.yaml:2:23 warning action-never-permitted: no rule permits "shred": it is denied to everybody
      roles.yaml:3:3 warning unused-role: no rule is about role "manager", nor about a role it inherits"
    `)
  })

  it('assignments in two ways, and conditions that do not fit', () => {
    expect(
      said({
        'more.yaml': `
          assignments:
            - { roles: manager, groups: [x], when: subject.level > 3 }
            - { roles: manager, when: 'subject.level + ' }
            - { roles: manager, when: resource.owner == "x" }
            - { roles: manager, when: '"x"' }
        `,
      }),
    ).toMatchInlineSnapshot(`
      "more.yaml:2:36 error assignment-in-two-ways: the assignment names whom it is about and has a condition as well [write two assignments where one of them suffices, one condition where both are needed]
      more.yaml:3:46 error expression: unexpected end of the expression
      more.yaml:4:29 error expression: unknown name "resource" [known names: "subject"]
      more.yaml:5:30 error expression: a condition must be a bool, and this is a string"
    `)
  })

  it('names and versions in a form they cannot have', () => {
    expect(
      said({
        'a.yaml': 'resource: note\nversion: 2\nactions: [a]\nrules: []',
        'b.yaml': 'resource: note\nversion: "v 2"\nactions: [a]\nrules: []',
        'c.yaml': 'resource: note\nscope: ACME\nrules: []',
        'd.yaml': 'resource: note\nscope: ""\nrules: []',
        'e.yaml': 'scopes: { globex.x: { open: "yes" } }',
      }),
    ).toMatchInlineSnapshot(`
      "a.yaml:2:10 error wrong-type: "version" must be a version (letters, digits, "-", "_" and ".", starting with a letter or digit), not a number (2) [put it in quotes]
      b.yaml:2:10 error malformed-value: "version" must be a version (letters, digits, "-", "_" and ".", starting with a letter or digit), not "v 2"
      c.yaml:2:8 error malformed-value: "scope" must be a scope such as acme.hr (up to 8 parts of lower-case letters, digits, "-" and "_" between dots), not "ACME"
      d.yaml:2:8 error malformed-value: "scope" must be a scope such as acme.hr (up to 8 parts of lower-case letters, digits, "-" and "_" between dots), not ""
      e.yaml:1:29 error wrong-type: "open" must be true or false, not text ("yes")"
    `)
  })
})
