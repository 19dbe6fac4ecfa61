import { Buffer } from 'node:buffer'
import { KeyObject } from 'node:crypto'
import { CompactSign, exportJWK, generateKeyPair, type JWK } from 'jose'
import type { SignatureAlgorithm } from '../../src/authenticate/options.ts'

/** A key of an issuer, with which tests sign whatever they like. */
export interface SigningKey {
  readonly kid: string
  readonly algorithm: SignatureAlgorithm
  readonly publicJwk: JWK
  readonly publicPem: string
  sign(header: object, payload: object | string): Promise<string>
}

export async function createSigningKey(
  kid: string,
  algorithm: SignatureAlgorithm = 'ES256',
): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true })
  const publicJwk = { ...(await exportJWK(publicKey)), kid, alg: algorithm, use: 'sig' }
  return {
    kid,
    algorithm,
    publicJwk,
    publicPem: KeyObject.from(publicKey).export({ format: 'pem', type: 'spki' }),
    async sign(header, payload) {
      const text = typeof payload === 'string' ? payload : JSON.stringify(payload)
      const { crit } = header as { crit?: string[] }
      return new CompactSign(Buffer.from(text))
        .setProtectedHeader({ alg: algorithm, kid, typ: 'at+jwt', ...header })
        .sign(privateKey, crit === undefined ? {} : { crit: { [crit[0] ?? '']: true } })
    },
  }
}

/** Any three texts as a token. */
export function assemble(
  header: object | string,
  payload: object | string,
  signature = '',
): string {
  return `${encode(header)}.${encode(payload)}.${signature}`
}

export function encode(part: object | string): string {
  return Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url')
}
