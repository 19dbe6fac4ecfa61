import type { RefusalCode } from '../model/refusal.ts'

/** What a refused call is answered with; AuthZEN knows 400, 401, 403 and 500 beside HTTP's own. */
export interface RefusedStatus {
  readonly status: number
  /** WWW-Authenticate, or null. */
  readonly challenge: string | null
  /** Says nothing that only the log should know. */
  readonly message: string
}

const missing = {
  status: 401,
  challenge: 'Bearer realm="sallyport"',
  message: 'The caller did not authenticate: send a key or a token in Authorization',
}
const invalid = {
  status: 401,
  challenge: 'Bearer realm="sallyport", error="invalid_token"',
  message: 'The key or token in Authorization is not accepted',
}
const several = { status: 400, challenge: null, message: 'Authorization was sent more than once' }
const forbidden = { status: 403, challenge: null, message: 'This caller may not ask for decisions' }
const unavailable = {
  status: 503,
  challenge: null,
  message: 'The token cannot be verified at the moment',
}

const exhausted = {
  status: 429,
  challenge: null,
  message: 'Too many keys and tokens from this address were not accepted lately',
}

const others: Partial<Record<RefusalCode, RefusedStatus>> = {
  credential_missing: missing,
  credentials_multiple: several,
  caller_not_allowed: forbidden,
  issuer_unavailable: unavailable,
  attempts_exhausted: exhausted,
  overloaded: unavailable,
}

/** Every other no about a caller means that the credential is not accepted. */
export function statusOfRefusedCaller(code: RefusalCode): RefusedStatus {
  return others[code] ?? invalid
}
