import assert from 'node:assert/strict'
import type { AccessRequest, Subject } from '../model/access-request.ts'
import { MembershipIndex } from './membership-index.ts'
import type { Condition, PolicySpec, RoleSpec } from './policy-spec.ts'
import { RoleGraph } from './role-graph.ts'
import { RoleSet } from './role-set.ts'
import type { Scope, ScopeTable } from './scope-table.ts'
import { ScopedGrants } from './scoped-grants.ts'

/** Combinations beyond this many are dropped and made again: memory must not grow with subjects. */
const maxRoleSets = 10_000
/** A subject seen in more scopes than this starts over. */
const maxScopesPerSubject = 64

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
  readonly #separatedWithinScope: readonly (readonly number[])[]
  readonly #scopes: ScopeTable
  /** Null: what somebody holds does not depend on the scope. */
  readonly #scoped: ScopedGrants | null
  /** What is granted in any scope at all, as far as it matters to what is separated; else null. */
  readonly #anywhere: MembershipIndex | null
  /** How many conditions hold in all scopes: theirs are the first numbers. */
  readonly #plainCount: number
  readonly #index: MembershipIndex
  readonly #graph: RoleGraph
  readonly #kept = new WeakMap<Subject, RoleSet>()
  readonly #keptWithin = new WeakMap<Subject, Map<Scope, RoleSet>>()
  /** By a hash of their ids. */
  readonly #sets = new Map<number, RoleSet[]>()
  #setCount = 0

  constructor(
    specs: readonly RoleSpec[],
    { separated = [], separatedWithinScope = [] }: Separations,
    scopes: ScopeTable,
  ) {
    for (const spec of specs) {
      assert.ok(!this.#ids.has(spec.name), `Role "${spec.name}" is declared twice`)
      this.#ids.set(spec.name, this.#ids.size)
    }
    this.names = Object.freeze(specs.map((spec) => spec.name))
    this.failureCounts = new Float64Array(specs.length)
    const assigned = specs.flatMap((spec, id) =>
      (spec.assigned ?? []).map((each) => [id, each] as const),
    )
    const plain = [...specs.map((spec) => spec.condition), ...assigned.map(([, each]) => each)]
    const grants = new ScopedGrants(specs, scopes, plain.length)
    this.#plainCount = plain.length
    this.#conditions = [...plain, ...grants.conditions]
    this.#granted = [
      ...specs.keys(),
      ...assigned.map(([id]) => id),
      ...grants.roles.map((name) => this.idOf(name)),
    ]
    this.#scopes = scopes
    this.#scoped = grants.conditions.length === 0 ? null : grants
    const idsOf = (names: readonly string[]): readonly number[] =>
      names.map((name) => this.idOf(name))
    this.#separated = separated.map(idsOf)
    this.#separatedWithinScope = separatedWithinScope.map(idsOf)
    this.#index = new MembershipIndex(plain)
    this.#graph = new RoleGraph(specs.map((spec) => idsOf(spec.inherits)))
    this.#anywhere = this.#indexAnywhere()
  }

  idOf(name: string): number {
    const id = this.#ids.get(name)
    assert.ok(id !== undefined, `Role "${name}" is not declared`)
    return id
  }

  heldBy(subject: Subject): RoleSet {
    const kept = this.#kept.get(subject)
    if (kept !== undefined) return kept
    const held = this.#evaluate(subject, null)
    if (Object.isFrozen(subject)) this.#kept.set(subject, held)
    return held
  }

  /** Towards a resource: those that are held in all scopes, and those that its scope adds. */
  heldTowards({ resource, subject }: Pick<AccessRequest, 'resource' | 'subject'>): RoleSet {
    if (this.#scoped === null) return this.heldBy(subject)
    const scope = this.#scoped.nearest(this.#scopes.of(resource) ?? null)
    if (scope === null) return this.heldBy(subject)
    let kept = this.#keptWithin.get(subject)
    const known = kept?.get(scope)
    if (known !== undefined) return known
    const held = this.#evaluate(subject, scope)
    if (!Object.isFrozen(subject)) return held
    if (kept === undefined || kept.size >= maxScopesPerSubject) {
      kept = new Map()
      this.#keptWithin.set(subject, kept)
    }
    kept.set(scope, held)
    return held
  }

  /** Why a role in the set's `failedIds` could not be determined for this request. */
  failureOf({ resource, subject }: AccessRequest, role: number): string {
    const scope = this.#scopes.of(resource) ?? null
    const bringing = this.#graph.bringing([role])
    for (const [at, condition] of this.#conditions.entries()) {
      const id = this.#granted[at] ?? at
      if (condition === null || !bringing.has(id)) continue
      if (at >= this.#plainCount && this.#scoped?.isWithin(at, scope) !== true) continue
      const result = condition(subject)
      if (typeof result === 'object') return `role "${this.names[id] ?? ''}": ${result.message}`
    }
    const brought = new Set(this.#graph.close([role]))
    const others = [...this.#separated, ...this.#separatedWithinScope]
      .filter((ids) => ids.some((id) => brought.has(id)))
      .flatMap((ids) => ids.filter((id) => id !== role && (ids.includes(role) || !brought.has(id))))
      .map((id) => `"${this.names[id] ?? ''}"`)
    return `role "${this.names[role] ?? ''}" does not count together with ${others.join(' or ')}`
  }

  #evaluate(subject: Subject, scope: Scope | null): RoleSet {
    const granted: number[] = []
    const failed: number[] = []
    this.#index.evaluate(subject, granted, failed)
    this.#scoped?.evaluate(scope, subject, granted, failed)
    const heldIds = this.#graph.close(this.#rolesOf(granted))
    if (failed.length === 0) return this.#separate(subject, heldIds, failed)
    for (const at of failed) {
      const id = this.#granted[at] ?? at
      this.failureCounts[id] = (this.failureCounts[id] ?? 0) + 1
    }
    // What is held already does not count as failed.
    const failedIds = this.#graph.close(this.#rolesOf(failed), heldIds)
    return this.#separate(subject, heldIds, failedIds)
  }

  /** One that is open may turn out to be held, so it counts like one that is. */
  #separate(subject: Subject, heldIds: readonly number[], failedIds: readonly number[]): RoleSet {
    if (this.#separated.length + this.#separatedWithinScope.length === 0) {
      return this.#intern(heldIds, failedIds)
    }
    const lost = new Set<number>()
    const here = new Set([...heldIds, ...failedIds])
    const anywhere = new Set([...here, ...this.#heldAnywhere(subject)])
    const separate = (ids: readonly number[], held: ReadonlySet<number>): void => {
      if (ids.filter((id) => held.has(id)).length < 2) return
      // A role that brings one of them would be a way around.
      for (const id of this.#graph.bringing(ids)) if (here.has(id)) lost.add(id)
    }
    for (const ids of this.#separated) separate(ids, anywhere)
    for (const ids of this.#separatedWithinScope) separate(ids, here)
    if (lost.size === 0) return this.#intern(heldIds, failedIds)
    for (const id of lost) this.failureCounts[id] = (this.failureCounts[id] ?? 0) + 1
    const open = new Set([...failedIds, ...lost])
    return this.#intern(
      heldIds.filter((id) => !lost.has(id)),
      [...open].sort((a, b) => a - b),
    )
  }

  /** Or open: what any scope grants of the roles that are separated. */
  #heldAnywhere(subject: Subject): ReadonlySet<number> {
    const conditions: number[] = []
    this.#anywhere?.evaluate(subject, conditions, conditions)
    return new Set(this.#graph.close(this.#rolesOf(conditions)))
  }

  #indexAnywhere(): MembershipIndex | null {
    const separated = this.#separated.flat()
    if (this.#scoped === null || separated.length === 0) return null
    const bringing = this.#graph.bringing(separated)
    return new MembershipIndex(
      this.#conditions.map((condition, at) => {
        if (at < this.#plainCount) return null
        return bringing.has(this.#granted[at] ?? at) ? condition : null
      }),
    )
  }

  /** What these conditions grant. */
  #rolesOf(conditions: readonly number[]): readonly number[] {
    return conditions.map((at) => this.#granted[at] ?? at)
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

type Separations = Pick<PolicySpec, 'separated' | 'separatedWithinScope'>

function sameIds(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return false
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false
  return true
}
