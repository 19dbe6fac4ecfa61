import type { AccessRequest } from '../model/access-request.ts'
import { conditionFor, isUncertain } from './applicability.ts'
import type { Condition } from './policy-spec.ts'
import type { RoleSet } from './role-set.ts'
import type { CompiledRule, RuleList } from './rule-list.ts'

/**
 * What one combination of roles leaves of the candidates, in the order in which they are asked:
 * only conditions decide now.
 */
export interface Plan {
  /** By position in `rules`, and apart from them, so that a decision reads little memory. */
  readonly conditions: readonly (Condition<AccessRequest> | null)[]
  readonly rules: readonly CompiledRule[]
  /** Some rule here asks for a role that could not be determined, and has no other to rely on. */
  readonly hasFailedRoles: boolean
}

export function buildPlan(lists: readonly RuleList[], roles: RoleSet): Plan {
  const { failedIds, heldIds } = roles
  const relevant = failedIds.length === 0 ? heldIds : [...heldIds, ...failedIds]
  const rules = lists.flatMap((list) => list.forRoles(relevant))
  return {
    conditions: rules.map((rule) => conditionFor(rule, roles)),
    rules,
    hasFailedRoles: failedIds.length > 0 && rules.some((rule) => isUncertain(rule, roles)),
  }
}
