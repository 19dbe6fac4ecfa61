import type { AccessRequest } from '../model/access-request.ts'
import type { Condition } from './policy-spec.ts'
import { type RoleSet, roleHeld } from './role-set.ts'
import type { CompiledRule, RuleList } from './rule-list.ts'

/**
 * What one combination of roles leaves of the candidates, deny rules first, each effect in file
 * order: only conditions decide now.
 */
export interface Plan {
  /** By position in `rules`, and apart from them, so that a decision reads little memory. */
  readonly conditions: readonly (Condition<AccessRequest> | null)[]
  readonly rules: readonly CompiledRule[]
  /** Some rule here asks for a role that could not be determined, and has no other to rely on. */
  readonly hasFailedRoles: boolean
}

export function buildPlan(deny: RuleList, permit: RuleList, roles: RoleSet): Plan {
  const { failedIds, heldIds, states } = roles
  const relevant = failedIds.length === 0 ? heldIds : [...heldIds, ...failedIds]
  const rules = [...deny.forRoles(relevant), ...permit.forRoles(relevant)]
  const isUncertain = ({ roles: wanted }: CompiledRule): boolean =>
    wanted !== null && !wanted.some((role) => states[role] === roleHeld)
  return {
    conditions: rules.map((rule) => rule.condition),
    rules,
    hasFailedRoles: rules.some(isUncertain),
  }
}
