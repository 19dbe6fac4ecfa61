import type { IncomingMessage } from 'node:http'
import { createServer, request } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { TLSSocket } from 'node:tls'
import type { JWK } from 'jose'
import { Provider } from 'oidc-provider'
import { readAll } from '../gateway/front-door.ts'
import type { CertificateAuthority, IssuedCertificate } from './certificate-authority.ts'

/** A real OpenID provider over TLS that binds tokens to keys and to client certificates. */
export interface BoundTokenProvider {
  readonly issuer: string
  /** A token of the client `dpop`, bound to the key of the proof. */
  dpopToken(proof: string): Promise<string>
  /** A token of the client `mtls`, bound to the certificate. */
  certificateToken(pair: IssuedCertificate): Promise<string>
  bearerToken(): Promise<string>
  readonly tokenEndpoint: string
  close(): Promise<void>
}

export const boundAudience = 'urn:sallyport:bound'
const clients = ['dpop', 'mtls', 'bearer'] as const

export async function startBoundTokenProvider(
  authority: CertificateAuthority,
  keys: readonly JWK[],
): Promise<BoundTokenProvider> {
  const pair = authority.issue({ name: 'idp', ip: [[127, 0, 0, 1]], usage: 'server' })
  let answer: ReturnType<Provider['callback']> | undefined
  const server = createServer(
    { cert: pair.certificate, key: pair.key, requestCert: true, rejectUnauthorized: false },
    (req, res) => void answer?.(req, res),
  )
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  const issuer = `https://127.0.0.1:${port}`
  answer = new Provider(issuer, {
    jwks: { keys: [...keys] as never },
    clients: clients.map((id) => ({
      client_id: id,
      client_secret: 'secret',
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
      dpop_bound_access_tokens: id === 'dpop',
      tls_client_certificate_bound_access_tokens: id === 'mtls',
      id_token_signed_response_alg: 'ES256',
    })),
    cookies: { keys: ['test'] },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      dPoP: { enabled: true },
      mTLS: {
        enabled: true,
        certificateBoundAccessTokens: true,
        getCertificate: ({ req }) => (req.socket as TLSSocket).getPeerX509Certificate()?.toString(),
      },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: () => ({
          scope: 'read',
          audience: boundAudience,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'ES256' } },
        }),
      },
    },
    extraTokenClaims: () => ({ groups: ['staff'] }),
  }).callback()

  async function requestToken(
    client: (typeof clients)[number],
    headers: Record<string, string> = {},
    certificate: IssuedCertificate | null = null,
  ): Promise<string> {
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      resource: boundAudience,
      scope: 'read',
    })
    const res = await new Promise<IncomingMessage>((resolve, reject) => {
      const req = request(
        `${issuer}/token`,
        {
          method: 'POST',
          ca: authority.certificate,
          agent: false,
          ...(certificate === null
            ? null
            : { cert: certificate.certificate, key: certificate.key }),
          headers: {
            authorization: `Basic ${Buffer.from(`${client}:secret`).toString('base64')}`,
            'content-type': 'application/x-www-form-urlencoded',
            ...headers,
          },
        },
        resolve,
      )
      req.on('error', reject)
      req.end(form.toString())
    })
    const text = (await readAll(res)).toString()
    if (res.statusCode !== 200) throw new Error(text)
    return (JSON.parse(text) as { access_token: string }).access_token
  }

  return {
    issuer,
    tokenEndpoint: `${issuer}/token`,
    dpopToken: (proof) => requestToken('dpop', { dpop: proof }),
    certificateToken: (certificate) => requestToken('mtls', {}, certificate),
    bearerToken: () => requestToken('bearer'),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
