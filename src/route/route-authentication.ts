import { requiredAuthentication } from '../model/authentication.ts'
import { anonymous, type Identity, unidentified } from '../model/identity.ts'
import { refuse, type Refusal } from '../model/refusal.ts'
import type { Route } from './route-table.ts'

/**
 * Who somebody known already is to this route, as though the request came again: for what is open
 * while routes change. Whether a credential that nobody looked at would have been accepted cannot be
 * said any more, so that is a no.
 */
export function identityTowards(route: Route, identity: Identity): Identity | Refusal {
  const { mode, credentials } = route.authentication ?? requiredAuthentication
  if (mode === 'public') return unidentified
  const { credential } = identity
  if (credential === null) {
    return mode === 'optional' && identity === anonymous
      ? identity
      : refuse('credential_missing', 'The route asks for a credential now')
  }
  if (credentials === null || credentials.includes(credential)) return identity
  return refuse('credential_not_accepted', `The route accepts no ${credential}`)
}
