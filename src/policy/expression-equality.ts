import { equalIps } from './expression-ip.ts'
import { compareSemvers } from './expression-semver.ts'
import {
  CelCidr,
  CelDuration,
  CelIp,
  CelFailure,
  CelOptional,
  CelSemver,
  CelTimestamp,
  CelType,
  CelUint,
  type Meter,
  isList,
  isMap,
  kindOf,
  longText,
  mapEntries,
  mapGet,
  mapSize,
  type MapValue,
  overBudget,
} from './expression-values.ts'

const maxDepth = 64
const tooDeep = new CelFailure('Values are nested too deeply to compare')

/** Values of different types are unequal, except that numbers compare by what they stand for. */
export function equals(
  a: unknown,
  b: unknown,
  meter: Meter,
  depth = maxDepth,
): boolean | CelFailure {
  if (typeof a === 'string') return typeof b === 'string' && equalTexts(a, b, meter)
  if (a === b) return true
  if (typeof a === 'number' || typeof a === 'bigint') return equalNumbers(a, b)
  if (typeof a !== 'object' || a === null) return false
  if (a instanceof CelUint) return equalNumbers(a.value, b)
  return typeof b === 'object' && b !== null && equalObjects(a, b, meter.whole(), depth)
}

export function equalTexts(a: string, b: string, meter: Meter): boolean | CelFailure {
  if (a.length !== b.length) return false
  return meter.takeText(a.length) ? a === b : overBudget
}

function equalNumbers(a: number | bigint, b: unknown): boolean {
  const other = b instanceof CelUint ? b.value : b
  if (typeof other !== 'number' && typeof other !== 'bigint') return false
  // An int meets a double as a double: beyond 2^53 that is inexact, and what the tests of the
  // specification ask for.
  if (typeof a === typeof other) return a === other
  return Number(a) === Number(other)
}

function equalObjects(a: object, b: object, meter: Meter, depth: number): boolean | CelFailure {
  if (isList(a)) return isList(b) && equalLists(a, b, meter, depth)
  if (a instanceof CelTimestamp || a instanceof CelDuration) {
    return (
      kindOf(b) === kindOf(a) &&
      a.seconds === (b as typeof a).seconds &&
      a.nanos === (b as typeof a).nanos
    )
  }
  if (a instanceof Uint8Array) return b instanceof Uint8Array && equalBytes(a, b, meter)
  if (a instanceof CelType) return b instanceof CelType && a.name === b.name
  if (a instanceof CelOptional) {
    return b instanceof CelOptional && equalOptionals(a, b, meter, depth)
  }
  if (a instanceof CelIp) return b instanceof CelIp && equalIps(a, b)
  if (a instanceof CelCidr) {
    return b instanceof CelCidr && a.prefixLength === b.prefixLength && equalIps(a.ip, b.ip)
  }
  if (a instanceof CelSemver) return b instanceof CelSemver && compareSemvers(a, b) === 0
  return isMap(a) && isMap(b) && equalMaps(a, b, meter, depth)
}

function equalBytes(a: Uint8Array, b: Uint8Array, meter: Meter): boolean | CelFailure {
  if (a.length !== b.length) return false
  return meter.takeText(a.length) ? compareBytes(a, b) === 0 : overBudget
}

function equalOptionals(
  a: CelOptional,
  b: CelOptional,
  meter: Meter,
  depth: number,
): boolean | CelFailure {
  if (a.value === undefined || b.value === undefined) return a.value === b.value
  return depth === 0 ? tooDeep : equals(a.value, b.value, meter, depth - 1)
}

function equalLists(
  a: readonly unknown[],
  b: readonly unknown[],
  meter: Meter,
  depth: number,
): boolean | CelFailure {
  if (a.length !== b.length) return false
  if (depth === 0) return tooDeep
  if (!meter.take(a.length)) return overBudget
  for (let at = 0; at < a.length; at++) {
    const result = equals(a[at], b[at], meter, depth - 1)
    if (result !== true) return result
  }
  return true
}

function equalMaps(a: MapValue, b: MapValue, meter: Meter, depth: number): boolean | CelFailure {
  const size = mapSize(a)
  // Counting the keys of a request's map reads all of them.
  if (!meter.take(size)) return overBudget
  if (size !== mapSize(b)) return false
  if (depth === 0) return tooDeep
  for (const [key, value] of mapEntries(a)) {
    if (typeof key === 'string' && !meter.takeText(key.length)) return overBudget
    const other = mapGet(b, key)
    if (other === undefined) return false
    const result = equals(value, other, meter, depth - 1)
    if (result !== true) return result
  }
  return true
}

/** `item in collection`. */
export function contains(collection: unknown, item: unknown, meter: Meter): boolean | CelFailure {
  if (isList(collection)) {
    if (!meter.take(collection.length)) return overBudget
    if (typeof item === 'string' && item.length < longText) return collection.includes(item)
    const whole = meter.whole()
    let failure: CelFailure | null = null
    for (const element of collection) {
      const result = equals(element, item, whole)
      if (result === true) return true
      if (result !== false) failure ??= result
    }
    return failure ?? false
  }
  if (isMap(collection)) {
    if (typeof item === 'string' && !meter.takeText(item.length)) return overBudget
    return mapGet(collection, item) !== undefined
  }
  return new CelFailure(`"in" needs a list or a map, not ${kindOf(collection)}`)
}

/** Below, equal, above as -1, 0, 1; null: one of the two is not a number. */
export type Order = -1 | 0 | 1 | null

export function compare(a: unknown, b: unknown, meter: Meter): Order | CelFailure {
  if (typeof a === 'number' && typeof b === 'number') return order(a, b)
  if (typeof a === 'string' && typeof b === 'string') {
    return meter.takeText(Math.min(a.length, b.length)) ? compareStrings(a, b) : overBudget
  }
  const left = a instanceof CelUint ? a.value : a
  const right = b instanceof CelUint ? b.value : b
  if (
    (typeof left === 'number' || typeof left === 'bigint') &&
    (typeof right === 'number' || typeof right === 'bigint')
  ) {
    if (typeof left === typeof right) return order(left, right)
    return order(Number(left), Number(right))
  }
  if (typeof a === 'boolean' && typeof b === 'boolean') return order(Number(a), Number(b))
  if (
    (a instanceof CelTimestamp && b instanceof CelTimestamp) ||
    (a instanceof CelDuration && b instanceof CelDuration)
  ) {
    return a.seconds === b.seconds ? order(a.nanos, b.nanos) : order(a.seconds, b.seconds)
  }
  if (a instanceof Uint8Array && b instanceof Uint8Array) {
    return meter.takeText(Math.min(a.length, b.length)) ? compareBytes(a, b) : overBudget
  }
  return new CelFailure(`Cannot order ${kindOf(a)} and ${kindOf(b)}`)
}

function order(a: number | bigint, b: number | bigint): Order {
  if (a < b) return -1
  if (a > b) return 1
  return a >= b ? 0 : null
}

/** By code point: JavaScript's own order puts surrogate pairs before U+E000 to U+FFFF. */
function compareStrings(a: string, b: string): -1 | 0 | 1 {
  if (a === b) return 0
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at++) {
    const left = a.charCodeAt(at)
    const right = b.charCodeAt(at)
    if (left !== right) return rank(left) < rank(right) ? -1 : 1
  }
  return a.length < b.length ? -1 : 1
}

function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x1_0000 : unit
}

function compareBytes(a: Uint8Array, b: Uint8Array): -1 | 0 | 1 {
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at++) {
    const left = a[at] ?? 0
    const right = b[at] ?? 0
    if (left !== right) return left < right ? -1 : 1
  }
  if (a.length === b.length) return 0
  return a.length < b.length ? -1 : 1
}
