import type { Syntax } from './expression-syntax.ts'

/** Facts that together suffice for a condition to be true, each in one spelling; none: it always is. */
export type Ground = readonly string[]

/** Further ones are left out: whoever asks then sees less. */
const maxGrounds = 32
const maxFacts = 12

/**
 * What a condition asks for, apart from how it is put: order of terms and operands, double
 * negations, and `x in ["a", "b"]` for `x == "a" || x == "b"` make no difference.
 */
export function groundsOf(syntax: Syntax): readonly Ground[] {
  return sufficient(syntax).map((facts) => [...new Set(facts)].sort())
}

/** `"staff" in subject.groups` */
export function inGroup(group: string): Ground {
  return [called('in', [textOf(group), membersOf('groups')])]
}

/** `subject.id == "ann"` */
export function isSubject(id: string, type: string | null): Ground {
  const isId = called('==', [textOf(id), membersOf('id')].sort())
  if (type === null) return [isId]
  return [isId, called('==', [textOf(type), membersOf('type')].sort())].sort()
}

function sufficient(syntax: Syntax): readonly Ground[] {
  if (syntax.kind === 'or') return syntax.terms.flatMap(sufficient).slice(0, maxGrounds)
  if (syntax.kind === 'and') return syntax.terms.map(sufficient).reduce(combined)
  if (syntax.kind === 'literal' && typeof syntax.value === 'boolean') {
    return syntax.value ? [[]] : []
  }
  if (syntax.kind === 'not' && syntax.operand.kind === 'not') {
    return sufficient(syntax.operand.operand)
  }
  if (syntax.kind === 'binary' && syntax.operator === 'in' && syntax.right.kind === 'list') {
    const item = spelt(syntax.left)
    const elements = syntax.right.elements.slice(0, maxGrounds)
    return elements.map((each) => [called('==', [item, spelt(each)].sort())])
  }
  return [[spelt(syntax)]]
}

function combined(before: readonly Ground[], more: readonly Ground[]): readonly Ground[] {
  return before
    .flatMap((some) => more.map((others) => [...some, ...others]))
    .filter((facts) => facts.length <= maxFacts)
    .slice(0, maxGrounds)
}

const symmetric: ReadonlySet<string> = new Set(['==', '!='])

/** The same for what means the same, as far as that shows at once; different where it might not. */
function spelt(syntax: Syntax): string {
  switch (syntax.kind) {
    case 'literal': {
      const { isUnsigned, value } = syntax
      if (typeof value === 'string') return textOf(value)
      if (value instanceof Uint8Array) return called('bytes', [value.join()])
      return called(typeof value, [String(value), String(isUnsigned)])
    }
    case 'name':
      return called('name', [syntax.name, String(syntax.isAbsolute)])
    case 'select':
    case 'optionalSelect':
      return called(syntax.kind, [spelt(syntax.operand), syntax.field])
    case 'index':
    case 'optionalIndex':
      return called(syntax.kind, [spelt(syntax.operand), spelt(syntax.index)])
    case 'optionalEntry':
    case 'negate':
      return called(syntax.kind, [spelt(syntax.operand)])
    case 'not':
      return negated(syntax.operand)
    case 'list':
      return called('list', syntax.elements.map(spelt))
    case 'map':
      return called('map', syntax.entries.flat().map(spelt))
    case 'call': {
      const { args, name, target } = syntax
      return called('call', [name, target === null ? '' : spelt(target), ...args.map(spelt)])
    }
    case 'binary': {
      const sides = [spelt(syntax.left), spelt(syntax.right)]
      return called(syntax.operator, symmetric.has(syntax.operator) ? sides.sort() : sides)
    }
    case 'and':
    case 'or':
      return called(syntax.kind, [...new Set(syntax.terms.map(spelt))].sort())
    case 'conditional':
      return called('?', [syntax.condition, syntax.consequent, syntax.alternate].map(spelt))
    default:
      return syntax satisfies never
  }
}

function negated(operand: Syntax): string {
  if (operand.kind === 'not') return spelt(operand.operand)
  if (operand.kind !== 'binary' || !symmetric.has(operand.operator)) {
    return called('not', [spelt(operand)])
  }
  return spelt({ ...operand, operator: operand.operator === '==' ? '!=' : '==' })
}

function called(name: string, parts: readonly string[]): string {
  return JSON.stringify([name, ...parts])
}

function textOf(text: string): string {
  return called('text', [text])
}

function membersOf(field: string): string {
  return called('select', [called('name', ['subject', 'false']), field])
}
