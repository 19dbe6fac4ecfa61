import type { RoleSpec, RuleSpec } from '../decide/policy-spec.ts'
import { type CompiledRoles, heldWith } from './roles.ts'

const maxClosures = 500

/** Which roles come with which, and which of them anybody can hold. */
export class RoleReach {
  readonly #roles: CompiledRoles
  /** Those with a condition can be held, and so can what these inherit. */
  readonly #reachable: ReadonlySet<string>
  /** What comes with a role, worked out for the roles that are asked about. */
  readonly #closures = new Map<string, ReadonlySet<string>>()

  constructor(roles: CompiledRoles) {
    this.#roles = roles
    const granted = [...roles.keys()].filter((name) => isGranted(roles.get(name)?.spec))
    this.#reachable = heldWith(granted, roles)
  }

  canBeHeld(role: string): boolean {
    return this.#reachable.has(role)
  }

  brings(role: string, other: string): boolean {
    if (role === other) return true
    if (this.#roles.get(role)?.spec.inherits.length === 0) return false
    let held = this.#closures.get(role)
    if (held === undefined) {
      held = heldWith([role], this.#roles)
      if (this.#closures.size === maxClosures) this.#closures.clear()
      this.#closures.set(role, held)
    }
    return held.has(other)
  }
}

function isGranted(spec: RoleSpec | undefined): boolean {
  if (spec === undefined) return false
  const { assigned, assignedWithin, condition } = spec
  return condition !== null || assigned !== undefined || assignedWithin !== undefined
}

/** Roles of which a rule needs one, and those that its derived roles need. */
export function rolesOfRule({ roles, derivedRoles }: RuleSpec): readonly string[] {
  if (derivedRoles === undefined) return roles ?? []
  return [...(roles ?? []), ...derivedRoles.flatMap((derived) => derived.roles ?? [])]
}
