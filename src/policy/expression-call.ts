import { suggest } from '../source/suggest.ts'
import { compileBinding } from './expression-bindings.ts'
import { isComparable } from './expression-comparison.ts'
import { conformer } from './expression-conform.ts'
import { accepts, memberFunctions, plainFunctions, sizeOf } from './expression-functions.ts'
import { compileMacro, findMacro, macroNames } from './expression-macros.ts'
import { compileHas } from './expression-members.ts'
import { type CompileContext, type Node, constantNode, node } from './expression-node.ts'
import { compileOptionalMacro, optionalMacroNames } from './expression-optional-access.ts'
import type { CelFunction } from './expression-overload.ts'
import type { CallSyntax } from './expression-syntax.ts'
import { type Type, dynType, listOf, typeName } from './expression-types.ts'
import { CelFailure, Meter, longText, overBudget } from './expression-values.ts'

export function compileCall<Frame>(
  context: CompileContext<Frame>,
  syntax: CallSyntax,
): Node<Frame> {
  const { name, target, args } = syntax
  if (target === null) {
    if (name === 'has') return compilePresence(context, syntax)
    return compileFunction(context, syntax, name, plainFunctions, args)
  }
  const qualified = qualifiedFunction(context, syntax)
  if (qualified !== null) {
    const binding = compileBinding(context, syntax, qualified)
    return binding ?? compileFunction(context, syntax, qualified, plainFunctions, args)
  }
  const macro = findMacro(syntax)
  if (macro !== null) return compileMacro(context, syntax, target, macro)
  const optional = compileOptionalMacro(context, syntax, target)
  if (optional !== null) return optional
  return compileFunction(context, syntax, name, memberFunctions, [target, ...args])
}

const namespaces: ReadonlySet<string> = new Set([
  'cel',
  ...[...plainFunctions.keys()].flatMap((name) => name.split('.').slice(0, -1)),
])

/** `math.abs` where `math` is nothing that an expression reads here. Null: a member function. */
function qualifiedFunction<Frame>(
  { locals, scope }: CompileContext<Frame>,
  { name, target }: CallSyntax,
): string | null {
  if (target?.kind !== 'name' || !namespaces.has(target.name)) return null
  if (locals.has(target.name) || scope.variables.get(target.name) !== undefined) return null
  return `${target.name}.${name}`
}

function compilePresence<Frame>(context: CompileContext<Frame>, syntax: CallSyntax): Node<Frame> {
  const [member] = syntax.args
  if (syntax.args.length !== 1 || member?.kind !== 'select') {
    return context.report(syntax, '"has" needs a member', 'write has(resource.owner)')
  }
  return compileHas(context, member)
}

function compileFunction<Frame>(
  context: CompileContext<Frame>,
  syntax: CallSyntax,
  name: string,
  known: ReadonlyMap<string, CelFunction>,
  args: readonly CallSyntax['args'][number][],
): Node<Frame> {
  const called = known.get(name)
  if (called === undefined) {
    for (const arg of syntax.args) context.compile(arg)
    const isMember = known === memberFunctions
    const names = isMember
      ? [...known.keys(), ...macroNames, ...optionalMacroNames]
      : [...known.keys()]
    const hint = suggest(name, names, 'functions')
    return context.reportUnknown(syntax, `Unknown function "${name}"`, hint)
  }
  const parts = args.map((arg) => context.compile(arg))
  const isList = called.isVariadic === true && parts.length > 1
  return apply(context, syntax, name, called, isList ? [asList(parts)] : parts)
}

/** Several arguments as the one list that a variadic function takes. */
function asList<Frame>(parts: readonly Node<Frame>[]): Node<Frame> {
  const [first] = parts
  const isOne = parts.every(({ type }) => type.kind === first?.type.kind)
  const type = listOf(isOne && first !== undefined ? first.type : dynType)
  const constants = parts.map(({ constant }) => constant)
  if (constants.every((constant) => constant !== null)) {
    return constantNode(
      type,
      constants.map(({ value }) => value),
    )
  }
  const runs = parts.map(({ run }) => run)
  return node(type, (frame) => {
    const values: unknown[] = []
    for (const run of runs) {
      const value = run(frame)
      if (value instanceof CelFailure) return value
      values.push(value)
    }
    return values
  })
}

function apply<Frame>(
  context: CompileContext<Frame>,
  syntax: CallSyntax,
  name: string,
  called: CelFunction,
  parts: readonly Node<Frame>[],
): Node<Frame> {
  const { isChecked } = context
  const fitting = called.overloads.filter(
    ({ params }) =>
      params.length === parts.length &&
      params.every((param, at) => !isChecked || accepts(param, parts[at]?.type ?? dynType)),
  )
  const [overload] = fitting
  const types = parts.map((part) => part.type)
  if (overload === undefined) {
    const kinds = types.map(typeName).join(', ')
    return context.report(syntax, `"${name}" does not apply to (${kinds})`)
  }
  const compared = isChecked && fitting.length === 1 ? overload.compares?.(types) : undefined
  if (compared !== undefined && !isComparable(...compared)) {
    const [a, b] = compared.map(typeName)
    return context.report(
      syntax,
      `"${name}" would compare ${a} with ${b}, which are never equal`,
      neverEqual,
    )
  }
  const fault = isChecked ? faultOf(called, parts) : null
  if (fault !== null) return context.report(syntax, fault.message)
  const results = fitting.map(({ result, resultOf }) =>
    fitting.length === 1 ? (resultOf?.(types) ?? result) : result,
  )
  const [result = dynType] = results
  const type = results.every((other) => typeName(other) === typeName(result)) ? result : dynType
  const isMade = isChecked && fitting.length === 1 && overload.resultOf !== undefined
  const conform = isMade
    ? (overload.finish?.(type) ?? conformer(type, `Result of "${name}"`))
    : null
  const meter = called.isGrowing === true ? context.loopMeter : context.meter
  const call = callNode(name, called, isChecked ? type : dynType, meter, parts, conform)
  return folded(call, parts)
}

const neverEqual = 'convert one side, as in list.map(x, string(x))'

/** What is known ahead to be wrong with constant arguments. */
function faultOf<Frame>(
  { check, isParser, run }: CelFunction,
  parts: readonly Node<Frame>[],
): CelFailure | null {
  const args = parts.map(({ constant }) => constant?.value)
  const fault = check?.(args) ?? null
  if (fault !== null || isParser !== true || args.includes(undefined)) return fault
  const [first, second, third, fourth] = args
  const value = run(Meter.single, first, second, third, fourth)
  return value instanceof CelFailure ? value : null
}

/** A call whose arguments never change is made once, unless it fails: it may not be reached. */
function folded<Frame>(call: Node<Frame>, parts: readonly Node<Frame>[]): Node<Frame> {
  if (parts.length === 0 || parts.some(({ constant }) => constant === null)) return call
  const value = call.run(undefined as Frame)
  if (value instanceof CelFailure || isLarge(value)) return call
  return constantNode(call.type, value)
}

const maxFoldedLength = 4_096

/** Kept as long as the policy is. */
function isLarge(value: unknown): boolean {
  if (typeof value === 'string' || value instanceof Uint8Array) {
    return value.length > maxFoldedLength
  }
  return Array.isArray(value) && value.length > 0
}

/** Here, so that no function can forget what it costs to read what it is given. */
function isReadPaid(meter: Meter, value: unknown): boolean {
  const isText = typeof value === 'string' || value instanceof Uint8Array
  return !isText || value.length < longText || meter.take(value.length >> 5)
}

function isPaid(meter: Meter, values: readonly unknown[]): boolean {
  return values.every((value) => isReadPaid(meter, value))
}

function callNode<Frame>(
  name: string,
  called: CelFunction,
  type: Type,
  meter: Meter,
  parts: readonly Node<Frame>[],
  conform: ((value: unknown) => unknown) | null,
): Node<Frame> {
  const { run } = called
  if (conform !== null || parts.length > 2) {
    return node(type, (frame) => {
      const values: unknown[] = []
      for (const part of parts) {
        const value = part.run(frame)
        if (value instanceof CelFailure) return value
        values.push(value)
      }
      const [first, second, third, fourth] = values
      const result = isPaid(meter, values) ? run(meter, first, second, third, fourth) : overBudget
      return conform === null || result instanceof CelFailure ? result : conform(result)
    })
  }
  const [readFirst, readSecond] = [parts[0]?.run, parts[1]?.run]
  if (readFirst === undefined) return node(type, () => run(meter, undefined))
  if (readSecond !== undefined) {
    return node(type, (frame) => {
      const a = readFirst(frame)
      if (a instanceof CelFailure) return a
      const b = readSecond(frame)
      if (b instanceof CelFailure) return b
      return isReadPaid(meter, a) && isReadPaid(meter, b) ? run(meter, a, b) : overBudget
    })
  }
  const numeric = (frame: Frame): number | CelFailure => {
    const value = readFirst(frame)
    return value instanceof CelFailure ? value : sizeOf(value, meter)
  }
  const call = (frame: Frame): unknown => {
    const value = readFirst(frame)
    if (value instanceof CelFailure) return value
    return isReadPaid(meter, value) ? run(meter, value) : overBudget
  }
  return node(type, call, name === 'size' ? numeric : null)
}
