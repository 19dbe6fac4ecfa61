import type { Decision } from '../model/decision.ts'
import { type Plan, buildPlan } from './plan.ts'
import type { RoleSet } from './role-set.ts'
import type { CompiledRule, RuleList } from './rule-list.ts'

/**
 * Every rule that can speak about one action on one resource type, and what is left of them for
 * the combinations of roles that have asked.
 */
export class Candidates {
  readonly noApplicableRule: Decision
  /** In the order in which they are asked. */
  readonly #lists: readonly RuleList[]
  /** Null until two combinations have asked: most are asked by none or one. */
  #plans: Map<RoleSet, Plan> | null = null
  #lastRoles: RoleSet | null = null
  #lastPlan: Plan | null = null

  constructor(lists: readonly RuleList[], noApplicableRule: Decision) {
    this.#lists = lists
    this.noApplicableRule = noApplicableRule
  }

  get rules(): readonly CompiledRule[] {
    return this.#lists.flatMap((list) => list.all)
  }

  /** Null: not asked yet, or forgotten. */
  plan(roles: RoleSet): Plan | null {
    if (this.#lastRoles === roles) return this.#lastPlan
    const plan = this.#plans?.get(roles) ?? null
    if (plan !== null) this.#remember(roles, plan)
    return plan
  }

  addPlan(roles: RoleSet): Plan {
    const plan = buildPlan(this.#lists, roles)
    if (this.#lastRoles !== null && this.#lastPlan !== null) {
      this.#plans ??= new Map([[this.#lastRoles, this.#lastPlan]])
      this.#plans.set(roles, plan)
    }
    this.#remember(roles, plan)
    return plan
  }

  forgetPlans(): void {
    this.#plans = null
    this.#lastRoles = null
    this.#lastPlan = null
  }

  #remember(roles: RoleSet, plan: Plan): void {
    this.#lastRoles = roles
    this.#lastPlan = plan
  }
}
