import { describe, expect, it } from 'vitest'
import { diagnose, type Files, soundFiles } from '../samples.ts'

describe('what is said about roles', () => {
  it('an unknown inherited role', () => {
    expect(
      diagnose({
        ...soundFiles,
        'more.yaml': `
          roles:
            lead: { inherits: [enployee], when: "true" }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"more.yaml:2:22 error unknown-role: unknown role "enployee" [did you mean "employee"?]"`,
    )
  })

  it('a circle', () => {
    expect(
      diagnose({
        'roles.yaml': `
          roles:
            a: { inherits: [b], when: "true" }
            b: { inherits: [c] }
            c: { inherits: [a] }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"roles.yaml:2:3 error role-cycle: roles inherit in a circle: a → b → c → a [remove one of these from "inherits"]"`,
    )
  })

  it('a role that inherits itself', () => {
    expect(
      diagnose({
        'roles.yaml': `
          roles:
            a: { inherits: [a], when: "true" }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"roles.yaml:2:3 error role-cycle: role "a" inherits itself [remove one of these from "inherits"]"`,
    )
  })

  it('a chain of roles that is too long', () => {
    const chain = (length: number): Files => ({
      'roles.yaml': `roles:\n${Array.from({ length }, (_, at) =>
        at === length - 1
          ? `  r${at}: { when: "true" }\n`
          : `  r${at}: { inherits: [r${at + 1}], when: "true" }\n`,
      ).join('')}`,
      'a.yaml': 'resource: a\nactions: [x]\nrules:\n  - { id: x, permit: [x], roles: [r0] }\n',
    })
    const tooLong = (length: number): string =>
      diagnose(chain(length)).replaceAll(/.*unused-role.*\n?/gu, '')
    expect(tooLong(4_098)).toMatchInlineSnapshot(
      `"roles.yaml:2:3 error too-deep: role "r0" inherits through more than 4096 others [let it inherit directly what it needs]"`,
    )
  })

  it('a role in two files', () => {
    expect(
      diagnose({
        ...soundFiles,
        'more.yaml': `
          roles:
            manager: { when: "true" }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"roles.yaml:3:3 error duplicate-role: role "manager" is declared twice, first at more.yaml:2:3 [choose another name, or remove one of them]"`,
    )
  })

  it('a misspelt key', () => {
    expect(
      diagnose({
        ...soundFiles,
        'more.yaml': `
          roles:
            lead: { inherit: [employee] }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"more.yaml:2:11 error unknown-key: unknown key "inherit" in "lead" [did you mean "inherits"?]"`,
    )
  })

  it('a role that is a list', () => {
    expect(
      diagnose({
        ...soundFiles,
        'more.yaml': `
          roles:
            lead: [employee]
        `,
      }),
    ).toMatchInlineSnapshot(
      `"more.yaml:2:9 error wrong-type: "lead" must be a mapping with "when" or "inherits", or {}, not a list"`,
    )
  })

  it('a role whose name has a space', () => {
    expect(
      diagnose({
        ...soundFiles,
        'more.yaml': `
          roles:
            team lead: { when: "true" }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"more.yaml:2:3 error malformed-name: "team lead" is not a name (letters, digits, "-", "_", "." and ":", starting with a letter)"`,
    )
  })

  it('an empty role', () => {
    expect(
      diagnose({
        ...soundFiles,
        'more.yaml': `
          roles:
            lead:
        `,
      }),
    ).toMatchInlineSnapshot(
      `"more.yaml:2:8 error wrong-type: "lead" must be a mapping with "when" or "inherits", or {}, not empty"`,
    )
  })

  it('a condition that reads more than the subject', () => {
    expect(
      diagnose({
        ...soundFiles,
        'more.yaml': `
          roles:
            lead: { when: resource.owner == subject.id }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"more.yaml:2:17 error expression: unknown name "resource" [known names: "subject"]"`,
    )
  })
})
