import type { RecordEntry } from '../audit/record.ts'
import type { Outcome } from '../model/outcome.ts'
import type { Refusal } from '../model/refusal.ts'
import type { RequestFacts } from '../model/request-facts.ts'
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
    facts: facts === null ? null : withoutHeader(facts),
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

const noHeaders: readonly string[] = Object.freeze([])

/**
 * Records wait in memory to be written: neither the credential nor the header waits with them.
 * Written out, since a spread of this many fields takes most of a microsecond.
 */
function withoutHeader(facts: RequestFacts): RequestFacts {
  return {
    id: facts.id,
    requestId: facts.requestId,
    receivedAtMs: facts.receivedAtMs,
    startedAtMs: facts.startedAtMs,
    method: facts.method,
    scheme: facts.scheme,
    host: facts.host,
    authority: facts.authority,
    path: facts.path,
    query: facts.query,
    rawHeaders: noHeaders,
    authorization: null,
    authorizationCount: facts.authorizationCount,
    dpop: null,
    dpopCount: facts.dpopCount,
    apiKey: null,
    apiKeyCount: facts.apiKeyCount,
    client: facts.client,
    hasBody: facts.hasBody,
    contentLength: facts.contentLength,
  }
}
