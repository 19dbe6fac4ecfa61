import assert from 'node:assert/strict'
import type { Subject } from '../model/access-request.ts'
import { MembershipIndex } from './membership-index.ts'
import type { Condition, RoleSpec } from './policy-spec.ts'
import { RoleSet } from './role-set.ts'

/** Combinations beyond this many are dropped and made again: memory must not grow with subjects. */
const maxRoleSets = 10_000

/**
 * Roles by number, with inheritance resolved ahead. Keeps what a subject holds by the identity of
 * the subject object where that is frozen, as those are that `authenticate` creates once a token;
 * one that could still change is evaluated again.
 */
export class RoleTable {
  readonly names: readonly string[]
  /** Per role id, how often its condition failed. */
  readonly failureCounts: Float64Array
  readonly #ids = new Map<string, number>()
  readonly #conditions: readonly (Condition<Subject> | null)[]
  /** Per condition, the id of the role it grants. */
  readonly #granted: readonly number[]
  readonly #separated: readonly (readonly number[])[]
  readonly #index: MembershipIndex
  /** Per role id, the ids it brings with it, itself first. */
  readonly #closures: readonly (readonly number[])[]
  readonly #kept = new WeakMap<Subject, RoleSet>()
  /** By a hash of their ids. */
  readonly #sets = new Map<number, RoleSet[]>()
  #setCount = 0
  /** Work space of one evaluation, all zero between two. */
  readonly #isGranted: Uint8Array

  constructor(specs: readonly RoleSpec[], separated: readonly (readonly string[])[] = []) {
    for (const spec of specs) {
      assert.ok(!this.#ids.has(spec.name), `Role "${spec.name}" is declared twice`)
      this.#ids.set(spec.name, this.#ids.size)
    }
    this.names = Object.freeze(specs.map((spec) => spec.name))
    this.failureCounts = new Float64Array(specs.length)
    this.#isGranted = new Uint8Array(specs.length)
    const assigned = specs.flatMap((spec, id) =>
      (spec.assigned ?? []).map((each) => [id, each] as const),
    )
    this.#conditions = [...specs.map((spec) => spec.condition), ...assigned.map(([, each]) => each)]
    this.#granted = [...specs.keys(), ...assigned.map(([id]) => id)]
    this.#separated = separated.map((names) => names.map((name) => this.idOf(name)))
    this.#index = new MembershipIndex(this.#conditions)
    const inherits = specs.map((spec) => spec.inherits.map((name) => this.idOf(name)))
    this.#closures = specs.map((_, id) => closure(id, inherits))
  }

  idOf(name: string): number {
    const id = this.#ids.get(name)
    assert.ok(id !== undefined, `Role "${name}" is not declared`)
    return id
  }

  heldBy(subject: Subject): RoleSet {
    const kept = this.#kept.get(subject)
    if (kept !== undefined) return kept
    const held = this.#evaluate(subject)
    if (Object.isFrozen(subject)) this.#kept.set(subject, held)
    return held
  }

  /** Why a role in the set's `failedIds` could not be determined for this subject. */
  failureOf(subject: Subject, role: number): string {
    for (const [at, condition] of this.#conditions.entries()) {
      const id = this.#granted[at] ?? at
      if (condition === null || this.#closures[id]?.includes(role) !== true) continue
      const result = condition(subject)
      if (typeof result === 'object') return `role "${this.names[id] ?? ''}": ${result.message}`
    }
    const others = this.#separated
      .filter((ids) => ids.includes(role))
      .flatMap((ids) => ids.filter((id) => id !== role).map((id) => `"${this.names[id] ?? ''}"`))
    return `role "${this.names[role] ?? ''}" does not count together with ${others.join(' or ')}`
  }

  #evaluate(subject: Subject): RoleSet {
    const granted: number[] = []
    const failed: number[] = []
    this.#index.evaluate(subject, granted, failed)
    const heldIds = this.#close(granted)
    if (failed.length === 0) {
      for (const id of heldIds) this.#isGranted[id] = 0
      return this.#separate(heldIds, failed)
    }
    for (const at of failed) {
      const id = this.#granted[at] ?? at
      this.failureCounts[id] = (this.failureCounts[id] ?? 0) + 1
    }
    // Marked as granted, what is held already does not count as failed.
    const failedIds = this.#close(failed)
    for (const id of heldIds) this.#isGranted[id] = 0
    for (const id of failedIds) this.#isGranted[id] = 0
    return this.#separate(heldIds, failedIds)
  }

  /** One that is open may turn out to be held, so it counts like one that is. */
  #separate(heldIds: readonly number[], failedIds: readonly number[]): RoleSet {
    if (this.#separated.length === 0) return this.#intern(heldIds, failedIds)
    const lost = new Set<number>()
    for (const ids of this.#separated) {
      const present = ids.filter((id) => heldIds.includes(id) || failedIds.includes(id))
      if (present.length > 1) for (const id of present) lost.add(id)
    }
    if (lost.size === 0) return this.#intern(heldIds, failedIds)
    for (const id of lost) this.failureCounts[id] = (this.failureCounts[id] ?? 0) + 1
    const open = new Set([...failedIds, ...lost])
    return this.#intern(
      heldIds.filter((id) => !lost.has(id)),
      [...open].sort((a, b) => a - b),
    )
  }

  /** The roles of these conditions and all they bring along, as far as not marked yet, in declared order. */
  #close(conditions: readonly number[]): number[] {
    const closed: number[] = []
    for (const at of conditions) {
      for (const brought of this.#closures[this.#granted[at] ?? at] ?? []) {
        if (this.#isGranted[brought] === 1) continue
        this.#isGranted[brought] = 1
        closed.push(brought)
      }
    }
    return closed.length < 2 ? closed : closed.sort((a, b) => a - b)
  }

  #intern(heldIds: readonly number[], failedIds: readonly number[]): RoleSet {
    let hash = 17
    for (const id of heldIds) hash = (Math.imul(hash, 31) + id) | 0
    for (const id of failedIds) hash = (Math.imul(hash, 37) - id) | 0
    const known = this.#sets.get(hash)
    if (known !== undefined) {
      for (const set of known) {
        if (sameIds(set.heldIds, heldIds) && sameIds(set.failedIds, failedIds)) return set
      }
    }
    if (this.#setCount >= maxRoleSets) {
      this.#sets.clear()
      this.#setCount = 0
    }
    this.#setCount += 1
    const created = new RoleSet(heldIds, failedIds, this.names)
    const others = this.#sets.get(hash)
    if (others === undefined) this.#sets.set(hash, [created])
    else others.push(created)
    return created
  }
}

function sameIds(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return false
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false
  return true
}

function closure(start: number, inherits: readonly (readonly number[])[]): readonly number[] {
  const seen = new Set([start])
  for (const id of seen) for (const inherited of inherits[id] ?? []) seen.add(inherited)
  return [...seen]
}
