import type { Clock } from '../model/clock.ts'
import type { Identity } from '../model/identity.ts'
import { refuse, type Refusal } from '../model/refusal.ts'
import type { RequestFacts } from '../model/request-facts.ts'
import type { KeySource } from './key-source.ts'
import type { AuthenticateMetrics } from './metrics.ts'
import type { AuthenticateOptions } from './options.ts'

export type Credential = Pick<RequestFacts, 'authorization' | 'authorizationCount'>

export interface Authenticator {
  /**
   * Who sent the request, or why that cannot be said; never throws or rejects. A promise only when
   * the answer has to wait for an issuer's keys.
   */
  authenticate(credential: Credential): Identity | Refusal | Promise<Identity | Refusal>
}

export function createAuthenticator(
  _options: AuthenticateOptions,
  _keys: KeySource,
  _clock: Clock,
  _metrics?: AuthenticateMetrics,
): Authenticator {
  return { authenticate: () => refuse('credential_missing', 'not built yet') }
}
