import { describe, expect, it } from 'vitest'
import { diagnose } from './samples.ts'

/** Errors of a folder in which `clerk` and `approver` exclude each other. */
function found(roles: string, separation = 'static: [clerk, approver]', scopes = ''): string {
  return diagnose({
    'roles.yaml': `${roles.trim()}\nseparation:\n  - ${separation}\n`,
    'note.yaml': `
      resource: note
      actions: [view]
      rules: [{ id: r, permit: [view], roles: [clerk, approver] }]
    `,
    ...(scopes === '' ? {} : { 'scopes.yaml': scopes }),
  })
}

function withConditions(clerk: string, approver: string): string {
  return found(`roles:\n  clerk: { when: '${clerk}' }\n  approver: { when: '${approver}' }`)
}

describe('roles that exclude each other and are held for one reason', () => {
  it('are refused when the folder is loaded', () => {
    expect(withConditions('"a" in subject.groups', '"a" in subject.groups')).toMatchInlineSnapshot(
      `"roles.yaml:2:18 error separated-roles: whoever holds "clerk" for this reason holds "approver" as well, by roles.yaml:3:21, and nobody may hold both [let the reasons exclude each other]"`,
    )
  })

  it.each([
    ['true', 'true'],
    ['true', '"a" in subject.groups'],
    ['subject.team == "a"', '"a" == subject.team'],
    ['subject.team == "a"', 'subject.team in ["a", "b"]'],
    ['!(subject.team == "a")', 'subject.team != "a"'],
    ['!!("a" in subject.groups)', '"a" in subject.groups'],
    ['"a" in subject.groups && subject.x', 'subject.x && ("a" in subject.groups)'],
    ['"a" in subject.groups', '"b" in subject.groups || "a" in subject.groups'],
    ['"a" in subject.groups', '"a" in subject.groups && subject.team == "b"'],
    ['"a" in subject.groups', '("b" in subject.groups || "a" in subject.groups) && subject.x'],
  ])('%s and %s', (clerk, approver) => {
    expect(withConditions(clerk, approver)).toContain(' error separated-roles: ')
    expect(withConditions(approver, clerk)).toContain(' error separated-roles: ')
  })

  it.each([
    ['"a" in subject.groups', '"b" in subject.groups'],
    ['subject.team == "a"', 'subject.team != "a"'],
    ['subject.team == "a"', 'subject.unit == "a"'],
    ['subject.n == 1', 'subject.n == "1"'],
    ['subject.a.b', 'subject.a["c"]'],
    ['false', 'true'],
    ['subject.x && subject.y', 'subject.x && subject.z'],
  ])('but not %s and %s', (clerk, approver) => {
    expect(withConditions(clerk, approver)).toBe('')
  })

  it('are found through assignments and through roles that bring them', () => {
    expect(
      found(`
roles:
  clerk: { when: '"office" in subject.groups' }
  approver: {}
  chief: { inherits: [approver] }
assignments:
  - { roles: chief, groups: [office] }
      `),
    ).toMatchInlineSnapshot(
      `"roles.yaml:2:18 error separated-roles: whoever holds "clerk" for this reason holds "approver" as well, by roles.yaml:6:30, and nobody may hold both [let the reasons exclude each other]"`,
    )
    expect(
      found(`
roles:
  clerk: { when: subject.id == "ann" }
  approver: {}
assignments:
  - { roles: approver, subjects: [bob, ann] }
      `),
    ).toMatchInlineSnapshot(
      `"roles.yaml:5:40 error separated-roles: whoever holds "approver" for this reason holds "clerk" as well, by roles.yaml:2:18, and nobody may hold both [let the reasons exclude each other]"`,
    )
  })

  it('may be so in scopes of which none lies within the other', () => {
    const roles = `
roles:
  clerk: {}
  approver: {}
assignments:
  - { roles: clerk, when: subject.team == "a", scope: SCOPE }
  - { roles: approver, when: '"a" == subject.team', scope: acme }
`
    const scopes = 'scopes: { acme: {}, acme.hr: {}, globex: {} }\n'
    const within = 'static: [clerk, approver]\n    within: scope'
    const inScope = (scope: string, separation: string): string =>
      found(roles.replace('SCOPE', scope), separation, scopes)
    expect(inScope('globex', within)).toBe('')
    expect(inScope('acme.hr', within)).toContain('separated-roles')
    expect(inScope('globex', 'static: [clerk, approver]')).toContain('separated-roles')
  })

  it('are told of once a pair, however many reasons there are', () => {
    const groups = Array.from({ length: 500 }, (_, at) => `g${at}`).join(', ')
    const roles = `roles: { clerk: { when: 'true' }, approver: {} }\nassignments: [{ roles: approver, groups: [${groups}] }]`
    expect(found(roles).split('\n')).toHaveLength(1)
  })
})
