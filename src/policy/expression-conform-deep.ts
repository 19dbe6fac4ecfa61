import { conformer } from './expression-conform.ts'
import { type Type, withArticle } from './expression-types.ts'
import {
  CelFailure,
  CelMap,
  type Meter,
  isList,
  isMap,
  mapEntries,
  mapGet,
  mapSize,
  overBudget,
} from './expression-values.ts'

type Conform = (value: unknown) => unknown

/**
 * Like `conformer`, with all that a list or a map holds: an element of another type than declared
 * must not be passed over by what looks for others.
 */
export function deepConformer(type: Type, what: string, meter: Meter): Conform | null {
  const shallow = conformer(type, what)
  const failure = new CelFailure(`${what} is not ${withArticle(type)}`)
  if (type.kind === 'list') {
    const inner = innerConformer(type.element, what, meter)
    return inner === null ? shallow : listConformer(inner, isConverted(type), failure, meter)
  }
  if (type.kind === 'map') {
    const inner = innerConformer(type.value, what, meter)
    return inner === null ? shallow : mapConformer(inner, isConverted(type), failure, meter)
  }
  if (type.kind !== 'object') return shallow
  const members = Array.from(type.members, ([name, member]) => {
    return [name, innerConformer(member, what, meter)] as const
  })
  return (value) => {
    if (!isMap(value)) return failure
    for (const [name, inner] of members) {
      const member = mapGet(value, name)
      const result = member === undefined ? null : inner?.(member)
      if (result instanceof CelFailure) return result === overBudget ? result : failure
    }
    return value
  }
}

/** An int stays as JSON has it: numbers compare by what they stand for. */
function innerConformer(type: Type, what: string, meter: Meter): Conform | null {
  if (type.kind !== 'int') return deepConformer(type, what, meter)
  const inner = conformer(type, what)
  return (value) => {
    if (typeof value === 'number' && Number.isSafeInteger(value)) return value
    return inner?.(value)
  }
}

/** What JSON has as text is read once, or it would equal nothing. */
function isConverted(type: Type): boolean {
  if (type.kind === 'list') return isConverted(type.element)
  if (type.kind === 'map') return isConverted(type.value)
  return type.kind === 'timestamp' || type.kind === 'duration'
}

function listConformer(
  inner: Conform,
  isMade: boolean,
  failure: CelFailure,
  meter: Meter,
): Conform {
  return (value) => {
    if (!isList(value)) return failure
    if (!meter.take(costOf(value.length))) return overBudget
    const made: unknown[] = []
    for (let at = 0; at < value.length; at++) {
      const element = inner(value[at])
      if (element instanceof CelFailure) return element === overBudget ? element : failure
      if (isMade) made.push(element)
    }
    return isMade ? made : value
  }
}

function mapConformer(inner: Conform, isMade: boolean, failure: CelFailure, meter: Meter): Conform {
  return (value) => {
    if (!isMap(value)) return failure
    if (!meter.take(costOf(mapSize(value)))) return overBudget
    const made = new CelMap()
    for (const [key, item] of mapEntries(value)) {
      const read = inner(item)
      if (read instanceof CelFailure) return read === overBudget ? read : failure
      if (isMade) made.add(key, read)
    }
    return isMade ? made : value
  }
}

/** To look at the type of something costs less than what a loop does with it. */
function costOf(length: number): number {
  return 1 + (length >> 3)
}
