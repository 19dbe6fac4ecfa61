import type { ConditionFailure } from '../decide/policy-spec.ts'

/**
 * How CEL values are held: `null`, booleans, strings, numbers (double), bigints (int), arrays
 * (list), Uint8Array (bytes) as themselves, so that JSON needs no conversion; a map is a `CelMap`
 * or a plain object; the rest are the classes here.
 */
export type ValueKind =
  | 'null'
  | 'bool'
  | 'int'
  | 'uint'
  | 'double'
  | 'string'
  | 'bytes'
  | 'list'
  | 'map'
  | 'timestamp'
  | 'duration'
  | 'type'
  | 'optional'
  | 'ip'
  | 'cidr'
  | 'semver'
  /** Nothing that JSON or CEL can say. */
  | 'unknown'

/** A class, so that no JSON a caller sends can pass for one. */
export class CelFailure implements ConditionFailure {
  readonly kind = 'failure'
  readonly message: string

  constructor(message: string) {
    this.message = message
  }
}

export class CelUint {
  readonly value: bigint

  constructor(value: bigint) {
    this.value = value
  }
}

/** An instant with nanoseconds, within the years 1 to 9999. */
export class CelTimestamp {
  readonly seconds: number
  readonly nanos: number

  constructor(seconds: number, nanos: number) {
    this.seconds = seconds
    this.nanos = nanos
  }
}

/** Seconds and nanoseconds of the same sign. */
export class CelDuration {
  readonly seconds: number
  readonly nanos: number

  constructor(seconds: number, nanos: number) {
    this.seconds = seconds
    this.nanos = nanos
  }
}

export class CelType {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }
}

/** A value or none: what `.?` yields. */
export class CelOptional {
  static readonly none = new CelOptional(undefined)
  /** Undefined: none. */
  readonly value: unknown

  constructor(value: unknown) {
    this.value = value
  }
}

/** An address: one 32-bit word for IPv4, four for IPv6, the first the most significant. */
export class CelIp {
  readonly words: readonly number[]

  constructor(words: readonly number[]) {
    this.words = words
  }
}

/** A network as written: bits of the address beyond the prefix may be set. */
export class CelCidr {
  readonly ip: CelIp
  readonly prefixLength: number

  constructor(ip: CelIp, prefixLength: number) {
    this.ip = ip
    this.prefixLength = prefixLength
  }
}

export class CelSemver {
  readonly text: string
  /** Major, minor, patch. */
  readonly numbers: readonly [bigint, bigint, bigint]
  readonly prerelease: readonly string[]

  constructor(
    text: string,
    numbers: readonly [bigint, bigint, bigint],
    prerelease: readonly string[],
  ) {
    this.text = text
    this.numbers = numbers
    this.prerelease = prerelease
  }
}

/** A map that an expression has built: keys are strings, booleans, ints and uints. */
export class CelMap {
  /** By comparable key; an int and a uint of the same number are one key. */
  readonly #entries = new Map<unknown, readonly [key: unknown, value: unknown]>()

  get size(): number {
    return this.#entries.size
  }

  /** False: there is such a key already. */
  add(key: unknown, value: unknown): boolean {
    const comparable = comparableKey(key)
    if (this.#entries.has(comparable)) return false
    this.#entries.set(comparable, [key, value])
    return true
  }

  /** Undefined: no such key. */
  get(key: unknown): unknown {
    return this.#entries.get(comparableKey(key))?.[1]
  }

  has(key: unknown): boolean {
    return this.#entries.has(comparableKey(key))
  }

  entries(): Iterable<readonly [key: unknown, value: unknown]> {
    return this.#entries.values()
  }
}

function comparableKey(key: unknown): unknown {
  if (key instanceof CelUint) return key.value
  if (typeof key === 'number' && Number.isInteger(key)) return BigInt(key)
  return key
}

export type MapValue = CelMap | Readonly<Record<string, unknown>>

export function kindOf(value: unknown): ValueKind {
  switch (typeof value) {
    case 'string':
      return 'string'
    case 'number':
      return 'double'
    case 'boolean':
      return 'bool'
    case 'bigint':
      return 'int'
    case 'object':
      return value === null ? 'null' : kindOfObject(value)
    case 'undefined':
    case 'function':
    case 'symbol':
      return 'unknown'
    default:
      return 'unknown'
  }
}

function kindOfObject(value: object): ValueKind {
  if (Array.isArray(value)) return 'list'
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype === Object.prototype || prototype === null) return 'map'
  if (value instanceof CelTimestamp) return 'timestamp'
  if (value instanceof CelDuration) return 'duration'
  if (value instanceof CelUint) return 'uint'
  if (value instanceof Uint8Array) return 'bytes'
  if (value instanceof CelType) return 'type'
  if (value instanceof CelOptional) return 'optional'
  if (value instanceof CelIp) return 'ip'
  if (value instanceof CelCidr) return 'cidr'
  if (value instanceof CelSemver) return 'semver'
  return value instanceof CelFailure ? 'unknown' : 'map'
}

export function isMap(value: unknown): value is MapValue {
  return typeof value === 'object' && value !== null && kindOfObject(value) === 'map'
}

export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value)
}

export function mapSize(map: MapValue): number {
  return map instanceof CelMap ? map.size : Object.keys(map).length
}

/** Undefined: no such key. Never reads through a prototype. */
export function mapGet(map: MapValue, key: unknown): unknown {
  if (map instanceof CelMap) return map.get(key)
  return typeof key === 'string' && Object.hasOwn(map, key) ? map[key] : undefined
}

export function mapEntries(map: MapValue): Iterable<readonly [key: unknown, value: unknown]> {
  return map instanceof CelMap ? map.entries() : Object.entries(map)
}

export function isMapKey(value: unknown): boolean {
  const kind = kindOf(value)
  return kind === 'string' || kind === 'bool' || kind === 'int' || kind === 'uint'
}

/** Shorter ones cost no more than the call that reads them, and are not counted. */
export const longText = 64

/** Bounds one evaluation: loops, and within them anything that grows with its input, draw on it. */
export class Meter {
  static readonly budget = 100_000
  /** For parts outside loops, which run once: they are bounded one by one. */
  static readonly single = new Meter(false)
  /** Nothing is walked while something else is. */
  static readonly #walk = new Meter()
  readonly #isShared: boolean
  #left = Meter.budget

  constructor(isShared = true) {
    this.#isShared = isShared
  }

  reset(): void {
    this.#left = Meter.budget
  }

  /** False: the budget is spent. */
  take(cost: number): boolean {
    if (!this.#isShared) return cost <= Meter.budget
    this.#left -= cost
    return this.#left >= 0
  }

  /** For texts and bytes read one by one: sixteen cost what one part of a loop does. */
  takeText(length: number): boolean {
    return length < longText || this.take(length >> 4)
  }

  /**
   * For a value that is walked through as a whole. One that holds another twice, at every level,
   * has more ways through it than could ever be walked: each of its lists by itself is short.
   */
  whole(): Meter {
    if (this.#isShared) return this
    Meter.#walk.reset()
    return Meter.#walk
  }
}

export const overBudget = new CelFailure('Evaluation costs too much')
