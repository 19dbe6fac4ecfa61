import { describe, expect, it } from 'vitest'
import { diagnose, soundFiles } from '../samples.ts'

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
