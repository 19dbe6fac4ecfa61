import { type ArithmeticOperator, arithmetic, negate } from './expression-arithmetic.ts'
import {
  compileEquality,
  compileOrder,
  isComparable,
  reportTypes,
} from './expression-comparison.ts'
import { contains } from './expression-equality.ts'
import { checkKnown } from './expression-known.ts'
import { joinTypes } from './expression-logic.ts'
import { compileHas } from './expression-members.ts'
import { namedMember } from './expression-named-member.ts'
import { type CompileContext, type Node, constantNode, node } from './expression-node.ts'
import type { BinarySyntax, Syntax } from './expression-syntax.ts'
import { type Type, boolType, dynType, isNumeric, listOf, typeName } from './expression-types.ts'
import { CelFailure, overBudget } from './expression-values.ts'

export function compileBinary<Frame>(
  context: CompileContext<Frame>,
  syntax: BinarySyntax,
): Node<Frame> {
  if (syntax.operator === 'in') {
    const named = namedMember(context, syntax.right, syntax.left, syntax.right)
    if (named !== null) return compileHas(context, named)
  }
  const left = context.compile(syntax.left)
  const right = context.compile(syntax.right)
  switch (syntax.operator) {
    case '==':
    case '!=':
      checkKnown(context, left, right, syntax.right)
      checkKnown(context, right, left, syntax.left)
      return compileEquality(context, syntax, left, right)
    case '<':
    case '<=':
    case '>':
    case '>=':
      return compileOrder(context, syntax, syntax.operator, left, right)
    case 'in':
      checkKnown(context, left, right, syntax.right)
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
    return reportTypes(context, syntax, 'Cannot look for', 'in', left.type, right.type)
  }
  const [first, second, meter] = [left.run, right.run, context.meter]
  const strings = constantStrings(right)
  if (strings !== null) {
    return node(boolType, (frame) => {
      const item = first(frame)
      if (item instanceof CelFailure) return item
      if (typeof item === 'string' && !meter.takeText(item.length)) return overBudget
      return strings.has(item)
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
