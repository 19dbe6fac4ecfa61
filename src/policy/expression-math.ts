import { intOf } from './expression-arithmetic.ts'
import { compare } from './expression-equality.ts'
import {
  type CelFunction,
  type Param,
  type TypedOverload,
  defineFunction,
  on,
  on2,
} from './expression-overload.ts'
import { double, int, list, uint } from './expression-params.ts'
import { type Type, boolType, doubleType, dynType, intType, uintType } from './expression-types.ts'
import { CelFailure, CelUint, type Meter, kindOf, overBudget } from './expression-values.ts'

type Named = readonly [string, CelFunction]

/** As in the math extension of the CEL specification. */
export const mathFunctions: readonly Named[] = [
  extreme('math.greatest', 1),
  extreme('math.least', -1),
  ofDouble('math.ceil', Math.ceil),
  ofDouble('math.floor', Math.floor),
  ofDouble('math.round', roundAwayFromZero),
  ofDouble('math.trunc', Math.trunc),
  named('math.abs', [
    on(int, intType, (value) => intOf(value < 0n ? -value : value)),
    on(uint, uintType, (value) => value),
    on(double, doubleType, Math.abs),
  ]),
  named('math.sign', [
    on(int, intType, (value) => (value === 0n ? 0n : value < 0n ? -1n : 1n)),
    on(uint, uintType, ({ value }) => new CelUint(value === 0n ? 0n : 1n)),
    on(double, doubleType, Math.sign),
  ]),
  named('math.sqrt', [
    on(int, doubleType, (value) => Math.sqrt(Number(value))),
    on(uint, doubleType, ({ value }) => Math.sqrt(Number(value))),
    on(double, doubleType, Math.sqrt),
  ]),
  named('math.isNaN', [on(double, boolType, Number.isNaN)]),
  named('math.isInf', [
    on(double, boolType, (value) => Math.abs(value) === Number.POSITIVE_INFINITY),
  ]),
  named('math.isFinite', [on(double, boolType, Number.isFinite)]),
  bitwise('math.bitAnd', (a, b) => a & b),
  bitwise('math.bitOr', (a, b) => a | b),
  bitwise('math.bitXor', (a, b) => a ^ b),
  named('math.bitNot', [
    on(int, intType, (value) => ~value),
    on(uint, uintType, ({ value }) => new CelUint(BigInt.asUintN(64, ~value))),
  ]),
  shift('math.bitShiftLeft', (value, by) => value << by),
  shift('math.bitShiftRight', (value, by) => BigInt.asUintN(64, value) >> by),
]

function named(name: string, overloads: readonly TypedOverload[]): Named {
  return [name, defineFunction(name, overloads)]
}

function ofDouble(name: string, run: (value: number) => number): Named {
  return named(name, [on(double, doubleType, run)])
}

/** Half away from zero, where `Math.round` goes up. */
function roundAwayFromZero(value: number): number {
  const size = Math.abs(value)
  const down = Math.floor(size)
  const rounded = size - down >= 0.5 ? down + 1 : down
  return value < 0 ? -rounded : rounded
}

function bitwise(name: string, run: (a: bigint, b: bigint) => bigint): Named {
  return named(name, [
    on2(int, int, intType, run),
    on2(uint, uint, uintType, (a, b) => new CelUint(run(a.value, b.value))),
  ])
}

const negativeShift = new CelFailure('Cannot shift by a negative number')

/** By 64 and more nothing is left. */
function shift(name: string, run: (value: bigint, by: bigint) => bigint): Named {
  const shifted = (value: bigint, by: bigint): bigint | CelFailure => {
    if (by < 0n) return negativeShift
    return by > 63n ? 0n : run(value, by)
  }
  const asInt = (value: bigint, by: bigint): bigint | CelFailure => {
    const result = shifted(value, by)
    return typeof result === 'bigint' ? BigInt.asIntN(64, result) : result
  }
  const asUint = ({ value }: CelUint, by: bigint): CelUint | CelFailure => {
    const result = shifted(value, by)
    return typeof result === 'bigint' ? new CelUint(BigInt.asUintN(64, result)) : result
  }
  return named(name, [on2(int, int, intType, asInt), on2(uint, int, uintType, asUint)])
}

function extreme(name: string, sign: 1 | -1): Named {
  const single = [int, uint, double].map((param: Param<unknown>) =>
    on(param, param.type, (value) => value),
  )
  const ofList: TypedOverload = {
    ...on(list, dynType, (values, meter) => extremeOf(name, values, sign, meter)),
    resultOf: ([type]) => numberType(type),
  }
  return [name, defineFunction(name, [...single, ofList], { isVariadic: true })]
}

function numberType(type: Type | undefined): Type {
  return type?.kind === 'list' ? type.element : dynType
}

function extremeOf(name: string, values: readonly unknown[], sign: 1 | -1, meter: Meter): unknown {
  if (!meter.take(values.length)) return overBudget
  let best: unknown
  for (const value of values) {
    if (!int.holds(value) && !uint.holds(value) && !double.holds(value)) {
      return new CelFailure(`"${name}" does not apply to ${kindOf(value)}`)
    }
    if (best === undefined || compare(value, best, meter) === sign) best = value
  }
  return best ?? new CelFailure(`"${name}" of an empty list`)
}
