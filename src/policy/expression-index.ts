import { conformer } from './expression-conform.ts'
import { compileSelect } from './expression-members.ts'
import { namedMember } from './expression-named-member.ts'
import { type CompileContext, type Node, node } from './expression-node.ts'
import type { Syntax } from './expression-syntax.ts'
import { type Type, dynType, optionalOf, typeName } from './expression-types.ts'
import {
  CelFailure,
  CelOptional,
  CelUint,
  type Meter,
  isList,
  isMap,
  kindOf,
  mapGet,
  overBudget,
} from './expression-values.ts'

export function compileIndex<Frame>(
  context: CompileContext<Frame>,
  syntax: Syntax & { kind: 'index' },
): Node<Frame> {
  const named = namedMember(context, syntax.operand, syntax.index, syntax)
  if (named !== null) return compileSelect(context, named)
  const operand = context.compile(syntax.operand)
  const index = context.compile(syntax.index)
  const type = elementType(context, operand.type, index.type)
  if (type === null) {
    const message = `Cannot look up ${typeName(index.type)} in ${typeName(operand.type)}`
    return context.report(syntax, message)
  }
  const [read, readIndex, meter] = [operand.run, index.run, context.meter]
  if (operand.type.kind === 'optional') {
    return node(optionalOf(type), (frame) => {
      const value = read(frame)
      if (value instanceof CelFailure) return value
      const key = readIndex(frame)
      return key instanceof CelFailure ? key : optionalElement(value, key, meter)
    })
  }
  const conform = conformer(type, 'Element')
  return node(type, (frame) => {
    const value = read(frame)
    if (value instanceof CelFailure) return value
    const key = readIndex(frame)
    if (key instanceof CelFailure) return key
    if (value instanceof CelOptional) return optionalElement(value, key, meter)
    const element = lookUp(value, key, meter)
    return conform === null || element instanceof CelFailure ? element : conform(element)
  })
}

const noSuchKey = new CelFailure('No such key')
const outOfRange = new CelFailure('Index out of range')

/** The element as an optional: none where there is none, or nothing to look in. */
export function optionalElement(
  value: unknown,
  key: unknown,
  meter: Meter,
): CelOptional | CelFailure {
  const inner = value instanceof CelOptional ? value.value : value
  if (inner === undefined) return CelOptional.none
  const element = lookUp(inner, key, meter)
  if (element === noSuchKey || element === outOfRange) return CelOptional.none
  return element instanceof CelFailure ? element : new CelOptional(element)
}

function lookUp(value: unknown, key: unknown, meter: Meter): unknown {
  if (isList(value)) {
    const number = key instanceof CelUint ? key.value : key
    const index = typeof number === 'number' || typeof number === 'bigint' ? Number(number) : null
    if (index === null || !Number.isInteger(index)) {
      return new CelFailure(`Cannot look up ${kindOf(key)} in list`)
    }
    const element: unknown = index >= 0 && index < value.length ? value[index] : undefined
    return element === undefined ? outOfRange : element
  }
  if (!isMap(value)) return new CelFailure(`Cannot look up a key in ${kindOf(value)}`)
  if (typeof key === 'string' && !meter.takeText(key.length)) return overBudget
  const element = mapGet(value, key)
  return element === undefined ? noSuchKey : element
}

export function elementType<Frame>(
  context: CompileContext<Frame>,
  type: Type,
  index: Type,
): Type | null {
  if (!context.isChecked || type.kind === 'dyn') return dynType
  if (type.kind === 'optional') return elementType(context, type.value, index)
  if (type.kind === 'object')
    return index.kind === 'string' || index.kind === 'dyn' ? dynType : null
  const wanted = type.kind === 'list' ? 'int' : type.kind === 'map' ? type.key.kind : null
  if (wanted === null) return null
  if (wanted !== 'dyn' && index.kind !== 'dyn' && index.kind !== wanted) return null
  return type.kind === 'list' ? type.element : type.kind === 'map' ? type.value : dynType
}
