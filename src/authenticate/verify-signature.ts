import { constants, type KeyObject, type VerifyKeyObjectInput, verify } from 'node:crypto'
import type { CompactToken } from './compact-token.ts'
import type { SignatureAlgorithm } from './options.ts'

interface SignatureScheme {
  /** Null where the scheme fixes its own (RFC 8032). */
  readonly hash: string | null
  readonly parameters: Omit<VerifyKeyObjectInput, 'key'>
  /** Bytes; null where it is the length of the modulus. */
  readonly signatureLength: number | null
}

function pkcs1(hash: string): SignatureScheme {
  return { hash, parameters: { padding: constants.RSA_PKCS1_PADDING }, signatureLength: null }
}

/** RFC 7518 section 3.5: the salt is exactly as long as the hash. */
function pss(hash: string, saltLength: number): SignatureScheme {
  const parameters = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }
  return { hash, parameters, signatureLength: null }
}

/** RFC 7518 section 3.4: R and S side by side, not DER. */
function ecdsa(hash: string, signatureLength: number): SignatureScheme {
  return { hash, parameters: { dsaEncoding: 'ieee-p1363' }, signatureLength }
}

/** RFC 8032 section 5.1.6. */
const ed25519: SignatureScheme = { hash: null, parameters: {}, signatureLength: 64 }

/** FIPS 204, section 4; with an empty context string. */
function mlDsa(signatureLength: number): SignatureScheme {
  return { hash: null, parameters: {}, signatureLength }
}

const schemes = {
  RS256: pkcs1('sha256'),
  RS384: pkcs1('sha384'),
  RS512: pkcs1('sha512'),
  PS256: pss('sha256', 32),
  PS384: pss('sha384', 48),
  PS512: pss('sha512', 64),
  ES256: ecdsa('sha256', 64),
  ES384: ecdsa('sha384', 96),
  ES512: ecdsa('sha512', 132),
  EdDSA: ed25519,
  Ed25519: ed25519,
  'ML-DSA-44': mlDsa(2_420),
  'ML-DSA-65': mlDsa(3_309),
  'ML-DSA-87': mlDsa(4_627),
} satisfies Record<SignatureAlgorithm, SignatureScheme>

/**
 * On the thread pool, so that a flood of forged tokens does not hold up requests with good ones.
 * `node:crypto` rather than jose, which is stricter in nothing here, costs about twice as much and
 * answers a bad signature with an exception, whose stack an attacker would have us build.
 * INVARIANT: the key source found `key` for exactly this algorithm.
 */
export function verifySignature(token: CompactToken, key: KeyObject): Promise<boolean> {
  const { hash, parameters } = schemes[token.algorithm]
  // RFC 8017 sections 8.1.2 and 8.2.2 begin with the length. OpenSSL lets PSS signatures without
  // their leading zeros pass, which would give one signature two spellings.
  if (token.signature.length !== signatureLength(token.algorithm, key)) {
    return Promise.resolve(false)
  }
  return new Promise((resolve) => {
    verify(hash, token.signingInput, { key, ...parameters }, token.signature, (error, isValid) => {
      resolve(error === null && isValid)
    })
  })
}

/** Of moduli, in bytes: Node.js reads the whole key to tell. */
const lengths = new WeakMap<KeyObject, number>()

function signatureLength(algorithm: SignatureAlgorithm, key: KeyObject): number {
  const fixed = schemes[algorithm].signatureLength
  if (fixed !== null) return fixed
  let length = lengths.get(key)
  if (length === undefined) {
    length = Math.ceil((key.asymmetricKeyDetails?.modulusLength ?? 0) / 8)
    lengths.set(key, length)
  }
  return length
}
