import { describe, expect, it } from 'vitest'
import { decide } from '../../src/decide/decide.ts'
import type { AccessRequest } from '../../src/model/access-request.ts'
import { compile, diagnose, type Files } from './samples.ts'

function request(type: string, id: string): AccessRequest {
  return {
    subject: { type, id, properties: { groups: [] } },
    action: { name: 'read', properties: {} },
    resource: { type: 'document', id: 'handbook', properties: {} },
    context: {},
    timeMs: 0,
  }
}

function rulesOf(files: Files, type: string, id: string): readonly string[] {
  const { diagnostics, policies } = compile(files)
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  return policies === null ? [] : decide(policies, request(type, id)).rules
}

function folder(entry: string, more: Files = {}): Files {
  return {
    'document.yaml': `
      resource: document
      actions: [read]
      rules: [{ id: nobody, permit: [read], when: 'false' }]
    `,
    'list.yaml': `acl: document\nentries:\n  - { resources: handbook, ${entry} }\n`,
    ...more,
  }
}

describe('subjects of a list', () => {
  it('are users where the entry permits and names no type', () => {
    const files = folder('permit: [read], subjects: [carl]')
    expect(rulesOf(files, 'user', 'carl')).toEqual(['document/acl-1'])
    expect(rulesOf(files, 'service', 'carl')).toEqual([])
    expect(rulesOf(files, 'anonymous', 'carl')).toEqual([])
  })

  it('are of any type where the entry denies and names none', () => {
    const files = folder('deny: [read], subjects: [carl]')
    expect(rulesOf(files, 'user', 'carl')).toEqual(['document/acl-1'])
    expect(rulesOf(files, 'service', 'carl')).toEqual(['document/acl-1'])
    const ofUsers = folder('deny: [read], subjects: [carl], subject_type: user')
    expect(rulesOf(ofUsers, 'service', 'carl')).toEqual([])
  })

  it('are of any type where the entry says so', () => {
    const files = folder("permit: [read], subjects: [carl], subject_type: '*'")
    expect(rulesOf(files, 'user', 'carl')).toEqual(['document/acl-1'])
    expect(rulesOf(files, 'service', 'carl')).toEqual(['document/acl-1'])
    expect(rulesOf(files, '*', 'dora')).toEqual([])
  })

  it('are of the type it names: a service of that id is somebody else', () => {
    const files = folder('permit: [read], subjects: [carl], subject_type: user')
    expect(rulesOf(files, 'user', 'carl')).toEqual(['document/acl-1'])
    expect(rulesOf(files, 'service', 'carl')).toEqual([])
    expect(rulesOf(files, 'User', 'carl')).toEqual([])
  })

  it('do not hide a later entry for another type of that id', () => {
    const files = folder(
      'permit: [read], subjects: [carl] }\n  - { id: second, resources: handbook, permit: [read], subjects: [carl], subject_type: service',
    )
    expect(rulesOf(files, 'service', 'carl')).toEqual(['document/second'])
  })

  it.each([
    "deny: [read], subjects: ['*']",
    "deny: [read], groups: ['corp-*']",
    "permit: [read], groups: [staff], subjects: ['**']",
  ])('are no patterns: %s', (entry) => {
    expect(diagnose(folder(entry))).toContain(
      ' would be taken for one id, in which "*" stands for itself [write a condition that says whom you mean; a rule without "roles" is about everybody]',
    )
  })

  it.each(["deny: [read], subjects: [' carl']", 'permit: [read], groups: ["staff\\t"]'])(
    'have no blanks around them: %s',
    (entry) => {
      expect(diagnose(folder(entry))).toMatch(
        / begins or ends with a blank, and ids are compared as they stand \[write "(?:carl|staff)"\]/,
      )
    },
  )

  it('are no patterns in assignments either', () => {
    const assigned = (who: string): string =>
      diagnose({
        'roles.yaml': `
          roles: { reader: {} }
          assignments: [{ roles: reader, ${who} }]
        `,
      })
    expect(assigned("subjects: '*'")).toContain('not-a-pattern')
    expect(assigned("groups: ['*']")).toContain('not-a-pattern')
    expect(assigned('groups: [staff]')).not.toContain('not-a-pattern')
  })

  it('are needed where a type is named', () => {
    expect(diagnose(folder('permit: [read], groups: [a], subject_type: user'))).toContain(
      '"subject_type" needs "subjects" beside it [add "subjects", or remove "subject_type"]',
    )
  })

  it('are told apart in assignments in the same way', () => {
    const files = folder('permit: [read], roles: [reader]', {
      'roles.yaml': `
        roles: { reader: {} }
        assignments: [{ roles: reader, subjects: [carl], subject_type: service }]
      `,
    })
    expect(rulesOf(files, 'service', 'carl')).toEqual(['document/acl-1'])
    expect(rulesOf(files, 'user', 'carl')).toEqual([])
  })

  it('are users in assignments that name no type, and of any type with "*"', () => {
    const assigned = (type: string): Files =>
      folder('permit: [read], roles: [reader]', {
        'roles.yaml': `
          roles: { reader: {} }
          assignments:
            - { roles: reader, subjects: [carl]${type} }
            - { roles: reader, subjects: [dora], subject_type: service }
        `,
      })
    expect(rulesOf(assigned(''), 'user', 'carl')).toEqual(['document/acl-1'])
    expect(rulesOf(assigned(''), 'service', 'carl')).toEqual([])
    expect(rulesOf(assigned(''), 'service', 'dora')).toEqual(['document/acl-1'])
    expect(rulesOf(assigned(", subject_type: '*'"), 'service', 'carl')).toEqual(['document/acl-1'])
    expect(rulesOf(assigned(", subject_type: '*'"), 'user', 'dora')).toEqual([])
  })

  it('count for separation of duty by their type', () => {
    const assigned = (second: string): string =>
      diagnose({
        'roles.yaml': `
          roles: { clerk: {}, approver: {} }
          separation: [{ static: [clerk, approver] }]
          assignments:
            - { roles: clerk, subjects: [carl], subject_type: service }
            - { roles: approver, subjects: [carl]${second} }
        `,
      })
    expect(assigned(', subject_type: user')).not.toContain('separated-roles')
    expect(assigned(', subject_type: service')).toContain(
      'subject of type "service" "carl" is assigned "clerk" and "approver"',
    )
    expect(assigned('')).not.toContain('separated-roles')
    expect(assigned(", subject_type: '*'")).toContain('separated-roles')
  })
})

describe('entries under first-applicable', () => {
  const files: Files = {
    'document.yaml': `
      resource: document
      combining: first-applicable
      actions: [read]
      rules: [{ id: guests, deny: [read], when: subject.type == "guest" }]
    `,
    'b.yaml': `
      acl: document
      entries: [{ id: later, resources: handbook, deny: [read], subjects: [carl] }]
    `,
    'a.yaml': `
      acl: document
      entries:
        - { id: permitted, resources: handbook, permit: [read], subjects: [carl, dora] }
        - { id: second, resources: '*', permit: [read], subjects: [dora] }
        - { id: first, resources: '*', deny: [read], subjects: [carl] }
    `,
  }

  it('are asked after the rules, those that deny before those that permit, wherever they stand', () => {
    expect(rulesOf(files, 'guest', 'carl')).toEqual(['document/guests'])
    expect(rulesOf(files, 'user', 'carl')).toEqual(['document/first'])
    expect(rulesOf(files, 'user', 'dora')).toEqual(['document/permitted'])
  })

  it('are so in whatever order the files come', () => {
    const reversed = Object.fromEntries(Object.entries(files).toReversed())
    expect(rulesOf(reversed, 'user', 'carl')).toEqual(['document/first'])
  })
})
