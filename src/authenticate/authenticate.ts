import assert from 'node:assert/strict'
import type { Clock } from '../model/clock.ts'
import { AttemptBudget } from './attempt-budget.ts'
import { createApiKeyMethod, isBearerApiKey } from './api-key-method.ts'
import type { ApiKeySource } from './api-keys.ts'
import { createBearerMethod } from './bearer-method.ts'
import { CertificateIdentities } from './certificate-identity.ts'
import { createCertificateMethod } from './certificate-method.ts'
import { type Authenticator, createChain } from './chain.ts'
import type { IntrospectionSource, SharedAnswers } from './introspection.ts'
import { createIntrospectionVerifier, type IntrospectedIssuer } from './introspection-verifier.ts'
import { createJwtVerifier } from './jwt-verifier.ts'
import { createDpopMethod } from './dpop-method.ts'
import type { KeySource } from './key-source.ts'
import type { AuthenticationMethod } from './method.ts'
import type { AuthenticateMetrics } from './metrics.ts'
import {
  type AuthenticateOptions,
  type ClientIdentityOptions,
  type IssuerOptions,
  maxClockSkewS,
} from './options.ts'
import type { Possession } from './possession.ts'
import { keepApart, type KeptApart } from './subject-spaces.ts'
import { createVerifiedTokens, type TokenVerifier, type VerifiedTokens } from './verified-tokens.ts'

export type { Authenticator } from './chain.ts'

/** What else there is; what is null or absent is not offered. */
interface AuthenticatorParts {
  readonly introspection?: IntrospectionSource | null
  readonly sharedAnswers?: SharedAnswers | null
  readonly possession?: Possession | null
  readonly apiKeys?: ApiKeySource | null
  readonly clientIdentity?: ClientIdentityOptions | null
}

/** Every method that is configured, in the order in which they are asked. */
export function createAuthenticator(
  options: AuthenticateOptions,
  keys: KeySource,
  clock: Clock,
  metrics: AuthenticateMetrics | null = null,
  parts: AuthenticatorParts = {},
): Authenticator {
  const { clockSkewS } = options
  const { introspection = null, sharedAnswers = null } = parts
  assert(clockSkewS >= 0 && clockSkewS <= maxClockSkewS, `clockSkewS beyond ${maxClockSkewS}`)
  const budget = new AttemptBudget(options, clock)
  const apart = keepApart(options.issuers, parts.clientIdentity ?? null)
  const { issuers } = apart
  const jwts = createJwtVerifier({ ...options, issuers }, keys, clock)
  const asked = findIntrospected(issuers, introspection)
  const opaque =
    asked === null ? null : createIntrospectionVerifier(asked, clockSkewS, clock, sharedAnswers)
  const verifierOf = (token: string): TokenVerifier =>
    opaque?.isFor(token) === true ? opaque : jwts
  const tokens = createVerifiedTokens(options, verifierOf, budget, clock, metrics)
  const budgets = { attempts: budget, proofs: new AttemptBudget(options, clock) }
  return createChain(methodsOf(tokens, parts, apart, budgets, clock), {
    refused: ({ code }) => metrics?.countRead(code),
  })
}

function methodsOf(
  tokens: VerifiedTokens,
  { possession = null, apiKeys = null, clientIdentity = null }: AuthenticatorParts,
  { foreignToCertificates }: KeptApart,
  { attempts, proofs }: Readonly<Record<'attempts' | 'proofs', AttemptBudget>>,
  clock: Clock,
): readonly AuthenticationMethod[] {
  const isForeign = apiKeys === null ? undefined : isBearerApiKey
  const methods: AuthenticationMethod[] = [createBearerMethod(tokens, isForeign)]
  if (possession !== null) methods.push(createDpopMethod(tokens, possession, proofs, clock))
  if (apiKeys !== null) methods.push(createApiKeyMethod(apiKeys, attempts, clock))
  if (clientIdentity !== null && clientIdentity.subjectFrom !== 'none') {
    const identities = new CertificateIdentities(clientIdentity, foreignToCertificates)
    methods.push(createCertificateMethod(identities, clock))
  }
  return methods
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
