import assert from 'node:assert/strict'
import type { Clock } from '../model/clock.ts'
import { AttemptBudget } from './attempt-budget.ts'
import { createBearerMethod } from './bearer-method.ts'
import { type Authenticator, createChain } from './chain.ts'
import { createJwtVerifier } from './jwt-verifier.ts'
import type { KeySource } from './key-source.ts'
import type { AuthenticateMetrics } from './metrics.ts'
import { type AuthenticateOptions, maxClockSkewS } from './options.ts'
import { createVerifiedTokens } from './verified-tokens.ts'

export type { Authenticator } from './chain.ts'

/** Every method that is configured, in the order in which they are asked. */
export function createAuthenticator(
  options: AuthenticateOptions,
  keys: KeySource,
  clock: Clock,
  metrics: AuthenticateMetrics | null = null,
): Authenticator {
  const { clockSkewS } = options
  assert(clockSkewS >= 0 && clockSkewS <= maxClockSkewS, `clockSkewS beyond ${maxClockSkewS}`)
  const budget = new AttemptBudget(options, clock)
  const jwts = createJwtVerifier(options, keys, clock)
  const tokens = createVerifiedTokens(options, () => jwts, budget, clock, metrics)
  return createChain([createBearerMethod(tokens)], {
    refused: ({ code }) => metrics?.countRead(code),
  })
}
