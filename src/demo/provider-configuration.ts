import { randomBytes } from 'node:crypto'

import { exportJWK, generateKeyPair } from 'jose'
import type * as oidcLibrary from 'oidc-provider'
import type { Configuration, KoaContextWithOIDC } from 'oidc-provider'

import { pageHeaders } from './page.ts'
import { findPerson } from './people.ts'
import { errorPage } from './provider-pages.ts'

export type OidcLibrary = typeof oidcLibrary

/** `aud` of the access tokens: the name of what the gateway protects. */
export const demoAudience = 'sallyport-demo'

/** The same thing as an OAuth resource indicator (RFC 8707), which has to be a URI. */
export const demoResource = 'urn:sallyport:demo'

export const commandClientId = 'sallyport-command'
/** RFC 8252 section 7.3: the port of a loopback redirect is the client's choice. */
export const commandRedirectUri = 'http://127.0.0.1/callback'

export const browserClientId = 'sallyport-browser'
export const browserRedirectPath = '/.demo/signed-in'

export interface ProviderOptions {
  readonly host: string
  readonly port: number
  /** Of the browser client; without any there is no such client. */
  readonly browserRedirectUris: readonly string[]
  /** Start page of the browser client, to link to. */
  readonly browserUrl: string | null
  readonly accessTokenLifetimeS: number
}

type Policy = ReturnType<OidcLibrary['interactionPolicy']['base']>

export async function configureProvider(
  options: ProviderOptions,
  policy: Policy,
): Promise<Configuration> {
  // Consent is for other people's applications; these belong to the demo.
  policy.remove('consent')
  const { browserRedirectUris: redirectUris } = options
  return {
    clients: [
      {
        client_id: commandClientId,
        client_name: 'the sallyport command',
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        redirect_uris: [commandRedirectUri],
      },
      ...(redirectUris.length === 0
        ? []
        : [
            {
              client_id: browserClientId,
              client_name: 'the browser client',
              token_endpoint_auth_method: 'none' as const,
              redirect_uris: [...redirectUris],
            },
          ]),
    ],
    jwks: { keys: [await makeSigningKey()] },
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    pkce: { required: () => true },
    scopes: ['openid'],
    claims: { openid: ['sub', 'name', 'email', 'department', 'groups'] },
    conformIdTokenClaims: false,
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => demoResource,
        useGrantedResource: () => true,
        getResourceServerInfo: (_context, resource) => {
          if (resource !== demoResource) throw new Error(`unknown resource "${resource}"`)
          return {
            scope: 'openid',
            audience: demoAudience,
            accessTokenFormat: 'jwt',
            accessTokenTTL: options.accessTokenLifetimeS,
            jwt: { sign: { alg: 'RS256' } },
          }
        },
      },
    },
    interactions: { policy, url: (_context, { uid }) => `/interaction/${uid}` },
    findAccount: (_context, id) => {
      const person = findPerson(id)
      return person && { accountId: id, claims: () => ({ sub: id, ...claimsOf(id) }) }
    },
    extraTokenClaims: (_context, token) =>
      'accountId' in token && typeof token.accountId === 'string' ? claimsOf(token.accountId) : {},
    loadExistingGrant: grantEverything,
    ttl: {
      AccessToken: options.accessTokenLifetimeS,
      AuthorizationCode: 60,
      Grant: 86_400,
      IdToken: 3_600,
      Interaction: 600,
      Session: 86_400,
    },
    clientBasedCORS: () => false,
    renderError: async (context, out) => {
      context.set(pageHeaders)
      const detail = [out.error, out.error_description].filter(Boolean).join(': ')
      context.body = String(await errorPage('This sign-in cannot go on', detail))
    },
  }
}

/** What a token says about a person, beside `sub`. */
function claimsOf(id: string): Record<string, unknown> {
  const person = findPerson(id)
  if (person === undefined) return {}
  const { name, email, department, groups } = person
  return { name, email, department, groups }
}

async function grantEverything(context: KoaContextWithOIDC) {
  const { client, session, provider } = context.oidc
  if (client === undefined || session?.accountId === undefined) return undefined
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId })
  grant.addOIDCScope('openid')
  grant.addResourceScope(demoResource, 'openid')
  await grant.save()
  return grant
}

async function makeSigningKey() {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  return { ...(await exportJWK(privateKey)), use: 'sig', alg: 'RS256' }
}
