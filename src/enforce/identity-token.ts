import type { JWK } from 'jose'
import type { Clock } from '../model/clock.ts'
import type { Identity } from '../model/identity.ts'
import type { IdentityTokenOptions } from './options.ts'

export interface IdentityTokenMinter {
  /** At once when one is kept for this identity, roles and audience; a promise when it is minted. */
  token(identity: Identity, roles: readonly string[], audience: string): string | Promise<string>
  /** What upstreams verify with; public keys only. */
  jwks(): { readonly keys: readonly JWK[] }
}

/** Throws a Fault (`ERR_READ`) when the key file cannot be used. */
export function createIdentityTokenMinter(
  _options: IdentityTokenOptions,
  _clock: Clock,
): Promise<IdentityTokenMinter> {
  return Promise.resolve({ token: () => '', jwks: () => ({ keys: [] }) })
}
