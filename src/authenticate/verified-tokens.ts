import type { Clock } from '../model/clock.ts'
import type { Identity } from '../model/identity.ts'
import { refuse, type Refusal } from '../model/refusal.ts'
import type { ClientAddress } from '../model/request-facts.ts'
import { refuseTokenSyntax } from './bearer.ts'
import { refuseDates } from './claims.ts'
import type { KeyLookup, KeySource } from './key-source.ts'
import type { AuthenticateMetrics } from './metrics.ts'
import type { AuthenticateOptions } from './options.ts'
import { TokenCache } from './token-cache.ts'
import {
  type Candidate,
  findKey,
  readCandidate,
  refuseKey,
  trustIssuers,
  verifyCandidate,
} from './verify-token.ts'

/** Access tokens, however they come: what a token says, not whether its bearer may use it. */
export interface VerifiedTokens {
  /**
   * Who a token speaks for, or why that cannot be said; never throws or rejects. At once when the
   * token was verified before or cannot be accepted; a promise when a signature has to be verified.
   */
  verify(token: string, from: ClientAddress): Identity | Refusal | Promise<Identity | Refusal>
}

/** Signatures being verified at one time; past it the answer is `overloaded`. */
const maxPendingVerifications = 1_024
/** Tokens that wait for keys, counted apart: made-up key ids must not hold up known keys. */
const maxWaitingForKeys = 1_024

export function createVerifiedTokens(
  options: AuthenticateOptions,
  keys: KeySource,
  clock: Clock,
  metrics: AuthenticateMetrics | null,
): VerifiedTokens {
  const { clockSkewS, maxTokenBytes } = options
  const issuers = trustIssuers(options.issuers, keys)
  const cache = new TokenCache(options)
  const pending = new Map<string, Promise<Identity | Refusal>>()
  let waitingForKeys = 0
  metrics?.observe({
    cachedTokens: () => cache.size,
    pendingVerifications: () => pending.size,
  })

  function verify(token: string): Identity | Refusal | Promise<Identity | Refusal> {
    // Before anything reads it, were it only to look it up.
    if (token.length > maxTokenBytes) return counted(refuseSize(token.length, maxTokenBytes))
    const kept = cache.get(token, clock.nowMs())
    if (kept !== null) {
      metrics?.countCacheHit()
      return kept
    }
    return pending.get(token) ?? verifyUnknown(token)
  }

  function verifyUnknown(token: string): Refusal | Promise<Identity | Refusal> {
    const syntax = refuseTokenSyntax(token)
    if (syntax !== null) return counted(syntax)
    const candidate = readCandidate(token, issuers, clock.nowMs(), clockSkewS)
    if ('kind' in candidate) return counted(candidate)
    const lookup = findKey(candidate)
    if (lookup.kind === 'found') {
      return pending.size - waitingForKeys < maxPendingVerifications
        ? share(token, verifyWith(token, candidate, lookup))
        : counted(refuse('overloaded', 'Too many tokens are being verified'))
    }
    const refreshed = lookup.kind === 'unsuitable' ? null : candidate.issuer.keys.refresh()
    if (refreshed === null) return counted(refuseKey(lookup, candidate))
    return waitingForKeys < maxWaitingForKeys
      ? share(token, verifyAfter(refreshed, token, candidate))
      : counted(refuse('overloaded', 'Too many tokens are waiting for keys'))
  }

  /** One token is verified once, however often it comes meanwhile. */
  function share(
    token: string,
    verification: Promise<Identity | Refusal>,
  ): Promise<Identity | Refusal> {
    const shared = verification.finally(() => {
      pending.delete(token)
    })
    pending.set(token, shared)
    return shared
  }

  async function verifyAfter(
    refreshed: Promise<void>,
    token: string,
    candidate: Candidate,
  ): Promise<Identity | Refusal> {
    waitingForKeys += 1
    try {
      await refreshed
    } finally {
      waitingForKeys -= 1
    }
    return verifyWith(token, candidate, findKey(candidate))
  }

  async function verifyWith(
    token: string,
    candidate: Candidate,
    lookup: KeyLookup,
  ): Promise<Identity | Refusal> {
    const verified = await verifyCandidate(candidate, lookup)
    if ('kind' in verified) return counted(verified)
    // Time has passed if keys had to be fetched.
    const nowMs = clock.nowMs()
    const late = refuseDates(candidate.validity, nowMs, clockSkewS)
    if (late !== null) return counted(late)
    const { identity, generation } = verified
    cache.keep(token, identity, candidate.validity, candidate.issuer.keys, generation, nowMs)
    metrics?.countRead('verified')
    return identity
  }

  function counted(refusal: Refusal): Refusal {
    metrics?.countRead(refusal.code)
    return refusal
  }

  return { verify }
}

function refuseSize(length: number, maxTokenBytes: number): Refusal {
  return refuse('token_too_large', `The token has ${length} bytes, accepted are ${maxTokenBytes}`)
}
