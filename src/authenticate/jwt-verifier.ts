import type { Clock } from '../model/clock.ts'
import type { Refusal } from '../model/refusal.ts'
import type { ClientAddress } from '../model/request-facts.ts'
import { refuseDates } from './claims.ts'
import type { KeyLookup, KeySource } from './key-source.ts'
import type { AuthenticateOptions } from './options.ts'
import { UnderWay, type WorkLimits } from './under-way.ts'
import type { TokenVerifier, Verdict } from './verified-tokens.ts'
import {
  type Candidate,
  findKey,
  readCandidate,
  refuseKey,
  trustIssuers,
  verifyCandidate,
} from './verify-token.ts'

/** Signatures being verified at one time; past it the answer is `overloaded`. */
export const verificationLimits: WorkLimits = { max: 1_024, perClient: 512 }
/** Tokens that wait for keys, counted apart: made-up key ids must not hold up known keys. */
const waitingLimits: WorkLimits = { max: 1_024, perClient: 512 }

/** Signed JWTs of the issuers that are trusted. */
export function createJwtVerifier(
  options: AuthenticateOptions,
  keys: KeySource,
  clock: Clock,
): TokenVerifier {
  const { clockSkewS } = options
  const issuers = trustIssuers(options.issuers, keys)
  const verifying = new UnderWay(verificationLimits, 'tokens', 'are being verified')
  const waiting = new UnderWay(waitingLimits, 'tokens', 'are waiting for keys')

  function verify(token: string, from: ClientAddress | null): Refusal | Promise<Verdict> {
    const candidate = readCandidate(token, issuers, clock.nowMs(), clockSkewS)
    if ('kind' in candidate) return candidate
    const lookup = findKey(candidate)
    if (lookup.kind === 'found') {
      return verifying.refuse(from) ?? verifyWith(candidate, lookup, from)
    }
    const refreshed = lookup.kind === 'unsuitable' ? null : candidate.issuer.keys.refresh()
    if (refreshed === null) return refuseKey(lookup, candidate)
    return waiting.refuse(from) ?? verifyAfter(refreshed, candidate, from)
  }

  async function verifyAfter(
    refreshed: Promise<void>,
    candidate: Candidate,
    from: ClientAddress | null,
  ): Promise<Verdict> {
    const end = waiting.begin(from)
    try {
      await refreshed
    } finally {
      end()
    }
    return verifyWith(candidate, findKey(candidate), from)
  }

  async function verifyWith(
    candidate: Candidate,
    lookup: KeyLookup,
    from: ClientAddress | null,
  ): Promise<Verdict> {
    const { keys: basis } = candidate.issuer
    // Which may move while the signature is verified.
    const { generation } = basis
    const grounds = { basis, generation, usableUntilMs: null }
    const end = verifying.begin(from)
    try {
      const verified = await verifyCandidate(candidate, lookup)
      if ('kind' in verified) return { answer: verified, validity: null, ...grounds }
      const { validity } = candidate
      // Time has passed if keys had to be fetched.
      const late = refuseDates(validity, clock.nowMs(), clockSkewS)
      return { answer: late ?? verified, validity, ...grounds }
    } finally {
      end()
    }
  }

  return { verify }
}
