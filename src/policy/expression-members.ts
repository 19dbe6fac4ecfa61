import { suggest } from '../source/suggest.ts'
import { deepConformer } from './expression-conform-deep.ts'
import { conformer } from './expression-conform.ts'
import { namedTypes } from './expression-conversions.ts'
import {
  type AttributeRead,
  type CompileContext,
  type Local,
  type Node,
  constantNode,
  node,
  readAttribute,
} from './expression-node.ts'
import { knownNode } from './expression-known.ts'
import { optionalMember, readOptional } from './expression-optional-member.ts'
import type { ObjectVariable, ScopeVariable } from './expression-scope.ts'
import type {
  NameSyntax,
  OptionalSelectSyntax,
  SelectSyntax,
  Span,
  Syntax,
} from './expression-syntax.ts'
import { type Type, boolType, dynType, typeName, typeType } from './expression-types.ts'
import {
  CelFailure,
  CelOptional,
  type MapValue,
  type Meter,
  isMap,
  kindOf,
  mapGet,
  mapSize,
  overBudget,
} from './expression-values.ts'

type MemberSyntax = SelectSyntax | OptionalSelectSyntax

export function compileName<Frame>(
  context: CompileContext<Frame>,
  syntax: NameSyntax,
): Node<Frame> {
  const local = syntax.isAbsolute ? undefined : context.locals.get(syntax.name)
  if (local !== undefined) return readLocal(local, syntax.name)
  const variable = objectVariable(context, syntax)
  // Through another name for it, members would be read unchecked.
  if (context.isChecked && variable !== null && !variable.type.open) {
    return context.report(
      syntax,
      `"${variable.name}" cannot be used as a value`,
      'name an attribute of it',
    )
  }
  return (
    resolveName(context, syntax.name) ??
    context.reportUnknown(
      syntax,
      `Unknown name "${syntax.name}"`,
      suggest(syntax.name, knownNames(context), 'known names'),
    )
  )
}

export function compileSelect<Frame>(
  context: CompileContext<Frame>,
  syntax: SelectSyntax,
): Node<Frame> {
  const path = qualifiedName(context, syntax)
  if (path !== null) {
    const whole = resolveName(context, path)
    if (whole !== null) return whole
    const variable = objectVariable(context, syntax.operand)
    if (variable !== null) return readMember(context, variable, syntax)
  }
  const operand = context.compile(syntax.operand)
  const { field } = syntax
  const type = memberType(context, operand.type, syntax)
  if (type === null) return context.report(memberSpan(syntax), ...noMember(operand.type, field))
  if (operand.type.kind === 'optional') return readOptional(operand, field, type)
  const absent = new CelFailure(`No such key "${field}"`)
  const read = operand.run
  const conform = conformer(type, `"${field}"`)
  return node(type, (frame) => {
    const value = read(frame)
    if (!isMap(value)) return memberOfOther(value, field)
    const member = mapGet(value, field)
    if (member === undefined) return absent
    return conform === null ? member : conform(member)
  })
}

/** A select from what may be there may be there: in a chain, `.?` once is enough. */
function memberOfOther(value: unknown, field: string): unknown {
  return value instanceof CelOptional ? optionalMember(value, field) : notMap(value)
}

/** `has(e.f)`: whether the map has the key; fails where there is no map. */
export function compileHas<Frame>(
  context: CompileContext<Frame>,
  syntax: SelectSyntax,
): Node<Frame> {
  const { field } = syntax
  const variable = objectVariable(context, syntax.operand)
  if (variable !== null && qualifiedName(context, syntax) !== null) {
    checkMember(context, variable, field, memberSpan(syntax))
    context.refer(`${variable.name}.${field}`)
    if (variable.fixed.has(field)) return constantNode(boolType, true)
    const { properties } = variable
    if (properties === null) return constantNode(boolType, false)
    return node(boolType, (frame) => {
      const attributes = properties(frame)
      return Object.hasOwn(attributes, field) && attributes[field] !== undefined
    })
  }
  const operand = context.compile(syntax.operand)
  if (memberType(context, operand.type, syntax) === null) {
    return context.report(memberSpan(syntax), ...noMember(operand.type, field))
  }
  const read = operand.run
  return node(boolType, (frame) => {
    const value = read(frame)
    if (isMap(value)) return mapGet(value, field) !== undefined
    if (!(value instanceof CelOptional)) return notMap(value)
    const member = optionalMember(value, field)
    return member instanceof CelOptional ? member.value !== undefined : member
  })
}

function readLocal<Frame>(local: Local, name: string): Node<Frame> {
  const { cell, type } = local
  const conform = conformer(type, `"${name}"`)
  if (conform === null) return node(type, () => cell.value)
  return node(type, () => {
    const { value } = cell
    return value instanceof CelFailure ? value : conform(value)
  })
}

function resolveName<Frame>(context: CompileContext<Frame>, name: string): Node<Frame> | null {
  const variable = context.scope.variables.get(name)
  if (variable !== undefined) return readVariable(context, variable)
  const named = namedTypes.get(name)
  return named === undefined ? null : constantNode(typeType, named)
}

function readVariable<Frame>(
  context: CompileContext<Frame>,
  variable: ScopeVariable<Frame>,
): Node<Frame> {
  context.refer(variable.name)
  if (variable.kind === 'object') return wholeNode(variable, context.meter)
  // What an expression yields is of its type, or a failure, already.
  if (variable.definition !== undefined) {
    const { constant } = variable.definition
    return constant === null
      ? node(variable.type, variable.read)
      : constantNode(variable.type, constant.value)
  }
  const absent = new CelFailure(`No value for "${variable.name}"`)
  const conform = deepConformer(variable.type, `"${variable.name}"`, context.meter)
  const { read } = variable
  return node(variable.type, (frame) => {
    const value = read(frame)
    if (value === undefined) return absent
    return conform === null ? value : conform(value)
  })
}

function wholeNode<Frame>(variable: ObjectVariable<Frame>, meter: Meter): Node<Frame> {
  return node(variable.type, (frame) => {
    const whole = wholeObject(variable, frame)
    return meter.take(mapSize(whole) >> 1) ? whole : overBudget
  })
}

function wholeObject<Frame>(variable: ObjectVariable<Frame>, frame: Frame): MapValue {
  const properties = variable.properties?.(frame) ?? {}
  const whole = Object.create(null) as Record<string, unknown>
  for (const [name, value] of Object.entries(properties)) {
    if (value !== undefined) whole[name] = value
  }
  for (const [name, read] of variable.fixed) whole[name] = read(frame)
  return whole
}

function readMember<Frame>(
  context: CompileContext<Frame>,
  variable: ObjectVariable<Frame>,
  syntax: SelectSyntax,
): Node<Frame> {
  const { field } = syntax
  const path = `${variable.name}.${field}`
  const declared = checkMember(context, variable, field, memberSpan(syntax))
  context.refer(path)
  const fixed = variable.fixed.get(field)
  if (fixed !== undefined) return knownNode(fixed, variable.known?.get(field))
  const absent = new CelFailure(`No attribute "${path}"`)
  const { properties } = variable
  if (properties === null) return node(dynType, () => absent)
  const conform = deepConformer(declared, `"${path}"`, context.meter)
  const refused = conform?.(undefined)
  const wrong = refused instanceof CelFailure ? refused : absent
  const attribute: AttributeRead<Frame> = { properties, field, absent, wrong }
  return { ...typedRead(attribute, declared, conform), attribute }
}

/** The commonest types are read without a call in between. */
function typedRead<Frame>(
  { properties, field, absent, wrong }: AttributeRead<Frame>,
  type: Type,
  conform: ((value: unknown) => unknown) | null,
): Node<Frame> {
  if (conform === null)
    return node(type, (frame) => readAttribute(properties(frame), field, absent))
  const run = (frame: Frame): unknown => {
    const value = readAttribute(properties(frame), field, absent)
    return value instanceof CelFailure ? value : conform(value)
  }
  if (type.kind === 'string') {
    return node(type, (frame) => {
      const value = readAttribute(properties(frame), field, absent)
      return typeof value === 'string' || value instanceof CelFailure ? value : wrong
    })
  }
  if (type.kind !== 'int' && type.kind !== 'double') return node(type, run)
  const isInt = type.kind === 'int'
  const numeric = (frame: Frame): number | CelFailure => {
    const value = readAttribute(properties(frame), field, absent)
    if (typeof value === 'number' && (!isInt || Number.isSafeInteger(value))) return value
    return value instanceof CelFailure ? value : wrong
  }
  return node(type, run, numeric)
}

/** The member's declared type; `dyn` after reporting that there is none. */
function checkMember<Frame>(
  context: CompileContext<Frame>,
  variable: ObjectVariable<Frame>,
  field: string,
  span: Span,
): Type {
  const declared = variable.type.members.get(field)
  if (declared !== undefined) return declared
  if (context.isChecked && !variable.type.open) {
    const hint = suggest(field, variable.type.members.keys(), 'declared attributes')
    context.report(span, `Unknown attribute "${variable.name}.${field}"`, hint)
  }
  return dynType
}

/** Null: values of this type have no members. */
export function memberType<Frame>(
  context: CompileContext<Frame>,
  type: Type,
  syntax: MemberSyntax,
): Type | null {
  if (type.kind === 'map') return type.value
  if (type.kind === 'optional') return memberType(context, type.value, syntax)
  if (type.kind === 'object') return type.members.get(syntax.field) ?? dynType
  return type.kind === 'dyn' || !context.isChecked ? dynType : null
}

export function noMember(type: Type, field: string): [message: string, hint: string | null] {
  return [`No member "${field}" in ${typeName(type)}`, null]
}

function notMap(value: unknown): CelFailure {
  return value instanceof CelFailure ? value : new CelFailure(`No members in ${kindOf(value)}`)
}

export function memberSpan(syntax: MemberSyntax): Span {
  return { start: syntax.operand.start, end: syntax.end }
}

export function objectVariable<Frame>(
  context: CompileContext<Frame>,
  syntax: Syntax,
): ObjectVariable<Frame> | null {
  const name = qualifiedName(context, syntax)
  const variable = name === null ? undefined : context.scope.variables.get(name)
  return variable?.kind === 'object' ? variable : null
}

/** `a.b.c` where no macro variable stands at its root. */
function qualifiedName<Frame>(context: CompileContext<Frame>, syntax: Syntax): string | null {
  if (syntax.kind === 'name') {
    const isLocal = !syntax.isAbsolute && context.locals.has(syntax.name)
    return isLocal ? null : syntax.name
  }
  if (syntax.kind !== 'select') return null
  const operand = qualifiedName(context, syntax.operand)
  return operand === null ? null : `${operand}.${syntax.field}`
}

function knownNames<Frame>(context: CompileContext<Frame>): readonly string[] {
  return [...context.locals.keys(), ...context.scope.variables.keys()]
}
