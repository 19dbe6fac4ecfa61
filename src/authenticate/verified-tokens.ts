import type { Clock } from '../model/clock.ts'
import { refuse, type Refusal } from '../model/refusal.ts'
import type { ClientAddress } from '../model/request-facts.ts'
import type { AttemptBudget } from './attempt-budget.ts'
import { refuseTokenSyntax } from './bearer.ts'
import type { Validity } from './claims.ts'
import type { Authenticated } from './method.ts'
import type { AuthenticateMetrics } from './metrics.ts'
import type { AuthenticateOptions } from './options.ts'
import { RefusedTokens } from './refused-tokens.ts'
import { type Basis, TokenCache } from './token-cache.ts'

/** Access tokens, however they come: what a token says, not whether its bearer may use it. */
export interface VerifiedTokens {
  /**
   * Who a token speaks for, or why that cannot be said; never throws or rejects. At once when the
   * token was verified before or cannot be accepted; a promise when something is waited for.
   */
  verify(token: string, from: ClientAddress): Authenticated | Promise<Authenticated>
}

/** What came of verifying a token, and for how long it holds. */
export interface Verdict {
  readonly answer: Authenticated
  /** Null with a refusal. */
  readonly validity: Validity | null
  /** What it depends on besides the clock; null: on nothing. */
  readonly basis: Basis | null
  /** The one it was verified under. */
  readonly generation: number
  /** Kept no longer than until then, whatever else would let it be; null: it does not matter. */
  readonly usableUntilMs: number | null
}

/** Verifies tokens of one form, one at a time and without a memory of its own. */
export interface TokenVerifier {
  /**
   * A refusal at once needs no key and no answer of anybody. `from` is null for a token that was good
   * before: it is no guess, and not counted as the work of an address.
   */
  verify(token: string, from: ClientAddress | null): Refusal | Promise<Verdict>
}

/**
 * The memory before the verifiers: a good token is verified once for many requests, a bad one is
 * remembered briefly and apart, and an address that sends too many of those is heard no longer.
 */
export function createVerifiedTokens(
  options: AuthenticateOptions,
  verifierOf: (token: string) => TokenVerifier,
  budget: AttemptBudget,
  clock: Clock,
  metrics: AuthenticateMetrics | null,
): VerifiedTokens {
  const { maxTokenBytes } = options
  const cache = new TokenCache(options)
  const refusedTokens = new RefusedTokens()
  const pending = new Map<string, Promise<Authenticated>>()
  metrics?.observe({
    cachedTokens: () => cache.size,
    refusedTokens: () => refusedTokens.size,
    failingAddresses: () => budget.sources,
    pendingVerifications: () => pending.size,
  })

  function verify(token: string, from: ClientAddress): Authenticated | Promise<Authenticated> {
    // Before anything reads it, were it only to look it up.
    if (token.length > maxTokenBytes) return counted(refuseSize(token.length, maxTokenBytes))
    const nowMs = clock.nowMs()
    const kept = cache.get(token, nowMs)
    if (kept !== null) {
      metrics?.countCacheHit()
      return kept
    }
    const refused = refusedTokens.get(token, nowMs)
    if (refused !== null) return counted(refused)
    return pending.get(token) ?? verifyUnknown(token, from)
  }

  function verifyUnknown(token: string, from: ClientAddress): Refusal | Promise<Authenticated> {
    // Whatever others at his address do, a token that was good is no guess.
    const wasGood = cache.remembers(token)
    const exhausted = wasGood ? null : budget.refuseAttempt(from)
    if (exhausted !== null) return counted(exhausted)
    const syntax = refuseTokenSyntax(token)
    if (syntax !== null) return failed(token, syntax, from)
    const verdict = verifierOf(token).verify(token, wasGood ? null : from)
    return verdict instanceof Promise ? share(token, verdict, from) : failed(token, verdict, from)
  }

  /** One token is verified once, however often it comes meanwhile. */
  function share(
    token: string,
    verifying: Promise<Verdict>,
    from: ClientAddress,
  ): Promise<Authenticated> {
    const shared = settle(token, verifying, from).finally(() => {
      pending.delete(token)
    })
    pending.set(token, shared)
    return shared
  }

  async function settle(
    token: string,
    verifying: Promise<Verdict>,
    from: ClientAddress,
  ): Promise<Authenticated> {
    const { answer, validity, basis, generation, usableUntilMs } = await verifying
    if ('kind' in answer) return failed(token, answer, from, basis, generation)
    if (validity !== null && basis !== null) {
      const nowMs = clock.nowMs()
      cache.keep(token, answer, validity, { basis, generation, usableUntilMs }, nowMs)
    }
    metrics?.countRead('verified')
    return answer
  }

  function failed(
    token: string,
    refusal: Refusal,
    from: ClientAddress,
    basis: Basis | null = null,
    generation = 0,
  ): Refusal {
    if (!isOurs.has(refusal.code)) {
      budget.failed(from)
      cache.forget(token)
      refusedTokens.keep(token, refusal, clock.nowMs(), basis, generation)
    }
    return counted(refusal)
  }

  function counted(refusal: Refusal): Refusal {
    metrics?.countRead(refusal.code)
    return refusal
  }

  return { verify }
}

/** Says nothing about the token. */
const isOurs: ReadonlySet<Refusal['code']> = new Set(['overloaded', 'issuer_unavailable'])

function refuseSize(length: number, maxTokenBytes: number): Refusal {
  return refuse('token_too_large', `The token has ${length} bytes, accepted are ${maxTokenBytes}`)
}
