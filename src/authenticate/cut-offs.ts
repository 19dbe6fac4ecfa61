import type { Identity } from '../model/identity.ts'
import type { Refusal } from '../model/refusal.ts'

/**
 * What ends a credential before its time: of a subject, a session, a token, everything issued before
 * some instant. Asked about every identity on every request, cached or not, so it answers at once
 * and from memory.
 */
export interface CutOffs {
  /** Null: nothing has ended it. */
  refuseRevoked(identity: Identity): Refusal | null
}
