import type { AccessRequest } from '../model/access-request.ts'
import type { Condition, ConditionFailure, RuleSpec } from './policy-spec.ts'
import type { RoleSet } from './role-set.ts'

/** A rule as the engine reads it. */
export interface CompiledRule {
  /** Position in the set's rules: file order. */
  readonly order: number
  readonly spec: RuleSpec
  /** Ids of the roles of which one suffices; null: every subject. */
  readonly roles: readonly number[] | null
  /** Each suffices as one of `roles` does. */
  readonly derivedRoles: readonly CompiledDerivedRole[]
  readonly condition: Condition<AccessRequest> | null
  /** Set where this stands for all entries of one effect: which of them applies is looked up. */
  readonly acl: EntryIndex | null
}

interface CompiledDerivedRole {
  /** Ids of the roles of which one is needed; null: none is. */
  readonly roles: readonly number[] | null
  readonly condition: Condition<AccessRequest>
}

/** Entries of access control lists, and which of them applies. */
export interface EntryIndex {
  /** Null: none applies. */
  find(request: AccessRequest, roles: RoleSet): FoundEntry | null
  /** Every entry about the resource, whoever asks. */
  about(request: AccessRequest): readonly CompiledRule[]
}

/** The entry that applies, or the first of those of which it cannot be told. */
export interface FoundEntry {
  readonly rule: CompiledRule
  readonly failure: ConditionFailure | null
}

/** Rules that are asked one after the other, in file order and by the role they ask for. */
export class RuleList {
  readonly all: readonly CompiledRule[]
  /** Made when first asked for: of many thousands of lists most never are. */
  #index: RoleIndex | null = null

  constructor(rules: readonly CompiledRule[]) {
    this.all = rules
  }

  /** The rules for everyone and for any of these roles, in file order. */
  forRoles(roles: readonly number[]): readonly CompiledRule[] {
    if (this.all.length === 0) return this.all
    const { byRole, forEveryone } = (this.#index ??= indexByRole(this.all))
    if (byRole.size === 0) return this.all
    const found = new Set(forEveryone)
    for (const role of roles) {
      for (const rule of byRole.get(role) ?? []) found.add(rule)
    }
    return [...found].sort((a, b) => a.order - b.order)
  }
}

interface RoleIndex {
  readonly forEveryone: readonly CompiledRule[]
  readonly byRole: ReadonlyMap<number, readonly CompiledRule[]>
}

function indexByRole(rules: readonly CompiledRule[]): RoleIndex {
  const forEveryone: CompiledRule[] = []
  const byRole = new Map<number, CompiledRule[]>()
  for (const rule of rules) {
    const relevant = relevantRoles(rule)
    if (relevant === null) forEveryone.push(rule)
    for (const role of new Set(relevant)) {
      const bucket = byRole.get(role)
      if (bucket === undefined) byRole.set(role, [rule])
      else bucket.push(rule)
    }
  }
  return { forEveryone, byRole }
}

/** Without one of these the rule cannot match; null: it can match for anybody. */
function relevantRoles({ roles, derivedRoles }: CompiledRule): readonly number[] | null {
  if (roles === null || derivedRoles.length === 0) return roles
  const relevant = [...roles]
  for (const derived of derivedRoles) {
    if (derived.roles === null) return null
    relevant.push(...derived.roles)
  }
  return relevant
}
