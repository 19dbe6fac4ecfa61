import assert from 'node:assert/strict'
import type { Clock } from '../model/clock.ts'
import { AttemptBudget } from './attempt-budget.ts'
import { createBearerMethod } from './bearer-method.ts'
import { type Authenticator, createChain } from './chain.ts'
import type { IntrospectionSource, SharedAnswers } from './introspection.ts'
import { createIntrospectionVerifier, type IntrospectedIssuer } from './introspection-verifier.ts'
import { createJwtVerifier } from './jwt-verifier.ts'
import type { KeySource } from './key-source.ts'
import type { AuthenticateMetrics } from './metrics.ts'
import { type AuthenticateOptions, type IssuerOptions, maxClockSkewS } from './options.ts'
import { createVerifiedTokens, type TokenVerifier } from './verified-tokens.ts'

export type { Authenticator } from './chain.ts'

interface IntrospectionParts {
  readonly introspection?: IntrospectionSource | null
  readonly sharedAnswers?: SharedAnswers | null
}

/** Every method that is configured, in the order in which they are asked. */
export function createAuthenticator(
  options: AuthenticateOptions,
  keys: KeySource,
  clock: Clock,
  metrics: AuthenticateMetrics | null = null,
  { introspection = null, sharedAnswers = null }: IntrospectionParts = {},
): Authenticator {
  const { clockSkewS } = options
  assert(clockSkewS >= 0 && clockSkewS <= maxClockSkewS, `clockSkewS beyond ${maxClockSkewS}`)
  const budget = new AttemptBudget(options, clock)
  const jwts = createJwtVerifier(options, keys, clock)
  const asked = findIntrospected(options.issuers, introspection)
  const opaque =
    asked === null ? null : createIntrospectionVerifier(asked, clockSkewS, clock, sharedAnswers)
  const verifierOf = (token: string): TokenVerifier =>
    opaque?.isFor(token) === true ? opaque : jwts
  const tokens = createVerifiedTokens(options, verifierOf, budget, clock, metrics)
  return createChain([createBearerMethod(tokens)], {
    refused: ({ code }) => metrics?.countRead(code),
  })
}

/** The one issuer whose tokens are introspected: an opaque token does not say whose it is. */
function findIntrospected(
  issuers: readonly IssuerOptions[],
  source: IntrospectionSource | null,
): IntrospectedIssuer | null {
  for (const issuer of issuers) {
    const { introspection } = issuer
    const endpoint = source?.endpointOf(issuer.issuer) ?? null
    if (introspection !== null && endpoint !== null) return { issuer, introspection, endpoint }
  }
  return null
}
