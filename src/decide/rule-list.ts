import type { AccessRequest } from '../model/access-request.ts'
import type { Decision } from '../model/decision.ts'
import type { Condition, RuleSpec } from './policy-spec.ts'

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

/** The rules of one effect for one action, in file order and by the role they ask for. */
export class RuleList {
  readonly all: readonly CompiledRule[]
  readonly #forEveryone: readonly CompiledRule[]
  readonly #byRole = new Map<number, CompiledRule[]>()

  constructor(rules: readonly CompiledRule[]) {
    this.all = rules
    this.#forEveryone = rules.filter((rule) => rule.roles === null)
    for (const rule of rules) {
      for (const role of new Set(rule.roles)) {
        const bucket = this.#byRole.get(role)
        if (bucket === undefined) this.#byRole.set(role, [rule])
        else bucket.push(rule)
      }
    }
  }

  /** The rules for everyone and for any of these roles, in file order. */
  forRoles(roles: readonly number[]): readonly CompiledRule[] {
    if (this.#byRole.size === 0) return this.all
    const found = new Set(this.#forEveryone)
    for (const role of roles) {
      for (const rule of this.#byRole.get(role) ?? []) found.add(rule)
    }
    return [...found].sort((a, b) => a.order - b.order)
  }
}
