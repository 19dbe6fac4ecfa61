import type { Subject } from './access-request.ts'
import type { Attributes } from './attributes.ts'

/**
 * Who sent a request, as a verified token says. One object per verified token: the stages keep
 * derived values by identity of this object, so it is created once per token and frozen.
 */
export interface Identity {
  /** `subject.id` carries the issuer's configured prefix; `subject.properties` the mapped claims. */
  readonly subject: Subject
  readonly issuer: string
  readonly tokenId: string | null
  readonly sessionId: string | null
  /** Seconds since the Unix epoch; null when the token does not say. */
  readonly issuedAtS: number | null
  readonly expiresAtS: number
  readonly acr: string | null
  /** Every claim of the verified token. */
  readonly claims: Attributes
}
