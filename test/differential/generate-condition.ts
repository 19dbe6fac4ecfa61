import type { Attribute, Condition, Literal, Operand } from './condition.ts'
import type { Random } from './random.ts'

/** As the engines' checkers see it: what is known to be of two kinds must not be compared. */
type Kind = 'dyn' | 'text' | 'double' | 'int' | 'bool' | 'list' | 'map' | 'time'

interface Typed {
  readonly kind: Kind
  readonly operand: Operand
}

const subjectAttributes = ['groups', 'department', 'level', 'name', 'manager', 'active', 'since']
const contextAttributes = ['channel', 'trust', 'device']
const orderedKinds = ['text', 'int', 'double', 'time'] as const
const texts = ['alice', 'zoë', 'sales', 'staff', 'travel', '', '2026-01-01T00:00:00Z', 'a"b\\c']

/** Conditions over attributes that may be absent, or of another type than the condition expects. */
export function generateCondition(random: Random, ofRole: boolean, depth = 3): Condition {
  const inner = (): Condition => generateCondition(random, ofRole, depth - 1)
  if (depth > 0 && random.happens(45)) {
    const kind = random.pick(['both', 'either', 'not', 'choice'] as const)
    if (kind === 'not') return { kind, part: inner() }
    if (kind === 'choice') return { kind, parts: [inner(), inner(), inner()] }
    return { kind, parts: random.many(2, 3, inner) }
  }
  switch (random.below(6)) {
    case 0:
      return { kind: 'has', attribute: anyAttribute(random, ofRole) }
    case 1:
      return {
        kind: 'in',
        item: random.happens(50)
          ? literal({ type: 'text', value: random.pick(texts) })
          : anyOperand(random, ofRole, ['dyn', 'text']).operand,
        list: listOperand(random, ofRole),
      }
    case 2:
      return {
        kind: 'text',
        method: random.pick(['startsWith', 'endsWith', 'contains', 'matches'] as const),
        target: anyOperand(random, ofRole, ['dyn', 'text']).operand,
        text: random.pick(['al', '', 'e', '^s.*s$', 'ë', '[a-c]+', 'x']),
      }
    case 3:
      return {
        kind: 'quantifier',
        macro: random.pick(['exists', 'all', 'exists_one'] as const),
        list: listOperand(random, ofRole),
        body: itemCondition(random, ofRole),
      }
    default:
      return comparison(random, ofRole)
  }
}

function comparison(random: Random, ofRole: boolean): Condition {
  const left = anyOperand(random, ofRole)
  const isOrdered = !['bool', 'list', 'map'].includes(left.kind) && random.happens(50)
  const operator = isOrdered
    ? random.pick(['<', '<=', '>', '>='] as const)
    : random.pick(['==', '!='] as const)
  const right = random.happens(60)
    ? literalOf(random, isOrdered && left.kind === 'dyn' ? random.pick(orderedKinds) : left.kind)
    : anyOperand(random, ofRole, comparableWith(left.kind, isOrdered)).operand
  const isOrderless = isOrdered && (mayBeNoNumber(left.operand) || mayBeNoNumber(right))
  return { kind: 'compare', operator: isOrderless ? '==' : operator, left: left.operand, right }
}

/** Zero by zero: Cerbos has not learnt yet that ordering it is false and no error. */
function mayBeNoNumber(operand: Operand): boolean {
  return operand.kind === 'arithmetic' && operand.operator === '/'
}

function comparableWith(kind: Kind, isOrdered: boolean): readonly Kind[] | undefined {
  if (kind !== 'dyn') return ['dyn', kind]
  return isOrdered ? ['dyn', ...orderedKinds] : undefined
}

function itemCondition(random: Random, ofRole: boolean): Condition {
  const item: Operand = { kind: 'item' }
  switch (random.below(4)) {
    case 0:
      return { kind: 'text', method: 'startsWith', target: item, text: 's' }
    case 1:
      return { kind: 'in', item, list: textList(random) }
    case 2: {
      const other = attribute('subject', random.pick(['name', 'department']))
      const parts: Condition[] = [
        { kind: 'compare', operator: '==', left: item, right: other },
        { kind: 'compare', operator: '!=', left: item, right: literalOf(random, 'text') },
      ]
      return { kind: random.pick(['both', 'either'] as const), parts }
    }
    default:
      return {
        kind: 'compare',
        operator: '==',
        left: item,
        right: anyOperand(random, ofRole, ['dyn', 'text']).operand,
      }
  }
}

function anyOperand(random: Random, ofRole: boolean, wanted?: readonly Kind[]): Typed {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const found = oneOperand(random, ofRole)
    if (wanted === undefined || wanted.includes(found.kind)) return found
  }
  return { kind: 'dyn', operand: attribute('subject', 'name') }
}

function oneOperand(random: Random, ofRole: boolean): Typed {
  const dyn = (operand: Operand): Typed => ({ kind: 'dyn', operand })
  const anything = attribute('subject', random.pick(subjectAttributes))
  switch (random.below(ofRole ? 10 : 20)) {
    case 0:
      return { kind: 'text', operand: { kind: 'id', of: 'subject' } }
    case 1:
      return dyn(attribute('subject', 'manager', 'id'))
    case 2:
      return { kind: 'int', operand: { kind: 'size', of: anything } }
    case 3:
      return dyn({ kind: 'element', list: attribute('subject', 'groups'), at: random.below(3) })
    case 4:
      return { kind: 'int', operand: { kind: 'convert', to: 'int', value: anything } }
    case 5: {
      const time: Operand = {
        kind: 'convert',
        to: 'timestamp',
        value: attribute('subject', 'since'),
      }
      if (random.happens(50)) return { kind: 'time', operand: time }
      const name = random.pick(['getFullYear', 'getMonth', 'getDayOfWeek', 'getHours'])
      return { kind: 'int', operand: { kind: 'accessor', of: time, name } }
    }
    case 6:
    case 7:
    case 8:
    case 9:
      return dyn(anything)
    case 10:
      return { kind: 'text', operand: { kind: 'id', of: 'resource' } }
    case 11:
      return dyn(attribute('context', random.pick(contextAttributes)))
    case 12:
      return dyn(attribute('context', 'device', 'managed'))
    case 13: {
      const operator = random.pick(['+', '-', '*', '/'] as const)
      const right = random.happens(50)
        ? literal({ type: 'double', value: random.pick([0, 2, 0.5]) })
        : attribute('subject', 'level')
      const left = attribute('resource', 'amount')
      return { kind: 'double', operand: { kind: 'arithmetic', operator, left, right } }
    }
    case 14:
      return dyn(attribute('resource', 'extra'))
    case 15:
      return { kind: 'bool', operand: attribute('resource', 'open') }
    case 16:
      return { kind: 'text', operand: attribute('resource', 'tags', random.pick(['kind', 'code'])) }
    case 17: {
      const time: Operand = {
        kind: 'convert',
        to: 'timestamp',
        value: attribute('resource', 'due'),
      }
      return { kind: 'time', operand: time }
    }
    case 18:
      return { kind: 'double', operand: attribute('resource', 'amount') }
    default:
      return { kind: 'text', operand: attribute('resource', random.pick(['owner', 'department'])) }
  }
}

function listOperand(random: Random, ofRole: boolean): Operand {
  switch (random.below(ofRole ? 4 : 6)) {
    case 0:
      return textList(random)
    case 1:
      return attribute('subject', random.pick(['groups', 'manager', 'name']))
    case 2:
      return {
        kind: 'derived',
        macro: 'filter',
        list: attribute('subject', 'groups'),
        body: {
          kind: 'compare',
          operator: '!=',
          left: { kind: 'item' },
          right: literalOf(random, 'text'),
        },
      }
    case 3:
      return attribute('subject', 'groups')
    case 4:
      return attribute('resource', 'labels')
    default:
      return attribute('resource', 'tags')
  }
}

function anyAttribute(random: Random, ofRole: boolean): Attribute {
  if (!ofRole && random.happens(60)) {
    return random.pick([
      attribute('resource', random.pick(['owner', 'amount', 'extra', 'labels'])),
      attribute('resource', 'tags', 'kind'),
      attribute('context', 'channel'),
    ])
  }
  return random.happens(30)
    ? attribute('subject', 'address', 'city')
    : attribute('subject', random.pick(subjectAttributes))
}

export function attribute(of: Attribute['of'], name: string, member?: string): Attribute {
  return { kind: 'attribute', of, path: member === undefined ? [name] : [name, member] }
}

function textList(random: Random): Operand {
  const items = random.many(0, 3, (): Literal => ({ type: 'text', value: random.pick(texts) }))
  return literal({ type: 'list', items })
}

function literal(value: Literal): Operand {
  return { kind: 'literal', value }
}

function literalOf(random: Random, kind: Kind): Operand {
  switch (kind) {
    case 'text':
      return literal({ type: 'text', value: random.pick(texts) })
    case 'int':
      return literal({ type: 'int', value: random.pick([0, 1, 3, 5, 2025]) })
    case 'double':
      return literal({ type: 'double', value: random.pick([0, 1, 9.5, 10, -0.5]) })
    case 'bool':
      return literal({ type: 'bool', value: random.happens(50) })
    case 'list':
      return textList(random)
    case 'map':
      return literal({ type: 'map', entries: [['kind', { type: 'text', value: 'travel' }]] })
    case 'time':
      return {
        kind: 'convert',
        to: 'timestamp',
        value: literal({
          type: 'text',
          value: random.pick(['2025-12-31T22:00:00Z', '2025-03-01T10:00:00Z']),
        }),
      }
    case 'dyn':
      return random.happens(10)
        ? literal({ type: 'null' })
        : literalOf(
            random,
            random.pick(['text', 'text', 'int', 'double', 'bool', 'list', 'map'] as const),
          )
    default:
      return kind satisfies never
  }
}
