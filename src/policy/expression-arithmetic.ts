import type { BinaryOperator } from './expression-syntax.ts'
import { durationOf, timestampOf } from './expression-time.ts'
import {
  CelDuration,
  CelFailure,
  CelTimestamp,
  CelUint,
  type Meter,
  isList,
  kindOf,
  overBudget,
} from './expression-values.ts'

export type ArithmeticOperator = Extract<BinaryOperator, '+' | '-' | '*' | '/' | '%'>
type Arithmetic = (a: unknown, b: unknown, meter: Meter) => unknown

export const maxStringLength = 1_048_576
export const maxListLength = 10_000
const maxUint = 0xffff_ffff_ffff_ffffn

const intOverflow = new CelFailure('Integer overflow')
const uintOverflow = new CelFailure('Unsigned integer overflow')
const divisionByZero = new CelFailure('Division by zero')
const stringTooLong = new CelFailure('String is too long')
const listTooLong = new CelFailure('List is too long')

export const arithmetic: Readonly<Record<ArithmeticOperator, Arithmetic>> = {
  '+': add,
  '-': subtract,
  '*': multiply,
  '/': divide,
  '%': remainder,
}

export function intOf(value: bigint): bigint | CelFailure {
  return BigInt.asIntN(64, value) === value ? value : intOverflow
}

export function uintOf(value: bigint): CelUint | CelFailure {
  return value >= 0n && value <= maxUint ? new CelUint(value) : uintOverflow
}

export function negate(value: unknown): unknown {
  if (typeof value === 'number') return -value
  if (typeof value === 'bigint') return intOf(-value)
  return new CelFailure(`Cannot negate ${kindOf(value)}`)
}

export function add(a: unknown, b: unknown, meter: Meter): unknown {
  if (typeof a === 'number' && typeof b === 'number') return a + b
  if (typeof a === 'bigint' && typeof b === 'bigint') return intOf(a + b)
  if (typeof a === 'string' && typeof b === 'string') {
    const length = a.length + b.length
    if (length > maxStringLength) return stringTooLong
    return meter.takeText(length) ? a + b : overBudget
  }
  if (a instanceof CelUint && b instanceof CelUint) return uintOf(a.value + b.value)
  if (isList(a) && isList(b)) {
    const length = a.length + b.length
    if (length > maxListLength) return listTooLong
    return meter.take(length) ? [...a, ...b] : overBudget
  }
  if (a instanceof CelTimestamp && b instanceof CelDuration) return shift(a, b, 1)
  if (a instanceof CelDuration && b instanceof CelTimestamp) return shift(b, a, 1)
  if (a instanceof CelDuration && b instanceof CelDuration) {
    return durationOf(a.seconds + b.seconds, a.nanos + b.nanos)
  }
  if (a instanceof Uint8Array && b instanceof Uint8Array) return joinBytes(a, b, meter)
  return noOverload('+', a, b)
}

function subtract(a: unknown, b: unknown): unknown {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a === 'bigint' && typeof b === 'bigint') return intOf(a - b)
  if (a instanceof CelUint && b instanceof CelUint) return uintOf(a.value - b.value)
  if (a instanceof CelTimestamp && b instanceof CelDuration) return shift(a, b, -1)
  if (
    (a instanceof CelTimestamp && b instanceof CelTimestamp) ||
    (a instanceof CelDuration && b instanceof CelDuration)
  ) {
    return durationOf(a.seconds - b.seconds, a.nanos - b.nanos)
  }
  return noOverload('-', a, b)
}

function multiply(a: unknown, b: unknown): unknown {
  if (typeof a === 'number' && typeof b === 'number') return a * b
  if (typeof a === 'bigint' && typeof b === 'bigint') return intOf(a * b)
  if (a instanceof CelUint && b instanceof CelUint) return uintOf(a.value * b.value)
  return noOverload('*', a, b)
}

function divide(a: unknown, b: unknown): unknown {
  if (typeof a === 'number' && typeof b === 'number') return a / b
  if (typeof a === 'bigint' && typeof b === 'bigint') {
    return b === 0n ? divisionByZero : intOf(a / b)
  }
  if (a instanceof CelUint && b instanceof CelUint) {
    return b.value === 0n ? divisionByZero : uintOf(a.value / b.value)
  }
  return noOverload('/', a, b)
}

function remainder(a: unknown, b: unknown): unknown {
  if (typeof a === 'bigint' && typeof b === 'bigint') return b === 0n ? divisionByZero : a % b
  if (a instanceof CelUint && b instanceof CelUint) {
    return b.value === 0n ? divisionByZero : uintOf(a.value % b.value)
  }
  return noOverload('%', a, b)
}

function shift(timestamp: CelTimestamp, by: CelDuration, sign: 1 | -1): CelTimestamp | CelFailure {
  return timestampOf(timestamp.seconds + sign * by.seconds, timestamp.nanos + sign * by.nanos)
}

function joinBytes(a: Uint8Array, b: Uint8Array, meter: Meter): Uint8Array | CelFailure {
  if (a.length + b.length > maxStringLength) return stringTooLong
  if (!meter.takeText(a.length + b.length)) return overBudget
  const joined = new Uint8Array(a.length + b.length)
  joined.set(a)
  joined.set(b, a.length)
  return joined
}

function noOverload(operator: string, a: unknown, b: unknown): CelFailure {
  return new CelFailure(`"${operator}" does not combine ${kindOf(a)} and ${kindOf(b)}`)
}
