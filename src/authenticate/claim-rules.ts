import { refuse, type Refusal } from '../model/refusal.ts'
import { findClaim } from './find-claim.ts'
import type { IssuerOptions, RequiredClaim } from './options.ts'
import { quoted } from './quoted.ts'

/** What RFC 9068 section 2.2 requires besides `iss`, `exp` and `aud`, which are required of all. */
const profileClaims = ['sub', 'client_id', 'jti'] as const

/** What the issuer's options require of the claims, besides those that every token has to have. */
export function refuseClaims(
  payload: Readonly<Record<string, unknown>>,
  { requiredClaims }: IssuerOptions,
): Refusal | null {
  for (const required of requiredClaims) {
    if (!isMet(payload, required)) return refuseClaim(required)
  }
  return null
}

/** RFC 9068 section 4, of what is not checked for every token. */
export function refuseUnprofiled(payload: Readonly<Record<string, unknown>>): Refusal | null {
  for (const claim of profileClaims) {
    const value = payload[claim]
    if (typeof value !== 'string' || value === '') {
      return refuse('token_claims_invalid', `"${claim}" is missing, which RFC 9068 requires`)
    }
  }
  return payload['iat'] === undefined
    ? refuse('token_claims_invalid', '"iat" is missing, which RFC 9068 requires')
    : null
}

function isMet(
  payload: Readonly<Record<string, unknown>>,
  { claim, values }: RequiredClaim,
): boolean {
  const value = findClaim(payload, claim)
  if (Array.isArray(value)) return value.some((one) => isOne(values, one))
  // RFC 8693 section 4.2: several, separated by spaces.
  if (claim === 'scope' && typeof value === 'string') {
    return value.split(' ').some((one) => isOne(values, one))
  }
  return isOne(values, value)
}

/** Without conversion: `"true"` is not `true`. */
function isOne(values: readonly unknown[], value: unknown): boolean {
  return values.includes(value)
}

function refuseClaim({ claim, values }: RequiredClaim): Refusal {
  const wanted = values.map((value) => quoted(String(value))).join(' or ')
  return refuse('token_claims_invalid', `"${claim}" is not ${wanted}`)
}
