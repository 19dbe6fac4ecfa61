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
  const privateKey =
    keyFile === null
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
      : parseKey(keyFile, await readKeyFile(keyFile))
  const { kty, crv, x, y } = await exportJWK(createPublicKey(privateKey))
  if (kty === undefined || crv === undefined || x === undefined || y === undefined) {
    throw unusable(keyFile ?? 'the generated key', 'it has no public part')
  }
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
