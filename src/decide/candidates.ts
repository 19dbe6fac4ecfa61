import type { Step } from './plan.ts'
import type { RoleSet } from './role-set.ts'
import type { CompiledRule, RuleList } from './rule-list.ts'

/**
 * Every rule that can speak about one action on one resource type, and what is left of them for
 * the combinations of roles that have asked.
 */
export class Candidates {
  /** In the order in which they are asked. */
  readonly lists: readonly RuleList[]
  /** Null until two combinations have asked: most are asked by none or one. */
  #plans: Map<RoleSet, Step> | null = null
  /** Made when an answer is first put together. */
  #ordered: readonly CompiledRule[] | null = null

  constructor(lists: readonly RuleList[]) {
    this.lists = lists
  }

  get rules(): readonly CompiledRule[] {
    return this.lists.flatMap((list) => list.all)
  }

  /** The same, kept. */
  get ordered(): readonly CompiledRule[] {
    this.#ordered ??= this.rules
    return this.#ordered
  }

  /** Where among them the rule of an entry stands, of which there is one for each of its roles. */
  positionOf(entry: number): number {
    let entries = 0
    return this.ordered.findIndex(({ roles }) => {
      entries += roles?.length ?? 1
      return entries > entry
    })
  }

  /** Undefined: not asked yet, or forgotten. */
  plan(roles: RoleSet): Step | undefined {
    return this.#plans?.get(roles)
  }

  keepPlan(plan: Step, earlier: Step): void {
    this.#plans ??= new Map([[earlier.roles, earlier]])
    this.#plans.set(plan.roles, plan)
  }

  forgetPlans(): void {
    this.#plans = null
  }
}
