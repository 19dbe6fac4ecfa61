import { refuse, type Refusal } from '../model/refusal.ts'
import type { RequestFacts } from '../model/request-facts.ts'

/** `query` is given where the request is passed on with it. */
export type Credential = Pick<RequestFacts, 'authorization' | 'authorizationCount'> &
  Partial<Pick<RequestFacts, 'query'>>

const scheme = 'bearer'
const space = 0x20
const knownSchemes = new Set(['basic', 'digest', 'dpop', 'hoba', 'mutual', 'negotiate', 'ntlm'])

// RFC 6750 section 2.1, b64token: the characters before its optional padding.
const isTokenCharacter = new Uint8Array(128)
for (const character of '-._~+/') isTokenCharacter[character.charCodeAt(0)] = 1
for (const [first, last] of ['09', 'AZ', 'az']) {
  if (first === undefined || last === undefined) continue
  for (let code = first.charCodeAt(0); code <= last.charCodeAt(0); code += 1) {
    isTokenCharacter[code] = 1
  }
}

/**
 * The text after the scheme, its syntax not yet judged, so that a token already verified is found
 * without reading it again. Another scheme than Bearer counts as no credential: RFC 6750 section
 * 3.1 answers both with a challenge that carries no error code.
 */
export function readBearer(credential: Credential): string | Refusal {
  const { authorization, authorizationCount, query = '' } = credential
  if (authorizationCount > 1) {
    return refuse('credentials_multiple', `${authorizationCount} Authorization fields`)
  }
  if (query !== '' && hasQueryToken(query)) {
    return authorization === null
      ? refuse('credential_malformed', 'A token in the query is not accepted')
      : refuse('credentials_multiple', 'An Authorization field and a token in the query')
  }
  if (authorization === null) return refuse('credential_missing', 'No Authorization field')
  for (let at = 0; at < scheme.length; at += 1) {
    if ((authorization.charCodeAt(at) | 0x20) !== scheme.charCodeAt(at)) {
      return refuseScheme(authorization)
    }
  }
  // RFC 9110 section 11.4 separates scheme and credentials by one space or more.
  let start = scheme.length
  while (authorization.charCodeAt(start) === space) start += 1
  if (start === scheme.length) return refuseScheme(authorization)
  return authorization.slice(start)
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

/** RFC 6750 section 2.1: `b64token`, and one of them. */
export function refuseBearerSyntax(token: string): Refusal | null {
  if (token === '') return refuse('credential_malformed', 'The Bearer scheme carries no token')
  let end = token.length
  while (end > 0 && token.charCodeAt(end - 1) === 0x3d) end -= 1
  if (end === 0) return refuse('credential_malformed', 'The Bearer token is only padding')
  for (let at = 0; at < end; at += 1) {
    if (isTokenCharacter[token.charCodeAt(at)] === 1) continue
    return token.includes(',')
      ? refuse('credentials_multiple', 'Several credentials in one Authorization field')
      : refuse(
          'credential_malformed',
          `The Bearer token holds a character it must not hold, at offset ${at}`,
        )
  }
  return null
}

// The field may be a bare token, so only names known to be schemes are repeated.
function refuseScheme(authorization: string): Refusal {
  const name = authorization.slice(0, 16).split(' ', 1)[0]?.toLowerCase() ?? ''
  if (name === 'bearer') {
    return refuse('credential_malformed', 'The Bearer scheme carries no token')
  }
  return refuse(
    'credential_missing',
    knownSchemes.has(name)
      ? `Authorization scheme "${name}" is not accepted here, only Bearer is`
      : 'The Authorization field does not begin with the Bearer scheme',
  )
}
