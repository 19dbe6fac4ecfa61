import type { AccessRequest } from '../model/access-request.ts'
import type { Decision } from '../model/decision.ts'
import type { Condition, RuleSpec } from './policy-spec.ts'
import type { HeldRoles } from './role-table.ts'

/** A rule as the engine reads it. */
export interface CompiledRule {
  /** Position in the set's rules: file order. */
  readonly order: number
  readonly spec: RuleSpec
  /** Ids of the roles of which one suffices; null: every subject. */
  readonly roles: readonly number[] | null
  readonly condition: Condition<AccessRequest> | null
  /** The answer when this rule decides and nothing failed before it. */
  readonly decision: Decision
}

/** Below this many rules, looking at each one costs less than looking roles up. */
const bucketThreshold = 12

/**
 * The rules of one effect for one action, in file order; long lists also by role, so that a
 * decision visits the rules of the roles a subject holds and no others.
 */
export class RuleList {
  readonly all: readonly CompiledRule[]
  /** Some rule asks for a role. */
  readonly needsRoles: boolean
  /** Rules for every subject, then those of each role, each in file order; null: a short list. */
  readonly buckets: RoleBuckets | null

  constructor(rules: readonly CompiledRule[]) {
    this.all = rules
    this.needsRoles = rules.some((rule) => rule.roles !== null)
    this.buckets = rules.length < bucketThreshold || !this.needsRoles ? null : bucketsOf(rules)
  }

  /** The rules whose roles the subject holds, or may hold where a role failed, in file order. */
  candidatesFor(held: HeldRoles): readonly CompiledRule[] {
    if (this.buckets === null) return this.all
    const found = new Set(this.buckets.open)
    const add = (role: number): void => {
      for (const rule of this.buckets?.byRole.get(role) ?? []) found.add(rule)
    }
    for (const role of held.ids) add(role)
    for (const role of held.failures?.keys() ?? []) add(role)
    return [...found].sort((a, b) => a.order - b.order)
  }
}

export interface RoleBuckets {
  readonly open: readonly CompiledRule[]
  readonly byRole: ReadonlyMap<number, readonly CompiledRule[]>
}

function bucketsOf(rules: readonly CompiledRule[]): RoleBuckets {
  const open: CompiledRule[] = []
  const byRole = new Map<number, CompiledRule[]>()
  for (const rule of rules) {
    if (rule.roles === null) open.push(rule)
    for (const role of new Set(rule.roles)) {
      const bucket = byRole.get(role)
      if (bucket === undefined) byRole.set(role, [rule])
      else bucket.push(rule)
    }
  }
  return { open, byRole }
}
