import type { Subject } from '../model/access-request.ts'
import { MembershipIndex } from './membership-index.ts'
import type { Condition, RoleSpec } from './policy-spec.ts'
import type { Scope, ScopeTable } from './scope-table.ts'

interface GrantsOfScope {
  readonly conditions: Condition<Subject>[]
  /** Per condition, the name of the role it grants. */
  readonly roles: string[]
}

/** The conditions of one scope, by position among all conditions of the roles. */
interface Indexed {
  readonly start: number
  readonly size: number
  readonly index: MembershipIndex
}

/**
 * Roles that are granted within scopes. Asked about a scope it evaluates what is granted there and
 * in the scopes above, however many others there are.
 */
export class ScopedGrants {
  /** Scope by scope, to be numbered after the conditions that hold in all of them. */
  readonly conditions: readonly Condition<Subject>[]
  /** Per condition, the name of the role it grants. */
  readonly roles: readonly string[]
  readonly #byScope = new Map<Scope, Indexed>()

  /** `start` is the number of the first condition. */
  constructor(specs: readonly RoleSpec[], scopes: ScopeTable, start: number) {
    const grants = new Map<Scope, GrantsOfScope>()
    for (const { assignedWithin = [], name } of specs) {
      for (const { condition, scope: scopeName } of assignedWithin) {
        const scope = scopes.get(scopeName)
        const known = grants.get(scope) ?? { conditions: [], roles: [] }
        grants.set(scope, known)
        known.conditions.push(condition)
        known.roles.push(name)
      }
    }
    let next = start
    for (const [scope, { conditions }] of grants) {
      const size = conditions.length
      this.#byScope.set(scope, { start: next, size, index: new MembershipIndex(conditions) })
      next += size
    }
    this.conditions = [...grants.values()].flatMap((each) => each.conditions)
    this.roles = [...grants.values()].flatMap((each) => each.roles)
  }

  /** The scope itself or the nearest above it in which something is granted; null: none. */
  nearest(scope: Scope | null): Scope | null {
    let at = scope
    while (at !== null && !this.#byScope.has(at)) at = at.parent
    return at
  }

  /** Adds the numbers of conditions that are true, perhaps more than once, and that fail. */
  evaluate(scope: Scope | null, subject: Subject, matched: number[], failed: number[]): void {
    for (let at = scope; at !== null; at = at.parent) {
      const found = this.#byScope.get(at)
      if (found === undefined) continue
      const own: number[] = []
      const ownFailed: number[] = []
      found.index.evaluate(subject, own, ownFailed)
      for (const position of own) matched.push(found.start + position)
      for (const position of ownFailed) failed.push(found.start + position)
    }
  }

  /** Whether a condition counts in a scope. */
  isWithin(condition: number, scope: Scope | null): boolean {
    for (let at = scope; at !== null; at = at.parent) {
      const found = this.#byScope.get(at)
      if (found === undefined) continue
      if (condition >= found.start && condition < found.start + found.size) return true
    }
    return false
  }
}
