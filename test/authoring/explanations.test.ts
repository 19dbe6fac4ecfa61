import { describe, expect, it } from 'vitest'
import { explain, type Explanation } from '../../src/authoring/explain.ts'
import { renderExplanation } from '../../src/authoring/render-explanation.ts'
import { runTests } from '../../src/authoring/run-suite.ts'
import type { AccessRequest } from '../../src/model/access-request.ts'
import { compile, dedent, sourcesOf } from '../policy/samples.ts'

function request(changes: Partial<AccessRequest> = {}): AccessRequest {
  return {
    subject: { type: 'user', id: 'ann', properties: { groups: [] } },
    action: { name: 'read', properties: {} },
    resource: { type: 'note', id: '7', properties: {} },
    context: {},
    timeMs: Date.UTC(2026, 0, 1),
    ...changes,
  }
}

/** Of a policy with these rules; lines of a list of access may follow. */
function explained(combining: string, rules: string, asked = request(), list = ''): Explanation {
  const { diagnostics, policies } = compile({
    'note.yaml': `resource: note\nactions: [read]\nattributes: { x: dyn }\ncombining: ${combining}\nrules:\n${rules}`,
    ...(list === '' ? {} : { 'list.yaml': `acl: note\nentries:\n${list}` }),
  })
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  if (policies === null) throw new Error('does not compile')
  return explain(policies, asked)
}

const permit = '  - { id: yes, permit: [read], when: subject.id == "ann" }\n'
const deny = '  - { id: no, deny: [read], when: subject.id == "ann" }\n'

describe('the reason an explanation gives', () => {
  it.each([
    ['permit-overrides', permit, ' permits it, and here a permit outweighs every deny'],
    ['deny-unless-permit', permit, ' permits it, and here a permit outweighs every deny'],
    ['first-applicable', permit, ' permits it and is the first that applies'],
    ['permit-overrides', deny, ' denies it and no rule permits it'],
    ['deny-unless-permit', deny, ' denies it and no rule permits it'],
    ['first-applicable', deny, ' denies it and is the first that applies'],
  ])('names what %s makes of a rule', (combining, rule, because) => {
    expect(explained(combining, rule).because).toMatch(
      /^rule "note\/(?:yes|no)" at note.yaml:6:11/u,
    )
    expect(explained(combining, rule).because.endsWith(because)).toBe(true)
  })

  it('says which sign-in would help', () => {
    const rule =
      '  - { id: yes, permit: [read], require: { acr: [mfa, phr], amr: otp, max_age: 5m } }\n'
    expect(explained('deny-overrides', rule)).toMatchObject({
      because:
        'rule "note/yes" at note.yaml:6:11 would permit it, had the subject signed in as the rule requires',
      hint: 'applies once the subject signs in with acr "mfa" or "phr", with amr "otp", at most 300 s ago',
    })
  })

  it('says of entries whom they list and when they ended', () => {
    const list = [
      '  - { id: other, resources: ["7"], permit: [read], subjects: [bob] }\n',
      '  - { id: old, resources: ["7"], permit: [read], subjects: [ann], expires: 2025-01-01T00:00:00Z }\n',
    ].join('')
    const { rules } = explained('deny-overrides', permit, request(), list)
    expect(rules.map(({ id, why }) => [id, why])).toEqual([
      ['note/yes', 'applies: subject.id == "ann" (subject.id is "ann")'],
      ['note/other', 'lists others for "7"'],
      ['note/old', 'expired at 2025-01-01T00:00:00.000Z'],
    ])
  })

  it('says of an entry that it names the id and another type of subject', () => {
    const list = '  - { id: robot, resources: ["7"], permit: [read], subjects: [ann] }\n'
    const asked = request({ subject: { type: 'service', id: 'ann', properties: {} } })
    const { rules } = explained('deny-overrides', permit, asked, list)
    expect(rules[1]).toMatchObject({
      id: 'note/robot',
      why: 'names a user "ann", and who asks is a service',
    })
  })

  it('shows what JSON cannot say as that, and an instant that is none', () => {
    const rule =
      '  - { id: yes, permit: [read], when: resource.x == 1 && now > timestamp("2025-01-01T00:00:00Z") }\n'
    const circle: Record<string, unknown> = {}
    circle['self'] = circle
    const asked = request({
      resource: { type: 'note', id: '7', properties: { x: circle } },
      timeMs: Number.NaN,
    })
    const [first] = explained('deny-overrides', rule, asked).rules
    expect(first?.why).toContain('resource.x is a value that cannot be shown')
    expect(first?.why).toContain('now is no time')
  })

  it('ends with what could not be evaluated', () => {
    const rule = '  - { id: no, deny: [read], when: resource.x }\n'
    expect(renderExplanation(explained('deny-overrides', rule))).toContain(
      'Error in note/no: No attribute "resource.x"',
    )
  })
})

describe('what is said about a test', () => {
  const policies = sourcesOf({
    'note.yaml': `
      resource: note
      actions: [read]
      rules: [{ id: all, permit: [read] }]
    `,
    'routes.yaml': `
      routes:
        - upstream: http://127.0.0.1:9500
          paths:
            GET /{id}: { action: read, resource: note, id: path.id }
            GET /admin: { action: read, resource: note }
    `,
  })

  function run(text: string): ReturnType<typeof runTests> {
    return runTests(policies, [{ path: 'note.test.yaml', text: dedent(text) }])
  }

  it('names the route of which the path may be another spelling', () => {
    const { results } = run(`
      suite: Notes
      subjects: { ann: {} }
      tests:
        - { name: shouted, subject: ann, request: GET http://x.test/ADMIN, expect: permit }
    `)
    expect(results.map(({ note }) => note)).toEqual(['the path may be another spelling of /admin'])
  })

  it('says where a subject is described where there is none', () => {
    const { diagnostics } = run(`
      suite: Notes
      tests:
        - { name: x, subject: ann, action: read, resource: note, expect: permit }
    `)
    expect(diagnostics.map(({ message, hint }) => [message, hint])).toEqual([
      ['unknown subject "ann"', 'describe it under "subjects"'],
    ])
  })
})
