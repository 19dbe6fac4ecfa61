import assert from 'node:assert/strict'
import { createPrivateKey, generateKeyPairSync, type KeyObject, createPublicKey } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { JWK } from 'jose'
import { calculateJwkThumbprint } from 'jose/jwk/thumbprint'
import { exportJWK } from 'jose/key/export'
import { Fault } from '../model/fault.ts'

export interface SigningKey {
  readonly privateKey: KeyObject
  readonly publicJwk: JWK
  /** RFC 7638 thumbprint: every process with this key names it alike. */
  readonly kid: string
}

const maxKeyFileBytes = 16_384

/** Null: a new key, known to this process only. */
export async function readSigningKey(keyFile: string | null): Promise<SigningKey> {
  return describeKey(
    keyFile === null
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
      : parseKey(keyFile, await readKeyFile(keyFile)),
  )
}

/** For another process of this program, over a channel of its own: never for a file. */
export function packSigningKey({ privateKey }: SigningKey): Uint8Array {
  return privateKey.export({ format: 'der', type: 'pkcs8' })
}

export function unpackSigningKey(packed: Uint8Array): Promise<SigningKey> {
  return describeKey(createPrivateKey({ key: Buffer.from(packed), format: 'der', type: 'pkcs8' }))
}

async function describeKey(privateKey: KeyObject): Promise<SigningKey> {
  const { kty, crv, x, y } = await exportJWK(createPublicKey(privateKey))
  assert(kty !== undefined && crv !== undefined && x !== undefined && y !== undefined)
  const kid = await calculateJwkThumbprint({ kty, crv, x, y })
  const publicJwk = Object.freeze({ kty, crv, x, y, kid, alg: 'ES256', use: 'sig' })
  return { privateKey, publicJwk, kid }
}

async function readKeyFile(keyFile: string): Promise<string> {
  let pem: string
  try {
    pem = await readFile(keyFile, 'utf8')
  } catch (error) {
    throw unusable(keyFile, 'the file cannot be read', error)
  }
  if (pem.length > maxKeyFileBytes) throw unusable(keyFile, 'the file is too large for a key')
  return pem
}

function parseKey(keyFile: string, pem: string): KeyObject {
  let key: KeyObject
  try {
    key = createPrivateKey({ key: pem, format: 'pem' })
  } catch {
    // The cause could quote the file.
    throw unusable(
      keyFile,
      pem.includes('ENCRYPTED')
        ? 'the key is encrypted, expected an unencrypted PEM'
        : 'it holds no private key in PEM form',
    )
  }
  const curve = key.asymmetricKeyDetails?.namedCurve
  if (key.asymmetricKeyType !== 'ec' || curve !== 'prime256v1') {
    throw unusable(
      keyFile,
      `the key is ${[key.asymmetricKeyType, curve].filter(Boolean).join(' ')}, expected an EC key on P-256`,
    )
  }
  return key
}

function unusable(keyFile: string, why: string, cause?: unknown): Fault {
  return new Fault('ERR_READ', `Cannot use identity token key ${keyFile}: ${why}`, { cause })
}
