import type { AccessRequest } from '../model/access-request.ts'
import type { Condition, ConditionFailure } from './policy-spec.ts'
import { type RoleSet, roleAbsent, roleFailed, roleHeld } from './role-set.ts'
import type { RoleTable } from './role-table.ts'
import type { CompiledRule, EntryIndex } from './rule-list.ts'

/**
 * Whether a rule applies to a request. Roles and condition are a conjunction, so a role that could
 * not be determined does not outweigh a condition that is false.
 */
export function applies(
  rule: CompiledRule,
  roles: RoleSet,
  table: RoleTable,
  request: AccessRequest,
): boolean | ConditionFailure {
  if (rule.acl !== null) return listed(rule.acl, request, roles)
  const role = holdsOne(rule, roles, table, request)
  if (role === false) return false
  const result = rule.condition === null ? true : rule.condition(request)
  return result === true ? role : result
}

/** One role that is held outweighs any that could not be determined. */
export function holdsOne(
  rule: CompiledRule,
  roles: RoleSet,
  table: RoleTable,
  request: AccessRequest,
): boolean | ConditionFailure {
  const state = bestState(rule.roles, roles)
  if (state === roleHeld) return true
  let failure = state === roleFailed ? failureOf(rule.roles, roles, table, request) : null
  for (const derived of rule.derivedRoles) {
    const needed = bestState(derived.roles, roles)
    if (needed === roleAbsent) continue
    const result = derived.condition(request)
    if (result === false) continue
    if (result === true && needed === roleHeld) return true
    failure ??= result === true ? failureOf(derived.roles, roles, table, request) : result
  }
  return failure ?? false
}

/** What is left of `applies` where it is settled which roles are held and none has failed. */
export function conditionFor(rule: CompiledRule, roles: RoleSet): Condition<AccessRequest> | null {
  const { acl, condition } = rule
  if (acl !== null) return (request) => listed(acl, request, roles)
  if (bestState(rule.roles, roles) === roleHeld) return condition
  const derived = rule.derivedRoles
    .filter(({ roles: needed }) => bestState(needed, roles) === roleHeld)
    .map((each) => each.condition)
  const [first] = derived
  const role = derived.length === 1 && first !== undefined ? first : anyOf(derived)
  if (condition === null) return role
  return (request) => {
    const held = role(request)
    if (held === false) return false
    const result = condition(request)
    return result === true ? held : result
  }
}

/** Some role of the rule could not be determined, and it has no other to rely on. */
export function isUncertain(rule: CompiledRule, roles: RoleSet): boolean {
  const state = bestState(rule.roles, roles)
  if (state === roleHeld) return false
  const needed = rule.derivedRoles.map((derived) => bestState(derived.roles, roles))
  return state === roleFailed || needed.includes(roleFailed)
}

function listed(
  acl: EntryIndex,
  request: AccessRequest,
  roles: RoleSet,
): boolean | ConditionFailure {
  const found = acl.find(request, roles)
  return found === null ? false : (found.failure ?? true)
}

function anyOf(conditions: readonly Condition<AccessRequest>[]): Condition<AccessRequest> {
  return (request) => {
    let failure: ConditionFailure | null = null
    for (const condition of conditions) {
      const result = condition(request)
      if (result === true) return true
      if (result !== false) failure ??= result
    }
    return failure ?? false
  }
}

function bestState(wanted: readonly number[] | null, roles: RoleSet): number {
  if (wanted === null) return roleHeld
  let best: number = roleAbsent
  for (const role of wanted) {
    const state = roles.stateOf(role)
    if (state === roleHeld) return roleHeld
    if (state === roleFailed) best = roleFailed
  }
  return best
}

function failureOf(
  wanted: readonly number[] | null,
  roles: RoleSet,
  table: RoleTable,
  request: AccessRequest,
): ConditionFailure {
  const unknown = wanted?.find((id) => roles.stateOf(id) === roleFailed) ?? 0
  return { kind: 'failure', message: table.failureOf(request, unknown) }
}
