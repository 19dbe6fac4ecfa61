import type { Decision } from '../model/decision.ts'
import { type Plan, buildPlan } from './plan.ts'
import type { RoleSet } from './role-set.ts'
import type { RuleList } from './rule-list.ts'

/**
 * Every rule that can speak about one action on one resource type, and what is left of them for
 * the combinations of roles that have asked.
 */
export class Candidates {
  readonly deny: RuleList
  readonly permit: RuleList
  readonly noApplicableRule: Decision
  readonly #plans = new Map<RoleSet, Plan>()
  #lastRoles: RoleSet | null = null
  #lastPlan: Plan | null = null

  constructor(deny: RuleList, permit: RuleList, noApplicableRule: Decision) {
    this.deny = deny
    this.permit = permit
    this.noApplicableRule = noApplicableRule
  }

  /** Null: not asked yet, or forgotten. */
  plan(roles: RoleSet): Plan | null {
    if (this.#lastRoles === roles) return this.#lastPlan
    const plan = this.#plans.get(roles) ?? null
    if (plan !== null) this.#remember(roles, plan)
    return plan
  }

  addPlan(roles: RoleSet): Plan {
    const plan = buildPlan(this.deny, this.permit, roles)
    this.#plans.set(roles, plan)
    this.#remember(roles, plan)
    return plan
  }

  forgetPlans(): void {
    this.#plans.clear()
    this.#lastRoles = null
    this.#lastPlan = null
  }

  #remember(roles: RoleSet, plan: Plan): void {
    this.#lastRoles = roles
    this.#lastPlan = plan
  }
}
