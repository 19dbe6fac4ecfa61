import type { Type } from './expression-types.ts'
import { CelFailure, type Meter, kindOf } from './expression-values.ts'

/** Total over any values: what the types do not rule out ends as a `CelFailure`. */
export interface CelFunction {
  readonly overloads: readonly Overload[]
  /** Arguments beyond those given are undefined, which no value is. */
  readonly run: (
    meter: Meter,
    first: unknown,
    second?: unknown,
    third?: unknown,
    fourth?: unknown,
  ) => unknown
  /** Finds fault ahead of time with arguments that are constants; the others are undefined. */
  readonly check?: (args: readonly unknown[]) => CelFailure | null
  /** A constant it cannot read is a mistake, whether or not evaluation gets there. */
  readonly isParser?: boolean
  /** What it yields can be larger than what it is given: all calls draw on one budget. */
  readonly isGrowing?: boolean
  /** Several arguments stand for one list of them. */
  readonly isVariadic?: boolean
}

interface Overload {
  /** The target first, where there is one. */
  readonly params: readonly Type[]
  readonly result: Type
  /** A result that depends on the arguments' types; values are made to fit. */
  readonly resultOf?: (args: readonly Type[]) => Type
  /** What it compares with each other, and would never find equal where the types are unlike. */
  readonly compares?: (args: readonly Type[]) => readonly [Type, Type]
  /** Makes a value fit that type; otherwise it is taken as it is, or fails. */
  readonly finish?: (type: Type) => (value: unknown) => unknown
}

/** What a parameter takes: a type, and how to tell that a value is of it. */
export interface Param<Value> {
  readonly type: Type
  readonly holds: (value: unknown) => value is Value
}

export interface TypedOverload extends Overload {
  /** `mismatch` where the arguments are not what it takes. */
  readonly apply: (meter: Meter, args: readonly unknown[]) => unknown
}

const mismatch = Symbol('mismatch')

export function on<A>(
  a: Param<A>,
  result: Type,
  run: (a: A, meter: Meter) => unknown,
): TypedOverload {
  return {
    params: [a.type],
    result,
    apply: (meter, [x]) => (a.holds(x) ? run(x, meter) : mismatch),
  }
}

export function on2<A, B>(
  a: Param<A>,
  b: Param<B>,
  result: Type,
  run: (a: A, b: B, meter: Meter) => unknown,
): TypedOverload {
  return {
    params: [a.type, b.type],
    result,
    apply: (meter, [x, y]) => (a.holds(x) && b.holds(y) ? run(x, y, meter) : mismatch),
  }
}

export function on3<A, B, C>(
  a: Param<A>,
  b: Param<B>,
  c: Param<C>,
  result: Type,
  run: (a: A, b: B, c: C, meter: Meter) => unknown,
): TypedOverload {
  return {
    params: [a.type, b.type, c.type],
    result,
    apply: (meter, [x, y, z]) =>
      a.holds(x) && b.holds(y) && c.holds(z) ? run(x, y, z, meter) : mismatch,
  }
}

export function on4<A, B, C, D>(
  a: Param<A>,
  b: Param<B>,
  c: Param<C>,
  d: Param<D>,
  result: Type,
  run: (a: A, b: B, c: C, d: D, meter: Meter) => unknown,
): TypedOverload {
  return {
    params: [a.type, b.type, c.type, d.type],
    result,
    apply: (meter, [w, x, y, z]) =>
      a.holds(w) && b.holds(x) && c.holds(y) && d.holds(z) ? run(w, x, y, z, meter) : mismatch,
  }
}

type FunctionTraits = Pick<CelFunction, 'check' | 'isParser' | 'isGrowing' | 'isVariadic'>

/** One function of several overloads, told apart by what the arguments turn out to be. */
export function defineFunction(
  name: string,
  overloads: readonly TypedOverload[],
  traits: FunctionTraits = {},
): CelFunction {
  const byCount = Array.from({ length: 5 }, (_, count) =>
    overloads.filter(({ params }) => params.length === count),
  )
  return {
    ...traits,
    overloads,
    run: (meter, ...args) => {
      const absent = args.indexOf(undefined)
      const count = absent < 0 ? args.length : absent
      for (const { apply } of byCount[count] ?? []) {
        const result = apply(meter, args)
        if (result !== mismatch) return result
      }
      const kinds = args.slice(0, count).map(kindOf).join(', ')
      return new CelFailure(`"${name}" does not apply to (${kinds})`)
    },
  }
}
