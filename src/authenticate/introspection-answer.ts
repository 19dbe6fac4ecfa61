import type { Identity } from '../model/identity.ts'
import { refuse, type Refusal } from '../model/refusal.ts'
import { readValidity, refuseAudience, refuseDates, type Validity } from './claims.ts'
import { refuseClaims } from './claim-rules.ts'
import { buildIdentity } from './identity.ts'
import type { IssuerOptions } from './options.ts'
import { quoted } from './quoted.ts'
import { parseStrictJson } from './strict-json.ts'

const maxDepth = 16

export interface ActiveToken {
  readonly identity: Identity
  readonly validity: Validity
}

/**
 * An answer of the endpoint, judged as strictly as a token (RFC 7662 section 2.2). `issuer_unavailable`
 * says that it is no answer: nothing is known of the token then.
 */
export function readIntrospection(
  text: string,
  issuer: IssuerOptions,
  nowMs: number,
  skewS: number,
  keptForS: number,
): ActiveToken | Refusal {
  const json = parseStrictJson(text, maxDepth)
  if (!json.ok) return unusable(`The introspection answer ${json.reason}`)
  const { value } = json
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return unusable('The introspection answer is not a JSON object')
  }
  const answer = value as Readonly<Record<string, unknown>>
  const { active } = answer
  if (typeof active !== 'boolean') {
    return unusable('The introspection answer has no "active" that is true or false')
  }
  if (!active) return refuse('token_inactive', 'The issuer says that the token is not active')
  const refusal = refuseKind(answer, issuer) ?? refuseAudience(answer['aud'], issuer)
  if (refusal !== null) return refusal
  // RFC 7662 makes "exp" optional: without it the answer holds for as long as it is kept.
  const exp = answer['exp'] ?? Math.floor(nowMs / 1_000) + keptForS
  const validity = readValidity({ ...answer, exp })
  if ('kind' in validity) return validity
  const late = refuseDates(validity, nowMs, skewS) ?? refuseClaims(answer, issuer)
  if (late !== null) return late
  const identity = buildIdentity(answer, validity, issuer)
  return 'kind' in identity ? identity : { identity, validity }
}

function refuseKind(
  { iss, token_type: type }: Readonly<Record<string, unknown>>,
  { issuer }: IssuerOptions,
): Refusal | null {
  if (iss !== undefined && iss !== issuer) {
    return refuse(
      'token_issuer_unknown',
      `The token is of issuer ${typeof iss === 'string' ? quoted(iss) : 'of no text'}, not of the one asked`,
    )
  }
  if (type === undefined) return null
  if (typeof type !== 'string') return refuse('token_type_refused', '"token_type" is not a string')
  const known = type.toLowerCase()
  if (known === 'bearer' || known === 'dpop' || known === 'access_token') return null
  return refuse('token_type_refused', `Introspected token type ${quoted(type)}`)
}

function unusable(detail: string): Refusal {
  return refuse('issuer_unavailable', detail)
}
