import { anonymous, type Confirmation, type Identity } from '../model/identity.ts'
import { refuse, type Refusal } from '../model/refusal.ts'
import type { Validity } from './claims.ts'
import { mapClaims } from './claim-mapping.ts'
import { readConfirmation } from './confirmation.ts'
import type { IssuerOptions } from './options.ts'
import { quoted } from './quoted.ts'
import { readServiceAccount } from './service-account.ts'
import { isUsableSubject, maxSubjectLength } from './subject-name.ts'

/** Claims about the token rather than about its subject. */
const protocolClaims: ReadonlySet<string> = new Set([
  'iss',
  'aud',
  'exp',
  'nbf',
  'iat',
  'jti',
  'sid',
  'nonce',
  'cnf',
  // Of an introspection answer (RFC 7662 section 2.2).
  'active',
  'token_type',
])

const identifierClaims = ['jti', 'sid', 'acr'] as const

/** A frozen identity from a verified payload; refused when the issuer signed what we cannot use. */
export function buildIdentity(
  payload: Readonly<Record<string, unknown>>,
  validity: Validity,
  issuer: IssuerOptions,
): Identity | Refusal {
  const name = payload[issuer.subjectClaim]
  if (typeof name !== 'string' || name === '' || name.length > maxSubjectLength) {
    return refuse(
      'token_claims_invalid',
      `"${issuer.subjectClaim}" is not a string of 1 to ${maxSubjectLength} characters`,
    )
  }
  if (!isUsableSubject(name)) {
    return refuse(
      'token_claims_invalid',
      `"${issuer.subjectClaim}" has control characters or surrounding space`,
    )
  }
  const id = issuer.subjectPrefix + name
  if (id === anonymous.subject.id) {
    return refuse('token_claims_invalid', `"${issuer.subjectClaim}" is the name of nobody`)
  }
  if (issuer.foreignPrefixes?.some((prefix) => id.startsWith(prefix)) === true) {
    return refuse(
      'token_claims_invalid',
      `"${issuer.subjectClaim}" is the name of a subject that another issuer, or a certificate, speaks for`,
    )
  }
  const confirmation = readConfirmation(payload['cnf'])
  if (confirmation !== null && 'kind' in confirmation) return confirmation
  const binding = refuseUnbound(confirmation, issuer)
  if (binding !== null) return binding
  for (const claim of identifierClaims) {
    const value = payload[claim]
    if (value !== undefined && typeof value !== 'string') {
      return refuse('token_claims_invalid', `"${claim}" is not a string`)
    }
  }
  const mapped = mapClaims(payload, issuer.attributes)
  if ('kind' in mapped) return mapped
  const properties = Object.create(null) as Record<string, unknown>
  const claims = Object.create(null) as Record<string, unknown>
  for (const [claim, value] of Object.entries(payload)) {
    freezeDeeply(value)
    claims[claim] = value
    // A claim of the name of a mapped attribute must not stand in for what that is read from.
    if (protocolClaims.has(claim) || claim === issuer.subjectClaim || mapped.has(claim)) continue
    properties[claim] = value
  }
  for (const [attribute, value] of mapped) {
    if (value !== undefined) properties[attribute] = value
  }
  if (issuer.preset === 'kubernetes') {
    const account = readServiceAccount(name, payload)
    if ('kind' in account) return account
    Object.assign(properties, account)
  }
  return Object.freeze({
    subject: Object.freeze({
      type: issuer.subjectType,
      id,
      properties: Object.freeze(properties),
    }),
    credential: (confirmation?.jkt ?? null) === null ? 'bearer' : 'dpop',
    confirmation,
    issuer: issuer.issuer,
    tokenId: optionalText(payload['jti']),
    sessionId: optionalText(payload['sid']),
    issuedAtS: validity.issuedAtS,
    expiresAtS: validity.expiresAtS,
    acr: optionalText(payload['acr']),
    claims: Object.freeze(claims),
  })
}

/** What the issuer's options ask of every token of his. */
function refuseUnbound(
  confirmation: Confirmation | null,
  { issuer, requireBinding }: IssuerOptions,
): Refusal | null {
  const isBound =
    requireBinding === 'none' ||
    (requireBinding !== 'certificate' && (confirmation?.jkt ?? null) !== null) ||
    (requireBinding !== 'dpop' && (confirmation?.x5tS256 ?? null) !== null)
  if (isBound) return null
  const detail = `Tokens of issuer ${quoted(issuer)} have to be bound to a key (${requireBinding})`
  return refuse('token_not_bound', detail)
}

function optionalText(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

// One identity serves many requests: nothing a stage does to it may reach the next one. Recursion
// is bounded by the depth the payload was read with.
function freezeDeeply(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  for (const member of Object.values(value)) freezeDeeply(member)
  Object.freeze(value)
}
