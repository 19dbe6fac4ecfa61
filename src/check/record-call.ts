import type { RecordEntry } from '../audit/record.ts'
import type { Snapshot } from '../gateway/snapshot.ts'
import type { AccessRequest } from '../model/access-request.ts'
import type { Decision } from '../model/decision.ts'
import type { Outcome } from '../model/outcome.ts'
import type { Refusal } from '../model/refusal.ts'
import type { Caller } from './caller.ts'
import type { Exchange } from './exchange.ts'

const answered: Outcome = { kind: 'answered', status: 200 }

/** A question that was answered. The subject is the one asked about; who asked is the caller. */
export function decisionEntry(
  exchange: Exchange,
  id: string,
  caller: Caller,
  request: AccessRequest,
  decision: Decision,
  { generation }: Snapshot,
  decideMs: number,
): RecordEntry {
  const { policyDigest } = decision
  return entryOf(exchange, id, {
    caller,
    request,
    decision,
    refusal: null,
    outcome: answered,
    generation,
    policyDigest,
    decideMs,
  })
}

/** A call, or one evaluation of several, that could not be answered with a decision. */
export function refusalEntry(
  exchange: Exchange,
  id: string,
  caller: Caller | null,
  refusal: Refusal,
  status: number,
  { generation, policies }: Snapshot,
): RecordEntry {
  return entryOf(exchange, id, {
    caller,
    request: null,
    decision: null,
    refusal,
    outcome: status === 200 ? answered : { kind: 'refused', status, code: refusal.code },
    generation,
    policyDigest: policies.digest,
    decideMs: null,
  })
}

/** A call that a defect of ours kept from being answered. */
export function failureEntry(exchange: Exchange, { generation, policies }: Snapshot): RecordEntry {
  return entryOf(exchange, exchange.id, {
    caller: null,
    request: null,
    decision: null,
    refusal: null,
    outcome: { kind: 'failed', status: 500, code: 'ERR_INTERNAL' },
    generation,
    policyDigest: policies.digest,
    decideMs: null,
  })
}

type Answer = Pick<
  RecordEntry,
  | 'caller'
  | 'request'
  | 'decision'
  | 'refusal'
  | 'outcome'
  | 'generation'
  | 'policyDigest'
  | 'decideMs'
>

function entryOf(exchange: Exchange, id: string, answer: Answer): RecordEntry {
  const { call, req, startedMs, timeMs } = exchange
  return {
    source: 'check',
    id,
    timeMs,
    facts: null,
    requestId: call.requestId,
    clientIp: req.socket.remoteAddress ?? null,
    identity: null,
    route: null,
    ...answer,
    totalMs: performance.now() - startedMs,
  }
}
