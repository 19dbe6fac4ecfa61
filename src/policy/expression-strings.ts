import { maxListLength, maxStringLength } from './expression-arithmetic.ts'
import { checkFormat, formatText } from './expression-format.ts'
import {
  type CelFunction,
  type TypedOverload,
  defineFunction,
  on,
  on2,
  on3,
  on4,
} from './expression-overload.ts'
import { int, list, text, texts } from './expression-params.ts'
import { intType, listOf, stringType } from './expression-types.ts'
import { CelFailure, type Meter, kindOf, overBudget } from './expression-values.ts'

const outOfRange = new CelFailure('Index out of range')
const tooLong = new CelFailure('String is too long')
const tooMany = new CelFailure('List is too long')
const surrogate = /[\ud800-\udfff]/

/** For characters that are read or made: sixteen of them cost what one part of a loop costs. */
function isPaid(meter: Meter, characters: number): boolean {
  return meter.take(characters >> 4)
}

/** Where a character may be two units, they have to be told apart one by one. */
function areUnitsPaid(meter: Meter, value: string): boolean {
  return meter.take(surrogate.test(value) ? value.length : value.length >> 4)
}

/** As in the strings extension of the CEL specification; positions count code points. */
export const textFunctions: readonly (readonly [string, CelFunction])[] = [
  growing('strings.quote', [on(text, stringType, quote)]),
]

export const indexOverloads: readonly TypedOverload[] = [
  on2(text, text, intType, (value, part, meter) => indexOf(value, part, 0n, meter)),
  on3(text, text, int, intType, indexOf),
]

export const lastIndexOverloads: readonly TypedOverload[] = [
  on2(text, text, intType, (value, part, meter) => lastIndexOf(value, part, null, meter)),
  on3(text, text, int, intType, lastIndexOf),
]

export const reverseText: TypedOverload = on(text, stringType, (value, meter) =>
  areUnitsPaid(meter, value) ? unitsOf(value).toReversed().join('') : overBudget,
)

export const textMembers: readonly (readonly [string, CelFunction])[] = [
  growing('charAt', [on2(text, int, stringType, charAt)]),
  growing('lowerAscii', [
    on(text, stringType, (value, meter) => recased(value, /[A-Z]+/g, 'toLowerCase', meter)),
  ]),
  growing('upperAscii', [
    on(text, stringType, (value, meter) => recased(value, /[a-z]+/g, 'toUpperCase', meter)),
  ]),
  growing('replace', [
    on3(text, text, text, stringType, (value, part, by, meter) =>
      replace(value, part, by, -1n, meter),
    ),
    on4(text, text, text, int, stringType, replace),
  ]),
  growing('split', [
    on2(text, text, listOf(stringType), (value, separator, meter) =>
      split(value, separator, -1n, meter),
    ),
    on3(text, text, int, listOf(stringType), split),
  ]),
  growing('substring', [
    on2(text, int, stringType, (value, start, meter) => substring(value, start, null, meter)),
    on3(text, int, int, stringType, substring),
  ]),
  growing('trim', [
    on(text, stringType, (value, meter) =>
      isPaid(meter, value.length) ? trim(value) : overBudget,
    ),
  ]),
  growing('join', [
    on(texts, stringType, (values, meter) => join(values, '', meter)),
    on2(texts, text, stringType, join),
  ]),
  [
    'format',
    defineFunction('format', [on2(text, list, stringType, formatText)], {
      isGrowing: true,
      check: ([pattern]) => (typeof pattern === 'string' ? checkFormat(pattern) : null),
    }),
  ],
]

function growing(
  name: string,
  overloads: readonly TypedOverload[],
): readonly [string, CelFunction] {
  return [name, defineFunction(name, overloads, { isGrowing: true })]
}

/** Something to index by code point: the text itself where a unit is one. */
function unitsOf(value: string): readonly string[] {
  return surrogate.test(value) ? Array.from(value) : value.split('')
}

function charAt(value: string, index: bigint, meter: Meter): string | CelFailure {
  if (!areUnitsPaid(meter, value)) return overBudget
  const at = Number(index)
  if (!surrogate.test(value)) return at < 0 || at > value.length ? outOfRange : value.charAt(at)
  const units = Array.from(value)
  return at < 0 || at > units.length ? outOfRange : (units[at] ?? '')
}

function indexOf(value: string, part: string, from: bigint, meter: Meter): bigint | CelFailure {
  if (!isSearchPaid(meter, value, part)) return overBudget
  const start = unitOffset(value, Number(from))
  if (start === null) return outOfRange
  return codePointOffset(value, value.indexOf(part, start))
}

function lastIndexOf(
  value: string,
  part: string,
  from: bigint | null,
  meter: Meter,
): bigint | CelFailure {
  if (!isSearchPaid(meter, value, part)) return overBudget
  const start = from === null ? value.length : unitOffset(value, Number(from))
  if (start === null) return outOfRange
  return codePointOffset(value, value.lastIndexOf(part, start))
}

/** Searching may look at the whole of the part wherever it might begin. */
function isSearchPaid(meter: Meter, value: string, part: string): boolean {
  if (!areUnitsPaid(meter, value)) return false
  return meter.take((Math.min(part.length, 16) * (value.length >> 4)) >> 4)
}

/** Null: out of range. */
function unitOffset(value: string, offset: number): number | null {
  if (offset < 0 || offset > value.length) return null
  if (!surrogate.test(value)) return offset
  const units = Array.from(value)
  return offset > units.length ? null : units.slice(0, offset).join('').length
}

function codePointOffset(value: string, offset: number): bigint {
  if (offset <= 0 || !surrogate.test(value)) return BigInt(offset)
  return BigInt(Array.from(value.slice(0, offset)).length)
}

function recased(
  value: string,
  letters: RegExp,
  recase: 'toLowerCase' | 'toUpperCase',
  meter: Meter,
): string | CelFailure {
  if (!isPaid(meter, value.length)) return overBudget
  return value.replace(letters, (found) => found[recase]())
}

/** The length is known before anything is built. */
function replace(
  value: string,
  part: string,
  by: string,
  limit: bigint,
  meter: Meter,
): string | CelFailure {
  if (!isSearchPaid(meter, value, part)) return overBudget
  const pieces = pieceEnds(value, part, limit < 0n ? maxStringLength : Number(limit))
  const length = value.length + pieces.length * (by.length - part.length)
  if (length > maxStringLength) return tooLong
  if (!meter.take(pieces.length + (length >> 4))) return overBudget
  const parts: string[] = []
  let from = 0
  for (const at of pieces) {
    parts.push(value.slice(from, at), by)
    from = at + part.length
  }
  parts.push(value.slice(from))
  return parts.join('')
}

/** Where the part occurs, without overlap; nothing occurs before every code point and at the end. */
function pieceEnds(value: string, part: string, limit: number): readonly number[] {
  const found: number[] = []
  if (part === '') {
    let at = 0
    for (const unit of unitsOf(value)) {
      if (found.length >= limit) return found
      found.push(at)
      at += unit.length
    }
    if (found.length < limit) found.push(at)
    return found
  }
  let at = value.indexOf(part)
  while (at >= 0 && found.length < limit) {
    found.push(at)
    at = value.indexOf(part, at + part.length)
  }
  return found
}

function split(
  value: string,
  separator: string,
  limit: bigint,
  meter: Meter,
): readonly string[] | CelFailure {
  if (limit === 0n) return []
  if (!isSearchPaid(meter, value, separator)) return overBudget
  const most = limit < 0n ? maxListLength + 1 : Math.min(Number(limit), maxListLength + 1)
  const found = pieceEnds(value, separator, most + 1)
  const ends = separator === '' ? found.filter((at) => at > 0 && at < value.length) : found
  const cuts = ends.slice(0, most - 1)
  if (cuts.length >= maxListLength) return tooMany
  if (!meter.take(cuts.length)) return overBudget
  const parts: string[] = []
  let from = 0
  for (const at of cuts) {
    parts.push(value.slice(from, at))
    from = at + separator.length
  }
  if (separator !== '' || value !== '') parts.push(value.slice(from))
  return parts
}

function substring(
  value: string,
  start: bigint,
  end: bigint | null,
  meter: Meter,
): string | CelFailure {
  if (!areUnitsPaid(meter, value)) return overBudget
  const units = surrogate.test(value) ? Array.from(value) : value
  const from = Number(start)
  const to = end === null ? units.length : Number(end)
  if (from < 0 || to > units.length || from > to) return outOfRange
  return typeof units === 'string' ? units.slice(from, to) : units.slice(from, to).join('')
}

function trim(value: string): string {
  let start = 0
  let end = value.length
  while (start < end && isSpace(value.charCodeAt(start))) start += 1
  while (end > start && isSpace(value.charCodeAt(end - 1))) end -= 1
  return value.slice(start, end)
}

/** The property White_Space of Unicode. */
function isSpace(code: number): boolean {
  if (code <= 0x20) return code === 0x20 || (code >= 0x09 && code <= 0x0d)
  if (code >= 0x2000 && code <= 0x200a) return true
  return otherSpaces.has(code)
}

const otherSpaces: ReadonlySet<number> = new Set([
  0x85, 0xa0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000,
])

function join(values: readonly unknown[], separator: string, meter: Meter): string | CelFailure {
  if (!meter.take(values.length)) return overBudget
  let length = Math.max(0, values.length - 1) * separator.length
  const parts: string[] = []
  for (const value of values) {
    if (typeof value !== 'string') return new CelFailure(`"join" needs texts, not ${kindOf(value)}`)
    length += value.length
    if (length > maxStringLength) return tooLong
    parts.push(value)
  }
  return isPaid(meter, length) ? parts.join(separator) : overBudget
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['\x07', '\\a'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\v', '\\v'],
  ['\\', '\\\\'],
  ['"', '\\"'],
])

function quote(value: string, meter: Meter): string | CelFailure {
  if (value.length * 2 + 2 > maxStringLength) return tooLong
  if (!isPaid(meter, value.length * 2)) return overBudget
  // oxlint-disable-next-line no-control-regex -- the bell is one of the characters that are escaped
  return `"${value.replace(/[\x07\b\f\n\r\t\v\\"]/g, (char) => escapes.get(char) ?? char)}"`
}
