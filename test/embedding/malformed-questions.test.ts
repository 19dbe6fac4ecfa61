import { describe, expect, it } from 'vitest'
import { decide } from '../../src/decide/decide.ts'
import { compilePolicies as compile } from '../../src/policy/compile.ts'
import { compilePolicies, keepSubject, type Question } from '../../src/embedding/sallyport.ts'

const sources = [
  { path: 'roles.yaml', text: `roles:\n  employee: { when: '"staff" in subject.groups' }\n` },
  {
    path: 'memo.yaml',
    text: `resource: memo
actions: [read, list, sign, shred, count]
attributes: { weight: dyn }
rules:
  - { id: readers, permit: [read], roles: [employee] }
  - { id: all, permit: [list] }
  - { id: closed, deny: [list], when: now > timestamp("2025-01-01T00:00:00Z") }
  - { id: this-year, permit: [sign], when: now.getFullYear() == 2026 }
  - { id: weighed, permit: [count], when: resource.weight == 1 }
`,
  },
  {
    path: 'lists.yaml',
    text: `acl: memo
entries:
  - { id: guest, resources: [m-1], subjects: [ann], permit: [shred], expires: 2020-01-01T00:00:00Z }
`,
  },
]
const policies = compilePolicies(sources)
const ann = { type: 'user', id: 'ann', properties: { groups: ['staff'] } }
const question = { subject: ann, action: { name: 'read' }, resource: { type: 'memo', id: 'm-1' } }

function ask(changes: object): readonly [string, string, string] {
  return answerOf({ ...question, ...changes })
}

/** What JavaScript passes where TypeScript would not. */
function answerOf(asked: unknown): readonly [string, string, string] {
  const { effect, reason, errors } = policies.decide(asked as Question)
  const explained = policies.explain(asked as Question)
  expect(explained.decision).toEqual(policies.decide(asked as Question))
  expect(explained.because).not.toBe('')
  return [effect, reason, errors.map(({ message }) => message).join()]
}

function malformed(message: string): readonly [string, string, string] {
  return ['deny', 'malformed_question', message]
}

const noTime = malformed('now is not a valid Date within the years 1 to 9999')

describe('a question at an instant that is none', () => {
  it.each(['read', 'list', 'sign', 'shred'])('is denied for %s', (name) => {
    expect(ask({ action: { name }, now: new Date('garbage') })).toEqual(noTime)
  })

  it.each([
    ['of another type', '2026-01-01T00:00:00Z'],
    ['that is null', null],
    ['that is a number', 0],
    ['that only looks like a date', { getTime: (): number => 0 }],
    ['before the year 1', new Date(-62_135_596_800_001)],
    ['after the year 9999', new Date(253_402_300_800_000)],
  ])('%s is denied', (_, now) => {
    expect(ask({ now })).toEqual(noTime)
  })

  it('is told by the date itself, whatever methods it brings', () => {
    const lying = Object.assign(new Date('garbage'), { getTime: (): number => 0 })
    expect(ask({ now: lying })).toEqual(noTime)
  })

  it.each([Number.NaN, Infinity, -Infinity])('%s permits nothing in the engine', (timeMs) => {
    const set = compile(sources).policies
    const properties = {}
    for (const name of ['list', 'sign', 'shred']) {
      const resource = { type: 'memo', id: 'm-1', properties }
      const request = { subject: ann, action: { name, properties }, resource, context: {}, timeMs }
      // At the beginning of time the list of the guest has not expired.
      const isEarly = name === 'shred' && timeMs < 0
      expect(set === null ? null : decide(set, request).effect).toBe(isEarly ? 'permit' : 'deny')
    }
  })

  it('is answered at the first and the last instant there is', () => {
    expect(ask({ now: new Date(-62_135_596_800_000) })[0]).toBe('permit')
    expect(ask({ now: new Date(253_402_300_799_999) })[0]).toBe('permit')
  })
})

describe('what is no question', () => {
  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'the question is not an object'],
    ['null', null, 'the question is not an object'],
    ['text', 'read', 'the question is not an object'],
  ])('%s is denied', (_, asked, message) => {
    expect(answerOf(asked)).toEqual(malformed(message))
  })

  it.each<[string, object, string]>([
    ['without a subject', { subject: undefined }, 'subject is not an object'],
    ['with a null subject', { subject: null }, 'subject is not an object'],
    ['with a subject that is text', { subject: 'ann' }, 'subject is not an object'],
    ['with a number for an id', { subject: { ...ann, id: 7 } }, 'subject.id is not a string'],
    ['without a type', { subject: { id: 'ann' } }, 'subject.type is not a string'],
    ['without an action', { action: undefined }, 'action is not an object'],
    ['with an action that is text', { action: 'read' }, 'action is not an object'],
    ['with a numeric action', { action: { name: 1 } }, 'action.name is not a string'],
    ['without a resource', { resource: undefined }, 'resource is not an object'],
    [
      'with a numeric resource',
      { resource: { type: 'memo', id: 1 } },
      'resource.id is not a string',
    ],
    ['with a resource of no type', { resource: { id: '7' } }, 'resource.type is not a string'],
    [
      'with a list for properties of a resource',
      { resource: { type: 'memo', properties: [] } },
      'resource.properties is not an object',
    ],
    [
      'with text for properties of an action',
      { action: { name: 'read', properties: 'x' } },
      'action.properties is not an object',
    ],
    ['with a null context', { context: null }, 'context is not an object'],
    ['with a list for a context', { context: [] }, 'context is not an object'],
    [
      'with text for properties',
      { subject: { ...ann, properties: 'staff' } },
      'subject.properties is not an object',
    ],
  ])('is denied %s', (_, changes, message) => {
    expect(ask(changes)).toEqual(malformed(message))
  })

  it('is denied where reading it throws', () => {
    const thrower = (): never => {
      throw new Error('boom')
    }
    const proxy = new Proxy(
      {},
      { get: thrower, ownKeys: thrower, getOwnPropertyDescriptor: thrower },
    )
    const unreadable = malformed('the question cannot be read')
    expect(ask({ subject: proxy })).toEqual(unreadable)
    expect(answerOf(Object.defineProperty({}, 'subject', { get: thrower }))).toEqual(unreadable)
    expect(ask({ subject: { ...ann, properties: proxy } })).toEqual(unreadable)
    const resource = Object.defineProperty({}, 'weight', { get: thrower, enumerable: true })
    const asked = { type: 'memo', id: 'm-1', properties: resource }
    expect(ask({ action: { name: 'count' }, resource: asked })[0]).toBe('deny')
    // And what comes after is answered as ever.
    expect(ask({})).toEqual(['permit', 'permitted_by_rule', ''])
  })

  it('is one of a batch, and the others are answered', () => {
    const asked = [question, { ...question, subject: null } as unknown as Question, question]
    expect(policies.decideAll(asked).map(({ effect }) => effect)).toEqual([
      'permit',
      'deny',
      'permit',
    ])
  })

  it('holds no role', () => {
    expect(policies.rolesOf(null as unknown as Question['subject'])).toEqual([])
  })
})

describe('properties that JSON cannot say', () => {
  it('are explained as they are decided', () => {
    const cyclic: Record<string, unknown> = { weight: 1 }
    cyclic['self'] = cyclic
    const about = (properties: object): readonly string[] =>
      ask({ action: { name: 'count' }, resource: { type: 'memo', id: 'm-1', properties } })
    expect(about(cyclic)[0]).toBe('permit')
    expect(about({ weight: cyclic })[0]).toBe('deny')
    expect(about({ weight: 1n })).toHaveLength(3)
    expect(about({ weight: Symbol('1') })[0]).toBe('deny')
  })
})

describe('a frozen subject', () => {
  it('that the library did not make is worked out with each question', () => {
    const groups = ['staff']
    const subject = Object.freeze({ type: 'user', id: 'ann', properties: { groups } })
    expect(ask({ subject })[0]).toBe('permit')
    groups.pop()
    expect(ask({ subject })[0]).toBe('deny')
    expect(policies.rolesOf(subject)).toEqual([])
  })

  it('that the library made is a copy, down to the last list', () => {
    const groups = ['staff']
    const kept = keepSubject({ type: 'user', id: 'ann', properties: { groups, a: { b: [1] } } })
    groups.pop()
    expect(ask({ subject: kept })[0]).toBe('permit')
    expect(kept.properties).toEqual({ groups: ['staff'], a: { b: [1] } })
    expect(() => (kept.properties['groups'] as string[]).pop()).toThrow(TypeError)
    expect(Object.isFrozen((kept.properties['a'] as { b: unknown }).b)).toBe(true)
  })

  it('cannot be made of what is no subject', () => {
    const wrong = { type: 'user', id: 7 } as unknown as Question['subject']
    expect(() => keepSubject(wrong)).toThrow(new TypeError('subject.id is not a string'))
    const cyclic: Record<string, unknown> = {}
    cyclic['self'] = cyclic
    expect(() => keepSubject({ type: 'user', id: 'x', properties: cyclic })).toThrow(
      new TypeError('subject.properties is deeper than 32 levels'),
    )
  })
})
