import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { exportJWK, generateKeyPair, SignJWT } from 'jose'

/** Publishes keys and mints identity tokens as the gateway does, for tests of what is behind it. */
export interface StandInGateway {
  readonly url: string
  mint(subject: string, audience: string, changes?: MintChanges): Promise<string>
  close(): Promise<void>
}

export interface MintChanges {
  readonly issuer?: string
  readonly expiresInS?: number
  /** Sign with a key nobody published. */
  readonly forged?: boolean
}

export async function startStandInGateway(): Promise<StandInGateway> {
  const own = await generateKeyPair('ES256', { extractable: true })
  const other = await generateKeyPair('ES256')
  const jwk = { ...(await exportJWK(own.publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' }
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ keys: [jwk] }))
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mint: (subject, audience, { issuer = 'sallyport', expiresInS = 60, forged = false } = {}) => {
      const nowS = Math.floor(Date.now() / 1_000)
      return new SignJWT({ roles: [] })
        .setProtectedHeader({ alg: 'ES256', kid: 'k1', typ: 'JWT' })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(subject)
        .setIssuedAt(nowS)
        .setExpirationTime(nowS + expiresInS)
        .sign(forged ? other.privateKey : own.privateKey)
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
