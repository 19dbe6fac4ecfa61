import type { AccessRequest } from '../model/access-request.ts'
import type { Decision } from '../model/decision.ts'
import type { Answers } from './answers.ts'
import { conditionFor, isUncertain } from './applicability.ts'
import type { Condition } from './policy-spec.ts'
import type { RoleSet } from './role-set.ts'
import type { CompiledRule, RuleList } from './rule-list.ts'

/**
 * One rule of what a combination of roles leaves of the candidates: only conditions decide now. The
 * first one stands for the whole plan, so that most decisions read no other.
 */
export interface Step {
  readonly roles: RoleSet
  readonly condition: Condition<AccessRequest> | null
  /** When the rule applies; null: the answer is put together for the request. */
  readonly answer: Decision | null
  readonly next: Step | null
  /** Of the plan, in the order in which they are asked. */
  readonly rules: readonly CompiledRule[]
  /** Position in `rules`. */
  readonly at: number
}

/** Its first step. */
export function buildPlan(lists: readonly RuleList[], roles: RoleSet, answers: Answers): Step {
  const { failedIds, heldIds } = roles
  const relevant = failedIds.length === 0 ? heldIds : [...heldIds, ...failedIds]
  const rules = lists.flatMap((list) => list.forRoles(relevant))
  // Where a rule asks for a role that could not be determined and has no other to rely on, every
  // rule has to be asked for its roles.
  if (failedIds.length > 0 && rules.some((rule) => isUncertain(rule, roles))) {
    return { roles, condition: null, answer: null, next: null, rules, at: 0 }
  }
  let first: Step | null = null
  for (const [at, rule] of [...rules.entries()].reverse()) {
    const condition = conditionFor(rule, roles)
    first = { roles, condition, answer: answers.settled(rule), next: first, rules, at }
  }
  const answer = answers.noApplicableRule
  return first ?? { roles, condition: null, answer, next: null, rules, at: 0 }
}
