import type { AccessRequest } from '../model/access-request.ts'
import type { Decision } from '../model/decision.ts'
import type { Identity } from '../model/identity.ts'
import type { Outcome } from '../model/outcome.ts'
import type { Refusal } from '../model/refusal.ts'
import type { RequestFacts } from '../model/request-facts.ts'

/**
 * What a front door knows when a request is over. The recorder keeps nothing of it but the line it
 * makes.
 */
export interface RecordEntry {
  readonly source: 'gateway' | 'check'
  /** Names the decision; the same id the client, the upstream or the caller was given. */
  readonly id: string
  /** Wall clock when the request came in. */
  readonly timeMs: number
  /** Null when the request was refused before its facts were known, and from the decision API. */
  readonly facts: RequestFacts | null
  /** X-Request-ID; read only when `facts` is null. */
  readonly requestId: string | null
  /** Address of the peer; read only when `facts` is null. */
  readonly clientIp: string | null
  readonly identity: Identity | null
  /** Who asked over the decision API; null from the gateway. */
  readonly caller: string | null
  readonly route: string | null
  readonly request: AccessRequest | null
  readonly decision: Decision | null
  /** Why the request was refused before a decision. */
  readonly refusal: Refusal | null
  readonly outcome: Outcome
  /** Of the snapshot that decided, or that was current when the request was refused. */
  readonly generation: number
  readonly policyDigest: string
  /** Time the decision itself took; null when none was made. */
  readonly decideMs: number | null
  /** From the first byte read to the outcome. */
  readonly totalMs: number
}
