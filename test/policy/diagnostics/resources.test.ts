import { describe, expect, it } from 'vitest'
import { diagnose, soundFiles } from '../samples.ts'

describe('what is said about the form of a resource policy', () => {
  it('missing keys', () => {
    expect(
      diagnose({
        ...soundFiles,
        'x.yaml': `
          resource: a
        `,
      }),
    ).toMatchInlineSnapshot(`
      "x.yaml:1:1 error missing-key: the file has no "actions" [everything that can be done to the resource]
      x.yaml:1:1 error missing-key: the file has no "rules" [what permits and denies; unless "combining" says otherwise a deny outweighs every permit]"
    `)
  })

  it('an unknown key', () => {
    expect(
      diagnose({
        ...soundFiles,
        'x.yaml': `
          resource: a
          actions: [b]
          rules: []
          attribtes: {}
        `,
      }),
    ).toMatchInlineSnapshot(
      `"x.yaml:4:1 error unknown-key: unknown key "attribtes" [did you mean "attributes"?]"`,
    )
  })

  it('an unknown key in a rule', () => {
    expect(
      diagnose({
        ...soundFiles,
        'x.yaml': `
          resource: a
          actions: [b]
          rules:
            - id: r
              permit: [b]
              role: [employee]
        `,
      }),
    ).toMatchInlineSnapshot(
      `"x.yaml:6:5 error unknown-key: unknown key "role" in entry 1 of "rules" [did you mean "roles"?]"`,
    )
  })

  it('a key that is spelt in another style', () => {
    expect(
      diagnose({
        ...soundFiles,
        'x.yaml': `
          resource: a
          actions: [b]
          rules:
            - id: r
              Permit: [b]
        `,
      }),
    ).toMatchInlineSnapshot(
      `"x.yaml:5:5 error unknown-key: unknown key "Permit" in entry 1 of "rules" [did you mean "permit"?]"`,
    )
  })

  it('a rule without id', () => {
    expect(
      diagnose({
        ...soundFiles,
        'x.yaml': `
          resource: a
          actions: [b]
          rules:
            - permit: [b]
        `,
      }),
    ).toMatchInlineSnapshot(
      `"x.yaml:4:5 error missing-key: entry 1 of "rules" has no "id" [a name for the rule, unique in the file, that decisions and records cite]"`,
    )
  })

  it('text instead of a list', () => {
    expect(
      diagnose({
        ...soundFiles,
        'x.yaml': `
          resource: a
          actions: b
          rules:
            - id: r
              permit: b
              roles: employee
        `,
      }),
    ).toMatchInlineSnapshot(`
      "x.yaml:2:10 error wrong-type: "actions" must be a list, not text ("b")
      x.yaml:5:13 error wrong-type: "permit" must be a list of actions, or "*" for all of them, not text ("b")
      x.yaml:6:12 error wrong-type: "roles" must be a list, not text ("employee")"
    `)
  })

  it('empty lists', () => {
    expect(
      diagnose({
        ...soundFiles,
        'x.yaml': `
          resource: a
          actions: []
          rules:
            - id: r
              permit: []
              roles: []
        `,
      }),
    ).toMatchInlineSnapshot(`
      "x.yaml:2:10 error too-few: "actions" must not be empty
      x.yaml:5:13 error too-few: "permit" must not be empty
      x.yaml:6:12 error too-few: "roles" must not be empty"
    `)
  })

  it('an action named twice', () => {
    expect(
      diagnose({
        ...soundFiles,
        'x.yaml': `
          resource: a
          actions: [b, c, b]
          rules: []
        `,
      }),
    ).toMatchInlineSnapshot(
      `"x.yaml:2:17 error duplicate-entry: "actions" names "b" twice [remove one of them]"`,
    )
  })

  it('names with spaces and odd characters', () => {
    expect(
      diagnose({
        ...soundFiles,
        'x.yaml': `
          resource: my thing
          actions: [b/c]
          attributes: { a-b: string }
          rules: []
        `,
      }),
    ).toMatchInlineSnapshot(`
      "x.yaml:1:11 error malformed-value: "resource" must be a name (letters, digits, "-", "_", "." and ":", starting with a letter), not "my thing"
      x.yaml:2:11 error malformed-value: entry 1 of "actions" must be a name (letters, digits, "-", "_", "." and ":", starting with a letter), not "b/c"
      x.yaml:3:15 error malformed-name: "a-b" is not an attribute name (letters, digits and "_", not starting with a digit)"
    `)
  })

  it('a number for a name', () => {
    expect(
      diagnose({
        ...soundFiles,
        'x.yaml': `
          resource: 7
          actions: [b]
          rules: []
        `,
      }),
    ).toMatchInlineSnapshot(
      `"x.yaml:1:11 error wrong-type: "resource" must be a name (letters, digits, "-", "_", "." and ":", starting with a letter), not a number (7) [put it in quotes]"`,
    )
  })

  it('a condition that is not text', () => {
    expect(
      diagnose({
        ...soundFiles,
        'x.yaml': `
          resource: a
          actions: [b]
          rules:
            - id: r
              permit: [b]
              when: true
        `,
      }),
    ).toMatchInlineSnapshot(
      `"x.yaml:6:11 error wrong-type: "when" must be a condition in CEL, as text, not true [put it in quotes]"`,
    )
  })

  it('rules as a mapping', () => {
    expect(
      diagnose({
        ...soundFiles,
        'x.yaml': `
          resource: a
          actions: [b]
          rules: { r: { permit: [b] } }
        `,
      }),
    ).toMatchInlineSnapshot(`"x.yaml:3:8 error wrong-type: "rules" must be a list, not a mapping"`)
  })
})

describe('what is said about the meaning of a resource policy', () => {
  it('an action nobody declared', () => {
    expect(
      diagnose({
        ...soundFiles,
        'x.yaml': `
          resource: a
          actions: [view, edit]
          rules:
            - id: r
              permit: [veiw]
            - id: s
              deny: [remove]
        `,
      }),
    ).toMatchInlineSnapshot(`
      "x.yaml:5:14 error unknown-action: unknown action "veiw" of resource "a" [did you mean "view"?]
      x.yaml:7:12 error unknown-action: unknown action "remove" of resource "a" [known actions: "view", "edit"]"
    `)
  })

  it('a rule that permits and denies', () => {
    expect(
      diagnose({
        ...soundFiles,
        'x.yaml': `
          resource: a
          actions: [b]
          rules:
            - id: r
              permit: [b]
              deny: [b]
        `,
      }),
    ).toMatchInlineSnapshot(
      `"x.yaml:6:5 error rule-with-two-effects: rule "r" both permits and denies [split it in two]"`,
    )
  })

  it('a rule without effect', () => {
    expect(
      diagnose({
        ...soundFiles,
        'x.yaml': `
          resource: a
          actions: [b]
          rules:
            - id: r
              roles: [employee]
        `,
      }),
    ).toMatchInlineSnapshot(
      `"x.yaml:4:9 error rule-without-effect: rule "r" neither permits nor denies anything [add "permit: [...]" or "deny: [...]"]"`,
    )
  })

  it('a duplicate rule', () => {
    expect(
      diagnose({
        ...soundFiles,
        'x.yaml': `
          resource: a
          actions: [b]
          rules:
            - { id: r, permit: [b] }
            - { id: r, deny: [b] }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"x.yaml:5:11 error duplicate-rule: rule "r" is declared twice, first at x.yaml:4:11 [choose another name, or remove one of them]"`,
    )
  })

  it('a duplicate resource', () => {
    expect(
      diagnose({
        ...soundFiles,
        'x.yaml': `
          resource: expense
          actions: [b]
          rules:
            - { id: r, permit: [b] }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"x.yaml:1:11 error duplicate-resource: resource "expense" is declared twice, first at expense.yaml:1:11 [choose another name, or remove one of them]"`,
    )
  })

  it('an unknown role', () => {
    expect(
      diagnose({
        ...soundFiles,
        'x.yaml': `
          resource: a
          actions: [b]
          rules:
            - id: r
              permit: [b]
              roles: [manger]
            - id: s
              permit: [b]
              roles: [auditor, employee]
        `,
      }),
    ).toMatchInlineSnapshot(`
      "x.yaml:6:13 error unknown-role: unknown role "manger" [did you mean "manager"?]
      x.yaml:9:13 error unknown-role: unknown role "auditor" [known roles: "employee", "manager"]"
    `)
  })

  it('an unknown role where there are none', () => {
    expect(
      diagnose({
        'x.yaml': `
          resource: a
          actions: [b]
          rules:
            - id: r
              permit: [b]
              roles: [manager]
        `,
      }),
    ).toMatchInlineSnapshot(
      `"x.yaml:6:13 error unknown-role: unknown role "manager" [no role is declared]"`,
    )
  })

  it('an unknown type', () => {
    expect(
      diagnose({
        ...soundFiles,
        'x.yaml': `
          resource: a
          actions: [b]
          attributes: { n: strng, m: decimal }
          rules: [{ id: r, permit: [b] }]
        `,
      }),
    ).toMatchInlineSnapshot(`
      "x.yaml:3:18 error unknown-type: unknown type "strng" [did you mean "string"?]
      x.yaml:3:28 error unknown-type: unknown type "decimal" [types: "bool", "int", "double", "string", "timestamp", "duration", "dyn", "list<string>", "map<string, dyn>"]"
    `)
  })

  it('attributes every resource has', () => {
    expect(
      diagnose({
        ...soundFiles,
        'x.yaml': `
          resource: a
          actions: [b]
          attributes: { id: string }
          rules: [{ id: r, permit: [b] }]
        `,
      }),
    ).toMatchInlineSnapshot(
      `"x.yaml:3:15 error reserved-attribute: "id" is there already: resource.id is text [remove it, or choose another name]"`,
    )
  })

  it('attributes no condition could read', () => {
    expect(
      diagnose({
        ...soundFiles,
        'x.yaml': `
          resource: a
          actions: [b]
          attributes: { in: string }
          rules: [{ id: r, permit: [b] }]
        `,
      }),
    ).toMatchInlineSnapshot(
      `"x.yaml:3:15 error reserved-attribute: "in" is a word of CEL: no condition could read resource.in [choose another name]"`,
    )
  })
})
