import { describe, expect, it } from 'vitest'
import { diagnose, type Files, soundFiles } from './samples.ts'

describe('what is said about files', () => {
  it('a file that says nothing of what it is', () => {
    expect(
      diagnose({
        ...soundFiles,
        'x.yaml': `
          rulez: []
        `,
      }),
    ).toMatchInlineSnapshot(
      `"x.yaml:1:1 error unknown-file-kind: the file is of none of the kinds there are [start it with "resource: NAME", "acl: NAME", "roles:", "routes:", "types:", "scopes:", "variables:" or "derived_roles:"]"`,
    )
  })

  it('a file whose kind is misspelt', () => {
    expect(
      diagnose({
        ...soundFiles,
        'x.yaml': `
          rols: {}
        `,
      }),
    ).toMatchInlineSnapshot(
      `"x.yaml:1:1 error unknown-file-kind: the file is of none of the kinds there are [did you mean "roles"?]"`,
    )
  })

  it('an empty file', () => {
    expect(diagnose({ ...soundFiles, 'x.yaml': '' })).toMatchInlineSnapshot(
      `"x.yaml:1:1 error empty-file: the file is empty [start it with "resource: NAME", "acl: NAME", "roles:", "routes:", "types:", "scopes:", "variables:" or "derived_roles:", or remove it]"`,
    )
  })

  it('a file of comments', () => {
    expect(
      diagnose({
        ...soundFiles,
        'x.yaml': `
          # later
        `,
      }),
    ).toMatchInlineSnapshot(
      `"x.yaml:1:1 error empty-file: the file is empty [start it with "resource: NAME", "acl: NAME", "roles:", "routes:", "types:", "scopes:", "variables:" or "derived_roles:", or remove it]"`,
    )
  })

  it('a list instead of a mapping', () => {
    expect(
      diagnose({
        ...soundFiles,
        'x.yaml': `
          - a
          - b
        `,
      }),
    ).toMatchInlineSnapshot(
      `"x.yaml:1:1 error unknown-file-kind: the file is of none of the kinds there are [start it with "resource: NAME", "acl: NAME", "roles:", "routes:", "types:", "scopes:", "variables:" or "derived_roles:"]"`,
    )
  })

  it('two kinds in one file', () => {
    expect(
      diagnose({
        ...soundFiles,
        'x.yaml': `
          resource: a
          actions: [b]
          rules: []
          roles: {}
        `,
      }),
    ).toMatchInlineSnapshot(
      `"x.yaml:4:1 error mixed-file-kinds: "resource", "roles" are in one file [move "roles" to a file of its own]"`,
    )
  })

  it('text that is no YAML', () => {
    expect(
      diagnose({
        ...soundFiles,
        'x.yaml': `
          resource: a
            actions: [b
        `,
      }),
    ).toMatchInlineSnapshot(`
      "x.yaml:1:11 error yaml-syntax: a mapping starts where a value was expected [put the text in quotes if it contains ": "]
      x.yaml:3:1 error yaml-syntax: the indentation does not fit the lines around it [flow sequence in block collection must be sufficiently indented and end with a ]]"
    `)
  })

  it('a bare asterisk', () => {
    expect(
      diagnose({
        ...soundFiles,
        'x.yaml': `
          resource: a
          actions: [b]
          rules:
            - id: r
              permit: *
        `,
      }),
    ).toMatchInlineSnapshot(
      `"x.yaml:5:13 error yaml-syntax: this is no alias: "*" begins the name of something marked with "&" [write "*" in quotes]"`,
    )
  })

  it('a duplicate key', () => {
    expect(
      diagnose({
        ...soundFiles,
        'x.yaml': `
          resource: a
          actions: [b]
          actions: [c]
          rules: []
        `,
      }),
    ).toMatchInlineSnapshot(
      `"x.yaml:3:1 error duplicate-key: duplicate key "actions", first on line 2 [remove one of them]"`,
    )
  })
})

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

describe('what is said about conditions, at their own column', () => {
  it('in a plain scalar', () => {
    expect(
      diagnose({
        ...soundFiles,
        'x.yaml': `
          resource: a
          actions: [b]
          attributes: { owner: string, amount: double }
          rules:
            - id: r
              permit: [b]
              when: resource.ownr == subject.id
        `,
      }),
    ).toMatchInlineSnapshot(
      `"x.yaml:7:11 error expression: unknown attribute "resource.ownr" [did you mean "owner"?]"`,
    )
  })

  it('in single quotes', () => {
    expect(
      diagnose({
        ...soundFiles,
        'x.yaml': `
          resource: a
          actions: [b]
          attributes: { owner: string, amount: double }
          rules:
            - id: r
              permit: [b]
              when: '"x" == resource.ownr'
        `,
      }),
    ).toMatchInlineSnapshot(
      `"x.yaml:7:19 error expression: unknown attribute "resource.ownr" [did you mean "owner"?]"`,
    )
  })

  it('in double quotes with escapes', () => {
    expect(
      diagnose({
        ...soundFiles,
        'x.yaml': `
          resource: a
          actions: [b]
          attributes: { owner: string, amount: double }
          rules:
            - id: r
              permit: [b]
              when: "\\"x\\" == resource.ownr"
        `,
      }),
    ).toMatchInlineSnapshot(
      `"x.yaml:7:21 error expression: unknown attribute "resource.ownr" [did you mean "owner"?]"`,
    )
  })

  it('in a literal block', () => {
    expect(
      diagnose({
        ...soundFiles,
        'x.yaml': `
          resource: a
          actions: [b]
          attributes: { owner: string, amount: double }
          rules:
            - id: r
              permit: [b]
              when: |
                resource.owner == subject.id &&
                  resource.ownr == "x"
        `,
      }),
    ).toMatchInlineSnapshot(
      `"x.yaml:9:9 error expression: unknown attribute "resource.ownr" [did you mean "owner"?]"`,
    )
  })

  it('in a folded block', () => {
    expect(
      diagnose({
        ...soundFiles,
        'x.yaml': `
          resource: a
          actions: [b]
          attributes: { owner: string, amount: double }
          rules:
            - id: r
              permit: [b]
              when: >-
                resource.owner == subject.id
                && resource.ownr == "x"
        `,
      }),
    ).toMatchInlineSnapshot(
      `"x.yaml:9:10 error expression: unknown attribute "resource.ownr" [did you mean "owner"?]"`,
    )
  })

  it('a syntax error', () => {
    expect(
      diagnose({
        ...soundFiles,
        'x.yaml': `
          resource: a
          actions: [b]
          attributes: { owner: string, amount: double }
          rules:
            - id: r
              permit: [b]
              when: resource.owner == 
        `,
      }),
    ).toMatchInlineSnapshot(`"x.yaml:7:28 error expression: unexpected end of the expression"`)
  })

  it('a comparison of unlike types', () => {
    expect(
      diagnose({
        ...soundFiles,
        'x.yaml': `
          resource: a
          actions: [b]
          attributes: { owner: string, amount: double }
          rules:
            - id: r
              permit: [b]
              when: resource.amount == "large"
        `,
      }),
    ).toMatchInlineSnapshot(`"x.yaml:7:11 error expression: cannot compare double with string"`)
  })

  it('a condition that is no condition', () => {
    expect(
      diagnose({
        ...soundFiles,
        'x.yaml': `
          resource: a
          actions: [b]
          attributes: { owner: string, amount: double }
          rules:
            - id: r
              permit: [b]
              when: resource.owner
        `,
      }),
    ).toMatchInlineSnapshot(
      `"x.yaml:7:11 error expression: a condition must be a bool, and this is a string"`,
    )
  })

  it('an unknown variable', () => {
    expect(
      diagnose({
        ...soundFiles,
        'x.yaml': `
          resource: a
          actions: [b]
          attributes: { owner: string, amount: double }
          rules:
            - id: r
              permit: [b]
              when: user.id == resource.owner
        `,
      }),
    ).toMatchInlineSnapshot(
      `"x.yaml:7:11 error expression: unknown name "user" [known names: "subject", "resource", "action", "context", "now"]"`,
    )
  })

  it('several at once', () => {
    expect(
      diagnose({
        ...soundFiles,
        'x.yaml': `
          resource: a
          actions: [b]
          attributes: { owner: string, amount: double }
          rules:
            - id: r
              permit: [b]
              when: resource.ownr == subject.id || resource.amnt > 5.0
        `,
      }),
    ).toMatchInlineSnapshot(`
      "x.yaml:7:11 error expression: unknown attribute "resource.ownr" [did you mean "owner"?]
      x.yaml:7:42 error expression: unknown attribute "resource.amnt" [declared attributes: "owner", "amount", "id", "type"]"
    `)
  })
})

describe('what is said about routes', () => {
  it('an unknown resource', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                GET /x: { action: view, resource: expens }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:4:41 error unknown-resource: unknown resource "expens" [did you mean "expense"?]"`,
    )
  })

  it('an unknown action', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                GET /x: { action: vew, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:4:25 error unknown-action: unknown action "vew" of resource "expense" [did you mean "view"?]"`,
    )
  })

  it('missing keys', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - host: a.test
              paths:
                GET /x: { action: view }
        `,
      }),
    ).toMatchInlineSnapshot(`
      "routes.yaml:2:5 error missing-key: entry 1 of "routes" has no "upstream" [where permitted requests go, such as http://127.0.0.1:9500]
      routes.yaml:4:7 error missing-key: "GET /x" has no "resource" [the type of resource it is about]"
    `)
  })

  it('no method', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                /x: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:4:7 error malformed-route: the route has no method [write it before the path, as in "GET /x"]"`,
    )
  })

  it('an unknown method', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                GTE /x: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:4:7 error malformed-route: unknown method "GTE" [did you mean "GET"?]"`,
    )
  })

  it('a lower-case method', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                get /x: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:4:7 error malformed-route: unknown method "get" [did you mean "GET"?]"`,
    )
  })

  it('a method that is never forwarded', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                CONNECT /x: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(`"routes.yaml:4:7 error malformed-route: CONNECT is never forwarded"`)
  })

  it('no path', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                GET: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:4:10 error malformed-route: the route has no path [write it after the method]"`,
    )
  })

  it('a path without its slash', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                GET x: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:4:11 error malformed-route: the path must start with "/""`,
    )
  })

  it('a trailing slash', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                GET /x/: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:4:14 error malformed-route: the path ends with "/" [remove it, or end with a tail such as "{rest...}"]"`,
    )
  })

  it('an empty segment', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                GET /x//y: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:4:14 error malformed-route: the path has an empty segment [remove the second "/"]"`,
    )
  })

  it('a dot segment', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                GET /x/../y: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:4:14 error malformed-route: the segment ".." never stands in a normalised path"`,
    )
  })

  it('percent-encoding', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                GET /x%2Fy/a: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:4:12 error malformed-route: percent-encoding is not used in paths [write the character itself]"`,
    )
  })

  it('a parameter within a segment', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                GET /x-{id}: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:4:12 error malformed-route: a parameter takes a whole segment [write "{name}" between two slashes]"`,
    )
  })

  it('a parameter that is no name', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                "GET /{a-b}/{}/{1}": { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(`
      "routes.yaml:4:13 error malformed-route: "a-b" is not a parameter name (letters, digits and "_", not starting with a digit)
      routes.yaml:4:19 error malformed-route: "" is not a parameter name (letters, digits and "_", not starting with a digit)
      routes.yaml:4:22 error malformed-route: "1" is not a parameter name (letters, digits and "_", not starting with a digit)"
    `)
  })

  it('a parameter no expression could read', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                "GET /{in}": { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:4:13 error malformed-route: "in" is a word of CEL: no expression could read path.in [choose another name]"`,
    )
  })

  it('a parameter named twice', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                "GET /{id}/x/{id}": { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:4:20 error malformed-route: the parameter "id" is named twice"`,
    )
  })

  it('a tail that is not last', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                "GET /{rest...}/x": { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:4:13 error malformed-route: the tail "{rest...}" must be the last segment"`,
    )
  })

  it('parameters in the style of others', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                "GET /:id/*/**": { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(`
      "routes.yaml:4:13 error malformed-route: ":id" is not a parameter [write "{name}" or "{rest...}"]
      routes.yaml:4:17 error malformed-route: "*" is not a parameter [write "{name}" or "{rest...}"]
      routes.yaml:4:19 error malformed-route: "**" is not a parameter [write "{name}" or "{rest...}"]"
    `)
  })

  it('characters no path has', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                "GET /a b": { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(`"routes.yaml:4:13 error malformed-route: " " cannot stand in a path"`)
  })

  it('characters that other programs cut paths at', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                "GET /a;b": { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(`"routes.yaml:4:13 error malformed-route: ";" cannot stand in a path"`)
  })

  it('a path of the gateway itself', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                GET /.well-known/sallyport/x: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:4:7 error reserved-path: paths below /.well-known/sallyport/ are answered by the gateway itself [choose another path]"`,
    )
  })

  it('two routes for the same requests', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                "GET /x/{id}": { action: view, resource: expense }
                "GET  /x/{name}": { action: approve, resource: expense }
            - upstream: http://127.0.0.1:9501
              paths:
                "GET /x/{other}": { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(`
      "routes.yaml:5:7 error route-conflict: route "GET  /x/{name}" matches the same requests as "GET /x/{id}" at routes.yaml:4:7 [keep one of them]
      routes.yaml:8:7 error route-conflict: route "GET /x/{other}" matches the same requests as "GET /x/{id}" at routes.yaml:4:7 [keep one of them]"
    `)
  })

  it('an id of the wrong type', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                "GET /{id}": { action: view, resource: expense, id: int(path.id) }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:4:59 error wrong-type: "id" must be string, not int [write string(int(path.id))]"`,
    )
  })

  it('an id that reads an unknown parameter', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                "GET /{id}": { action: view, resource: expense, id: path.name }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:4:59 error expression: unknown attribute "path.name" [declared attributes: "id"]"`,
    )
  })

  it('an id that reads the subject', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                "GET /{id}": { action: view, resource: expense, id: subject.id }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:4:59 error expression: unknown name "subject" [known names: "path", "query", "request"]"`,
    )
  })

  it('an attribute nobody declared', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                "GET /{id}": { action: view, resource: expense, attributes: { ownr: path.id } }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:4:69 error unknown-attribute: resource "expense" declares no attribute "ownr" [did you mean "owner"?]"`,
    )
  })

  it('an attribute of a resource that declares none', () => {
    expect(
      diagnose({
        ...soundFiles,
        'a.yaml': `
          resource: a
          actions: [b]
          rules: [{ id: r, permit: [b] }]
        `,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                "GET /{id}": { action: b, resource: a, attributes: { owner: path.id } }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:4:60 error unknown-attribute: resource "a" declares no attribute "owner" [declare it under "attributes" of resource "a"]"`,
    )
  })

  it('an attribute of the wrong type', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                "GET /{id}": { action: view, resource: expense, attributes: { owner: path.id, amount: path.id, files: "[1]" } }
        `,
      }),
    ).toMatchInlineSnapshot(`
      "routes.yaml:4:93 error wrong-type: attribute "amount" must be double, not string [write double(path.id)]
      routes.yaml:4:109 error wrong-type: attribute "files" must be list<string>, not list<int>"
    `)
  })
})

describe('what is said about hosts and upstreams', () => {
  it('an upstream with no URL', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: localhost:9500
              paths:
                GET /x: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:2:15 error malformed-upstream: upstream "localhost:9500" is not a URL [write scheme, host and port, as in "http://127.0.0.1:9500"]"`,
    )
  })

  it('an upstream with another scheme', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: ftp://a.test
              paths:
                GET /x: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:2:15 error malformed-upstream: upstream "ftp://a.test" has the scheme "ftp" [use "http", "https" or "unix"]"`,
    )
  })

  it('an upstream with a password', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://u:p@a.test
              paths:
                GET /x: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:2:15 error malformed-upstream: upstream contains a user name or password [remove what stands before "@"]"`,
    )
  })

  it('an upstream with a path', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://a.test/api
              paths:
                GET /x: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:2:15 error malformed-upstream: upstream "http://a.test/api" has a path [write "http://a.test"]"`,
    )
  })

  it('an upstream with a lone slash', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://a.test/
              paths:
                GET /x: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:2:15 error malformed-upstream: upstream "http://a.test/" has a path [write "http://a.test"]"`,
    )
  })

  it('an upstream with a query', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://a.test?x=1
              paths:
                GET /x: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:2:15 error malformed-upstream: upstream "http://a.test?x=1" has a query [write "http://a.test"]"`,
    )
  })

  it('an upstream with a fragment', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: "http://a.test#x"
              paths:
                GET /x: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:2:15 error malformed-upstream: upstream "http://a.test#x" has a fragment [write "http://a.test"]"`,
    )
  })

  it('an upstream with backslashes', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http:\\\\a.test
              paths:
                GET /x: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:2:15 error malformed-upstream: upstream "http:\\\\a.test" is not written as an origin [write "http://a.test"]"`,
    )
  })

  it('an upstream with a number for an address', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://0x7f.1:80
              paths:
                GET /x: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:2:15 error malformed-upstream: upstream "http://0x7f.1:80" is not written as an origin [write "http://127.0.0.1"]"`,
    )
  })

  it('an upstream with spaces around it', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: " http://a.test"
              paths:
                GET /x: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:2:15 error malformed-upstream: upstream " http://a.test" is not a URL [write scheme, host and port, as in "http://127.0.0.1:9500"]"`,
    )
  })

  it('a host with a scheme', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - host: http://a.test
              upstream: http://127.0.0.1:9500
              paths:
                GET /x: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:2:11 error malformed-host: host "http://a.test" has a scheme [write the host name alone]"`,
    )
  })

  it('a host with a port', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - host: a.test:8080
              upstream: http://127.0.0.1:9500
              paths:
                GET /x: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:2:11 error malformed-host: host "a.test:8080" has a port [routes hold for every port: remove it]"`,
    )
  })

  it('a host with a path', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - host: a.test/x
              upstream: http://127.0.0.1:9500
              paths:
                GET /x: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:2:11 error malformed-host: host "a.test/x" has a path [paths belong under "paths"]"`,
    )
  })

  it('a host with upper case', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - host: A.test
              upstream: http://127.0.0.1:9500
              paths:
                GET /x: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:2:11 error malformed-host: host "A.test" is not lower case [write "a.test"]"`,
    )
  })

  it('a host with a trailing dot', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - host: a.test.
              upstream: http://127.0.0.1:9500
              paths:
                GET /x: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:2:11 error malformed-host: host "a.test." ends with a dot [write "a.test"]"`,
    )
  })

  it('a host with an asterisk in the middle', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - host: a.*.test
              upstream: http://127.0.0.1:9500
              paths:
                GET /x: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:2:11 error malformed-host: host "a.*.test" has a "*" that stands for part of a name [write "*." before the name]"`,
    )
  })

  it('a host with a bare asterisk', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - host: "*"
              upstream: http://127.0.0.1:9500
              paths:
                GET /x: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:2:11 error malformed-host: host "*" has a "*" that stands for part of a name [write "*." before the name]"`,
    )
  })

  it('a host with odd characters', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - host: a_b!.test
              upstream: http://127.0.0.1:9500
              paths:
                GET /x: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:2:11 error malformed-host: host "a_b!.test" is not a host name [internationalised names are written in their "xn--" form]"`,
    )
  })

  it('a host with an empty label', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - host: a..test
              upstream: http://127.0.0.1:9500
              paths:
                GET /x: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:2:11 error malformed-host: host "a..test" is not a host name [internationalised names are written in their "xn--" form]"`,
    )
  })

  it('a host with an address that is not canonical', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - host: "[::0001]"
              upstream: http://127.0.0.1:9500
              paths:
                GET /x: { action: view, resource: expense }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:2:11 error malformed-host: host "[::0001]" is not canonical [write "[::1]"]"`,
    )
  })
})

describe('what is said about several files at once', () => {
  it('everything wrong in every file, sorted by place', () => {
    expect(
      diagnose({
        ...soundFiles,
        'b.yaml': `
          resource: b
          actions: [go]
          rules:
            - { id: r, permit: [gone], roles: [nobody] }
        `,
        'a.yaml': `
          resource: a
          actions: [go]
          rules:
            - { id: r, permit: [go], when: resource.x }
        `,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                GET /a: { action: go, resource: c }
        `,
      }),
    ).toMatchInlineSnapshot(`
      "a.yaml:4:34 error expression: unknown attribute "resource.x" [declared attributes: "id", "type"]
      b.yaml:4:23 error unknown-action: unknown action "gone" of resource "b" [known actions: "go"]
      b.yaml:4:38 error unknown-role: unknown role "nobody" [known roles: "employee", "manager"]
      routes.yaml:4:39 error unknown-resource: unknown resource "c" [known resources: "a", "b", "expense"]"
    `)
  })

  it('names of a file that cannot be read, which are not called unknown', () => {
    expect(
      diagnose({
        'roles.yaml': `
          roles: {
        `,
        'b.yaml': `
          resource: b
          actions: [go]
          rules:
            - { id: r, permit: [go], roles: [somebody] }
        `,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                GET /a: { action: go, resource: c }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"roles.yaml:2:1 error yaml-syntax: the indentation does not fit the lines around it [flow map in block collection must be sufficiently indented and end with a }]"`,
    )
  })

  it('text that could drive the terminal', () => {
    expect(
      diagnose({
        ...soundFiles,
        'x.yaml': `
          resource: "a\\e[31m"
          actions: [b]
          rules: [{ id: r, permit: [b] }]
        `,
      }),
    ).toMatchInlineSnapshot(
      `"x.yaml:1:11 error malformed-value: "resource" must be a name (letters, digits, "-", "_", "." and ":", starting with a letter), not "a<U+001B>[31m""`,
    )
  })

  it('a long name, cut', () => {
    expect(
      diagnose({
        ...soundFiles,
        'x.yaml': `
          resource: a
          actions: [b]
          rules: [{ id: r, permit: [xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx] }]
        `,
      }),
    ).toMatchInlineSnapshot(
      `"x.yaml:3:27 error unknown-action: unknown action "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…" of resource "a" [known actions: "b"]"`,
    )
  })
})

describe('what is warned about', () => {
  it('a role no rule is about', () => {
    expect(
      diagnose({
        ...soundFiles,
        'more.yaml': `
          roles:
            auditor: { when: "true" }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"more.yaml:2:3 warning unused-role: no rule is about role "auditor", nor about a role it inherits"`,
    )
  })

  it('a role nobody can hold', () => {
    expect(
      diagnose({
        ...soundFiles,
        'more.yaml': `
          roles:
            ghost: {}
        `,
        'x.yaml': `
          resource: a
          actions: [b]
          rules: [{ id: r, permit: [b], roles: [ghost] }]
        `,
      }),
    ).toMatchInlineSnapshot(`
      "more.yaml:2:3 warning unreachable-role: nobody can hold role "ghost": it has no condition and no role that can be held inherits it [add "when: CONDITION", or an assignment]
      x.yaml:3:15 warning unreachable-rule: rule "a/r" applies to nobody: nobody can hold "ghost""
    `)
  })

  it('a rule another rule answers for', () => {
    expect(
      diagnose({
        ...soundFiles,
        'x.yaml': `
          resource: a
          actions: [b]
          rules:
            - { id: all, permit: [b], roles: [employee] }
            - { id: some, permit: [b], roles: [manager], when: resource.id == "1" }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"x.yaml:5:11 warning shadowed-rule: rule "a/some" changes no decision: rule "a/all" at x.yaml:4:11 permits the same already"`,
    )
  })

  it('a permit that is always denied', () => {
    expect(
      diagnose({
        ...soundFiles,
        'x.yaml': `
          resource: a
          actions: [b, c]
          rules:
            - { id: yes, permit: [b, c] }
            - { id: some, permit: [c], roles: [manager] }
            - { id: no, deny: [c] }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"x.yaml:5:11 warning shadowed-rule: rule "a/some" changes no decision: rule "a/no" at x.yaml:6:11 denies the same already"`,
    )
  })

  it('an action nobody is permitted', () => {
    expect(
      diagnose({
        ...soundFiles,
        'x.yaml': `
          resource: a
          actions: [b, c]
          rules:
            - { id: r, permit: [b] }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"x.yaml:2:14 warning action-never-permitted: no rule permits "c": it is denied to everybody"`,
    )
  })

  it('a route that does not give what rules read', () => {
    expect(
      diagnose({
        ...soundFiles,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                "GET /{id}": { action: view, resource: expense, id: path.id }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:4:7 warning route-lacks-attribute: no rule can permit "view" through this route: each reads an attribute that the route does not give (owner) [give it under "attributes"]"`,
    )
  })

  it('a route that does not give what a deny rule reads', () => {
    expect(
      diagnose({
        ...soundFiles,
        'x.yaml': `
          resource: a
          actions: [b]
          attributes: { owner: string }
          rules:
            - { id: yes, permit: [b] }
            - { id: no, deny: [b], when: resource.owner == subject.id }
        `,
        'routes.yaml': `
          routes:
            - upstream: http://127.0.0.1:9500
              paths:
                "GET /{id}": { action: b, resource: a, id: path.id }
        `,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:4:7 warning route-lacks-attribute: rule "a/no" reads resource.owner, which the route does not give: a deny rule that cannot be evaluated denies [give it under "attributes", or test it first with has(resource.owner)]"`,
    )
  })
})
