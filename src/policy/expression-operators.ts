import { type ArithmeticOperator, arithmetic, negate } from './expression-arithmetic.ts'
import {
  type OrderOperator,
  equalAttributes,
  equalsConstantText,
  orderedAgainst,
} from './expression-attributes.ts'
import { compare, contains, equals } from './expression-equality.ts'
import { type CompileContext, type Node, type Run, constantNode, node } from './expression-node.ts'
import type { BinaryOperator, BinarySyntax, Syntax } from './expression-syntax.ts'
import { type Type, boolType, dynType, isNumeric, listOf, typeName } from './expression-types.ts'
import { CelFailure } from './expression-values.ts'
import { joinTypes } from './expression-logic.ts'

export function compileBinary<Frame>(
  context: CompileContext<Frame>,
  syntax: BinarySyntax,
): Node<Frame> {
  const left = context.compile(syntax.left)
  const right = context.compile(syntax.right)
  switch (syntax.operator) {
    case '==':
    case '!=':
      return compileEquality(context, syntax, left, right)
    case '<':
    case '<=':
    case '>':
    case '>=':
      return compileOrder(context, syntax, syntax.operator, left, right)
    case 'in':
      return compileIn(context, syntax, left, right)
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return compileArithmetic(context, syntax, syntax.operator, left, right)
    default:
      return syntax.operator satisfies never
  }
}

export function compileNegate<Frame>(
  context: CompileContext<Frame>,
  syntax: Syntax & { kind: 'negate' },
): Node<Frame> {
  const operand = context.compile(syntax.operand)
  const { type, run } = operand
  if (context.isChecked && !['int', 'double', 'dyn'].includes(type.kind)) {
    return context.report(syntax, `Cannot negate ${typeName(type)}`)
  }
  if (operand.constant !== null) {
    const value = negate(operand.constant.value)
    if (!(value instanceof CelFailure)) return constantNode(type, value)
  }
  return node(type, (frame) => {
    const value = run(frame)
    return value instanceof CelFailure ? value : negate(value)
  })
}

function compileEquality<Frame>(
  context: CompileContext<Frame>,
  syntax: BinarySyntax,
  left: Node<Frame>,
  right: Node<Frame>,
): Node<Frame> {
  if (context.isChecked && !isComparable(left.type, right.type)) {
    return report(context, syntax, 'Cannot compare', 'with', left.type, right.type)
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
    return equalsIdentity(left.run, right.run, wanted)
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

function equalsIdentity<Frame>(left: Run<Frame>, right: Run<Frame>, wanted: boolean): Run<Frame> {
  return (frame) => {
    const a = left(frame)
    if (a instanceof CelFailure) return a
    const b = right(frame)
    if (b instanceof CelFailure) return b
    return (a === b) === wanted
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

function compileOrder<Frame>(
  context: CompileContext<Frame>,
  syntax: BinarySyntax,
  operator: OrderOperator,
  left: Node<Frame>,
  right: Node<Frame>,
): Node<Frame> {
  const isOrdered = [left.type, right.type].every(({ kind }) => kind === 'dyn' || ordered.has(kind))
  if (context.isChecked && !(isOrdered && isComparable(left.type, right.type))) {
    return report(context, syntax, 'Cannot order', 'and', left.type, right.type)
  }
  const general = generalOrder(operator, left, right)
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
    const order = compare(a, b)
    if (order === null) return false
    return typeof order === 'number' ? test(order, 0) : order
  }
}

function compileIn<Frame>(
  context: CompileContext<Frame>,
  syntax: BinarySyntax,
  left: Node<Frame>,
  right: Node<Frame>,
): Node<Frame> {
  const held = heldType(right.type)
  if (context.isChecked && held === null) {
    return context.report(syntax, `"in" needs a list or a map, not ${typeName(right.type)}`)
  }
  if (context.isChecked && held !== null && !isComparable(left.type, held)) {
    return report(context, syntax, 'Cannot look for', 'in', left.type, right.type)
  }
  const [first, second, meter] = [left.run, right.run, context.meter]
  const strings = constantStrings(right)
  if (strings !== null) {
    return node(boolType, (frame) => {
      const item = first(frame)
      return item instanceof CelFailure ? item : strings.has(item)
    })
  }
  return node(boolType, (frame) => {
    const item = first(frame)
    if (item instanceof CelFailure) return item
    const collection = second(frame)
    return collection instanceof CelFailure ? collection : contains(collection, item, meter)
  })
}

/** A list of nothing but string constants, to be looked up by hash. */
function constantStrings<Frame>(part: Node<Frame>): ReadonlySet<unknown> | null {
  const items = part.constant?.value
  if (!Array.isArray(items)) return null
  return items.every((item) => typeof item === 'string') ? new Set<unknown>(items) : null
}

function heldType(type: Type): Type | null {
  if (type.kind === 'list') return type.element
  if (type.kind === 'map') return type.key
  return type.kind === 'dyn' || type.kind === 'object' ? dynType : null
}

function compileArithmetic<Frame>(
  context: CompileContext<Frame>,
  syntax: BinarySyntax,
  operator: ArithmeticOperator,
  left: Node<Frame>,
  right: Node<Frame>,
): Node<Frame> {
  const type = arithmeticType(operator, left.type, right.type)
  if (context.isChecked && type === null) {
    const kinds = `${typeName(left.type)} and ${typeName(right.type)}`
    const hint = isNumeric(left.type) && isNumeric(right.type) ? conversionHint : null
    return context.report(syntax, `"${operator}" does not combine ${kinds}`, hint)
  }
  const apply = arithmetic[operator]
  const [first, second, meter] = [left.run, right.run, context.meter]
  return node(context.isChecked ? (type ?? dynType) : dynType, (frame) => {
    const a = first(frame)
    if (a instanceof CelFailure) return a
    const b = second(frame)
    return b instanceof CelFailure ? b : apply(a, b, meter)
  })
}

const conversionHint = 'write 1.0 for a double, or convert with double() or int()'

/** Null: the operator does not apply. */
function arithmeticType(operator: ArithmeticOperator, a: Type, b: Type): Type | null {
  if (a.kind === 'dyn' || b.kind === 'dyn') return dynType
  const isTime = (type: Type): boolean => type.kind === 'timestamp' || type.kind === 'duration'
  if (isTime(a) && isTime(b)) return timeType(operator, a, b)
  if (a.kind !== b.kind) return null
  if (operator === '%') return a.kind === 'int' || a.kind === 'uint' ? a : null
  if (isNumeric(a)) return a
  if (operator !== '+') return null
  if (a.kind === 'list' && b.kind === 'list')
    return listOf(joinTypes(a.element, b.element) ?? dynType)
  return a.kind === 'string' || a.kind === 'bytes' ? a : null
}

function timeType(operator: ArithmeticOperator, a: Type, b: Type): Type | null {
  if (operator === '+') {
    if (a.kind === 'timestamp' && b.kind === 'timestamp') return null
    return a.kind === 'timestamp' ? a : b
  }
  if (operator !== '-' || (a.kind === 'duration' && b.kind === 'timestamp')) return null
  return a.kind === b.kind ? { kind: 'duration' } : a
}

function isComparable(a: Type, b: Type): boolean {
  if (a.kind === 'dyn' || b.kind === 'dyn') return true
  if (isNumeric(a) && isNumeric(b)) return true
  if (a.kind === 'list' && b.kind === 'list') return isComparable(a.element, b.element)
  if (a.kind === 'map' && b.kind === 'map') {
    return isComparable(a.key, b.key) && isComparable(a.value, b.value)
  }
  const isMapLike = (type: Type): boolean => type.kind === 'map' || type.kind === 'object'
  return a.kind === b.kind || (isMapLike(a) && isMapLike(b))
}

function report<Frame>(
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

function comparisonHint(operator: BinaryOperator, left: Type, right: Type): string | null {
  const kinds = new Set([left.kind, right.kind])
  if (kinds.has('null')) return 'use has() to ask whether an attribute is there'
  if (operator === '==' && kinds.has('list')) return 'write x in list to look for one element'
  if (kinds.has('timestamp') && kinds.has('string')) return 'write timestamp("…") for an instant'
  if (kinds.has('duration') && kinds.has('string')) return 'write duration("…") for a span of time'
  return null
}
