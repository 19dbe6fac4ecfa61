import { describe, expect, it } from 'vitest'
import { compile, diagnose } from './samples.ts'

/** Of a policy with these rules' conditions, and files beside it. */
function found(conditions: readonly string[], more: Readonly<Record<string, string>> = {}): string {
  const rules = conditions.map(
    (when, at) => `  - { id: r${at}, permit: [view, delete], when: '${when}' }`,
  )
  return diagnose({
    'note.yaml': [
      'resource: note',
      'actions: [view, delete]',
      'attributes: { labels: list<string>, sizes: list<int> }',
      'rules:',
      ...rules,
      '',
    ].join('\n'),
    ...more,
  })
}

describe('an action that is compared with a name nobody declared', () => {
  it('is an error at that name, with a suggestion', () => {
    expect(
      found([
        'action.name == "delte"',
        '"veiw" != action.name',
        'action.name in ["view", "delte"]',
        'action["name"] == "zzz"',
      ]),
    ).toMatchInlineSnapshot(`
      "note.yaml:5:61 error never-equal: unknown action "delte" of resource "note" [did you mean "delete"?]
      note.yaml:6:46 error never-equal: unknown action "veiw" of resource "note" [did you mean "view"?]
      note.yaml:7:70 error never-equal: unknown action "delte" of resource "note" [did you mean "delete"?]
      note.yaml:8:64 error never-equal: unknown action "zzz" of resource "note" [known actions: "view", "delete"]"
    `)
  })

  it('is one in a variable and in a derived role', () => {
    expect(
      diagnose({
        'note.yaml': `
          resource: note
          actions: [view, delete]
          variables:
            is_read: action.name == "veiw"
          derived_roles:
            reader: { when: 'action.name == "raed"' }
          rules:
            - { id: r, permit: [view, delete], roles: [reader], when: is_read }
        `,
      }),
    ).toMatchInlineSnapshot(`
      "note.yaml:4:27 error never-equal: unknown action "veiw" of resource "note" [did you mean "view"?]
      note.yaml:6:35 error never-equal: unknown action "raed" of resource "note" [known actions: "view", "delete"]"
    `)
  })

  it('is one in a shared definition where no resource declares the name', () => {
    const definitions = `
      variables:
        is_read: action.name in ["view", "list", "raed"]
      derived_roles:
        reader: { when: action.name == "delte" }
    `
    const list = `
      resource: list
      actions: [list]
      rules: [{ id: r, permit: [list], when: is_read }]
    `
    const more = { 'definitions.yaml': definitions, 'list.yaml': list }
    expect(found(['is_read'], more)).toMatchInlineSnapshot(`
      "definitions.yaml:2:44 error never-equal: unknown action "raed" [known actions: "list", "view", "delete"]
      definitions.yaml:4:34 error never-equal: unknown action "delte" [did you mean "delete"?]"
    `)
  })

  it('is none where a loop has a variable of that name, or nothing is known', () => {
    expect(
      found([
        'context.log.exists(action, action.name == "delte")',
        'action.name == subject.wanted',
        'action.kind == "delte"',
      ]),
    ).toBe('')
  })

  it('is none while a file is lost that may declare it', () => {
    const more = {
      'definitions.yaml': 'variables: { is_read: \'action.name == "list"\' }\n',
      'lost.yaml': 'resource: [\n',
    }
    expect(found(['true'], more)).not.toContain('never-equal')
  })

  it('is judged by the actions of the version', () => {
    const v2 = `
      resource: note
      version: v2
      actions: [view, renew]
      rules: [{ id: r, permit: [view, renew], when: 'action.name in ["renew", "delete"]' }]
    `
    expect(found(['true'], { 'v2.yaml': v2 })).toMatchInlineSnapshot(
      `"v2.yaml:4:73 error never-equal: unknown action "delete" of resource "note@v2" [known actions: "view", "renew"]"`,
    )
  })

  it('is judged again for each resource, though conditions of one text are shared', () => {
    const other = `
      resource: other
      actions: [view, archive]
      rules: [{ id: r, permit: [view, archive], when: 'action.name == "archive"' }]
    `
    expect(compile({ 'other.yaml': other }).diagnostics).toEqual([])
    expect(found(['action.name == "archive"'], { 'other.yaml': other })).toMatchInlineSnapshot(
      `"note.yaml:5:61 error never-equal: unknown action "archive" of resource "note" [known actions: "view", "delete"]"`,
    )
  })
})

describe('a type of resource that is compared with another', () => {
  it('is an error where the policy is about one', () => {
    expect(found(['resource.type == "report"', 'resource.type == "note"'])).toMatchInlineSnapshot(
      `"note.yaml:5:63 error never-equal: "resource.type" is "note" here, and never "report" [known resources: "note"]"`,
    )
  })

  it('is one in a shared definition where nobody declares it', () => {
    const more = { 'definitions.yaml': 'variables: { own: resource.type == "nte" }\n' }
    expect(found(['own'], more)).toMatchInlineSnapshot(
      `"definitions.yaml:1:36 error never-equal: unknown resource "nte" [did you mean "note"?]"`,
    )
  })
})

describe('lists that can never hold what they are compared with', () => {
  it.each([
    '[ip("10.0.0.1")] == context.hosts',
    'context.hosts != [[cidr("10.0.0.0/8")]]',
    '[ip("10.0.0.1")] in context.hosts',
    'sets.intersects(resource.labels, [1])',
    'sets.contains(context.hosts, [ip("10.0.0.1")])',
    'sets.equivalent(resource.labels, resource.sizes)',
    'resource.labels.indexOf(1) == 0',
    'resource.sizes.lastIndexOf("a") == 0',
    '[1] == ["a"]',
    'resource.sizes == resource.labels',
    '1 in resource.labels',
    '[1] in [["a"]]',
    '{"a": ip("10.0.0.1")} == context.hosts',
  ])('%s is an error', (when) => {
    expect(found([when])).toMatchSnapshot()
  })

  it.each([
    'context.hosts.map(x, ip(x)) == [ip("10.0.0.1")]',
    'sets.intersects(resource.labels, ["a"])',
    'sets.contains(resource.sizes, [])',
    'sets.contains(resource.sizes, [1.0])',
    'sets.intersects(resource.labels, context.hosts)',
    'resource.labels.indexOf("a") == 0',
    '[] == context.hosts',
    '1.0 in resource.sizes',
  ])('%s is none', (when) => {
    expect(found([when])).toBe('')
  })
})
