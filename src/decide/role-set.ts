export const roleAbsent = 0
export const roleHeld = 1
/** Its condition failed and nothing else grants it: no permit rule may rely on it, no deny rule may
 * be skipped for want of it. */
export const roleFailed = 2

/** So few ids are compared one by one: they lie where the rest of the set does. */
const fewRoles = 4
const noRole = -2

/**
 * One combination of roles, shared by every subject that holds it. There can be thousands, so each
 * is small: what is asked for seldom is made when it is.
 */
export class RoleSet {
  readonly #first: number
  readonly #second: number
  readonly #third: number
  readonly #fourth: number
  /** By role id; null: the held are those above. */
  readonly #states: Uint8Array | null
  /** Ids of the effective roles, inherited ones included, in declared order. */
  readonly heldIds: readonly number[]
  readonly failedIds: readonly number[]
  readonly #roleNames: readonly string[]
  #names: readonly string[] | null = null

  constructor(
    heldIds: readonly number[],
    failedIds: readonly number[],
    roleNames: readonly string[],
  ) {
    const [first = noRole, second = noRole, third = noRole, fourth = noRole] = heldIds
    this.#first = first
    this.#second = second
    this.#third = third
    this.#fourth = fourth
    this.heldIds = heldIds
    this.failedIds = failedIds
    this.#roleNames = roleNames
    const isSmall = heldIds.length <= fewRoles && failedIds.length === 0
    this.#states = isSmall ? null : statesOf(heldIds, failedIds, roleNames.length)
  }

  /** Of the held roles, in declared order. */
  get names(): readonly string[] {
    this.#names ??= Object.freeze(this.heldIds.map((id) => this.#roleNames[id] ?? ''))
    return this.#names
  }

  get hasFailed(): boolean {
    return this.#states !== null && this.failedIds.length > 0
  }

  holds(role: number): boolean {
    const states = this.#states
    if (states !== null) return states[role] === roleHeld
    return (
      role === this.#first || role === this.#second || role === this.#third || role === this.#fourth
    )
  }

  stateOf(role: number): number {
    const states = this.#states
    if (states !== null) return states[role] ?? roleAbsent
    return this.holds(role) ? roleHeld : roleAbsent
  }
}

function statesOf(
  heldIds: readonly number[],
  failedIds: readonly number[],
  roles: number,
): Uint8Array {
  const states = new Uint8Array(roles)
  for (const id of heldIds) states[id] = roleHeld
  for (const id of failedIds) states[id] = roleFailed
  return states
}
