import { Buffer, isUtf8 } from 'node:buffer'
import { refuse, type Refusal } from '../model/refusal.ts'
import { type SignatureAlgorithm, signatureAlgorithms } from './options.ts'
import { quoted } from './quoted.ts'
import { parseStrictJson } from './strict-json.ts'

/** Read, not believed: nothing in it is verified yet. */
export interface CompactToken {
  readonly algorithm: SignatureAlgorithm
  readonly keyId: string | null
  /** Lower case, without `application/`; null when the header has none. */
  readonly type: string | null
  readonly payload: Readonly<Record<string, unknown>>
  readonly signingInput: Buffer
  readonly signature: Buffer
}

type JsonObject = Readonly<Record<string, unknown>>

// Wrapped, because the object is the client's and could dress up as a Refusal.
type ObjectRead =
  | { readonly ok: true; readonly value: JsonObject }
  | { readonly ok: false; readonly refusal: Refusal }

const maxHeaderDepth = 4
const maxPayloadDepth = 16
const maxKeyIdLength = 256

/**
 * Header members that let a token say how or with what it is to be verified (RFC 8725 sections
 * 3.1 and 3.10), change what is signed (RFC 7797), or demand extensions we do not have (RFC 7515
 * section 4.1.11).
 */
const refusedHeaderMembers = ['crit', 'jwk', 'jku', 'x5u', 'x5c', 'b64', 'zip', 'enc'] as const

const algorithms: ReadonlySet<string> = new Set(signatureAlgorithms)

/** JWS compact serialisation (RFC 7515 section 7.1), in the one spelling a signer produces. */
export function readCompactToken(token: string): CompactToken | Refusal {
  const segments = token.split('.', 6)
  const [headerText, payloadText, signatureText] = segments
  if (
    segments.length !== 3 ||
    headerText === undefined ||
    payloadText === undefined ||
    signatureText === undefined
  ) {
    return refuse(
      'token_malformed',
      segments.length === 5
        ? 'An encrypted token (JWE) is not accepted'
        : 'Not a JWT: a signed token has three segments separated by dots',
    )
  }
  const header = readObject('header', headerText, maxHeaderDepth)
  if (!header.ok) return header.refusal
  const named = readHeader(header.value)
  if ('kind' in named) return named
  const payload = readObject('payload', payloadText, maxPayloadDepth)
  if (!payload.ok) return payload.refusal
  const signature = decodeCanonical(signatureText)
  if (signature === null || signature.length === 0) {
    return refuse(
      'token_malformed',
      signature === null
        ? 'The token signature is not canonical base64url'
        : 'The token has no signature',
    )
  }
  const signingInput = Buffer.from(
    token.slice(0, headerText.length + 1 + payloadText.length),
    'latin1',
  )
  return { ...named, payload: payload.value, signingInput, signature }
}

function readHeader(
  header: JsonObject,
): Pick<CompactToken, 'algorithm' | 'keyId' | 'type'> | Refusal {
  for (const name of refusedHeaderMembers) {
    if (Object.hasOwn(header, name)) {
      return refuse(
        'token_header_refused',
        `The token header has "${name}", which is never accepted`,
      )
    }
  }
  const { alg, kid, typ } = header
  if (typeof alg !== 'string') {
    return refuse('token_algorithm_refused', 'The token header names no algorithm')
  }
  if (!isSignatureAlgorithm(alg)) {
    return refuse(
      'token_algorithm_refused',
      `Algorithm ${quoted(alg)} is never accepted: only asymmetric signatures are`,
    )
  }
  if (kid !== undefined && (typeof kid !== 'string' || kid.length > maxKeyIdLength)) {
    return refuse('token_header_refused', `"kid" is not a string of at most ${maxKeyIdLength}`)
  }
  if (typ !== undefined && typeof typ !== 'string') {
    return refuse('token_type_refused', '"typ" is not a string')
  }
  return { algorithm: alg, keyId: kid ?? null, type: typ === undefined ? null : mediaType(typ) }
}

/** RFC 7515 section 4.1.9: `application/` may be left out; media types have no case. */
export function mediaType(type: string): string {
  const lower = type.toLowerCase()
  return lower.startsWith('application/') ? lower.slice('application/'.length) : lower
}

function readObject(part: 'header' | 'payload', segment: string, maxDepth: number): ObjectRead {
  const bytes = decodeCanonical(segment)
  if (bytes === null) return malformed(`The token ${part} is not canonical base64url`)
  if (!isUtf8(bytes)) return malformed(`The token ${part} is not UTF-8`)
  const json = parseStrictJson(bytes.toString('utf8'), maxDepth)
  if (!json.ok) {
    const detail = `The token ${part} ${json.reason}`
    if (!json.isRounded) return malformed(detail)
    return { ok: false, refusal: refuse('token_claims_invalid', detail) }
  }
  const { value } = json
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return malformed(`The token ${part} is not a JSON object`)
  }
  return { ok: true, value: value as JsonObject }
}

/**
 * One token, one spelling: without the comparison, padding, the other alphabet and stray trailing
 * bits would give many strings for one signature.
 */
export function decodeCanonical(segment: string): Buffer | null {
  const bytes = Buffer.from(segment, 'base64url')
  return bytes.toString('base64url') === segment ? bytes : null
}

function isSignatureAlgorithm(alg: string): alg is SignatureAlgorithm {
  return algorithms.has(alg)
}

function malformed(detail: string): ObjectRead {
  return { ok: false, refusal: refuse('token_malformed', detail) }
}
