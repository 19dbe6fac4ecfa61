import assert from 'node:assert/strict'
import type { Subject } from '../model/access-request.ts'
import { MembershipIndex } from './membership-index.ts'
import type { ConditionFailure, RoleSpec } from './policy-spec.ts'
import { RoleSet } from './role-set.ts'

/** Combinations beyond this many are dropped and made again: memory must not grow with subjects. */
const maxRoleSets = 10_000

/**
 * Roles by number, with inheritance resolved ahead. Keeps what a subject holds by the identity of
 * the subject object, which `authenticate` creates once a token.
 */
export class RoleTable {
  readonly names: readonly string[]
  /** Per role id, how often its condition failed. */
  readonly failureCounts: Float64Array
  readonly #ids = new Map<string, number>()
  readonly #conditions: MembershipIndex
  /** Per role id, the ids it brings with it, itself first. */
  readonly #closures: readonly Uint32Array[]
  readonly #kept = new WeakMap<Subject, RoleSet>()
  /** Why roles could not be determined, by role id, for the subjects that have such. */
  readonly #failures = new WeakMap<Subject, ReadonlyMap<number, string>>()
  readonly #sets = new Map<string, RoleSet>()
  readonly #isGranted: Uint8Array

  constructor(specs: readonly RoleSpec[]) {
    for (const spec of specs) {
      assert.ok(!this.#ids.has(spec.name), `Role "${spec.name}" is declared twice`)
      this.#ids.set(spec.name, this.#ids.size)
    }
    this.names = Object.freeze(specs.map((spec) => spec.name))
    this.failureCounts = new Float64Array(specs.length)
    this.#isGranted = new Uint8Array(specs.length)
    this.#conditions = new MembershipIndex(specs.map((spec) => spec.condition))
    const inherits = specs.map((spec) => spec.inherits.map((name) => this.idOf(name)))
    this.#closures = specs.map((_, id) => closure(id, inherits))
  }

  idOf(name: string): number {
    const id = this.#ids.get(name)
    assert.ok(id !== undefined, `Role "${name}" is not declared`)
    return id
  }

  heldBy(subject: Subject): RoleSet {
    return this.#kept.get(subject) ?? this.#evaluate(subject)
  }

  /** Why a role in the set's `failedIds` could not be determined for this subject. */
  failureOf(subject: Subject, role: number): string {
    return this.#failures.get(subject)?.get(role) ?? 'role could not be determined'
  }

  #evaluate(subject: Subject): RoleSet {
    const heldIds: number[] = []
    const failed: (readonly [id: number, failure: ConditionFailure])[] = []
    this.#conditions.evaluate(
      subject,
      (id) => this.#grant(id, heldIds),
      (id, failure) => failed.push([id, failure]),
    )
    const failures = failed.length === 0 ? null : this.#describeFailures(failed)
    if (failures !== null) this.#failures.set(subject, failures)
    for (const id of heldIds) this.#isGranted[id] = 0
    heldIds.sort((a, b) => a - b)
    const failedIds = failures === null ? [] : [...failures.keys()].sort((a, b) => a - b)
    const set = this.#intern(heldIds, failedIds)
    this.#kept.set(subject, set)
    return set
  }

  #grant(id: number, heldIds: number[]): void {
    for (const granted of this.#closures[id] ?? []) {
      if (this.#isGranted[granted] === 1) continue
      this.#isGranted[granted] = 1
      heldIds.push(granted)
    }
  }

  /** What failed and is not held all the same, with the first reason in declared order. */
  #describeFailures(
    failed: readonly (readonly [id: number, failure: ConditionFailure])[],
  ): ReadonlyMap<number, string> | null {
    const failures = new Map<number, string>()
    for (const [id, { message }] of failed.toSorted(([a], [b]) => a - b)) {
      this.failureCounts[id] = (this.failureCounts[id] ?? 0) + 1
      for (const granted of this.#closures[id] ?? []) {
        if (this.#isGranted[granted] === 1 || failures.has(granted)) continue
        failures.set(granted, `role "${this.names[id] ?? ''}": ${message}`)
      }
    }
    return failures.size === 0 ? null : failures
  }

  #intern(heldIds: readonly number[], failedIds: readonly number[]): RoleSet {
    const key = `${heldIds.join()}|${failedIds.join()}`
    const known = this.#sets.get(key)
    if (known !== undefined) return known
    if (this.#sets.size >= maxRoleSets) this.#sets.clear()
    const created = new RoleSet(heldIds, failedIds, this.names)
    this.#sets.set(key, created)
    return created
  }
}

function closure(start: number, inherits: readonly (readonly number[])[]): Uint32Array {
  const seen = new Set([start])
  for (const id of seen) for (const inherited of inherits[id] ?? []) seen.add(inherited)
  return Uint32Array.from(seen)
}
