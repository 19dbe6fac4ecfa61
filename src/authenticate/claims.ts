import { refuse, type Refusal } from '../model/refusal.ts'
import { refuseClaims, refuseUnprofiled } from './claim-rules.ts'
import type { CompactToken } from './compact-token.ts'
import { mediaType } from './compact-token.ts'
import type { IssuerOptions } from './options.ts'
import { quoted } from './quoted.ts'

const maxAudiences = 64
// The end of the year 9999: past it a date is a mistake or a trick.
const maxNumericDateS = 253_402_300_799

/** The dates of a token, seconds since the Unix epoch, checked to be numbers. */
export interface Validity {
  readonly expiresAtS: number
  readonly notBeforeS: number | null
  readonly issuedAtS: number | null
}

/** Members that only ID tokens and logout tokens have: neither may stand in for an access token. */
const foreignClaims = ['at_hash', 'c_hash', 's_hash', 'events'] as const
const accessTokenType = 'at+jwt'
const profileTypes = [accessTokenType]

/**
 * What the issuer's options ask of a token besides its signature (RFC 8725 sections 3.8 to 3.12).
 * Cheap, so it runs before the signature is verified; nothing here is believed before that.
 */
export function refuseProfile(token: CompactToken, issuer: IssuerOptions): Refusal | null {
  if (!issuer.algorithms.includes(token.algorithm)) {
    return refuse(
      'token_algorithm_refused',
      `Algorithm ${quoted(token.algorithm)} is not in the list of issuer ${quoted(issuer.issuer)}`,
    )
  }
  const types = issuer.profile === 'rfc9068' ? profileTypes : issuer.tokenTypes
  if (!types.some((type) => mediaType(type) === (token.type ?? 'none'))) {
    return refuse(
      'token_type_refused',
      `Token type ${token.type === null ? 'missing' : quoted(token.type)}, expected ${types.join(' or ')}`,
    )
  }
  for (const claim of foreignClaims) {
    if (Object.hasOwn(token.payload, claim)) {
      return refuse('token_type_refused', `"${claim}" belongs to another kind of token`)
    }
  }
  // Without the explicit type, a sign-in's nonce is all that many an ID token shows of its kind.
  if (token.type !== accessTokenType && Object.hasOwn(token.payload, 'nonce')) {
    return refuse('token_type_refused', '"nonce" belongs to an ID token')
  }
  if (issuer.profile === 'rfc9068') {
    const unprofiled = refuseUnprofiled(token.payload)
    if (unprofiled !== null) return unprofiled
  }
  return refuseAudience(token.payload['aud'], issuer) ?? refuseClaims(token.payload, issuer)
}

export function refuseAudience(aud: unknown, issuer: IssuerOptions): Refusal | null {
  const audiences: readonly unknown[] = Array.isArray(aud) ? aud : [aud]
  if (audiences.length > maxAudiences || !audiences.every((one) => typeof one === 'string')) {
    return refuse(
      'token_audience_refused',
      aud === undefined
        ? 'The token names no audience'
        : `"aud" is neither a string nor an array of at most ${maxAudiences} strings`,
    )
  }
  if (audiences.some((audience) => issuer.audiences.includes(audience))) return null
  return refuse(
    'token_audience_refused',
    `Audience ${quoted(audiences.join(', '))}, expected ${issuer.audiences.join(' or ')}`,
  )
}

export function readValidity(payload: CompactToken['payload']): Validity | Refusal {
  const { exp, nbf, iat } = payload
  if (!isNumericDate(exp)) return refuseDate('exp', exp)
  if (nbf !== undefined && !isNumericDate(nbf)) return refuseDate('nbf', nbf)
  if (iat !== undefined && !isNumericDate(iat)) return refuseDate('iat', iat)
  return { expiresAtS: exp, notBeforeS: nbf ?? null, issuedAtS: iat ?? null }
}

/** RFC 7519 sections 4.1.4 to 4.1.6; a token from the future is refused like one not yet valid. */
export function refuseDates(validity: Validity, nowMs: number, skewS: number): Refusal | null {
  const nowS = nowMs / 1_000
  const { expiresAtS, notBeforeS, issuedAtS } = validity
  if (nowS >= expiresAtS + skewS) {
    return refuse('token_expired', `Expired ${seconds(nowS - expiresAtS)} ago`)
  }
  if (notBeforeS !== null && nowS < notBeforeS - skewS) {
    return refuse('token_not_yet_valid', `Valid in ${seconds(notBeforeS - nowS)} ("nbf")`)
  }
  if (issuedAtS !== null && nowS < issuedAtS - skewS) {
    return refuse('token_not_yet_valid', `Issued ${seconds(issuedAtS - nowS)} from now ("iat")`)
  }
  return null
}

function isNumericDate(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= maxNumericDateS
}

function refuseDate(claim: string, value: unknown): Refusal {
  return refuse(
    'token_claims_invalid',
    value === undefined
      ? `The token has no "${claim}"`
      : `"${claim}" is not a number of seconds since 1970 before the year 10000`,
  )
}

function seconds(count: number): string {
  return `${Math.ceil(count)} s`
}
