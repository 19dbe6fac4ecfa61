import { createPublicKey, hash, type KeyObject } from 'node:crypto'
import type { SignatureAlgorithm } from './options.ts'

/** The public key that a proof carries: its own members and nothing else of what came with it. */
export interface ProofKey {
  readonly members: Readonly<Record<string, string>>
  /** RFC 7638 thumbprint with SHA-256, base64url. */
  readonly thumbprint: string
}

/** RFC 7518 section 6.2.2 and 6.3.2, RFC 8037 section 2, and symmetric keys: none of it is for others. */
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv'] as const
const minRsaBits = 2_048
// The key is the client's choice, and the time grows with the square of its length.
const maxRsaBits = 4_096
const maxMemberLength = 1_024

const curves: Readonly<Partial<Record<SignatureAlgorithm, readonly [kty: string, crv: string]>>> = {
  ES256: ['EC', 'P-256'],
  ES384: ['EC', 'P-384'],
  ES512: ['EC', 'P-521'],
  EdDSA: ['OKP', 'Ed25519'],
  Ed25519: ['OKP', 'Ed25519'],
}

/** A text says what is wrong with it. */
export function readProofKey(jwk: unknown, algorithm: SignatureAlgorithm): ProofKey | string {
  if (typeof jwk !== 'object' || jwk === null || Array.isArray(jwk)) {
    return 'the header has no "jwk" with the public key'
  }
  const given = jwk as Readonly<Record<string, unknown>>
  for (const name of privateMembers) {
    if (Object.hasOwn(given, name)) return `"jwk" has the private member "${name}"`
  }
  const [kty, crv] = curves[algorithm] ?? ['RSA', undefined]
  if (given['kty'] !== kty || (crv !== undefined && given['crv'] !== crv)) {
    return `"jwk" is no key for ${algorithm}`
  }
  // In lexicographic order (RFC 7638 section 3.2).
  const names =
    kty === 'EC'
      ? ['crv', 'kty', 'x', 'y']
      : kty === 'OKP'
        ? ['crv', 'kty', 'x']
        : ['e', 'kty', 'n']
  const members: Record<string, string> = {}
  for (const name of names) {
    const value = Object.hasOwn(given, name) ? given[name] : undefined
    if (typeof value !== 'string' || value.length > maxMemberLength || !/^[\w-]+$/.test(value)) {
      return `"jwk" has no usable "${name}"`
    }
    members[name] = value
  }
  return { members, thumbprint: hash('sha256', JSON.stringify(members), 'base64url') }
}

/** Null for what is no point on its curve, or no RSA key anybody should use. */
export function importProofKey({ members }: ProofKey): KeyObject | null {
  let key: KeyObject
  try {
    key = createPublicKey({ format: 'jwk', key: members })
  } catch {
    return null
  }
  if (key.asymmetricKeyType !== 'rsa') return key
  const { modulusLength = 0, publicExponent = 0n } = key.asymmetricKeyDetails ?? {}
  const isStrong = modulusLength >= minRsaBits && modulusLength <= maxRsaBits
  return isStrong && publicExponent === 65_537n ? key : null
}
