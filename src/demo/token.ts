import { ask, beginSignIn, discoverProvider, finishSignIn, unexpected } from './oauth.ts'
import type { TokenAnswer } from './oauth.ts'
import { commandClientId, commandRedirectUri } from './provider-configuration.ts'

const maxRedirects = 10

/**
 * Signs a person in at the running demo provider: authorization code with PKCE, as a browser would
 * go through it, with the login form filled in. Throws a Fault when the provider is away or
 * answers otherwise than the protocol says.
 */
export async function obtainToken(issuer: string, person: string): Promise<TokenAnswer> {
  const provider = await discoverProvider(issuer)
  const client = { id: commandClientId, redirectUri: commandRedirectUri }
  const signIn = beginSignIn(provider, client)
  const returned = await walkSignIn(new URL(signIn.url), person)
  return finishSignIn(provider, signIn, returned.searchParams)
}

/** Follows the redirects of the provider, and of nobody else, until they leave for the client. */
async function walkSignIn(start: URL, person: string): Promise<URL> {
  const cookies = new Map<string, string>()
  let url = start
  let form: URLSearchParams | null = null
  for (let hop = 0; hop < maxRedirects; hop += 1) {
    const response = await ask(url, {
      method: form === null ? 'GET' : 'POST',
      body: form,
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    })
    keepCookies(cookies, response.headers.getSetCookie())
    const location = response.headers.get('location')
    await response.body?.cancel()
    if (location !== null) {
      url = new URL(location, url)
      form = null
      if (`${url.origin}${url.pathname}` === commandRedirectUri) return url
      if (url.origin !== start.origin) throw unexpected('it redirects elsewhere')
    } else if (response.ok && form === null && url.pathname.startsWith('/interaction/')) {
      form = new URLSearchParams({ person })
    } else {
      throw unexpected(`the sign-in stopped with status ${response.status}`)
    }
  }
  throw unexpected('the sign-in went in circles')
}

/** One host, one sign-in: names and values are all that matters of a cookie. */
function keepCookies(cookies: Map<string, string>, fields: readonly string[]): void {
  for (const field of fields) {
    const [pair = ''] = field.split(';', 1)
    const equals = pair.indexOf('=')
    if (equals > 0) cookies.set(pair.slice(0, equals), pair.slice(equals + 1))
  }
}
