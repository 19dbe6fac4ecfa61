import { add, maxListLength } from './expression-arithmetic.ts'
import { conformer } from './expression-conform.ts'
import { compare, contains, equals } from './expression-equality.ts'
import {
  type CelFunction,
  type TypedOverload,
  defineFunction,
  on,
  on2,
  on3,
} from './expression-overload.ts'
import { anyValue, double, duration, int, list, uint } from './expression-params.ts'
import { indexOverloads, lastIndexOverloads, reverseText } from './expression-strings.ts'
import {
  type Type,
  boolType,
  dynType,
  elementOf,
  intType,
  listOf,
  optionalOf,
} from './expression-types.ts'
import {
  CelDuration,
  CelFailure,
  CelOptional,
  CelUint,
  type Meter,
  isList,
  kindOf,
  overBudget,
} from './expression-values.ts'

type Named = readonly [string, CelFunction]

const outOfRange = new CelFailure('Index out of range')
const tooLong = new CelFailure('List is too long')
const emptyList = new CelFailure('List is empty')
const notNumbers = new CelFailure('Cannot order what is not a number')

export const listFunctions: readonly Named[] = [
  named('lists.range', [on(int, listOf(intType), range)]),
]

/** Named and meant as in the list libraries of Kubernetes and cel-go. */
export const collectionMembers: readonly Named[] = [
  named('isSorted', [on(list, boolType, isSorted)]),
  named('sum', [{ ...ofElement(on(list, dynType, sum)), finish: finishSum }]),
  named('min', [ofElement(on(list, dynType, (values, meter) => extreme(values, -1, meter)))]),
  named('max', [ofElement(on(list, dynType, (values, meter) => extreme(values, 1, meter)))]),
  named('indexOf', [...indexOverloads, searching(on2(list, anyValue, intType, indexOf))]),
  named('lastIndexOf', [
    ...lastIndexOverloads,
    searching(on2(list, anyValue, intType, lastIndexOf)),
  ]),
  named('distinct', [sameList(on(list, listOf(dynType), distinct))]),
  named('flatten', [
    on(list, listOf(dynType), (values, meter) => flatten(values, 1n, meter)),
    on2(list, int, listOf(dynType), flatten),
  ]),
  named('slice', [sameList(on3(list, int, int, listOf(dynType), slice))]),
  named('sort', [sameList(on(list, listOf(dynType), sort))]),
  named('reverse', [
    reverseText,
    sameList(
      on(list, listOf(dynType), (values, meter) =>
        meter.take(values.length) ? values.toReversed() : overBudget,
      ),
    ),
  ]),
  named('first', [optionalElement(0)]),
  named('last', [optionalElement(-1)]),
]

function named(name: string, overloads: readonly TypedOverload[]): Named {
  return [name, defineFunction(name, overloads, { isGrowing: true })]
}

function searching(overload: TypedOverload): TypedOverload {
  return { ...overload, compares: ([all, one = dynType]) => [elementOf(all), one] }
}

function ofElement(overload: TypedOverload): TypedOverload {
  return { ...overload, resultOf: ([type]) => elementOf(type) }
}

function sameList(overload: TypedOverload): TypedOverload {
  return { ...overload, resultOf: (types) => listOf(elementOf(types[0])) }
}

function optionalElement(at: 0 | -1): TypedOverload {
  return on(list, optionalOf(dynType), (values) => {
    const value = values.at(at)
    return value === undefined ? CelOptional.none : new CelOptional(value)
  })
}

function range(length: bigint, meter: Meter): readonly bigint[] | CelFailure {
  if (length > maxListLength) return tooLong
  const count = Math.max(0, Number(length))
  return meter.take(count) ? Array.from({ length: count }, (_, at) => BigInt(at)) : overBudget
}

/** The order of two elements, or why they have none. */
function order(a: unknown, b: unknown, meter: Meter): -1 | 0 | 1 | CelFailure {
  if (!meter.take(2)) return overBudget
  return compare(a, b, meter) ?? notNumbers
}

function isSorted(values: readonly unknown[], meter: Meter): boolean | CelFailure {
  for (let at = 1; at < values.length; at++) {
    const result = order(values[at - 1], values[at], meter)
    if (typeof result !== 'number') return result
    if (result > 0) return false
  }
  return true
}

function sum(values: readonly unknown[], meter: Meter): unknown {
  if (!meter.take(values.length)) return overBudget
  let total: unknown
  for (const value of values) {
    if (!isSummable(value)) return new CelFailure(`Cannot sum ${kindOf(value)}`)
    total = total === undefined ? value : add(total, value, meter)
    if (total instanceof CelFailure) return total
  }
  return total ?? noSum
}

function isSummable(value: unknown): boolean {
  return [int, uint, double, duration].some(({ holds: fits }) => fits(value))
}

/** The sum of nothing is of the type that the elements would have. */
const noSum = 0n

function finishSum(type: Type): (value: unknown) => unknown {
  const conform = conformer(type, 'Result of "sum"')
  const nothing = emptySums.get(type.kind) ?? noSum
  return (value) => {
    if (value === noSum) return nothing
    return conform === null ? value : conform(value)
  }
}

const emptySums: ReadonlyMap<Type['kind'], unknown> = new Map<Type['kind'], unknown>([
  ['double', 0],
  ['uint', new CelUint(0n)],
  ['duration', new CelDuration(0, 0)],
])

function extreme(values: readonly unknown[], sign: 1 | -1, meter: Meter): unknown {
  let best = values[0]
  if (best === undefined) return emptyList
  for (let at = 1; at < values.length; at++) {
    const result = order(values[at], best, meter)
    if (typeof result !== 'number') return result
    if (result === sign) best = values[at]
  }
  return best
}

function indexOf(values: readonly unknown[], wanted: unknown, meter: Meter): bigint | CelFailure {
  for (const [at, value] of values.entries()) {
    const result = meter.take(1) ? equals(value, wanted, meter) : overBudget
    if (result !== false) return result === true ? BigInt(at) : result
  }
  return -1n
}

function lastIndexOf(
  values: readonly unknown[],
  wanted: unknown,
  meter: Meter,
): bigint | CelFailure {
  for (let at = values.length - 1; at >= 0; at--) {
    const result = meter.take(1) ? equals(values[at], wanted, meter) : overBudget
    if (result !== false) return result === true ? BigInt(at) : result
  }
  return -1n
}

/** The first of equal elements stays. */
function distinct(values: readonly unknown[], meter: Meter): readonly unknown[] | CelFailure {
  const kept: unknown[] = []
  const texts = new Set<string>()
  for (const value of values) {
    if (!meter.take(2)) return overBudget
    if (typeof value === 'string') {
      if (!meter.takeText(value.length)) return overBudget
      if (texts.has(value)) continue
      texts.add(value)
      kept.push(value)
      continue
    }
    const known = contains(kept, value, meter)
    if (known instanceof CelFailure) return known
    if (!known) kept.push(value)
  }
  return kept
}

function flatten(
  values: readonly unknown[],
  depth: bigint,
  meter: Meter,
): readonly unknown[] | CelFailure {
  if (depth < 0n) return new CelFailure('"flatten" needs a depth that is not negative')
  const flat: unknown[] = []
  const failure = flattenInto(flat, values, Number(depth), meter)
  return failure ?? flat
}

const maxFlattenDepth = 64

function flattenInto(
  flat: unknown[],
  values: readonly unknown[],
  depth: number,
  meter: Meter,
  level = 0,
): CelFailure | null {
  if (level > maxFlattenDepth) return new CelFailure('Lists are nested too deeply to flatten')
  for (const value of values) {
    if (!meter.take(2)) return overBudget
    if (depth > 0 && isList(value)) {
      const failure = flattenInto(flat, value, depth - 1, meter, level + 1)
      if (failure !== null) return failure
    } else {
      if (flat.length >= maxListLength) return tooLong
      flat.push(value)
    }
  }
  return null
}

/** From the first index up to and without the second. */
function slice(
  values: readonly unknown[],
  start: bigint,
  end: bigint,
  meter: Meter,
): readonly unknown[] | CelFailure {
  if (start < 0n || start > end || end > values.length) return outOfRange
  return meter.take(values.length) ? values.slice(Number(start), Number(end)) : overBudget
}

function sort(values: readonly unknown[], meter: Meter): readonly unknown[] | CelFailure {
  if (!meter.take(values.length)) return overBudget
  let failure: CelFailure | null = null
  const sorted = values.toSorted((a, b) => {
    if (failure !== null) return 0
    const result = order(a, b, meter)
    if (typeof result === 'number') return result
    failure = result
    return 0
  })
  return failure ?? sorted
}
