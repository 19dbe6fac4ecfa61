export const refusalCodes = [
  // listen
  'request_malformed',
  'path_malformed',
  'host_malformed',
  'header_malformed',
  'framing_ambiguous',
  'headers_too_large',
  'too_many_headers',
  'body_too_large',
  'request_timeout',
  'method_not_supported',
  'upgrade_not_supported',
  'upgrade_malformed',
  'origin_refused',
  'expectation_not_supported',
  'overloaded',
  'draining',
  'misdirected_request',
  'rate_limited',
  'client_certificate_missing',
  'client_certificate_invalid',
  // authenticate
  'credential_missing',
  'credential_malformed',
  'credentials_multiple',
  'credential_not_accepted',
  'token_too_large',
  'token_malformed',
  'token_header_refused',
  'token_type_refused',
  'token_algorithm_refused',
  'token_key_unknown',
  'token_signature_invalid',
  'token_issuer_unknown',
  'token_audience_refused',
  'token_inactive',
  'token_expired',
  'token_not_yet_valid',
  'token_claims_invalid',
  'token_not_bound',
  'token_certificate_mismatch',
  'proof_missing',
  'proof_malformed',
  'proof_key_mismatch',
  'proof_mismatch',
  'proof_stale',
  'proof_nonce_required',
  'proof_signature_invalid',
  'proof_replayed',
  'api_key_invalid',
  'api_key_expired',
  'api_key_not_yet_valid',
  'client_certificate_refused',
  'issuer_unavailable',
  'attempts_exhausted',
  // route
  'route_unknown',
  'method_unknown',
  'resource_incomplete',
  // check
  'caller_unknown',
  'caller_not_allowed',
] as const

export type RefusalCode = (typeof refusalCodes)[number]

/**
 * An expected no before a decision: a value, returned and never thrown, so that an attacker cannot
 * make us build stack traces. `detail` is for the log, never for the client, and holds no secret.
 */
export interface Refusal {
  readonly kind: 'refusal'
  readonly code: RefusalCode
  readonly detail: string
  /** What the next DPoP proof is to carry (RFC 9449 section 8). */
  readonly dpopNonce?: string
}

export function refuse(code: RefusalCode, detail: string): Refusal {
  return { kind: 'refusal', code, detail }
}
