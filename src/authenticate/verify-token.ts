import type { Identity } from '../model/identity.ts'
import { refuse, type Refusal } from '../model/refusal.ts'
import { readValidity, refuseDates, refuseProfile, type Validity } from './claims.ts'
import { type CompactToken, readCompactToken } from './compact-token.ts'
import { buildIdentity } from './identity.ts'
import type { IssuerKeys, KeyLookup, KeySource } from './key-source.ts'
import type { IssuerOptions } from './options.ts'
import { quoted } from './quoted.ts'
import { verifySignature } from './verify-signature.ts'

/** A configured issuer and where its keys are. */
export interface TrustedIssuer {
  readonly options: IssuerOptions
  readonly keys: IssuerKeys
}

/** A token that has everything but a verified signature. */
export interface Candidate {
  readonly token: CompactToken
  readonly issuer: TrustedIssuer
  readonly validity: Validity
}

export function trustIssuers(
  issuers: readonly IssuerOptions[],
  keys: KeySource,
): ReadonlyMap<string, TrustedIssuer> {
  const trusted = new Map<string, TrustedIssuer>()
  for (const options of issuers) {
    const issuerKeys = keys.keysOf(options.issuer)
    if (issuerKeys !== null) trusted.set(options.issuer, { options, keys: issuerKeys })
  }
  return trusted
}

/** Every check that needs no key. The unverified `iss` serves to find the issuer, nothing else. */
export function readCandidate(
  text: string,
  issuers: ReadonlyMap<string, TrustedIssuer>,
  nowMs: number,
  skewS: number,
): Candidate | Refusal {
  const token = readCompactToken(text)
  if ('kind' in token) return token
  const { iss } = token.payload
  if (typeof iss !== 'string') return refuse('token_issuer_unknown', 'The token names no issuer')
  const issuer = issuers.get(iss)
  if (issuer === undefined) {
    return refuse('token_issuer_unknown', `Issuer ${quoted(iss)} is not configured`)
  }
  const refusal = refuseProfile(token, issuer.options)
  if (refusal !== null) return refusal
  const validity = readValidity(token.payload)
  if ('kind' in validity) return validity
  return refuseDates(validity, nowMs, skewS) ?? { token, issuer, validity }
}

/** A key of this token's own issuer, for this token's own algorithm. */
export function findKey({ token, issuer }: Candidate): KeyLookup {
  return issuer.keys.findKey(token.keyId, token.algorithm)
}

export async function verifyCandidate(
  candidate: Candidate,
  lookup: KeyLookup,
): Promise<Identity | Refusal> {
  if (lookup.kind !== 'found') return refuseKey(lookup, candidate)
  const { token, issuer, validity } = candidate
  if (!(await verifySignature(token, lookup.key))) {
    return refuse(
      'token_signature_invalid',
      `Not signed by key ${keyName(token)} of issuer ${quoted(issuer.options.issuer)}`,
    )
  }
  return buildIdentity(token.payload, validity, issuer.options)
}

export function refuseKey(
  lookup: Exclude<KeyLookup, { kind: 'found' }>,
  { token, issuer }: Candidate,
): Refusal {
  const name = quoted(issuer.options.issuer)
  return lookup.kind === 'unavailable'
    ? refuse('issuer_unavailable', `No keys of issuer ${name}: ${lookup.detail}`)
    : refuse('token_key_unknown', `Key ${keyName(token)} of issuer ${name}: ${lookup.detail}`)
}

function keyName({ keyId, algorithm }: CompactToken): string {
  return keyId === null ? `for ${algorithm} (no "kid")` : quoted(keyId)
}
