import type { AccessRequest } from '../model/access-request.ts'
import type { Decision } from '../model/decision.ts'
import { conditionFor, isUncertain } from './applicability.ts'
import type { Condition } from './policy-spec.ts'
import type { RoleSet } from './role-set.ts'
import type { CompiledRule, RuleList } from './rule-list.ts'

/** One rule of a plan. Linked, so that the steps of a decision lie side by side in memory. */
interface Step {
  readonly condition: Condition<AccessRequest> | null
  /** When the rule applies; null: the answer is put together for the request. */
  readonly answer: Decision | null
  readonly next: Step | null
  /** Position in the plan's rules. */
  readonly at: number
}

/**
 * What one combination of roles leaves of the candidates, in the order in which they are asked:
 * only conditions decide now.
 */
export interface Plan {
  readonly first: Step | null
  /** Some rule here asks for a role that could not be determined, and has no other to rely on. */
  readonly hasFailedRoles: boolean
  readonly rules: readonly CompiledRule[]
}

export function buildPlan(lists: readonly RuleList[], roles: RoleSet): Plan {
  const { failedIds, heldIds } = roles
  const relevant = failedIds.length === 0 ? heldIds : [...heldIds, ...failedIds]
  const rules = lists.flatMap((list) => list.forRoles(relevant))
  let first: Step | null = null
  for (const [at, rule] of [...rules.entries()].reverse()) {
    first = { condition: conditionFor(rule, roles), answer: rule.decision, next: first, at }
  }
  return {
    first,
    hasFailedRoles: failedIds.length > 0 && rules.some((rule) => isUncertain(rule, roles)),
    rules,
  }
}
