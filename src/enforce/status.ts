import type { Decision, ReasonCode } from '../model/decision.ts'
import type { FaultCode } from '../model/fault.ts'
import type { RefusalCode } from '../model/refusal.ts'

/** The only place that turns codes into HTTP statuses and challenges. */
export function statusOfRefusal(code: RefusalCode): number {
  switch (code) {
    case 'request_malformed':
    case 'path_malformed':
    case 'host_malformed':
    case 'header_malformed':
    case 'framing_ambiguous':
    case 'credential_malformed':
    case 'credentials_multiple':
    case 'resource_incomplete':
    case 'upgrade_malformed':
      return 400
    case 'credential_missing':
    case 'credential_not_accepted':
    case 'token_too_large':
    case 'token_malformed':
    case 'token_header_refused':
    case 'token_type_refused':
    case 'token_algorithm_refused':
    case 'token_key_unknown':
    case 'token_signature_invalid':
    case 'token_issuer_unknown':
    case 'token_audience_refused':
    case 'token_inactive':
    case 'token_expired':
    case 'token_not_yet_valid':
    case 'token_claims_invalid':
    case 'token_not_bound':
    case 'token_certificate_mismatch':
    case 'proof_missing':
    case 'proof_malformed':
    case 'proof_key_mismatch':
    case 'proof_mismatch':
    case 'proof_stale':
    case 'proof_nonce_required':
    case 'proof_signature_invalid':
    case 'proof_replayed':
    case 'api_key_invalid':
    case 'api_key_expired':
    case 'api_key_not_yet_valid':
    case 'caller_unknown':
      return 401
    case 'caller_not_allowed':
    case 'client_certificate_missing':
    case 'client_certificate_invalid':
    case 'client_certificate_refused':
    case 'origin_refused':
      return 403
    case 'route_unknown':
      return 404
    case 'method_unknown':
      return 405
    case 'request_timeout':
      return 408
    case 'body_too_large':
      return 413
    case 'expectation_not_supported':
      return 417
    case 'misdirected_request':
      return 421
    case 'rate_limited':
    case 'attempts_exhausted':
      return 429
    case 'headers_too_large':
    case 'too_many_headers':
      return 431
    case 'method_not_supported':
    case 'upgrade_not_supported':
      return 501
    case 'overloaded':
    case 'draining':
    case 'issuer_unavailable':
      return 503
  }
}

/** 401 where signing in again, better or anew, would change the answer (RFC 9470). */
export function statusOfDenial(reason: ReasonCode): 401 | 403 {
  return reason === 'step_up_required' ? 401 : 403
}

/** What the sign-in must be like, in the parameters of RFC 9470 section 3; null: none would help. */
export function challengeOfDenial({ reason, obligations }: Decision): string | null {
  if (reason !== 'step_up_required') return null
  const wanted = obligations.find(({ type }) => type === 'step_up')?.properties ?? {}
  const parts = ['Bearer error="insufficient_user_authentication"']
  parts.push('error_description="A stronger or more recent sign-in is required"')
  const { acr_values: acrValues, max_age: maxAgeS } = wanted
  if (Array.isArray(acrValues)) parts.push(`acr_values="${acrValues.join(' ')}"`)
  if (typeof maxAgeS === 'number') parts.push(`max_age="${maxAgeS}"`)
  return parts.join(', ')
}

export function statusOfFault(code: FaultCode): number {
  switch (code) {
    case 'ERR_UPSTREAM_CONNECT':
    case 'ERR_UPSTREAM_PROTOCOL':
    case 'ERR_UPSTREAM_RESET':
    case 'ERR_TOKEN_EXCHANGE_REFUSED':
      return 502
    case 'ERR_ISSUER_UNAVAILABLE':
    case 'ERR_TOKEN_EXCHANGE_UNAVAILABLE':
      return 503
    case 'ERR_UPSTREAM_TIMEOUT':
      return 504
    case 'ERR_LISTEN':
    case 'ERR_READ':
    case 'ERR_WRITE':
    case 'ERR_INTERNAL':
      return 500
  }
}

/**
 * WWW-Authenticate (RFC 6750 section 3), or null. A request without credentials is told no error
 * code; which check a token failed is for the log, not for whoever sent it.
 */
export function challengeOf(code: RefusalCode): string | null {
  if (code === 'credential_missing') return 'Bearer'
  if (code === 'credential_malformed' || code === 'credentials_multiple') {
    return 'Bearer error="invalid_request"'
  }
  const special = challenges.get(code)
  if (special !== undefined) return special
  return statusOfRefusal(code) === 401 ? 'Bearer error="invalid_token"' : null
}

/**
 * RFC 9728 section 5.1. INVARIANT: the URL is made of a scheme, an authority and a path that were
 * judged, none of which can hold a quote.
 */
export function withMetadata(challenge: string | null, url: string | null): string | null {
  if (challenge === null || url === null) return challenge
  return `${challenge}${challenge.includes(' ') ? ',' : ''} resource_metadata="${url}"`
}

const badProof = 'DPoP error="invalid_dpop_proof"'

/** RFC 9449 sections 7.1 and 8; where another scheme is at fault than Bearer. */
const challenges: ReadonlyMap<RefusalCode, string> = new Map([
  ['token_not_bound', 'DPoP error="invalid_token"'],
  ['proof_missing', 'DPoP error="invalid_token"'],
  ['proof_malformed', badProof],
  ['proof_key_mismatch', badProof],
  ['proof_mismatch', badProof],
  ['proof_stale', badProof],
  ['proof_nonce_required', 'DPoP error="use_dpop_nonce"'],
  ['proof_signature_invalid', badProof],
  ['proof_replayed', badProof],
  ['api_key_invalid', 'ApiKey'],
  ['api_key_expired', 'ApiKey'],
  ['api_key_not_yet_valid', 'ApiKey'],
])

const endings: ReadonlySet<RefusalCode> = new Set([
  'request_malformed',
  'host_malformed',
  'header_malformed',
  'framing_ambiguous',
  'headers_too_large',
  'too_many_headers',
  'request_timeout',
  'method_not_supported',
  'upgrade_not_supported',
  'expectation_not_supported',
  'draining',
])

/** After these the rest of the connection cannot be read with certainty, or is not wanted. */
export function endsConnection(code: RefusalCode): boolean {
  return endings.has(code)
}
