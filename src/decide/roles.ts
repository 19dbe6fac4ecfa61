import type { Subject } from '../model/access-request.ts'
import type { PolicySet } from './policy-set.ts'

/**
 * The names of every role the subject holds, inherited ones included, in declared order: one
 * frozen array for each combination of roles.
 */
export function rolesOf(set: PolicySet, subject: Subject): readonly string[] {
  return set.roles.heldBy(subject).names
}
