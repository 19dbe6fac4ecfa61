import { createPublicKey, KeyObject } from 'node:crypto'
import type { JWK } from 'jose'
import { importJWK } from 'jose/key/import'
import { type SignatureAlgorithm, signatureAlgorithms } from '../authenticate/options.ts'

/** A public key and the algorithms it may verify. */
export interface VerificationKey {
  readonly kid: string | null
  readonly algorithms: readonly SignatureAlgorithm[]
  readonly key: KeyObject
  /** Equal for equal keys that serve equal purposes. */
  readonly fingerprint: string
}

/** `warning` says what an operator should take up with the issuer; null when there is nothing wrong. */
export interface IgnoredKey {
  readonly warning: string | null
}

const minRsaBits = 2_048
// Verification time grows with the square of the modulus.
const maxRsaBits = 8_192
const maxRsaExponent = 2n ** 32n
const maxKeyIdLength = 256

const algorithmsByCurve: ReadonlyMap<string, readonly SignatureAlgorithm[]> = new Map([
  ['EC P-256', ['ES256']],
  ['EC P-384', ['ES384']],
  ['EC P-521', ['ES512']],
  ['OKP Ed25519', ['EdDSA', 'Ed25519']],
] as const)

const rsaAlgorithms = signatureAlgorithms.filter((name) => /^[RP]S/.test(name))

/** One member of a key set (RFC 7517). Whatever it holds, the worst answer is that it is ignored. */
export async function importKey(
  jwk: unknown,
  accepted: readonly SignatureAlgorithm[],
): Promise<VerificationKey | IgnoredKey> {
  if (typeof jwk !== 'object' || jwk === null) return { warning: 'a key is not a JSON object' }
  const member = jwk as Readonly<Record<string, unknown>>
  const { kid, kty, alg, use } = member
  if (kid !== undefined && (typeof kid !== 'string' || kid.length > maxKeyIdLength)) {
    return { warning: 'a key has a "kid" that is not a short string' }
  }
  const name = kid === undefined ? 'a key without "kid"' : `key ${JSON.stringify(kid)}`
  const warning = suspicionOf(member)
  if (warning !== null) return { warning: `${name} ${warning}` }
  if ((use !== undefined && use !== 'sig') || !mayVerify(member['key_ops']))
    return { warning: null }
  const algorithms = suitableAlgorithms(kty, member['crv'], alg).filter(
    (suitable) => accepted.includes(suitable) && agrees(alg, suitable),
  )
  const [first] = algorithms
  if (first === undefined) return { warning: null }
  const imported = await importPublic(member, first)
  if (imported === null) return { warning: `${name} cannot be imported` }
  const weakness = weaknessOf(imported)
  if (weakness !== null) return { warning: `${name} ${weakness}` }
  const spki = imported.export({ format: 'der', type: 'spki' }).toString('base64')
  return {
    kid: kid ?? null,
    algorithms,
    key: imported,
    fingerprint: JSON.stringify([kid ?? null, algorithms, spki]),
  }
}

function suspicionOf(member: Readonly<Record<string, unknown>>): string | null {
  if (member['kty'] === 'oct' || Object.hasOwn(member, 'k')) {
    return 'is symmetric: whoever reads the key set can sign with it'
  }
  return Object.hasOwn(member, 'd') || Object.hasOwn(member, 'priv')
    ? 'is published with its private part'
    : null
}

function mayVerify(operations: unknown): boolean {
  return operations === undefined || (Array.isArray(operations) && operations.includes('verify'))
}

function suitableAlgorithms(
  kty: unknown,
  crv: unknown,
  alg: unknown,
): readonly SignatureAlgorithm[] {
  // The algorithm is part of such a key.
  if (kty === 'AKP')
    return signatureAlgorithms.filter((name) => name.startsWith('ML-DSA-') && name === alg)
  if (kty === 'RSA') return rsaAlgorithms
  return algorithmsByCurve.get(`${String(kty)} ${String(crv)}`) ?? []
}

/** RFC 9864 gives what `EdDSA` means with this curve a second name. */
function agrees(alg: unknown, suitable: SignatureAlgorithm): boolean {
  if (alg === undefined || alg === suitable) return true
  return (alg === 'EdDSA' && suitable === 'Ed25519') || (alg === 'Ed25519' && suitable === 'EdDSA')
}

// Only the members that make the public key go in: no certificate chain, no URL.
async function importPublic(
  { kty, n, e, crv, x, y, pub }: Readonly<Record<string, unknown>>,
  algorithm: SignatureAlgorithm,
): Promise<KeyObject | null> {
  if (kty === 'AKP') return importAlgorithmKey(algorithm, pub)
  const members =
    kty === 'RSA' ? { kty, n, e } : kty === 'EC' ? { kty, crv, x, y } : { kty, crv, x }
  try {
    const imported = await importJWK(members as JWK, algorithm)
    return imported instanceof Uint8Array ? null : KeyObject.from(imported)
  } catch {
    return null
  }
}

/** By Node.js itself: what jose goes through announces itself as an experiment. */
function importAlgorithmKey(alg: SignatureAlgorithm, pub: unknown): KeyObject | null {
  if (typeof pub !== 'string') return null
  const members: object = { kty: 'AKP', alg, pub }
  try {
    return createPublicKey({ key: members, format: 'jwk' })
  } catch {
    return null
  }
}

function weaknessOf(key: KeyObject): string | null {
  if (key.asymmetricKeyType !== 'rsa') return null
  const { modulusLength = 0, publicExponent = 0n } = key.asymmetricKeyDetails ?? {}
  if (modulusLength < minRsaBits || modulusLength > maxRsaBits) {
    return `has ${modulusLength} bits, accepted are ${minRsaBits} to ${maxRsaBits}`
  }
  // With an exponent of 1 every signature is its own message.
  return publicExponent < 3n || publicExponent % 2n === 0n || publicExponent > maxRsaExponent
    ? 'has an exponent nobody uses in earnest'
    : null
}
