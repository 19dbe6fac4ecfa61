import {
  type OrderOperator,
  equalAttributes,
  equalsConstantText,
  orderedAgainst,
} from './expression-attributes.ts'
import { compare, equalTexts, equals } from './expression-equality.ts'
import { type CompileContext, type Node, type Run, node } from './expression-node.ts'
import type { BinaryOperator, BinarySyntax } from './expression-syntax.ts'
import { type Type, boolType, isNumeric, typeName } from './expression-types.ts'
import { CelFailure, type Meter } from './expression-values.ts'

export function compileEquality<Frame>(
  context: CompileContext<Frame>,
  syntax: BinarySyntax,
  left: Node<Frame>,
  right: Node<Frame>,
): Node<Frame> {
  if (context.isChecked && !isComparable(left.type, right.type)) {
    return reportTypes(context, syntax, 'Cannot compare', 'with', left.type, right.type)
  }
  const wanted = syntax.operator === '=='
  const constant = identityConstant(right) ?? identityConstant(left)
  if (constant !== null) {
    const other = identityConstant(right) === null ? right : left
    return node(boolType, equalsConstant(other, constant.value, wanted))
  }
  const general = generalEquality(context, left, right, wanted)
  return node(boolType, equalAttributes(left, right, wanted, general) ?? general)
}

function generalEquality<Frame>(
  context: CompileContext<Frame>,
  left: Node<Frame>,
  right: Node<Frame>,
  wanted: boolean,
): Run<Frame> {
  if (isIdentityType(left.type) && left.type.kind === right.type.kind) {
    return equalsIdentity(left.run, right.run, wanted, context.meter)
  }
  if (left.numeric !== null && right.numeric !== null) {
    const [first, second] = [left.numeric, right.numeric]
    return (frame) => {
      const a = first(frame)
      if (typeof a !== 'number') return a
      const b = second(frame)
      return typeof b === 'number' ? (a === b) === wanted : b
    }
  }
  const [first, second, meter] = [left.run, right.run, context.meter]
  return (frame) => {
    const a = first(frame)
    if (a instanceof CelFailure) return a
    const b = second(frame)
    if (b instanceof CelFailure) return b
    const result = equals(a, b, meter)
    return typeof result === 'boolean' ? result === wanted : result
  }
}

/** Values that are equal exactly when JavaScript holds them identical. */
function isIdentityType(type: Type): boolean {
  return type.kind === 'string' || type.kind === 'bool'
}

function identityConstant<Frame>(part: Node<Frame>): { readonly value: unknown } | null {
  const isIdentity = isIdentityType(part.type) || part.type.kind === 'null'
  return isIdentity ? part.constant : null
}

function equalsConstant<Frame>(other: Node<Frame>, constant: unknown, wanted: boolean): Run<Frame> {
  const { attribute, run, type } = other
  if (typeof constant === 'string' && attribute !== null) {
    return equalsConstantText(attribute, constant, wanted, type.kind === 'string')
  }
  return (frame) => {
    const value = run(frame)
    if (value === constant) return wanted
    return value instanceof CelFailure ? value : !wanted
  }
}

function equalsIdentity<Frame>(
  left: Run<Frame>,
  right: Run<Frame>,
  wanted: boolean,
  meter: Meter,
): Run<Frame> {
  return (frame) => {
    const a = left(frame)
    if (a instanceof CelFailure) return a
    const b = right(frame)
    if (b instanceof CelFailure) return b
    if (typeof a !== 'string' || typeof b !== 'string') return (a === b) === wanted
    const result = equalTexts(a, b, meter)
    return typeof result === 'boolean' ? result === wanted : result
  }
}

const orderTests: Readonly<Record<OrderOperator, (a: number, b: number) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
}

const ordered: ReadonlySet<string> = new Set(
  'bool int uint double string bytes timestamp duration'.split(' '),
)

export function compileOrder<Frame>(
  context: CompileContext<Frame>,
  syntax: BinarySyntax,
  operator: OrderOperator,
  left: Node<Frame>,
  right: Node<Frame>,
): Node<Frame> {
  const isOrdered = [left.type, right.type].every(({ kind }) => kind === 'dyn' || ordered.has(kind))
  if (context.isChecked && !(isOrdered && isComparable(left.type, right.type))) {
    return reportTypes(context, syntax, 'Cannot order', 'and', left.type, right.type)
  }
  const general = generalOrder(operator, left, right, context.meter)
  const constant = right.constant === null ? null : right.numeric?.(undefined as Frame)
  if (left.attribute !== null && typeof constant === 'number' && mayHoldDouble(left.type)) {
    return node(boolType, orderedAgainst(left.attribute, operator, constant, general))
  }
  return node(boolType, general)
}

/** An attribute declared `int` refuses fractions, which is left to its own reader. */
function mayHoldDouble({ kind }: Type): boolean {
  return kind === 'double' || kind === 'dyn'
}

function generalOrder<Frame>(
  operator: OrderOperator,
  left: Node<Frame>,
  right: Node<Frame>,
  meter: Meter,
): Run<Frame> {
  const test = orderTests[operator]
  const [firstNumber, secondNumber] = [left.numeric, right.numeric]
  if (firstNumber !== null && secondNumber !== null) {
    return (frame) => {
      const a = firstNumber(frame)
      if (typeof a !== 'number') return a
      const b = secondNumber(frame)
      return typeof b === 'number' ? test(a, b) : b
    }
  }
  const [first, second] = [left.run, right.run]
  return (frame) => {
    const a = first(frame)
    if (a instanceof CelFailure) return a
    const b = second(frame)
    if (b instanceof CelFailure) return b
    const order = compare(a, b, meter)
    if (order === null) return false
    return typeof order === 'number' ? test(order, 0) : order
  }
}

/** What no request brings: compared with something unknown it would never be equal. */
const notInJson: ReadonlySet<Type['kind']> = new Set(['ip', 'cidr', 'semver', 'optional'])

export function isComparable(a: Type, b: Type): boolean {
  if (a.kind === 'dyn' || b.kind === 'dyn') return mayBeJson(a) && mayBeJson(b)
  if (isNumeric(a) && isNumeric(b)) return true
  if (a.kind === 'list' && b.kind === 'list') return isComparable(a.element, b.element)
  if (a.kind === 'map' && b.kind === 'map') {
    return isComparable(a.key, b.key) && isComparable(a.value, b.value)
  }
  if (a.kind === 'optional' && b.kind === 'optional') return isComparable(a.value, b.value)
  const isMapLike = (type: Type): boolean => type.kind === 'map' || type.kind === 'object'
  return a.kind === b.kind || (isMapLike(a) && isMapLike(b))
}

/** Whether a request can bring such a value, what it holds included. */
function mayBeJson(type: Type): boolean {
  if (type.kind === 'list') return mayBeJson(type.element)
  if (type.kind === 'map') return mayBeJson(type.key) && mayBeJson(type.value)
  return !notInJson.has(type.kind)
}

export function reportTypes<Frame>(
  context: CompileContext<Frame>,
  syntax: BinarySyntax,
  verb: string,
  preposition: string,
  left: Type,
  right: Type,
): Node<Frame> {
  const message = `${verb} ${typeName(left)} ${preposition} ${typeName(right)}`
  return context.report(syntax, message, comparisonHint(syntax.operator, left, right))
}

/** Of lists in lists, what the last of them holds. */
function innermost(type: Type): Type['kind'] {
  return type.kind === 'list' ? innermost(type.element) : type.kind
}

function comparisonHint(operator: BinaryOperator, left: Type, right: Type): string | null {
  const kinds = new Set([left.kind, right.kind])
  const made = [left, right].map(innermost).find((kind) => notInJson.has(kind))
  if (made !== undefined && made !== 'optional' && kinds.has('list') && operator !== 'in') {
    return `convert the other list as well: list.map(x, ${made}(x))`
  }
  if (kinds.has('null')) return 'use has() to ask whether an attribute is there'
  if (operator === '==' && kinds.has('list') && kinds.size > 1)
    return 'write x in list to look for one element'
  if (kinds.has('timestamp') && kinds.has('string')) return 'write timestamp("…") for an instant'
  if (kinds.has('duration') && kinds.has('string')) return 'write duration("…") for a span of time'
  if (kinds.has('optional')) return 'write .orValue(…) for what to take where there is no value'
  if (made === undefined) return null
  if (operator === 'in') return `write ${made}(…) around the texts`
  if (operator !== '==' && operator !== '!=') {
    return made === 'semver' ? 'write a.isLessThan(b) or a.isGreaterThan(b)' : null
  }
  return kinds.has('dyn') || kinds.has('string') ? `write ${made}(…) around the text` : null
}
