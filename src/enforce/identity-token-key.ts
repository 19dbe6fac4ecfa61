import { createPrivateKey, createPublicKey, generateKeyPairSync, hash, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { JWK } from 'jose'
import { Fault } from '../model/fault.ts'

export interface SigningKey {
  readonly privateKey: KeyObject
  readonly publicJwk: JWK
  /** RFC 7638 thumbprint: every process with this key names it alike. */
  readonly kid: string
  /** The protected header of every token it signs, and the dot after it. */
  readonly header: string
}

/** What signs now, and what upstreams may meet: keys to come and keys that signed until lately too. */
export interface SigningKeys {
  readonly signing: SigningKey
  readonly published: readonly JWK[]
}

/** Who has the keys of now; they change while the process runs. */
export interface SigningKeySource {
  readonly current: SigningKeys
}

/** Over a channel of this program's own: never for a file. */
export interface PackedSigningKeys {
  /** PKCS#8 in DER form. */
  readonly signing: Uint8Array
  readonly published: readonly JWK[]
}

const maxKeyFileBytes = 16_384
const maxKeysOfFile = 8

/** A new key, known to this process only. */
export function createSigningKey(): SigningKey {
  return describeKey(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey)
}

/** Throws a Fault (`ERR_READ`) that says what is wrong, and nothing of what is in the file. */
export async function readSigningKeys(keyFile: string): Promise<readonly SigningKey[]> {
  let pem: string
  try {
    pem = await readFile(keyFile, 'utf8')
  } catch (error) {
    throw unusable(keyFile, 'the file cannot be read', error)
  }
  const keys = parseSigningKeys(pem)
  if (typeof keys === 'string') throw unusable(keyFile, keys)
  return keys
}

export function packSigningKeys({ signing, published }: SigningKeys): PackedSigningKeys {
  return { signing: signing.privateKey.export({ format: 'der', type: 'pkcs8' }), published }
}

export function unpackSigningKeys({ signing, published }: PackedSigningKeys): SigningKeys {
  const key = createPrivateKey({ key: Buffer.from(signing), format: 'der', type: 'pkcs8' })
  return { signing: describeKey(key), published }
}

/** One key or several, the first of which signs; or what is wrong with them. */
export function parseSigningKeys(pem: string): readonly SigningKey[] | string {
  if (pem.length > maxKeyFileBytes) return 'the file is too large for a key'
  const blocks = pem.match(/-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]+-----END [A-Z ]+-----/g) ?? []
  if (blocks.length > maxKeysOfFile) return `it holds more than ${maxKeysOfFile} keys`
  if (blocks.length === 0) return 'it holds no private key in PEM form'
  const keys: SigningKey[] = []
  for (const block of blocks) {
    const key = parseKey(block)
    if (typeof key === 'string') return key
    if (!keys.some(({ kid }) => kid === key.kid)) keys.push(key)
  }
  return keys
}

function describeKey(privateKey: KeyObject): SigningKey {
  const {
    kty = '',
    crv = '',
    x = '',
    y = '',
  } = createPublicKey(privateKey).export({ format: 'jwk' })
  const kid = hash('sha256', JSON.stringify({ crv, kty, x, y }), 'base64url')
  const publicJwk = Object.freeze({ kty, crv, x, y, kid, alg: 'ES256', use: 'sig' })
  const header = `${base64url({ alg: 'ES256', kid, typ: 'JWT' })}.`
  return { privateKey, publicJwk, kid, header }
}

/**
 * The compact JWS (RFC 7515 section 7.1) of these claims, by ES256 (RFC 7518 section 3.4: R and S side
 * by side). In one call, at once: it takes half of what it costs by way of Web Crypto, which hands
 * each signature over to another thread.
 */
export function signClaims({ privateKey, header }: SigningKey, claims: object): string {
  const input = header + base64url(claims)
  const key = { key: privateKey, dsaEncoding: 'ieee-p1363' } as const
  return `${input}.${sign('sha256', Buffer.from(input, 'latin1'), key).toString('base64url')}`
}

function base64url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function parseKey(pem: string): SigningKey | string {
  let key: KeyObject
  try {
    key = createPrivateKey({ key: pem, format: 'pem' })
  } catch {
    // The cause could quote the file.
    return pem.includes('ENCRYPTED')
      ? 'the key is encrypted, expected an unencrypted PEM'
      : 'it holds no private key in PEM form'
  }
  const curve = key.asymmetricKeyDetails?.namedCurve
  if (key.asymmetricKeyType !== 'ec' || curve !== 'prime256v1') {
    const kind = [key.asymmetricKeyType, curve].filter(Boolean).join(' ')
    return `the key is ${kind}, expected an EC key on P-256`
  }
  return describeKey(key)
}

function unusable(keyFile: string, why: string, cause?: unknown): Fault {
  return new Fault('ERR_READ', `Cannot use identity token key ${keyFile}: ${why}`, { cause })
}
