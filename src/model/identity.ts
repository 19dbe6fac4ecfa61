import type { Subject } from './access-request.ts'
import { type Attributes, noAttributes } from './attributes.ts'
import type { CredentialKind } from './authentication.ts'

/** The key a credential is bound to (RFC 7800): one who cannot prove to hold it stole the credential. */
export interface Confirmation {
  /** SHA-256 thumbprint of a DPoP key (RFC 9449 section 6.1), base64url. */
  readonly jkt: string | null
  /** SHA-256 thumbprint of a client certificate (RFC 8705 section 3.1), base64url. */
  readonly x5tS256: string | null
}

/**
 * Who sent a request, as a verified credential says. One object per verified credential: the stages
 * keep derived values by identity of this object, so it is created once per credential and frozen.
 */
export interface Identity {
  /** `subject.id` carries the issuer's configured prefix; `subject.properties` the mapped claims. */
  readonly subject: Subject
  /** Null: nobody has proved anything. */
  readonly credential: CredentialKind | null
  /** Empty for whoever is anonymous. */
  readonly issuer: string
  readonly tokenId: string | null
  readonly sessionId: string | null
  /** Seconds since the Unix epoch; null when the token does not say. */
  readonly issuedAtS: number | null
  /** Infinity: it does not expire. */
  readonly expiresAtS: number
  readonly acr: string | null
  /** Null: whoever has the credential may use it. */
  readonly confirmation: Confirmation | null
  /** Every claim of the verified token. */
  readonly claims: Attributes
}

/** Of the anonymous; no issuer may give it to a subject. */
export const anonymousType = 'anonymous'

function nobody(): Identity {
  return Object.freeze({
    subject: Object.freeze({ type: anonymousType, id: 'anonymous', properties: noAttributes }),
    credential: null,
    issuer: '',
    tokenId: null,
    sessionId: null,
    issuedAtS: null,
    expiresAtS: Infinity,
    acr: null,
    confirmation: null,
    claims: noAttributes,
  })
}

/** The request brought no credential. */
export const anonymous: Identity = nobody()

/** Nobody looked whether the request brought a credential. */
export const unidentified: Identity = nobody()

export function isAnonymous(identity: Identity): boolean {
  return identity.credential === null
}
