import type { ReasonCode } from '../model/decision.ts'
import type { FaultCode } from '../model/fault.ts'
import type { RefusalCode } from '../model/refusal.ts'

/**
 * What whoever sent the request is told: one sentence that says what to do, and nothing about how
 * the gateway, its policy or the upstream are made.
 */
const refusalSentences = {
  request_malformed: 'The request is not valid HTTP/1.1.',
  path_malformed:
    'The path of the request can be read in more than one way, so it was not forwarded; send it without encoded slashes, dots or control characters.',
  host_malformed: 'The request must name exactly one valid host.',
  header_malformed: 'A header field of the request is malformed or not accepted here.',
  framing_ambiguous: 'It is not clear where the body of the request ends.',
  headers_too_large: 'The header of the request is too large.',
  too_many_headers: 'The request has too many header fields.',
  body_too_large: 'The body of the request is larger than accepted here.',
  request_timeout: 'The request did not arrive in time.',
  method_not_supported: 'This method is not offered here.',
  upgrade_not_supported: 'Connections cannot be upgraded to another protocol here.',
  upgrade_malformed: 'The request to switch to another protocol is malformed.',
  origin_refused: 'Pages of that site may not connect here.',
  expectation_not_supported: 'The expectation of the request cannot be met.',
  overloaded: 'Too many requests at the moment; try again in a little while.',
  draining: 'This server is shutting down; try again.',
  misdirected_request: 'This connection is for another host.',
  rate_limited: 'Too many requests came from you lately; try again when Retry-After says so.',
  client_certificate_missing: 'A client certificate is needed here.',
  client_certificate_invalid: 'The client certificate is not accepted.',
  credential_missing:
    'You are not signed in: the request needs an access token in the Authorization header.',
  credential_malformed:
    'The Authorization header must hold the word Bearer and one access token, nothing else.',
  credentials_multiple: 'The request carries more than one credential; send exactly one.',
  credential_not_accepted: 'This kind of credential is not accepted here.',
  token_too_large: 'The access token is too large to be accepted.',
  token_malformed: 'The access token is not well formed; sign in again to get a new one.',
  token_header_refused: 'The access token is of a kind that is not accepted here.',
  token_type_refused:
    'The token is not an access token; send an access token, not for example an ID token.',
  token_algorithm_refused: 'The access token is signed in a way that is not accepted here.',
  token_key_unknown:
    'The signature of the access token could not be checked; sign in again to get a new one.',
  token_signature_invalid: 'The signature of the access token is not valid.',
  token_issuer_unknown: 'The access token comes from an issuer that is not trusted here.',
  token_audience_refused: 'The access token was issued for another service.',
  token_inactive: 'The access token is no longer good; sign in again to get a new one.',
  token_expired: 'The access token has expired; sign in again to get a new one.',
  token_not_yet_valid: 'The access token is not valid yet.',
  token_claims_invalid: 'The access token lacks something that is required here.',
  token_not_bound: 'Here the access token has to be bound to a key that you can prove to hold.',
  token_certificate_mismatch:
    'The access token is bound to a client certificate that this connection does not have.',
  proof_missing:
    'The access token is bound to a key: send it with the DPoP scheme and a proof that you hold that key.',
  proof_malformed: 'The DPoP proof is not well formed.',
  proof_key_mismatch: 'The DPoP proof is of another key than the access token.',
  proof_mismatch: 'The DPoP proof is of another request or another access token.',
  proof_stale: 'The DPoP proof is too old, or from the future: check the clock and make a new one.',
  proof_nonce_required: 'Make a new DPoP proof with the nonce in the DPoP-Nonce header.',
  proof_signature_invalid: 'The signature of the DPoP proof is not valid.',
  proof_replayed: 'The DPoP proof was used before; make a new one for each request.',
  api_key_invalid: 'The API key is not known here.',
  api_key_expired: 'The API key has expired.',
  api_key_not_yet_valid: 'The API key is not valid yet.',
  client_certificate_refused: 'The client certificate names nobody who is known here.',
  issuer_unavailable:
    'Your sign-in cannot be checked at the moment because the identity provider cannot be reached; try again in a little while.',
  attempts_exhausted:
    'Too many access tokens from your address were not valid; try again in a little while.',
  route_unknown: 'There is nothing at this address.',
  method_unknown: 'This address exists, but not for this method.',
  resource_incomplete: 'The request does not say completely which resource it is about.',
  caller_unknown: 'The calling service is not known here.',
  caller_not_allowed: 'The calling service may not ask for decisions.',
} as const satisfies Record<RefusalCode, string>

const denialSentence =
  'You are signed in, but the policy does not allow you to do this; if you think it should, give the decision id to whoever administers it.'

const stepUpSentence =
  'You are signed in, but this needs a stronger or more recent sign-in: sign in again and try once more.'

const faultSentences = {
  ERR_UPSTREAM_CONNECT: 'The application behind this gateway cannot be reached at the moment.',
  ERR_UPSTREAM_TIMEOUT: 'The application behind this gateway did not answer in time.',
  ERR_UPSTREAM_PROTOCOL: 'The application behind this gateway gave an answer that is not valid.',
  ERR_UPSTREAM_RESET:
    'The application behind this gateway closed the connection before it answered.',
  ERR_ISSUER_UNAVAILABLE: 'The identity provider cannot be reached at the moment.',
  ERR_TOKEN_EXCHANGE_REFUSED:
    'The application behind this gateway needs a token of its own, and none could be had for you.',
  ERR_TOKEN_EXCHANGE_UNAVAILABLE:
    'The application behind this gateway needs a token of its own, and none can be had at the moment.',
  ERR_LISTEN: 'Something went wrong here.',
  ERR_READ: 'Something went wrong here.',
  ERR_WRITE: 'Something went wrong here.',
  ERR_INTERNAL: 'Something went wrong here; the request was not forwarded.',
} as const satisfies Record<FaultCode, string>

export function explainRefusal(code: RefusalCode): string {
  return refusalSentences[code]
}

/** The same for every reason a person can do nothing about: which rule denied is for the log. */
export function explainDenial(reason: ReasonCode): string {
  return reason === 'step_up_required' ? stepUpSentence : denialSentence
}

export function explainFault(code: FaultCode): string {
  return faultSentences[code]
}
