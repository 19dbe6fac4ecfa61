import { elementType, optionalElement } from './expression-index.ts'
import { variableName } from './expression-macro-variables.ts'
import {
  compileSelect,
  memberSpan,
  memberType,
  noMember,
  objectVariable,
} from './expression-members.ts'
import { namedMember } from './expression-named-member.ts'
import {
  type CompileContext,
  type Local,
  type Node,
  node,
  readAttribute,
} from './expression-node.ts'
import { readOptional } from './expression-optional-member.ts'
import type { ObjectVariable } from './expression-scope.ts'
import type { CallSyntax, OptionalSelectSyntax, Syntax } from './expression-syntax.ts'
import { type Type, dynType, optionalOf, typeName } from './expression-types.ts'
import { CelFailure, CelOptional, kindOf } from './expression-values.ts'

/** `e.?f`: the member as an optional. */
export function compileOptionalSelect<Frame>(
  context: CompileContext<Frame>,
  syntax: OptionalSelectSyntax,
): Node<Frame> {
  const { operand, field } = syntax
  const variable = objectVariable(context, operand)
  if (variable !== null) return optionalAttribute(context, variable, syntax)
  const compiled = context.compile(operand)
  const type = memberType(context, compiled.type, syntax)
  if (type === null) return context.report(memberSpan(syntax), ...noMember(compiled.type, field))
  return readOptional(compiled, field, type)
}

function optionalAttribute<Frame>(
  context: CompileContext<Frame>,
  variable: ObjectVariable<Frame>,
  syntax: OptionalSelectSyntax,
): Node<Frame> {
  const { type, run, attribute } = compileSelect(context, { ...syntax, kind: 'select' })
  const isFixed = variable.fixed.has(syntax.field)
  return node(optionalOf(type), (frame) => {
    const isThere =
      attribute === null
        ? isFixed
        : readAttribute(attribute.properties(frame), attribute.field, missing) !== missing
    if (!isThere) return CelOptional.none
    const value = run(frame)
    return value instanceof CelFailure ? value : new CelOptional(value)
  })
}

const missing = new CelFailure('No value')

/** `e[?i]`: the element as an optional. */
export function compileOptionalIndex<Frame>(
  context: CompileContext<Frame>,
  syntax: Syntax & { kind: 'optionalIndex' },
): Node<Frame> {
  const named = namedMember(context, syntax.operand, syntax.index, syntax)
  if (named !== null) return compileOptionalSelect(context, { ...named, kind: 'optionalSelect' })
  const operand = context.compile(syntax.operand)
  const index = context.compile(syntax.index)
  const type = elementType(context, operand.type, index.type)
  if (type === null) {
    const message = `Cannot look up ${typeName(index.type)} in ${typeName(operand.type)}`
    return context.report(syntax, message)
  }
  const [read, readIndex, meter] = [operand.run, index.run, context.meter]
  return node(optionalOf(dynType), (frame) => {
    const value = read(frame)
    if (value instanceof CelFailure) return value
    const key = readIndex(frame)
    return key instanceof CelFailure ? key : optionalElement(value, key, meter)
  })
}

/** Stands for an entry of a list or a map that is not there. */
export const leftOut = Symbol('left out')

/** `[?e]`, `{?k: e}`: only lists and maps that are being built see what this yields. */
export function compileOptionalEntry<Frame>(
  context: CompileContext<Frame>,
  syntax: Syntax & { kind: 'optionalEntry' },
): Node<Frame> {
  const { type, run } = context.compile(syntax.operand)
  if (context.isChecked && type.kind !== 'optional' && type.kind !== 'dyn') {
    return context.report(syntax.operand, `"?" needs an optional, not ${typeName(type)}`)
  }
  return node(type.kind === 'optional' ? type.value : dynType, (frame) => {
    const value = run(frame)
    if (!(value instanceof CelOptional)) return notOptional(value)
    return value.value === undefined ? leftOut : value.value
  })
}

function notOptional(value: unknown): CelFailure {
  return value instanceof CelFailure
    ? value
    : new CelFailure(`Expected an optional, got ${kindOf(value)}`)
}

/** For suggestions. */
export const optionalMacroNames: readonly string[] = ['optMap', 'optFlatMap', 'or', 'orValue']

/** Calls on an optional that do not evaluate every argument. Null: it is none of them. */
export function compileOptionalMacro<Frame>(
  context: CompileContext<Frame>,
  syntax: CallSyntax,
  target: Syntax,
): Node<Frame> | null {
  const { name, args } = syntax
  const [first, second] = args
  if (first === undefined) return null
  if ((name === 'optMap' || name === 'optFlatMap') && second !== undefined && args.length === 2) {
    return compileOptionalMap(context, syntax, target, first, second)
  }
  if ((name !== 'or' && name !== 'orValue') || args.length !== 1) return null
  const value = compileOperand(context, target, name)
  const other = context.compile(first)
  const [read, readOther] = [value.run, other.run]
  if (name === 'orValue') {
    const held = heldType(value.type)
    const isSame = typeName(held) === typeName(other.type)
    if (context.isChecked && !isSame && held.kind !== 'dyn' && other.type.kind !== 'dyn') {
      const message = `"orValue" needs ${typeName(held)}, not ${typeName(other.type)}`
      return context.report(first, message)
    }
    return node(isSame ? held : dynType, (frame) => {
      const found = read(frame)
      if (!(found instanceof CelOptional)) return notOptional(found)
      return found.value === undefined ? readOther(frame) : found.value
    })
  }
  if (context.isChecked && other.type.kind !== 'optional' && other.type.kind !== 'dyn') {
    return context.report(first, `"or" needs an optional, not ${typeName(other.type)}`)
  }
  const type = typeName(value.type) === typeName(other.type) ? value.type : optionalOf(dynType)
  return node(type, (frame) => {
    const found = read(frame)
    if (!(found instanceof CelOptional)) return notOptional(found)
    if (found.value !== undefined) return found
    const alternative = readOther(frame)
    return alternative instanceof CelOptional ? alternative : notOptional(alternative)
  })
}

function compileOptionalMap<Frame>(
  context: CompileContext<Frame>,
  { name }: CallSyntax,
  target: Syntax,
  variable: Syntax,
  body: Syntax,
): Node<Frame> {
  const value = compileOperand(context, target, name)
  const variableText = variableName(variable)
  if (variableText === null) return context.report(variable, 'Expected the name of a variable')
  const local: Local = { cell: { value: undefined }, type: heldType(value.type) }
  const locals = new Map(context.locals).set(variableText, local)
  const mapped = context.compileWith(locals, body)
  const [read, run] = [value.run, mapped.run]
  const isFlat = name === 'optFlatMap'
  if (isFlat && context.isChecked && !['optional', 'dyn'].includes(mapped.type.kind)) {
    return context.report(body, `"${name}" needs an optional, not ${typeName(mapped.type)}`)
  }
  return node(isFlat ? optionalOf(heldType(mapped.type)) : optionalOf(mapped.type), (frame) => {
    const found = read(frame)
    if (!(found instanceof CelOptional)) return notOptional(found)
    if (found.value === undefined) return found
    local.cell.value = found.value
    const result = run(frame)
    local.cell.value = undefined
    if (result instanceof CelFailure) return result
    if (!isFlat) return new CelOptional(result)
    return result instanceof CelOptional ? result : notOptional(result)
  })
}

function compileOperand<Frame>(
  context: CompileContext<Frame>,
  syntax: Syntax,
  name: string,
): Node<Frame> {
  const compiled = context.compile(syntax)
  const { kind } = compiled.type
  if (!context.isChecked || kind === 'optional' || kind === 'dyn') return compiled
  const message = `"${name}" needs an optional, not ${typeName(compiled.type)}`
  return context.report(syntax, message, 'write .? before the name, or [?…]')
}

function heldType(type: Type): Type {
  return type.kind === 'optional' ? type.value : dynType
}
