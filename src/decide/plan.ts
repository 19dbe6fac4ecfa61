import type { Decision } from '../model/decision.ts'
import type { RoleSet } from './role-set.ts'
import { roleHeld } from './role-set.ts'
import type { CompiledRule, RuleList } from './rule-list.ts'

/** Every rule that can speak about one action on one resource type. */
export interface Candidates {
  readonly deny: RuleList
  readonly permit: RuleList
  readonly noApplicableRule: Decision
}

/** What is left of the candidates for one combination of roles: only conditions decide now. */
export interface Plan {
  readonly deny: readonly CompiledRule[]
  readonly permit: readonly CompiledRule[]
  readonly noApplicableRule: Decision
  /** Some rule here asks for a role that could not be determined, and has no other to rely on. */
  readonly hasFailedRoles: boolean
}

export function planFor(candidates: Candidates, roles: RoleSet): Plan {
  const { failedIds, heldIds, states } = roles
  const relevant = failedIds.length === 0 ? heldIds : [...heldIds, ...failedIds]
  const deny = candidates.deny.forRoles(relevant)
  const permit = candidates.permit.forRoles(relevant)
  const isCertain = ({ roles: wanted }: CompiledRule): boolean =>
    wanted === null || wanted.some((role) => states[role] === roleHeld)
  return {
    deny,
    permit,
    noApplicableRule: candidates.noApplicableRule,
    hasFailedRoles: failedIds.length > 0 && !(deny.every(isCertain) && permit.every(isCertain)),
  }
}
