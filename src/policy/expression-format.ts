import { maxStringLength } from './expression-arithmetic.ts'
import { formatDouble, toText } from './expression-conversions.ts'
import {
  CelFailure,
  CelOptional,
  CelSemver,
  CelType,
  CelUint,
  type Meter,
  isList,
  isMap,
  kindOf,
  mapEntries,
  overBudget,
} from './expression-values.ts'

const maxPrecision = 64
const maxDepth = 32
const tooLong = new CelFailure('String is too long')
const tooDeep = new CelFailure('Values are nested too deeply to format')

type Verb = 's' | 'd' | 'f' | 'e' | 'b' | 'o' | 'x' | 'X'

interface Clause {
  readonly verb: Verb
  readonly precision: number
}

/** Text as it stands, and clauses that an argument replaces. */
type Piece = string | Clause

export function checkFormat(pattern: string): CelFailure | null {
  const pieces = parseFormat(pattern)
  return pieces instanceof CelFailure ? pieces : null
}

/** `"%s has %d".format([name, count])`: each clause takes the next of the arguments. */
export function formatText(
  pattern: string,
  args: readonly unknown[],
  meter: Meter,
): string | CelFailure {
  if (!meter.take(pattern.length)) return overBudget
  const pieces = parseFormat(pattern)
  if (pieces instanceof CelFailure) return pieces
  const out = new Output(meter)
  let next = 0
  for (const piece of pieces) {
    if (typeof piece === 'string') out.add(piece)
    else {
      if (next >= args.length) return new CelFailure('Format needs more arguments')
      formatArgument(piece, args[next], out)
      next += 1
    }
    if (out.failure !== null) return out.failure
  }
  return out.text
}

/** What formatting one piece takes, whatever its length. */
const pieceCost = 4

/** Text under a limit that is checked before anything is added. */
class Output {
  failure: CelFailure | null = null
  readonly #meter: Meter
  #text = ''

  constructor(meter: Meter) {
    this.#meter = meter
  }

  get text(): string {
    return this.#text
  }

  add(more: string): void {
    if (this.failure !== null) return
    if (this.#text.length + more.length > maxStringLength) this.failure = tooLong
    else if (this.#meter.take(pieceCost + (more.length >> 4))) this.#text += more
    else this.failure = overBudget
  }

  fail(failure: CelFailure): void {
    this.failure ??= failure
  }
}

const clauseForm = /%(?:(?<percent>%)|(?:\.(?<precision>\d{1,3}))?(?<verb>[sdfebxXo]))/y

function parseFormat(pattern: string): readonly Piece[] | CelFailure {
  const pieces: Piece[] = []
  let at = 0
  while (at < pattern.length) {
    const percent = pattern.indexOf('%', at)
    pieces.push(pattern.slice(at, percent < 0 ? pattern.length : percent))
    if (percent < 0) break
    clauseForm.lastIndex = percent
    const groups = clauseForm.exec(pattern)?.groups
    if (groups === undefined) {
      return new CelFailure(`Unknown format clause "${pattern.slice(percent, percent + 2)}"`)
    }
    at = clauseForm.lastIndex
    const precision = Number(groups['precision'] ?? 6)
    if (precision > maxPrecision) return new CelFailure('Format asks for too many digits')
    if (groups['percent'] === undefined) pieces.push({ verb: groups['verb'] as Verb, precision })
    else pieces.push('%')
  }
  return pieces
}

function formatArgument({ verb, precision }: Clause, value: unknown, out: Output): void {
  switch (verb) {
    case 's':
      return formatString(value, out, maxDepth)
    case 'd':
      return addOr(decimal(value), verb, value, out)
    case 'f':
    case 'e':
      return addOr(floating(value, verb, precision), verb, value, out)
    case 'b':
      return addOr(
        typeof value === 'boolean' ? String(Number(value)) : radix(value, 2),
        verb,
        value,
        out,
      )
    case 'o':
      return addOr(radix(value, 8), verb, value, out)
    case 'x':
      return addOr(hexadecimal(value), verb, value, out)
    case 'X':
      return addOr(hexadecimal(value)?.toUpperCase() ?? null, verb, value, out)
    default:
      return verb satisfies never
  }
}

function addOr(text: string | null, verb: Verb, value: unknown, out: Output): void {
  if (text === null) out.fail(new CelFailure(`"%${verb}" does not format ${kindOf(value)}`))
  else out.add(text)
}

function formatString(value: unknown, out: Output, depth: number): void {
  if (depth === 0) return out.fail(tooDeep)
  if (isList(value)) return formatList(value, out, depth)
  if (isMap(value)) return formatEntries(value, out, depth)
  if (typeof value === 'number') return out.add(special(value) ?? formatDouble(value))
  if (value === null) return out.add('null')
  if (value instanceof CelType) return out.add(value.name)
  if (value instanceof CelSemver) return out.add(value.text)
  if (value instanceof CelOptional) {
    return value.value === undefined ? out.add('none') : formatString(value.value, out, depth - 1)
  }
  const text = toText(value)
  if (text instanceof CelFailure) out.fail(text)
  else out.add(text)
}

function formatList(values: readonly unknown[], out: Output, depth: number): void {
  out.add('[')
  for (const [at, value] of values.entries()) {
    if (out.failure !== null) return
    if (at > 0) out.add(', ')
    formatString(value, out, depth - 1)
  }
  out.add(']')
}

/** What is a key of a map has a text. */
function keyText(key: unknown): string {
  const text = toText(key)
  return text instanceof CelFailure ? text.message : text
}

/** In the order of the keys as they are written. */
function formatEntries(map: Parameters<typeof mapEntries>[0], out: Output, depth: number): void {
  const entries = Array.from(mapEntries(map), ([key, value]) => [keyText(key), value] as const)
  entries.sort(([a], [b]) => (a < b ? -1 : 1))
  out.add('{')
  for (const [at, [key, value]] of entries.entries()) {
    if (out.failure !== null) return
    out.add(at > 0 ? `, ${key}: ` : `${key}: `)
    formatString(value, out, depth - 1)
  }
  out.add('}')
}

function special(value: number): string | null {
  if (Number.isNaN(value)) return 'NaN'
  if (Number.isFinite(value)) return null
  return value > 0 ? 'Infinity' : '-Infinity'
}

/** Null, here and below: a value the clause does not take. */
function decimal(value: unknown): string | null {
  if (typeof value === 'number') return special(value)
  return integerOf(value)?.toString() ?? null
}

function integerOf(value: unknown): bigint | null {
  if (value instanceof CelUint) return value.value
  return typeof value === 'bigint' ? value : null
}

function radix(value: unknown, base: 2 | 8 | 16): string | null {
  return integerOf(value)?.toString(base) ?? null
}

function hexadecimal(value: unknown): string | null {
  if (typeof value === 'string') return Buffer.from(value, 'utf8').toString('hex')
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex')
  return radix(value, 16)
}

function floating(value: unknown, verb: 'f' | 'e', precision: number): string | null {
  const integer = integerOf(value)
  const number = integer === null ? value : Number(integer)
  if (typeof number !== 'number') return null
  return (
    special(number) ?? (verb === 'f' ? fixed(number, precision) : scientific(number, precision))
  )
}

/** Enough digits after those wanted to tell an exact half from something near it. */
const guardDigits = 30

function fixed(value: number, precision: number): string {
  const size = Math.abs(value)
  const sign = value < 0 || Object.is(value, -0) ? '-' : ''
  // From here on a double has no fraction, and `toFixed` an exponent.
  const exact = size >= 1e21 ? BigInt(size).toString() : size.toFixed(precision + guardDigits)
  const [whole = '0', fraction = ''] = exact.split('.')
  const digits = roundHalfEven(whole + fraction.padEnd(precision + guardDigits, '0'))
  const point = digits.length - precision
  return sign + (precision === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`)
}

function scientific(value: number, precision: number): string {
  const sign = value < 0 || Object.is(value, -0) ? '-' : ''
  const [mantissa = '0', power = '0'] = Math.abs(value)
    .toExponential(precision + guardDigits)
    .split('e')
  let digits = roundHalfEven(mantissa.replace('.', ''))
  let exponent = Number(power)
  if (digits.length > precision + 1) {
    digits = digits.slice(0, -1)
    exponent += 1
  }
  const fraction = precision === 0 ? '' : `.${digits.slice(1)}`
  const size = String(Math.abs(exponent)).padStart(2, '0')
  return `${sign}${digits.charAt(0)}${fraction}e${exponent < 0 ? '-' : '+'}${size}`
}

/** Digits without their last `guardDigits`, rounded to the nearest, a half to the even one. */
function roundHalfEven(digits: string): string {
  const kept = digits.slice(0, -guardDigits)
  const rest = BigInt(digits.slice(-guardDigits))
  const half = 5n * 10n ** BigInt(guardDigits - 1)
  const isOdd = Number(kept.at(-1)) % 2 === 1
  if (rest < half || (rest === half && !isOdd)) return kept
  return (BigInt(kept) + 1n).toString().padStart(kept.length, '0')
}
