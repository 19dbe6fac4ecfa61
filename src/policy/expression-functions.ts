import {
  toBool,
  toBytes,
  toDouble,
  toDuration,
  toInt,
  toText,
  toTimestamp,
  toType,
  toUint,
} from './expression-conversions.ts'
import { encoderFunctions } from './expression-encoders.ts'
import { collectionMembers, listFunctions } from './expression-lists.ts'
import { mathFunctions } from './expression-math.ts'
import { networkFunctions, networkMembers } from './expression-network.ts'
import { optionalFunctions, optionalMembers } from './expression-optionals.ts'
import { pathMembers } from './expression-paths.ts'
import { setFunctions } from './expression-sets.ts'
import { textFunctions, textMembers } from './expression-strings.ts'
import { versionFunctions, versionMembers } from './expression-versions.ts'
import type { CelFunction } from './expression-overload.ts'
import { compilePattern } from './expression-regex.ts'
import { type CivilFields, civilFields } from './expression-time.ts'
import {
  type Type,
  boolType,
  bytesType,
  cidrType,
  doubleType,
  durationType,
  dynType,
  intType,
  ipType,
  listOf,
  mapOf,
  nullType,
  stringType,
  timestampType,
  typeType,
  uintType,
} from './expression-types.ts'
import {
  CelDuration,
  CelFailure,
  CelTimestamp,
  type Meter,
  isList,
  isMap,
  kindOf,
  mapSize,
  overBudget,
} from './expression-values.ts'
import { isTimeZone, zoneOffset } from './expression-zone.ts'

const anyList = listOf(dynType)
const anyMap = mapOf(dynType, dynType)

function conversion(
  convert: (value: unknown) => unknown,
  result: Type,
  from: readonly Type[],
): CelFunction {
  const overloads = from.map((type) => ({ params: [type], result }))
  return { overloads, run: (_meter, value) => convert(value) }
}

const sized = [stringType, bytesType, anyList, anyMap]

const size: CelFunction = {
  overloads: sized.map((type) => ({ params: [type], result: intType })),
  run: (meter, value) => {
    const count = sizeOf(value, meter)
    return typeof count === 'number' ? BigInt(count) : count
  },
}

export function sizeOf(value: unknown, meter: Meter): number | CelFailure {
  if (typeof value === 'string') {
    return meter.take(value.length >> 4) ? codePoints(value) : overBudget
  }
  if (isList(value) || value instanceof Uint8Array) return value.length
  if (isMap(value)) {
    const count = mapSize(value)
    // Counting the keys of a request's map reads all of them.
    return meter.take(count >> 1) ? count : overBudget
  }
  return new CelFailure(`"size" does not apply to ${kindOf(value)}`)
}

function codePoints(text: string): number {
  let count = text.length
  for (let at = 1; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit < 0xdc00 || unit > 0xdfff) continue
    const before = text.charCodeAt(at - 1)
    if (before >= 0xd800 && before <= 0xdbff) count -= 1
  }
  return count
}

function textTest(name: string, test: (text: string, part: string) => boolean): CelFunction {
  return {
    overloads: [{ params: [stringType, stringType], result: boolType }],
    run: (meter, text, part) => {
      if (typeof text !== 'string' || typeof part !== 'string') {
        return new CelFailure(`"${name}" does not apply to ${kindOf(text)} and ${kindOf(part)}`)
      }
      return meter.take(text.length >> 4) ? test(text, part) : overBudget
    },
  }
}

const matches: CelFunction = {
  overloads: [{ params: [stringType, stringType], result: boolType }],
  run: (meter, text, pattern) => {
    if (typeof text !== 'string' || typeof pattern !== 'string') {
      return new CelFailure(`"matches" does not apply to ${kindOf(text)} and ${kindOf(pattern)}`)
    }
    const compiled = compilePattern(pattern, meter)
    if (compiled instanceof CelFailure) return compiled
    return meter.take(text.length + pattern.length) ? compiled.test(text) : overBudget
  },
  check: ([, pattern]) => {
    const compiled = typeof pattern === 'string' ? compilePattern(pattern) : null
    return compiled instanceof CelFailure ? compiled : null
  },
}

function getter(
  name: string,
  ofTimestamp: (fields: CivilFields, nanos: number) => number,
  ofDuration: ((duration: CelDuration) => number) | null,
): CelFunction {
  const overloads: CelFunction['overloads'][number][] = [
    { params: [timestampType], result: intType },
    { params: [timestampType, stringType], result: intType },
  ]
  if (ofDuration !== null) overloads.push({ params: [durationType], result: intType })
  return {
    overloads,
    run: (meter, value, zone) => {
      if (zone !== undefined && !meter.take(zoneCost)) return overBudget
      if (value instanceof CelDuration && ofDuration !== null && zone === undefined) {
        return BigInt(ofDuration(value))
      }
      if (!(value instanceof CelTimestamp) || (zone !== undefined && typeof zone !== 'string')) {
        return new CelFailure(`"${name}" does not apply to ${kindOf(value)}`)
      }
      const offset = zone === undefined ? 0 : zoneOffset(zone, value.seconds)
      if (typeof offset !== 'number') return offset
      return BigInt(ofTimestamp(civilFields(value.seconds + offset), value.nanos))
    },
    check: ([, zone]) =>
      typeof zone === 'string' && !isTimeZone(zone) ? new CelFailure('Unknown time zone') : null,
  }
}

const nanosPerMs = 1_000_000
/** Looking up the offset of a zone takes about as long as this many parts of a loop. */
const zoneCost = 500

/** Called as `name(x)`. */
export const plainFunctions: ReadonlyMap<string, CelFunction> = new Map([
  ['size', size],
  ['matches', matches],
  ['int', conversion(toInt, intType, [intType, uintType, doubleType, stringType, timestampType])],
  ['uint', conversion(toUint, uintType, [uintType, intType, doubleType, stringType])],
  ['double', conversion(toDouble, doubleType, [doubleType, intType, uintType, stringType])],
  [
    'string',
    conversion(toText, stringType, [
      stringType,
      boolType,
      intType,
      uintType,
      doubleType,
      bytesType,
      timestampType,
      durationType,
      ipType,
      cidrType,
    ]),
  ],
  ['bytes', conversion(toBytes, bytesType, [bytesType, stringType])],
  ['bool', conversion(toBool, boolType, [boolType, stringType])],
  [
    'timestamp',
    {
      ...conversion(toTimestamp, timestampType, [timestampType, stringType, intType]),
      isParser: true,
    },
  ],
  [
    'duration',
    { ...conversion(toDuration, durationType, [durationType, stringType]), isParser: true },
  ],
  ['type', conversion(toType, typeType, [dynType])],
  ['dyn', conversion((value) => value, dynType, [dynType])],
  ...encoderFunctions,
  ...listFunctions,
  ...mathFunctions,
  ...networkFunctions,
  ...optionalFunctions,
  ...setFunctions,
  ...textFunctions,
  ...versionFunctions,
])

/** Called as `x.name()`. */
export const memberFunctions: ReadonlyMap<string, CelFunction> = new Map([
  ['size', size],
  ['matches', matches],
  ['contains', textTest('contains', (text, part) => text.includes(part))],
  ['startsWith', textTest('startsWith', (text, part) => text.startsWith(part))],
  ['endsWith', textTest('endsWith', (text, part) => text.endsWith(part))],
  ['getFullYear', getter('getFullYear', (fields) => fields.year, null)],
  ['getMonth', getter('getMonth', (fields) => fields.month - 1, null)],
  ['getDate', getter('getDate', (fields) => fields.day, null)],
  ['getDayOfMonth', getter('getDayOfMonth', (fields) => fields.day - 1, null)],
  ['getDayOfWeek', getter('getDayOfWeek', (fields) => fields.weekday, null)],
  ['getDayOfYear', getter('getDayOfYear', (fields) => fields.dayOfYear, null)],
  [
    'getHours',
    getter(
      'getHours',
      (fields) => fields.hour,
      (duration) => Math.trunc(duration.seconds / 3_600),
    ),
  ],
  [
    'getMinutes',
    getter(
      'getMinutes',
      (fields) => fields.minute,
      (duration) => Math.trunc(duration.seconds / 60),
    ),
  ],
  [
    'getSeconds',
    getter(
      'getSeconds',
      (fields) => fields.second,
      (duration) => duration.seconds,
    ),
  ],
  [
    'getMilliseconds',
    getter(
      'getMilliseconds',
      (_fields, nanos) => Math.trunc(nanos / nanosPerMs),
      (duration) => Math.trunc(duration.nanos / nanosPerMs),
    ),
  ],
  ...collectionMembers,
  ...networkMembers,
  ...optionalMembers,
  ...pathMembers,
  ...textMembers,
  ...versionMembers,
])

/** `null` fits where a type does not: nothing in the language takes it as an argument. */
export function accepts(param: Type, arg: Type): boolean {
  if (param.kind === 'dyn' || arg.kind === 'dyn') return true
  if (param.kind === 'map' && arg.kind === 'object') return true
  if (param.kind === 'list' && arg.kind === 'list') return accepts(param.element, arg.element)
  return param.kind === arg.kind && arg.kind !== nullType.kind
}
