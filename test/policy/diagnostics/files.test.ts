import { describe, expect, it } from 'vitest'
import { diagnose, soundFiles } from '../samples.ts'

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
