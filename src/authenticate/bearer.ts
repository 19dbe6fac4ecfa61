import { refuse, type Refusal } from '../model/refusal.ts'
import { schemeEnd } from './credentials.ts'

const scheme = 'bearer'

// RFC 6750 section 2.1, b64token: the characters before its optional padding.
const isTokenCharacter = new Uint8Array(128)
for (const character of '-._~+/') isTokenCharacter[character.charCodeAt(0)] = 1
for (const [first, last] of ['09', 'AZ', 'az']) {
  if (first === undefined || last === undefined) continue
  for (let code = first.charCodeAt(0); code <= last.charCodeAt(0); code += 1) {
    isTokenCharacter[code] = 1
  }
}

/** Whether the field is of the Bearer scheme, with a token or without. */
export function isBearer(authorization: string): boolean {
  return schemeEnd(authorization, scheme) !== -1
}

/**
 * The text after the scheme, its syntax not yet judged, so that a token already verified is found
 * without reading it again.
 */
export function readBearer(authorization: string): string {
  return authorization.slice(schemeEnd(authorization, scheme))
}

/** RFC 6750 section 2.1: `b64token`, and one of them. */
export function refuseTokenSyntax(token: string): Refusal | null {
  if (token === '') return refuse('credential_malformed', 'The scheme carries no token')
  let end = token.length
  while (end > 0 && token.charCodeAt(end - 1) === 0x3d) end -= 1
  if (end === 0) return refuse('credential_malformed', 'The token is only padding')
  for (let at = 0; at < end; at += 1) {
    if (isTokenCharacter[token.charCodeAt(at)] === 1) continue
    return token.includes(',')
      ? refuse('credentials_multiple', 'Several credentials in one Authorization field')
      : refuse(
          'credential_malformed',
          `The token holds a character it must not hold, at offset ${at}`,
        )
  }
  return null
}
