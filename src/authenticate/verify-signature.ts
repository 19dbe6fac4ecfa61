import { constants, type KeyObject, type VerifyKeyObjectInput, verify } from 'node:crypto'
import type { CompactToken } from './compact-token.ts'
import type { SignatureAlgorithm } from './options.ts'

interface SignatureScheme {
  /** Null where the scheme fixes its own (RFC 8032). */
  readonly hash: string | null
  readonly parameters: Omit<VerifyKeyObjectInput, 'key'>
}

function pkcs1(hash: string): SignatureScheme {
  return { hash, parameters: { padding: constants.RSA_PKCS1_PADDING } }
}

/** RFC 7518 section 3.5: the salt is exactly as long as the hash. */
function pss(hash: string, saltLength: number): SignatureScheme {
  return { hash, parameters: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength } }
}

/** RFC 7518 section 3.4: R and S side by side, not DER. */
function ecdsa(hash: string): SignatureScheme {
  return { hash, parameters: { dsaEncoding: 'ieee-p1363' } }
}

const schemes = {
  RS256: pkcs1('sha256'),
  RS384: pkcs1('sha384'),
  RS512: pkcs1('sha512'),
  PS256: pss('sha256', 32),
  PS384: pss('sha384', 48),
  PS512: pss('sha512', 64),
  ES256: ecdsa('sha256'),
  ES384: ecdsa('sha384'),
  ES512: ecdsa('sha512'),
  EdDSA: { hash: null, parameters: {} },
  Ed25519: { hash: null, parameters: {} },
} satisfies Record<SignatureAlgorithm, SignatureScheme>

/**
 * On the thread pool, so that a flood of forged tokens does not hold up requests with good ones.
 * `node:crypto` rather than jose, which is stricter in nothing here, costs about twice as much and
 * answers a bad signature with an exception, whose stack an attacker would have us build.
 * INVARIANT: the key source found `key` for exactly this algorithm.
 */
export function verifySignature(token: CompactToken, key: KeyObject): Promise<boolean> {
  const { hash, parameters } = schemes[token.algorithm]
  return new Promise((resolve) => {
    verify(hash, token.signingInput, { key, ...parameters }, token.signature, (error, isValid) => {
      resolve(error === null && isValid)
    })
  })
}
