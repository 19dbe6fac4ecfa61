import { createHash, randomBytes } from 'node:crypto'

import { Fault } from '../model/fault.ts'
import { demoResource } from './provider-configuration.ts'

export interface ProviderEndpoints {
  readonly issuer: string
  readonly authorization: string
  readonly token: string
  readonly jwks: string
}

/** One sign-in under way; what came back is only good together with it. */
export interface SignIn {
  readonly url: string
  readonly state: string
  readonly nonce: string
  readonly verifier: string
  readonly clientId: string
  readonly redirectUri: string
}

/** The token endpoint's answer (RFC 6749 section 5.1). */
export interface TokenAnswer {
  readonly accessToken: string
  readonly idToken: string | null
  readonly tokenType: string
  readonly expiresInS: number
}

const requestTimeoutMs = 10_000
const maxAnswerBytes = 65_536

export async function discoverProvider(issuer: string): Promise<ProviderEndpoints> {
  const document = await readJson(await ask(`${issuer}/.well-known/openid-configuration`))
  if (document['issuer'] !== issuer) throw unexpected(`another provider answers at ${issuer}`)
  const endpoint = (name: string) => {
    const value = document[name]
    if (typeof value !== 'string' || !value.startsWith(`${issuer}/`)) {
      throw unexpected(`its ${name} is elsewhere`)
    }
    return value
  }
  return {
    issuer,
    authorization: endpoint('authorization_endpoint'),
    token: endpoint('token_endpoint'),
    jwks: endpoint('jwks_uri'),
  }
}

/** Authorization code with PKCE (RFC 7636), for the gateway's audience (RFC 8707). */
export function beginSignIn(
  provider: ProviderEndpoints,
  client: { readonly id: string; readonly redirectUri: string; readonly prompt?: 'login' },
): SignIn {
  const verifier = randomBytes(32).toString('base64url')
  const state = randomBytes(16).toString('base64url')
  const nonce = randomBytes(16).toString('base64url')
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: client.id,
    redirect_uri: client.redirectUri,
    scope: 'openid',
    resource: demoResource,
    state,
    nonce,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...(client.prompt && { prompt: client.prompt }),
  })
  const { id: clientId, redirectUri } = client
  return {
    url: `${provider.authorization}?${query.toString()}`,
    state,
    nonce,
    verifier,
    clientId,
    redirectUri,
  }
}

/** Turns what came back on the redirect into tokens. */
export async function finishSignIn(
  provider: ProviderEndpoints,
  signIn: SignIn,
  returned: URLSearchParams,
): Promise<TokenAnswer> {
  if (returned.get('state') !== signIn.state) throw unexpected('another sign-in came back')
  // RFC 9207: the code is from the provider that was asked.
  if (returned.get('iss') !== provider.issuer) throw unexpected('another issuer answered')
  const code = returned.get('code')
  if (code === null) throw unexpected(returned.get('error_description') ?? 'no code came back')
  const response = await ask(provider.token, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: signIn.clientId,
      redirect_uri: signIn.redirectUri,
      resource: demoResource,
      code,
      code_verifier: signIn.verifier,
    }),
  })
  const { access_token, id_token, token_type, expires_in } = await readJson(response)
  if (typeof access_token !== 'string' || typeof expires_in !== 'number') {
    throw unexpected('no access token came back')
  }
  return {
    accessToken: access_token,
    idToken: typeof id_token === 'string' ? id_token : null,
    tokenType: String(token_type),
    expiresInS: expires_in,
  }
}

/** Throws a Fault when nobody answers in time. */
export async function ask(url: string | URL, init: RequestInit = {}): Promise<Response> {
  try {
    return await fetch(url, { ...init, signal: AbortSignal.timeout(requestTimeoutMs) })
  } catch (error) {
    throw new Fault(
      'ERR_ISSUER_UNAVAILABLE',
      `The demo's identity provider does not answer at ${new URL(url).origin}: start the demo in another terminal first (npm start)`,
      { cause: error },
    )
  }
}

async function readJson(response: Response): Promise<Readonly<Record<string, unknown>>> {
  const text = await response.text()
  if (!response.ok || text.length > maxAnswerBytes) {
    throw unexpected(`it answered with status ${response.status}`)
  }
  const value = parse(text)
  if (typeof value === 'object' && value !== null) return value as Record<string, unknown>
  throw unexpected('it did not answer with a JSON object')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

export function unexpected(what: string): Fault {
  return new Fault(
    'ERR_ISSUER_UNAVAILABLE',
    `The demo's identity provider is not as expected: ${what}`,
  )
}
