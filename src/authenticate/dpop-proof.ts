import { hash } from 'node:crypto'
import { isUtf8 } from 'node:buffer'
import { refuse, type Refusal } from '../model/refusal.ts'
import { type CompactToken, decodeCanonical, mediaType } from './compact-token.ts'
import type { SignatureAlgorithm } from './options.ts'
import { type ProofKey, readProofKey } from './proof-key.ts'
import { quoted } from './quoted.ts'
import { parseStrictJson } from './strict-json.ts'

/** A DPoP proof (RFC 9449 section 4.2) that was read, and whose signature is not verified yet. */
export interface DpopProof {
  readonly key: ProofKey
  readonly method: string
  readonly url: string
  readonly id: string
  readonly issuedAtS: number
  readonly tokenHash: string
  readonly nonce: string | null
  /** For its signature. */
  readonly signed: CompactToken
}

const proofType = 'dpop+jwt'
/** A proof holds a key of some hundred characters and a handful of claims. */
const maxProofLength = 4_096
const maxDepth = 4
const maxIdLength = 256
const maxNonceLength = 256
const maxUrlLength = 2_048
/** Beyond these a header says how it wants to be verified, which is not for it to say. */
const headerMembers: ReadonlySet<string> = new Set(['typ', 'alg', 'jwk', 'kid'])
const maxNumericDateS = 253_402_300_799

type JsonObject = Readonly<Record<string, unknown>>

/** RFC 9449 section 4.3, checks 2 to 7, and what 8 to 12 need: strict, and in one spelling. */
export function readProof(
  text: string,
  algorithms: readonly SignatureAlgorithm[],
): DpopProof | Refusal {
  if (text.length > maxProofLength) {
    return malformed(`has ${text.length} characters, accepted are ${maxProofLength}`)
  }
  const segments = text.split('.', 4)
  const [headerText, claimsText, signatureText] = segments
  if (
    segments.length !== 3 ||
    headerText === undefined ||
    claimsText === undefined ||
    signatureText === undefined
  ) {
    return malformed('is not one JWT')
  }
  const header = readObject(headerText)
  if (typeof header === 'string') return malformed(`has a header that ${header}`)
  const { typ, alg, jwk } = header
  if (typeof typ !== 'string' || mediaType(typ) !== proofType) {
    return malformed(`is not of type "${proofType}"`)
  }
  for (const name of Object.keys(header)) {
    if (!headerMembers.has(name)) return malformed(`has ${quoted(name)} in its header`)
  }
  const algorithm = algorithms.find((accepted) => accepted === alg)
  if (algorithm === undefined) {
    return malformed(`is signed with ${quoted(String(alg))}, accepted are ${algorithms.join(', ')}`)
  }
  const key = readProofKey(jwk, algorithm)
  if (typeof key === 'string') return malformed(`is unusable: ${key}`)
  const claims = readObject(claimsText)
  if (typeof claims === 'string') return malformed(`has claims of which the text ${claims}`)
  const signature = decodeCanonical(signatureText)
  if (signature === null || signature.length === 0) return malformed('has no signature')
  const { htm, htu, jti, iat, ath, nonce } = claims
  if (!isText(jti, maxIdLength)) return malformed(`has no "jti" of 1 to ${maxIdLength} characters`)
  if (!isText(htm, maxIdLength)) return malformed('has no "htm"')
  if (!isText(htu, maxUrlLength)) return malformed('has no "htu"')
  if (!isText(ath, maxIdLength)) return malformed('has no "ath"')
  if (typeof iat !== 'number' || !(iat >= 0 && iat <= maxNumericDateS)) {
    return malformed('has no "iat" in seconds since 1970')
  }
  if (nonce !== undefined && !isText(nonce, maxNonceLength)) {
    return malformed('has a "nonce" that is none')
  }
  const signingInput = Buffer.from(`${headerText}.${claimsText}`, 'latin1')
  return {
    key,
    method: htm,
    url: htu,
    id: jti,
    issuedAtS: iat,
    tokenHash: ath,
    nonce: nonce ?? null,
    signed: { algorithm, keyId: null, type: proofType, payload: claims, signingInput, signature },
  }
}

/** `ath` (RFC 9449 section 4.2): of the token exactly as it came. */
export function hashToken(token: string): string {
  return hash('sha256', token, 'base64url')
}

function readObject(segment: string): JsonObject | string {
  const bytes = decodeCanonical(segment)
  if (bytes === null || !isUtf8(bytes)) return 'is not canonical base64url of UTF-8'
  const json = parseStrictJson(bytes.toString('utf8'), maxDepth)
  if (!json.ok) return json.reason
  const { value } = json
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return 'is not a JSON object'
  }
  return value as JsonObject
}

function isText(value: unknown, maxLength: number): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= maxLength
}

function malformed(what: string): Refusal {
  return refuse('proof_malformed', `The DPoP proof ${what}`)
}
