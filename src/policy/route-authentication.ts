import {
  type AuthenticationMode,
  authenticationModes,
  credentialKinds,
  type RouteAuthentication,
} from '../model/authentication.ts'
import type { Text } from '../source/cursor.ts'
import type { Findings } from '../source/findings.ts'
import type { RouteSyntax } from './syntax.ts'

/** What a route asks of those who use it; null: a credential of any kind. */
export function readAuthentication(
  { authentication, credentials }: RouteSyntax,
  findings: Findings,
): RouteAuthentication | null {
  const mode = modeOf(authentication)
  const kinds = credentialKinds.filter((kind) => credentials.some(({ value }) => value === kind))
  const [first] = credentials
  if (mode === 'public' && first !== undefined) {
    findings.error(first, {
      code: 'unread-credentials',
      message: 'a public route looks at no credential',
      hint: 'say "authentication: optional" to know who comes with one',
    })
  }
  if (mode === 'required' && kinds.length === 0) return null
  return Object.freeze({ mode, credentials: kinds.length === 0 ? null : Object.freeze(kinds) })
}

/** INVARIANT: the schema knows the same words. Anything else asks for a credential. */
function modeOf(text: Text | null): AuthenticationMode {
  return authenticationModes.find((mode) => mode === text?.value) ?? 'required'
}
