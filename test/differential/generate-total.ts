import type { AccessRequest } from '../../src/model/access-request.ts'
import { type Attribute, type Condition, type Operand, text } from './condition.ts'
import { groupNames } from './generate.ts'
import { attribute } from './generate-condition.ts'
import type { Random } from './random.ts'

/**
 * For Cedar, whose conditions stop at the first part that cannot be evaluated where those of CEL
 * may go on: attributes have the type expected, and whatever may be absent is asked for first.
 */
export const totalAttributeTypes = {
  owner: 'string',
  department: 'string',
  amount: 'int',
  labels: 'list<string>',
  open: 'bool',
} as const

type Kind = 'text' | 'int' | 'bool' | 'list'

interface Choice {
  readonly kind: Kind
  readonly attribute: Attribute
}

const choices: readonly Choice[] = [
  { kind: 'text', attribute: attribute('subject', 'department') },
  { kind: 'int', attribute: attribute('subject', 'level') },
  { kind: 'bool', attribute: attribute('subject', 'active') },
  { kind: 'list', attribute: attribute('subject', 'groups') },
  { kind: 'text', attribute: attribute('resource', 'owner') },
  { kind: 'text', attribute: attribute('resource', 'department') },
  { kind: 'int', attribute: attribute('resource', 'amount') },
  { kind: 'bool', attribute: attribute('resource', 'open') },
  { kind: 'list', attribute: attribute('resource', 'labels') },
  { kind: 'text', attribute: attribute('context', 'channel') },
  { kind: 'int', attribute: attribute('context', 'trust') },
]
const texts = ['alice', 'bob', 'sales', 'web', '', 'secret', 'zoë']
const methods = ['startsWith', 'endsWith', 'contains'] as const
const orders = ['==', '!=', '<', '<=', '>', '>='] as const

/** Roles follow from groups alone: Cedar knows them as ancestors of the principal. */
export function totalCondition(random: Random, ofRole: boolean, depth = 3): Condition {
  if (ofRole) {
    return { kind: 'in', item: text(random.pick(groupNames)), list: attribute('subject', 'groups') }
  }
  const inner = (): Condition => totalCondition(random, false, depth - 1)
  if (depth > 0 && random.happens(55)) {
    const kind = random.pick(['both', 'either', 'not', 'choice'] as const)
    if (kind === 'not') return { kind, part: inner() }
    if (kind === 'choice') return { kind, parts: [inner(), inner(), inner()] }
    return { kind, parts: random.many(2, 3, inner) }
  }
  const choice = random.pick(choices)
  if (random.happens(10)) return { kind: 'has', attribute: choice.attribute }
  const other = random.pick(choices.filter(({ kind }) => kind === choice.kind))
  const asked = leaf(random, choice, other)
  const needed = [choice, ...(asked.usesOther ? [other] : [])]
  const guards = needed.map((each): Condition => ({ kind: 'has', attribute: each.attribute }))
  return { kind: 'both', parts: [...guards, asked.condition] }
}

function leaf(
  random: Random,
  { kind, attribute: left }: Choice,
  other: Choice,
): { readonly condition: Condition; readonly usesOther: boolean } {
  const usesOther = random.happens(40)
  const right = usesOther ? other.attribute : constant(random, kind)
  const alone = (condition: Condition): ReturnType<typeof leaf> => ({ condition, usesOther: false })
  switch (kind) {
    case 'text':
      switch (random.below(4)) {
        case 0:
          return alone({
            kind: 'text',
            method: random.pick(methods),
            target: left,
            text: random.pick(texts),
          })
        case 1:
          return alone({ kind: 'in', item: left, list: textList(random) })
        case 2:
          return alone({
            kind: 'compare',
            operator: random.pick(['==', '!='] as const),
            left,
            right: { kind: 'id', of: random.pick(['subject', 'resource'] as const) },
          })
        default:
          return {
            condition: {
              kind: 'compare',
              operator: random.pick(['==', '!='] as const),
              left,
              right,
            },
            usesOther,
          }
      }
    case 'int': {
      const operator = random.pick(['+', '-', '*'] as const)
      const whole = { type: 'int', value: random.below(5) } as const
      const sum: Operand = {
        kind: 'arithmetic',
        operator,
        left,
        right: { kind: 'literal', value: whole },
      }
      // What nothing declares is a double here, and CEL adds no int to it.
      const isInt = left.of === 'resource'
      const compared = isInt && random.happens(50) ? sum : left
      return {
        condition: { kind: 'compare', operator: random.pick(orders), left: compared, right },
        usesOther,
      }
    }
    case 'bool':
      return {
        condition: { kind: 'compare', operator: random.pick(['==', '!='] as const), left, right },
        usesOther,
      }
    case 'list': {
      const item: Operand = { kind: 'item' }
      if (random.happens(50))
        return alone({ kind: 'in', item: text(random.pick([...groupNames, ...texts])), list: left })
      const macro = random.pick(['exists', 'all'] as const)
      return alone({
        kind: 'quantifier',
        macro,
        list: left,
        body: { kind: 'in', item, list: textList(random) },
      })
    }
    default:
      return kind satisfies never
  }
}

function constant(random: Random, kind: Kind): Operand {
  if (kind === 'text') return text(random.pick(texts))
  if (kind === 'list') return textList(random)
  const value =
    kind === 'int'
      ? ({ type: 'int', value: random.below(12) - 1 } as const)
      : ({ type: 'bool', value: random.happens(50) } as const)
  return { kind: 'literal', value }
}

function textList(random: Random): Operand {
  const items = random.many(
    1,
    3,
    () => ({ type: 'text', value: random.pick([...groupNames, ...texts]) }) as const,
  )
  return { kind: 'literal', value: { type: 'list', items } }
}

export function totalRequest(random: Random, type: string, action: string): AccessRequest {
  const maybe = <T>(name: string, value: T): Record<string, T> =>
    random.happens(80) ? { [name]: value } : {}
  return {
    subject: {
      type: 'user',
      id: random.pick(['alice', 'bob', 'zoë']),
      properties: {
        // A role's condition must not fail: Cedar has nothing like it.
        groups: random.some(groupNames),
        ...maybe('department', random.pick(['sales', 'web', ''])),
        ...maybe('level', random.below(6)),
        ...maybe('active', random.happens(50)),
      },
    },
    action: { name: action, properties: {} },
    resource: {
      type,
      id: random.pick(['alice', 'r"1\\']),
      properties: {
        ...maybe('owner', random.pick(['alice', 'bob', 'zoë'])),
        ...maybe('department', random.pick(['sales', 'legal'])),
        ...maybe('amount', random.below(11)),
        ...maybe('open', random.happens(50)),
        ...maybe('labels', random.some(['secret', 'staff', 'board'])),
      },
    },
    context: {
      ...maybe('channel', random.pick(['web', 'mobile'])),
      ...maybe('trust', random.below(4)),
    },
    timeMs: 0,
  }
}
