import type { Plan } from './plan.ts'

export const roleAbsent = 0
export const roleHeld = 1
/** Its condition failed and nothing else grants it: no permit rule may rely on it, no deny rule may
 * be skipped for want of it. */
export const roleFailed = 2

/** One combination of roles; every subject that holds it shares this object and its plans. */
export class RoleSet {
  /** Ids of the effective roles, inherited ones included, in declared order. */
  readonly heldIds: readonly number[]
  readonly failedIds: readonly number[]
  /** Of the held roles, in declared order. */
  readonly names: readonly string[]
  /** By role id. */
  readonly states: Uint8Array
  readonly #plans = new Map<string, Map<string, Plan>>()

  constructor(
    heldIds: readonly number[],
    failedIds: readonly number[],
    roleNames: readonly string[],
  ) {
    this.heldIds = heldIds
    this.failedIds = failedIds
    this.names = Object.freeze(heldIds.map((id) => roleNames[id] ?? ''))
    this.states = new Uint8Array(roleNames.length)
    for (const id of heldIds) this.states[id] = roleHeld
    for (const id of failedIds) this.states[id] = roleFailed
  }

  plan(resourceType: string, action: string): Plan | undefined {
    return this.#plans.get(resourceType)?.get(action)
  }

  keepPlan(resourceType: string, action: string, plan: Plan): void {
    const plans = this.#plans.get(resourceType)
    if (plans === undefined) this.#plans.set(resourceType, new Map([[action, plan]]))
    else plans.set(action, plan)
  }

  forgetPlans(): void {
    this.#plans.clear()
  }
}
