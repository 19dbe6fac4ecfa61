export const roleAbsent = 0
export const roleHeld = 1
/** Its condition failed and nothing else grants it: no permit rule may rely on it, no deny rule may
 * be skipped for want of it. */
export const roleFailed = 2

/** One combination of roles, shared by every subject that holds it. */
export class RoleSet {
  /** Ids of the effective roles, inherited ones included, in declared order. */
  readonly heldIds: readonly number[]
  readonly failedIds: readonly number[]
  /** Of the held roles, in declared order. */
  readonly names: readonly string[]
  /** By role id. */
  readonly states: Uint8Array

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
}
