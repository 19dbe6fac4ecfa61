import { asFailure, checkBool } from './expression-logic.ts'
import { type Cell, type CompileContext, type Local, type Node, node } from './expression-node.ts'
import { variableName, variableTypes } from './expression-macro-variables.ts'
import type { CallSyntax, Syntax } from './expression-syntax.ts'
import { type Type, boolType, dynType, listOf, mapOf, typeName } from './expression-types.ts'
import {
  CelFailure,
  CelMap,
  type Meter,
  isList,
  isMap,
  isMapKey,
  kindOf,
  mapEntries,
  mapGet,
  overBudget,
} from './expression-values.ts'

interface Macro {
  readonly kind: 'all' | 'exists' | 'exists_one' | 'map' | 'filter' | 'entries' | 'merge'
  readonly variables: 1 | 2
  /** How many arguments follow the variables: the last is the body, one before it a filter. */
  readonly bodies: readonly number[]
}

/** By name and number of variables; the specification's own and its two-variable extension. */
const macros: ReadonlyMap<string, readonly Macro[]> = new Map<string, readonly Macro[]>([
  ['all', [macro('all', 1), macro('all', 2)]],
  ['exists', [macro('exists', 1), macro('exists', 2)]],
  ['exists_one', [macro('exists_one', 1), macro('exists_one', 2)]],
  ['existsOne', [macro('exists_one', 1), macro('exists_one', 2)]],
  ['filter', [macro('filter', 1)]],
  ['map', [macro('map', 1, [1, 2])]],
  ['transformList', [macro('map', 2, [1, 2])]],
  ['transformMap', [macro('entries', 2, [1, 2])]],
  ['transformMapEntry', [macro('merge', 2, [1, 2])]],
])

/** For suggestions. */
export const macroNames: readonly string[] = [...macros.keys()]

function macro(kind: Macro['kind'], variables: 1 | 2, bodies: readonly number[] = [1]): Macro {
  return { kind, variables, bodies }
}

/** Null: the call is no macro. */
export function findMacro(syntax: CallSyntax): Macro | null {
  if (syntax.target === null) return null
  const candidates = macros.get(syntax.name) ?? []
  const { length } = syntax.args
  return candidates.find(({ variables, bodies }) => bodies.includes(length - variables)) ?? null
}

export function compileMacro<Frame>(
  context: CompileContext<Frame>,
  syntax: CallSyntax,
  target: Syntax,
  found: Macro,
): Node<Frame> {
  const collection = context.compile(target)
  const { kind } = collection.type
  if (context.isChecked && !['list', 'map', 'object', 'dyn'].includes(kind)) {
    const message = `"${syntax.name}" needs a list or a map, not ${typeName(collection.type)}`
    return context.report(target, message)
  }
  const names = syntax.args.slice(0, found.variables).map(variableName)
  const [firstName, secondName] = names
  if (firstName === null || firstName === undefined || secondName === null) {
    return context.report(
      syntax.args[firstName === null ? 0 : 1] ?? syntax,
      'Expected the name of a variable',
    )
  }
  if (firstName === secondName) {
    return context.report(syntax.args[1] ?? syntax, `Variable "${firstName}" is named twice`)
  }
  const types = variableTypes(collection.type, found.variables)
  const first: Local = { cell: { value: undefined }, type: types.first }
  const second: Local | null =
    secondName === undefined ? null : { cell: { value: undefined }, type: types.second }
  const locals = new Map(context.locals).set(firstName, first)
  if (second !== null && secondName !== undefined) locals.set(secondName, second)
  const before = context.compiledNodes
  const rest = syntax.args.slice(found.variables)
  const bodySyntax = rest.at(-1) ?? syntax
  const filterSyntax = rest.length === 2 ? rest[0] : undefined
  const filter = filterSyntax === undefined ? null : context.compileWith(locals, filterSyntax)
  const body = context.compileWith(locals, bodySyntax)
  if (filter !== null && filterSyntax !== undefined) {
    checkBool(context, filter.type, filterSyntax, `"${syntax.name}"`)
  }
  const loop: Loop<Frame> = {
    collection: collection.run,
    first: first.cell,
    second: second?.cell ?? null,
    filter: filter?.run ?? null,
    body: body.run,
    meter: context.loopMeter,
    turnCost: context.compiledNodes - before,
  }
  return macroNode(context, found, loop, body, bodySyntax, types.first)
}

function macroNode<Frame>(
  context: CompileContext<Frame>,
  found: Macro,
  loop: Loop<Frame>,
  body: Node<Frame>,
  bodySyntax: Syntax,
  elementType: Type,
): Node<Frame> {
  switch (found.kind) {
    case 'all':
    case 'exists':
    case 'exists_one':
      checkBool(context, body.type, bodySyntax, `"${found.kind}"`)
      if (found.kind === 'exists_one') return node(boolType, (frame) => existsOne(loop, frame))
      return node(boolType, quantifier(loop, found.kind === 'exists'))
    case 'filter':
      checkBool(context, body.type, bodySyntax, '"filter"')
      return node(listOf(elementType), (frame) => filterList(loop, frame))
    case 'map':
      return node(listOf(body.type), (frame) => mapList(loop, frame))
    case 'entries':
      return node(mapOf(dynType, body.type), (frame) => transformMap(loop, frame))
    case 'merge':
      return node(mapOf(dynType, dynType), (frame) => mergeEntries(loop, frame))
    default:
      return found.kind satisfies never
  }
}

interface Loop<Frame> {
  readonly collection: (frame: Frame) => unknown
  readonly first: Cell
  /** Null: one variable, which is a list's element or a map's key. */
  readonly second: Cell | null
  readonly filter: ((frame: Frame) => unknown) | null
  readonly body: (frame: Frame) => unknown
  readonly meter: Meter
  readonly turnCost: number
}

type Turns =
  | { readonly list: readonly unknown[]; readonly keys: null; readonly length: number }
  | { readonly map: unknown; readonly keys: readonly unknown[]; readonly length: number }

function turnsOf(value: unknown, meter: Meter): Turns | CelFailure {
  if (isList(value)) return { list: value, keys: null, length: value.length }
  if (isMap(value)) {
    const keys = Array.from(mapEntries(value), ([key]) => key)
    return meter.take(keys.length >> 1) ? { map: value, keys, length: keys.length } : overBudget
  }
  return value instanceof CelFailure ? value : new CelFailure(`Cannot loop over ${kindOf(value)}`)
}

/** False: the budget is spent. */
function bind<Frame>(loop: Loop<Frame>, turns: Turns, at: number): boolean {
  const { first, second } = loop
  if (turns.keys === null) {
    first.value = second === null ? turns.list[at] : BigInt(at)
    if (second !== null) second.value = turns.list[at]
  } else {
    first.value = turns.keys[at]
    if (second !== null && isMap(turns.map)) second.value = mapGet(turns.map, turns.keys[at])
  }
  return loop.meter.take(loop.turnCost)
}

/** What a variable held must not outlive the evaluation. */
function release<Frame>(loop: Loop<Frame>): void {
  loop.first.value = undefined
  if (loop.second !== null) loop.second.value = undefined
}

/** Like `&&` and `||` over every turn: a turn that settles the answer outweighs a failure. */
function quantifier<Frame>(loop: Loop<Frame>, settles: boolean): (frame: Frame) => unknown {
  return (frame) => {
    const turns = turnsOf(loop.collection(frame), loop.meter)
    if (turns instanceof CelFailure) return turns
    let failure: CelFailure | null = null
    let isSettled = false
    for (let at = 0; at < turns.length && !isSettled; at++) {
      if (!bind(loop, turns, at)) return overBudget
      const result = loop.body(frame)
      if (result === settles) isSettled = true
      else if (result !== !settles) failure ??= asFailure(result)
    }
    release(loop)
    return isSettled ? settles : (failure ?? !settles)
  }
}

function existsOne<Frame>(loop: Loop<Frame>, frame: Frame): unknown {
  let count = 0
  const failure = eachTurn(loop, frame, () => {
    const result = loop.body(frame)
    if (result === true) count += 1
    return typeof result === 'boolean' ? null : asFailure(result)
  })
  return failure ?? count === 1
}

function filterList<Frame>(loop: Loop<Frame>, frame: Frame): unknown {
  const kept: unknown[] = []
  const failure = eachTurn(loop, frame, () => {
    const result = loop.body(frame)
    if (result === true) kept.push(loop.first.value)
    return typeof result === 'boolean' ? null : asFailure(result)
  })
  return failure ?? kept
}

function mapList<Frame>(loop: Loop<Frame>, frame: Frame): unknown {
  const mapped: unknown[] = []
  const failure = eachTurn(loop, frame, () => {
    const result = loop.body(frame)
    if (result instanceof CelFailure) return result
    mapped.push(result)
    return null
  })
  return failure ?? mapped
}

function transformMap<Frame>(loop: Loop<Frame>, frame: Frame): unknown {
  const map = new CelMap()
  const failure = eachTurn(loop, frame, () => {
    const key = loop.first.value
    const result = loop.body(frame)
    if (result instanceof CelFailure) return result
    map.add(key, result)
    return null
  })
  return failure ?? map
}

function mergeEntries<Frame>(loop: Loop<Frame>, frame: Frame): unknown {
  const map = new CelMap()
  const failure = eachTurn(loop, frame, () => {
    const result = loop.body(frame)
    if (result instanceof CelFailure) return result
    if (!isMap(result)) return new CelFailure(`Expected a map, got ${kindOf(result)}`)
    for (const [key, value] of mapEntries(result)) {
      if (!loop.meter.take(1)) return overBudget
      if (!isMapKey(key) || !map.add(key, value)) return new CelFailure('Map key occurs twice')
    }
    return null
  })
  return failure ?? map
}

function eachTurn<Frame>(
  loop: Loop<Frame>,
  frame: Frame,
  turn: () => CelFailure | null,
): CelFailure | null {
  const turns = turnsOf(loop.collection(frame), loop.meter)
  if (turns instanceof CelFailure) return turns
  let failure: CelFailure | null = null
  for (let at = 0; at < turns.length && failure === null; at++) {
    if (!bind(loop, turns, at)) failure = overBudget
    else failure = passesFilter(loop, frame) ?? null
    if (failure === skipped) failure = null
    else if (failure === null) failure = turn()
  }
  release(loop)
  return failure
}

/** Stands for a turn that the filter leaves out. */
const skipped = new CelFailure('skipped')

function passesFilter<Frame>(loop: Loop<Frame>, frame: Frame): CelFailure | null {
  if (loop.filter === null) return null
  const result = loop.filter(frame)
  if (result === true) return null
  return result === false ? skipped : asFailure(result)
}
