import type { Subject } from '../model/access-request.ts'
import type { Condition, Membership } from './policy-spec.ts'

/** Longer lists are left to the conditions themselves, which are bounded. */
const maxIndexedList = 10_000

interface AttributeIndex {
  readonly kind: Membership['kind']
  readonly attribute: string
  readonly isOfText: boolean
  /** By the value that satisfies them, positions of conditions. */
  readonly byValue: ReadonlyMap<string, readonly number[]>
  readonly all: readonly number[]
}

interface GrowingIndex extends AttributeIndex {
  readonly byValue: Map<string, number[]>
  readonly all: number[]
}

/**
 * Conditions by position. Those that only ask whether a list holds a string, or an attribute is
 * one, are looked up by hash: with a thousand roles granted by group, a subject in three groups
 * costs three look-ups and not a thousand evaluations.
 */
export class MembershipIndex {
  readonly #conditions: readonly (Condition<Subject> | null)[]
  readonly #indexes: readonly AttributeIndex[]
  /** Positions of conditions that ask something else. */
  readonly #rest: readonly number[]

  constructor(conditions: readonly (Condition<Subject> | null)[]) {
    this.#conditions = conditions
    const rest: number[] = []
    const indexes = new Map<string, GrowingIndex>()
    for (const [at, condition] of conditions.entries()) {
      const membership = condition?.membership
      if (membership === undefined) {
        if (condition !== null) rest.push(at)
        continue
      }
      const { kind, attribute, values, isOfText } = membership
      const key = `${kind} ${String(isOfText)} ${attribute}`
      const index: GrowingIndex = indexes.get(key) ?? {
        kind,
        attribute,
        isOfText,
        byValue: new Map(),
        all: [],
      }
      indexes.set(key, index)
      index.all.push(at)
      for (const value of new Set(values)) {
        const positions = index.byValue.get(value)
        if (positions === undefined) index.byValue.set(value, [at])
        else positions.push(at)
      }
    }
    this.#indexes = [...indexes.values()]
    this.#rest = rest
  }

  /** Adds the positions of conditions that are true, perhaps more than once, and that fail. */
  evaluate(subject: Subject, matched: number[], failed: number[]): void {
    for (const index of this.#indexes) {
      if (!lookUp(index, subject, matched)) {
        this.#evaluateEach(index.all, subject, matched, failed)
      }
    }
    this.#evaluateEach(this.#rest, subject, matched, failed)
  }

  #evaluateEach(
    positions: readonly number[],
    subject: Subject,
    matched: number[],
    failed: number[],
  ): void {
    for (const at of positions) {
      const result = this.#conditions[at]?.(subject)
      if (result === true) matched.push(at)
      else if (result !== false) failed.push(at)
    }
  }
}

/** False: the attribute is not what the index is about, so the conditions have to say. */
function lookUp(
  { attribute, byValue, isOfText, kind }: AttributeIndex,
  { properties }: Subject,
  matched: number[],
): boolean {
  const value = Object.hasOwn(properties, attribute) ? properties[attribute] : undefined
  if (kind === 'equals') {
    if (typeof value !== 'string') return false
    add(byValue.get(value), matched)
    return true
  }
  if (!Array.isArray(value) || value.length > maxIndexedList) return false
  if (isOfText && !value.every((item) => typeof item === 'string')) return false
  for (const item of value as readonly unknown[]) {
    if (typeof item === 'string') add(byValue.get(item), matched)
  }
  return true
}

function add(positions: readonly number[] | undefined, matched: number[]): void {
  if (positions === undefined) return
  for (const at of positions) matched.push(at)
}
