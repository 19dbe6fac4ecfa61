import type { Subject } from '../model/access-request.ts'
import type { PolicySet } from './policy-set.ts'

/**
 * The names of every role the subject holds, inherited ones included, in declared order: the same
 * frozen array for the same subject object.
 */
export function rolesOf(set: PolicySet, subject: Subject): readonly string[] {
  return set.roles.held(subject).names
}
