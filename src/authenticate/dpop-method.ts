import type { Clock } from '../model/clock.ts'
import type { Refusal, RefusalCode } from '../model/refusal.ts'
import type { ClientAddress } from '../model/request-facts.ts'
import type { AttemptBudget } from './attempt-budget.ts'
import type { Authenticated, AuthenticationMethod } from './method.ts'
import { type Credentials, schemeEnd } from './credentials.ts'
import type { Possession } from './possession.ts'
import type { VerifiedTokens } from './verified-tokens.ts'

const scheme = 'dpop'

/** What only comes of a proof that is wrong; a nonce that is asked for is no fault. */
const badProofs: ReadonlySet<RefusalCode> = new Set([
  'proof_malformed',
  'proof_key_mismatch',
  'proof_mismatch',
  'proof_stale',
  'proof_signature_invalid',
  'proof_replayed',
])

/**
 * `Authorization: DPoP TOKEN` with a proof in `DPoP` (RFC 9449 section 7.1). Bad proofs have a budget
 * apart from that of bad tokens: only who has a good token can spend it, so that no neighbour's forged
 * tokens hold up good proofs.
 */
export function createDpopMethod(
  tokens: VerifiedTokens,
  possession: Possession,
  budget: AttemptBudget,
  clock: Clock,
): AuthenticationMethod {
  return {
    kind: 'dpop',
    isOfConnection: false,
    finds: ({ authorization }) => authorization !== null && schemeEnd(authorization, scheme) !== -1,
    authenticate(credentials) {
      const authorization = credentials.authorization ?? ''
      const token = authorization.slice(schemeEnd(authorization, scheme))
      const answer = tokens.verify(token, credentials.client)
      return answer instanceof Promise
        ? answer.then((settled) => proven(settled, token, credentials))
        : proven(answer, token, credentials)
    },
  }

  function proven(
    answer: Authenticated,
    token: string,
    credentials: Credentials,
  ): Authenticated | Promise<Authenticated> {
    if ('kind' in answer) return answer
    const { client } = credentials
    const exhausted = budget.refuseAttempt(client)
    if (exhausted !== null) return exhausted
    const refusal = possession.prove(answer, token, credentials, clock.nowMs())
    if (!(refusal instanceof Promise)) return charged(refusal, client) ?? answer
    return refusal.then((settled) => charged(settled, client) ?? answer)
  }

  function charged(refusal: Refusal | null, client: ClientAddress): Refusal | null {
    if (refusal !== null && badProofs.has(refusal.code)) budget.failed(client)
    return refusal
  }
}
