import { intOf, uintOf } from './expression-arithmetic.ts'
import {
  formatDuration,
  formatTimestamp,
  parseDuration,
  parseTimestamp,
  timestampOf,
} from './expression-time.ts'
import { formatIp } from './expression-ip.ts'
import {
  CelCidr,
  CelDuration,
  CelFailure,
  CelIp,
  CelTimestamp,
  CelType,
  CelUint,
  kindOf,
} from './expression-values.ts'

const intText = /^[+-]?\d{1,19}$/
const uintText = /^\d{1,20}$/
const doubleText = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/
const intRange = new CelFailure('Number does not fit an int')
const uintRange = new CelFailure('Number does not fit a uint')

export function toInt(value: unknown): unknown {
  if (typeof value === 'bigint') return value
  if (typeof value === 'number') {
    // The limits themselves are not exact as doubles and may stand for something beyond them.
    return value > -(2 ** 63) && value < 2 ** 63 ? intOf(BigInt(Math.trunc(value))) : intRange
  }
  if (value instanceof CelUint) {
    return value.value > 0x7fff_ffff_ffff_ffffn ? intRange : value.value
  }
  if (typeof value === 'string') {
    return intText.test(value) ? intOf(BigInt(value.replace('+', ''))) : malformed('int')
  }
  return value instanceof CelTimestamp ? BigInt(value.seconds) : noConversion(value, 'int')
}

export function toUint(value: unknown): unknown {
  if (value instanceof CelUint) return value
  if (typeof value === 'bigint') return value < 0n ? uintRange : new CelUint(value)
  if (typeof value === 'number') {
    return value > -1 && value < 2 ** 64 ? uintOf(BigInt(Math.trunc(value))) : uintRange
  }
  if (typeof value === 'string') {
    return uintText.test(value) ? uintOf(BigInt(value)) : malformed('uint')
  }
  return noConversion(value, 'uint')
}

export function toDouble(value: unknown): unknown {
  if (typeof value === 'number') return value
  if (typeof value === 'bigint') return Number(value)
  if (value instanceof CelUint) return Number(value.value)
  if (typeof value !== 'string') return noConversion(value, 'double')
  if (doubleText.test(value)) return Number(value)
  const special = specialDoubles.get(value.toLowerCase())
  return special ?? malformed('double')
}

const specialDoubles: ReadonlyMap<string, number> = new Map([
  ['nan', Number.NaN],
  ['inf', Infinity],
  ['+inf', Infinity],
  ['-inf', -Infinity],
  ['infinity', Infinity],
  ['+infinity', Infinity],
  ['-infinity', -Infinity],
])

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const encoder = new TextEncoder()

export function toText(value: unknown): string | CelFailure {
  if (typeof value === 'string') return value
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value)
  if (typeof value === 'number') return formatDouble(value)
  if (value instanceof CelUint) return String(value.value)
  if (value instanceof CelTimestamp) return formatTimestamp(value)
  if (value instanceof CelDuration) return formatDuration(value)
  if (value instanceof CelIp) return formatIp(value)
  if (value instanceof CelCidr) return `${formatIp(value.ip)}/${value.prefixLength}`
  if (!(value instanceof Uint8Array)) return noConversion(value, 'string')
  try {
    return decoder.decode(value)
  } catch {
    return new CelFailure('Bytes are not UTF-8')
  }
}

export function formatDouble(value: number): string {
  if (value === Infinity) return '+Inf'
  if (value === -Infinity) return '-Inf'
  return Object.is(value, -0) ? '-0' : String(value)
}

export function toBytes(value: unknown): unknown {
  if (value instanceof Uint8Array) return value
  return typeof value === 'string' ? encoder.encode(value) : noConversion(value, 'bytes')
}

const boolTexts: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['True', true],
  ['TRUE', true],
  ['t', true],
  ['1', true],
  ['false', false],
  ['False', false],
  ['FALSE', false],
  ['f', false],
  ['0', false],
])

export function toBool(value: unknown): unknown {
  if (typeof value === 'boolean') return value
  if (typeof value !== 'string') return noConversion(value, 'bool')
  return boolTexts.get(value) ?? malformed('bool')
}

export function toTimestamp(value: unknown): unknown {
  if (value instanceof CelTimestamp) return value
  if (typeof value === 'string') return parseTimestamp(value)
  return typeof value === 'bigint'
    ? timestampOf(Number(value), 0)
    : noConversion(value, 'timestamp')
}

export function toDuration(value: unknown): unknown {
  if (value instanceof CelDuration) return value
  return typeof value === 'string' ? parseDuration(value) : noConversion(value, 'duration')
}

/** The types an expression can name, as `type()` yields them. */
export const namedTypes: ReadonlyMap<string, CelType> = new Map(
  [
    'bool',
    'int',
    'uint',
    'double',
    'string',
    'bytes',
    'list',
    'map',
    'null_type',
    'type',
    'google.protobuf.Timestamp',
    'google.protobuf.Duration',
    'optional_type',
    'net.IP',
    'net.CIDR',
    'kubernetes.Semver',
  ].map((name) => [name, new CelType(name)]),
)

export function toType(value: unknown): unknown {
  const kind = kindOf(value)
  return namedTypes.get(typeNames.get(kind) ?? kind) ?? noConversion(value, 'type')
}

const typeNames: ReadonlyMap<string, string> = new Map([
  ['null', 'null_type'],
  ['timestamp', 'google.protobuf.Timestamp'],
  ['duration', 'google.protobuf.Duration'],
  ['optional', 'optional_type'],
  ['ip', 'net.IP'],
  ['cidr', 'net.CIDR'],
  ['semver', 'kubernetes.Semver'],
])

function malformed(wanted: string): CelFailure {
  return new CelFailure(`String does not read as ${wanted}`)
}

function noConversion(value: unknown, wanted: string): CelFailure {
  return new CelFailure(`Cannot convert ${kindOf(value)} to ${wanted}`)
}
