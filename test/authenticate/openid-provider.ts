import { createHash, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWK } from 'jose'
import { Provider, type Configuration } from 'oidc-provider'

/** A real OpenID provider whose only person is signed in without being asked. */
export interface OpenidProvider {
  readonly issuer: string
  /** A whole authorization code flow with PKCE. */
  signIn(): Promise<{ readonly accessToken: string; readonly idToken: string }>
  clientToken(): Promise<string>
  /** RFC 7009. */
  revoke(token: string): Promise<void>
  /** Starts over with these signing keys, the first one signing. */
  rotate(keys: readonly JWK[]): void
  close(): Promise<void>
}

export const audience = 'urn:sallyport:test'
const redirectUri = 'https://client.example/callback'

export async function createProviderKey(kid: string, algorithm: 'RS256' | 'ES256'): Promise<JWK> {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true })
  return { ...(await exportJWK(privateKey)), kid, alg: algorithm, use: 'sig' }
}

export async function startOpenidProvider(
  algorithm: 'RS256' | 'ES256',
  keys: readonly JWK[],
  format: 'jwt' | 'opaque' = 'jwt',
): Promise<OpenidProvider> {
  let provider: Provider | undefined
  let answer: ReturnType<Provider['callback']> | undefined
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/interaction/') === true && provider !== undefined) {
      void finishInteraction(provider, request, response)
      return
    }
    void answer?.(request, response)
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const rotate = (next: readonly JWK[]): void => {
    provider = new Provider(issuer, configure(algorithm, next, format))
    answer = provider.callback()
  }
  rotate(keys)
  return {
    issuer,
    signIn: () => signIn(issuer),
    clientToken: async () =>
      (await requestToken(issuer, { grant_type: 'client_credentials', resource: audience }))
        .access_token,
    revoke: async (token) => {
      await post(issuer, '/token/revocation', { token })
    },
    rotate,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function configure(
  algorithm: 'RS256' | 'ES256',
  keys: readonly JWK[],
  format: 'jwt' | 'opaque',
): Configuration {
  return {
    jwks: { keys: [...keys] as never },
    clients: [
      {
        client_id: 'test',
        client_secret: 'test-secret',
        grant_types: ['authorization_code', 'client_credentials'],
        redirect_uris: [redirectUri],
        id_token_signed_response_alg: algorithm,
      },
    ],
    cookies: { keys: ['test'] },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    async loadExistingGrant(context) {
      const { client, session, provider } = context.oidc
      if (client === undefined || session?.accountId === undefined) return undefined
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId })
      grant.addOIDCScope('openid')
      grant.addResourceScope(audience, 'read')
      await grant.save()
      return grant
    },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      introspection: { enabled: true },
      revocation: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: () => ({
          scope: 'read',
          audience,
          accessTokenFormat: format,
          jwt: { sign: { alg: algorithm } },
        }),
      },
    },
    extraTokenClaims: () => ({ department: 'finance', groups: ['staff'] }),
  }
}

async function finishInteraction(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  await provider.interactionFinished(request, response, { login: { accountId: 'alice' } })
}

async function signIn(issuer: string): Promise<{ accessToken: string; idToken: string }> {
  const verifier = randomBytes(32).toString('base64url')
  const parameters = new URLSearchParams({
    client_id: 'test',
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: 'openid read',
    resource: audience,
    nonce: 'nonce',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  })
  const cookies = new Map<string, string>()
  let url = `${issuer}/auth?${parameters.toString()}`
  for (let step = 0; step < 6 && !url.startsWith(redirectUri); step += 1) {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: Array.from(cookies, ([name, value]) => `${name}=${value}`).join('; ') },
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      cookies.set(name, value)
    }
    const location = response.headers.get('location')
    if (location === null) throw new Error(`${url}: ${response.status} ${await response.text()}`)
    url = new URL(location, url).href
  }
  const code = new URL(url).searchParams.get('code')
  if (code === null) throw new Error(`no code in ${url}`)
  const tokens = await requestToken(issuer, {
    grant_type: 'authorization_code',
    code,
    code_verifier: verifier,
    redirect_uri: redirectUri,
    resource: audience,
  })
  return { accessToken: tokens.access_token, idToken: tokens.id_token ?? '' }
}

async function requestToken(
  issuer: string,
  parameters: Record<string, string>,
): Promise<{ access_token: string; id_token?: string }> {
  const response = await post(issuer, '/token', parameters)
  return (await response.json()) as { access_token: string; id_token?: string }
}

async function post(
  issuer: string,
  path: string,
  parameters: Record<string, string>,
): Promise<Response> {
  const response = await fetch(`${issuer}${path}`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from('test:test-secret').toString('base64')}` },
    body: new URLSearchParams(parameters),
  })
  if (!response.ok) throw new Error(await response.text())
  return response
}
