import { refuse, type Refusal } from '../model/refusal.ts'
import type { ClientAddress, RequestFacts } from '../model/request-facts.ts'

/** What a request says about who sent it, and what a proof of possession is compared with. */
export type Credentials = Pick<
  RequestFacts,
  | 'authorization'
  | 'authorizationCount'
  | 'dpop'
  | 'dpopCount'
  | 'apiKey'
  | 'apiKeyCount'
  | 'client'
  | 'method'
  | 'scheme'
  | 'authority'
  | 'path'
  | 'query'
>

/** Where nothing but the Authorization field counts. */
export function fieldAlone(
  authorization: string | null,
  authorizationCount: number,
  client: ClientAddress,
): Credentials {
  return {
    authorization,
    authorizationCount,
    dpop: null,
    dpopCount: 0,
    apiKey: null,
    apiKeyCount: 0,
    client,
    method: '',
    scheme: 'https',
    authority: '',
    path: '',
    query: '',
  }
}

/** Credentials of which nobody could say which one counts, or that nobody may send. */
export function refuseAmbiguous(credentials: Credentials): Refusal | null {
  const { authorization, authorizationCount, query } = credentials
  if (authorizationCount > 1) {
    return refuse('credentials_multiple', `${authorizationCount} Authorization fields`)
  }
  if (query === '' || !hasQueryToken(query)) return null
  return authorization === null
    ? refuse('credential_malformed', 'A token in the query is not accepted')
    : refuse('credentials_multiple', 'An Authorization field and a token in the query')
}

const queryToken =
  /(?:^|[&;])(?:a|%61)(?:c|%63)(?:c|%63)(?:e|%65)(?:s|%73)(?:s|%73)(?:_|%5[Ff])(?:t|%74)(?:o|%6[Ff])(?:k|%6[Bb])(?:e|%65)(?:n|%6[Ee])=/

/**
 * RFC 6750 section 2.3. It would be passed on, and an upstream that reads it would act for somebody
 * else than the one who was decided about.
 */
function hasQueryToken(query: string): boolean {
  if (!query.includes('access_token=') && !query.includes('%')) return false
  return queryToken.test(query)
}

const knownSchemes = new Set(['basic', 'digest', 'dpop', 'hoba', 'mutual', 'negotiate', 'ntlm'])

/**
 * No method knows the scheme. RFC 6750 section 3.1 answers as though there were no credential, but
 * there is one, so nobody is anonymous with it. The field may be a bare token, so only names known
 * to be schemes are repeated.
 */
export function refuseScheme(authorization: string): Refusal {
  const name = authorization.slice(0, 16).split(' ', 1)[0]?.toLowerCase() ?? ''
  return refuse(
    'credential_missing',
    knownSchemes.has(name)
      ? `Authorization scheme "${name}" is not accepted here`
      : 'The Authorization field does not begin with a scheme that is accepted here',
  )
}

const space = 0x20

/**
 * Where the text after the scheme begins, or -1 when the field is of another one. `scheme` is in
 * lower case; RFC 9110 section 11.4 separates scheme and credentials by one space or more.
 */
export function schemeEnd(authorization: string, scheme: string): number {
  for (let at = 0; at < scheme.length; at += 1) {
    if ((authorization.charCodeAt(at) | 0x20) !== scheme.charCodeAt(at)) return -1
  }
  let start = scheme.length
  while (authorization.charCodeAt(start) === space) start += 1
  if (start === scheme.length && start < authorization.length) return -1
  return start
}
