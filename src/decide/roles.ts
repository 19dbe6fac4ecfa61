import type { AccessRequest, Subject } from '../model/access-request.ts'
import type { PolicySet } from './policy-set.ts'

/**
 * The names of every role the subject holds in all scopes, inherited ones included, in declared
 * order: one frozen array for each combination of roles.
 */
export function rolesOf(set: PolicySet, subject: Subject): readonly string[] {
  return set.roles.heldBy(subject).names
}

/** The same towards one resource: with what is assigned within its scope. */
export function rolesTowards(
  set: PolicySet,
  request: Pick<AccessRequest, 'subject' | 'resource'>,
): readonly string[] {
  return set.roles.heldTowards(request).names
}
