import type { Clock } from '../model/clock.ts'
import { refuse, type Refusal } from '../model/refusal.ts'
import { refuseDates } from './claims.ts'
import type { KeyLookup, KeySource } from './key-source.ts'
import type { AuthenticateOptions } from './options.ts'
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
const maxPendingVerifications = 1_024
/** Tokens that wait for keys, counted apart: made-up key ids must not hold up known keys. */
const maxWaitingForKeys = 1_024

/** Signed JWTs of the issuers that are trusted. */
export function createJwtVerifier(
  options: AuthenticateOptions,
  keys: KeySource,
  clock: Clock,
): TokenVerifier {
  const { clockSkewS } = options
  const issuers = trustIssuers(options.issuers, keys)
  let verifying = 0
  let waitingForKeys = 0

  function verify(token: string): Refusal | Promise<Verdict> {
    const candidate = readCandidate(token, issuers, clock.nowMs(), clockSkewS)
    if ('kind' in candidate) return candidate
    const lookup = findKey(candidate)
    if (lookup.kind === 'found') {
      return verifying < maxPendingVerifications
        ? verifyWith(candidate, lookup)
        : refuse('overloaded', 'Too many tokens are being verified')
    }
    const refreshed = lookup.kind === 'unsuitable' ? null : candidate.issuer.keys.refresh()
    if (refreshed === null) return refuseKey(lookup, candidate)
    return waitingForKeys < maxWaitingForKeys
      ? verifyAfter(refreshed, candidate)
      : refuse('overloaded', 'Too many tokens are waiting for keys')
  }

  async function verifyAfter(refreshed: Promise<void>, candidate: Candidate): Promise<Verdict> {
    waitingForKeys += 1
    try {
      await refreshed
    } finally {
      waitingForKeys -= 1
    }
    return verifyWith(candidate, findKey(candidate))
  }

  async function verifyWith(candidate: Candidate, lookup: KeyLookup): Promise<Verdict> {
    const { keys: basis } = candidate.issuer
    // Which may move while the signature is verified.
    const { generation } = basis
    const grounds = { basis, generation, usableUntilMs: null }
    verifying += 1
    try {
      const verified = await verifyCandidate(candidate, lookup)
      if ('kind' in verified) return { answer: verified, validity: null, ...grounds }
      const { validity } = candidate
      // Time has passed if keys had to be fetched.
      const late = refuseDates(validity, clock.nowMs(), clockSkewS)
      return { answer: late ?? verified, validity, ...grounds }
    } finally {
      verifying -= 1
    }
  }

  return { verify }
}
