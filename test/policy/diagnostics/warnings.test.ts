import { describe, expect, it } from 'vitest'
import { diagnose, soundFiles } from '../samples.ts'

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
