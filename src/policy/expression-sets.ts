import { contains } from './expression-equality.ts'
import { type CelFunction, defineFunction, on2 } from './expression-overload.ts'
import { list } from './expression-params.ts'
import { type Type, boolType, elementOf } from './expression-types.ts'
import { type CelFailure, type Meter, overBudget } from './expression-values.ts'

type SetTest = (a: readonly unknown[], b: readonly unknown[], meter: Meter) => boolean | CelFailure

/** Lists without regard to order and repetition, as in the sets extension of cel-go. */
export const setFunctions: readonly (readonly [string, CelFunction])[] = [
  setTest('sets.contains', isSuperset),
  setTest('sets.equivalent', (a, b, meter) => {
    const result = isSuperset(a, b, meter)
    return result === true ? isSuperset(b, a, meter) : result
  }),
  setTest('sets.intersects', intersects),
]

function setTest(name: string, test: SetTest): readonly [string, CelFunction] {
  const overload = { ...on2(list, list, boolType, test), compares: elementTypes }
  return [name, defineFunction(name, [overload], { isGrowing: true })]
}

function elementTypes([a, b]: readonly Type[]): readonly [Type, Type] {
  return [elementOf(a), elementOf(b)]
}

/** Whether every element of the second list is in the first. */
function isSuperset(
  all: readonly unknown[],
  some: readonly unknown[],
  meter: Meter,
): boolean | CelFailure {
  const texts = textsOf(all, meter)
  for (const value of some) {
    const result = holds(all, texts, value, meter)
    if (result !== true) return result
  }
  return true
}

function intersects(
  a: readonly unknown[],
  b: readonly unknown[],
  meter: Meter,
): boolean | CelFailure {
  const texts = textsOf(a, meter)
  for (const value of b) {
    const result = holds(a, texts, value, meter)
    if (result !== false) return result
  }
  return false
}

/** Above this, texts are looked up by hash. */
const fewElements = 8

/** Null: too few to be worth it. */
function textsOf(values: readonly unknown[], meter: Meter): ReadonlySet<unknown> | null {
  return values.length > fewElements && meter.take(values.length) ? new Set(values) : null
}

function holds(
  values: readonly unknown[],
  texts: ReadonlySet<unknown> | null,
  value: unknown,
  meter: Meter,
): boolean | CelFailure {
  if (texts === null || typeof value !== 'string') return contains(values, value, meter)
  return meter.take(1) && meter.takeText(value.length) ? texts.has(value) : overBudget
}
