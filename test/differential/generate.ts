import type { AccessRequest } from '../../src/model/access-request.ts'
import { generateCondition } from './generate-condition.ts'
import {
  actions,
  type PolicyCase,
  type ResourceCase,
  type RoleCase,
  type RuleCase,
} from './policy-case.ts'
import type { Random } from './random.ts'
import type { Condition } from './condition.ts'

const roleNames = ['employee', 'manager', 'director', 'contractor']
export const groupNames = ['staff', 'managers', 'board', 'externals']
const people = ['alice', 'bob', 'zoë']
const departments = ['sales', 'legal', '']

/** What typed attributes of every resource are declared to be. */
export const attributeTypes = {
  owner: 'string',
  department: 'string',
  amount: 'double',
  labels: 'list<string>',
  tags: 'map<string, string>',
  open: 'bool',
  due: 'string',
  extra: 'dyn',
} as const

export function generatePolicy(
  random: Random,
  number: number,
  condition: (random: Random, ofRole: boolean) => Condition = generateCondition,
): PolicyCase {
  const roles = roleNames.map((name, at): RoleCase => {
    const inherits = random.some(roleNames.slice(0, at)).filter(() => random.happens(50))
    return { name, inherits, when: random.happens(80) ? condition(random, true) : null }
  })
  const resources = [`expense-${number}`, `report-${number}`].map((type): ResourceCase => ({
    type,
    rules: random.many(1, 6, (at) => generateRule(random, at, condition)),
  }))
  return { number, roles, resources }
}

function generateRule(
  random: Random,
  at: number,
  condition: (random: Random, ofRole: boolean) => Condition,
): RuleCase {
  return {
    id: `rule-${at}`,
    effect: random.happens(70) ? 'permit' : 'deny',
    actions: random.happens(10) ? '*' : random.some(actions, 1),
    roles: random.happens(60) ? random.some(roleNames, 1) : null,
    when: random.happens(80) ? condition(random, false) : null,
  }
}

type Properties = AccessRequest['subject']['properties']

export function generateSubject(random: Random): AccessRequest['subject'] {
  const properties: Record<string, unknown> = {
    groups: mostly(random, random.some(groupNames)),
    department: mostly(random, random.pick(departments)),
    level: mostly(random, random.pick([0, 1, 2.5, 3, 5, -1])),
    name: mostly(random, random.pick(people)),
    manager: mostly(random, random.pick([{ id: 'alice' }, { id: 5 }, {}])),
    // Never anything but a map: see docs/proofs.md.
    address: random.happens(70) ? random.pick([{ city: 'Lyon' }, {}]) : undefined,
    active: mostly(random, random.happens(50)),
    since: mostly(random, random.pick(['2025-03-01T10:00:00Z', '2026-01-01T00:00:00+02:00'])),
  }
  return { type: 'user', id: random.pick(people), properties: present(properties) }
}

export function generateContext(random: Random): Properties {
  return present({
    channel: mostly(random, random.pick(['web', 'mobile'])),
    trust: mostly(random, random.below(4)),
    device: mostly(random, random.pick([{ managed: true }, { managed: false }, {}])),
  })
}

export function generateResource(random: Random, type: string): AccessRequest['resource'] {
  const maybe = <T>(value: T): T | undefined => (random.happens(80) ? value : undefined)
  const properties = present({
    owner: maybe(random.pick(people)),
    department: maybe(random.pick(departments)),
    amount: maybe(random.pick([0, 1, 9.5, 10, 100, -3, 1e15])),
    labels: maybe(random.some(['red', 'secret', 'travel'])),
    tags: maybe(random.pick<object>([{ kind: 'travel' }, { kind: 'food', code: 'x1' }, {}])),
    open: maybe(random.happens(50)),
    due: maybe(random.pick(['2025-06-30T23:59:59Z', '2027-01-01T00:00:00Z', 'soon'])),
    extra: mostly(random, random.pick<unknown>(['alice', 7, ['red'], { kind: 'x' }])),
  })
  return { type, id: random.pick(['1', '2', 'draft-3']), properties }
}

/** Mostly what an attribute is meant to be, sometimes absent, sometimes something else. */
function mostly(random: Random, value: unknown): unknown {
  if (random.happens(70)) return value
  if (random.happens(50)) return undefined
  return random.pick<unknown>([null, 5, 'alice', ['staff'], { kind: 'travel' }, true, '', []])
}

function present(properties: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined))
}
