import { createHash, randomUUID } from 'node:crypto'
import { calculateJwkThumbprint, CompactSign, exportJWK, generateKeyPair, type JWK } from 'jose'

/** A client with a key of its own, that proves to hold it (RFC 9449). */
export interface DpopClient {
  readonly jkt: string
  readonly publicJwk: JWK
  readonly privateJwk: JWK
  /** A good proof, but for the changes. */
  proof(about: ProofAbout): Promise<string>
}

export interface ProofAbout {
  readonly method?: string
  readonly url: string
  readonly token: string
  readonly nonce?: string
  readonly nowS?: number
  readonly claims?: object
  readonly header?: object
}

export async function createDpopClient(algorithm = 'ES256'): Promise<DpopClient> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true })
  const publicJwk = await exportJWK(publicKey)
  return {
    jkt: await calculateJwkThumbprint(publicJwk),
    publicJwk,
    privateJwk: await exportJWK(privateKey),
    proof: ({ method = 'GET', url, token, nonce, nowS = Date.now() / 1_000, claims, header }) =>
      new CompactSign(
        Buffer.from(
          JSON.stringify({
            jti: randomUUID(),
            htm: method,
            htu: url,
            iat: Math.floor(nowS),
            ath: createHash('sha256').update(token).digest('base64url'),
            ...(nonce === undefined ? null : { nonce }),
            ...claims,
          }),
        ),
      )
        .setProtectedHeader({ typ: 'dpop+jwt', alg: algorithm, jwk: publicJwk, ...header })
        .sign(privateKey),
  }
}
