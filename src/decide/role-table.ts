import assert from 'node:assert/strict'
import type { Subject } from '../model/access-request.ts'
import type { Condition, RoleSpec } from './policy-spec.ts'

/** What one subject holds; kept for as long as the subject object lives. */
export interface HeldRoles {
  /** Ids of the effective roles, inherited ones included, in declared order. */
  readonly ids: readonly number[]
  readonly names: readonly string[]
  /** Per role id: held, absent or failed. */
  readonly states: Uint8Array
  /** Why a role is `failed`; null when none is. */
  readonly failures: ReadonlyMap<number, string> | null
}

export const roleAbsent = 0
export const roleHeld = 1
/** Its condition failed and nothing else grants it: no permit rule may rely on it, no deny rule may
 * be skipped for want of it. */
export const roleFailed = 2

export const noRoles: HeldRoles = Object.freeze({
  ids: Object.freeze([]),
  names: Object.freeze([]),
  states: new Uint8Array(0),
  failures: null,
})

/**
 * Roles by number, with inheritance resolved ahead. Keeps what a subject holds by the identity of
 * the subject object, which `authenticate` creates once a token.
 */
export class RoleTable {
  readonly names: readonly string[]
  /** Per role id, how often its condition failed. */
  readonly failureCounts: Float64Array
  readonly #ids = new Map<string, number>()
  readonly #conditions: readonly (Condition<Subject> | null)[]
  /** Per role id, the ids it brings with it, itself first. */
  readonly #closures: readonly Uint32Array[]
  readonly #kept = new WeakMap<Subject, HeldRoles>()

  constructor(specs: readonly RoleSpec[]) {
    for (const spec of specs) {
      assert.ok(!this.#ids.has(spec.name), `Role "${spec.name}" is declared twice`)
      this.#ids.set(spec.name, this.#ids.size)
    }
    this.names = Object.freeze(specs.map((spec) => spec.name))
    this.failureCounts = new Float64Array(specs.length)
    this.#conditions = specs.map((spec) => spec.condition)
    const inherits = specs.map((spec) => spec.inherits.map((name) => this.idOf(name)))
    this.#closures = specs.map((_, id) => closure(id, inherits))
  }

  idOf(name: string): number {
    const id = this.#ids.get(name)
    assert.ok(id !== undefined, `Role "${name}" is not declared`)
    return id
  }

  held(subject: Subject): HeldRoles {
    const kept = this.#kept.get(subject)
    if (kept !== undefined) return kept
    const held = this.#evaluate(subject)
    this.#kept.set(subject, held)
    return held
  }

  #evaluate(subject: Subject): HeldRoles {
    const states = new Uint8Array(this.names.length)
    let failures: Map<number, string> | null = null
    for (const [id, condition] of this.#conditions.entries()) {
      if (condition === null || states[id] === roleHeld) continue
      const result = condition(subject)
      if (result === true) {
        for (const granted of this.#closure(id)) states[granted] = roleHeld
      } else if (result !== false) {
        this.failureCounts[id] = (this.failureCounts[id] ?? 0) + 1
        failures ??= new Map()
        for (const granted of this.#closure(id)) {
          if (!failures.has(granted)) {
            failures.set(granted, `role "${this.names[id] ?? ''}": ${result.message}`)
          }
        }
      }
    }
    if (failures !== null) {
      for (const id of failures.keys()) {
        if (states[id] === roleHeld) failures.delete(id)
        else states[id] = roleFailed
      }
      if (failures.size === 0) failures = null
    }
    const ids: number[] = []
    for (let id = 0; id < states.length; id++) if (states[id] === roleHeld) ids.push(id)
    const names = Object.freeze(ids.map((id) => this.names[id] ?? ''))
    return Object.freeze({ ids, names, states, failures })
  }

  #closure(id: number): Uint32Array {
    const ids = this.#closures[id]
    assert.ok(ids !== undefined)
    return ids
  }
}

function closure(start: number, inherits: readonly (readonly number[])[]): Uint32Array {
  const seen = new Set([start])
  for (const id of seen) for (const inherited of inherits[id] ?? []) seen.add(inherited)
  return Uint32Array.from(seen)
}
