import type { CredentialKind } from '../model/authentication.ts'
import type { Identity } from '../model/identity.ts'
import type { Refusal } from '../model/refusal.ts'
import type { Credentials } from './credentials.ts'

/** Refusals are told apart by their `kind`. */
export type Authenticated = Identity | Refusal

/** One way to prove who sends a request. */
export interface AuthenticationMethod {
  readonly kind: CredentialKind
  /**
   * Belongs to the connection rather than to the request, as a client certificate does: it counts
   * where the request brings no credential of its own, and is no second one beside it.
   */
  readonly isOfConnection: boolean
  /**
   * Whether the request brings a credential of this kind, good or bad. Cheap, since every method is
   * asked about every request. What a method finds no other judges: a bad credential is refused.
   */
  finds(credentials: Credentials): boolean
  /** Called when it was found. Never throws or rejects; at once wherever nothing is waited for. */
  authenticate(credentials: Credentials): Authenticated | Promise<Authenticated>
}
