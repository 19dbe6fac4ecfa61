import type { RecordEntry } from '../audit/record.ts'
import type { Outcome } from '../model/outcome.ts'
import type { Refusal } from '../model/refusal.ts'
import type { Exchange } from './exchange.ts'

/** What is recorded of an exchange that ended like this. */
export function recordOf(
  exchange: Exchange,
  refusal: Refusal | null,
  outcome: Outcome,
  totalMs: number,
): RecordEntry {
  const { facts, snapshot } = exchange
  return {
    source: 'gateway',
    id: exchange.id,
    timeMs: exchange.receivedAtMs,
    facts,
    requestId: null,
    clientIp: facts === null ? exchange.connection.client.ip : null,
    identity: exchange.identity,
    caller: null,
    route: exchange.route,
    request: exchange.request,
    decision: exchange.decision,
    refusal,
    outcome,
    generation: snapshot.generation,
    policyDigest: snapshot.policies.digest,
    decideMs: exchange.decideMs,
    totalMs,
  }
}

/** `address`: where the connection led, unless the upstream's own name says it. */
export function forwardedOutcome(
  status: number,
  upstream: string,
  address: string | null,
): Outcome {
  if (address === null) return { kind: 'forwarded', status, upstream }
  return { kind: 'forwarded', status, upstream, address }
}
