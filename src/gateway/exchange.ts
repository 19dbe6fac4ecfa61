import type { ServerResponse } from 'node:http'
import { watchTail } from '../enforce/end-response.ts'
import type { Forwarding } from '../enforce/forward.ts'
import type { ForwardListener } from '../enforce/forward-listener.ts'
import {
  type Answer,
  answerDenial,
  answerFault,
  answerRefusal,
  respond,
} from '../enforce/respond.ts'
import type { Connection, Pending } from '../listen/connection.ts'
import type { GatewayRequest } from '../listen/gateway-request.ts'
import type { Arrival } from '../listen/listen.ts'
import { mintRequestId } from '../listen/request-id.ts'
import type { AccessRequest } from '../model/access-request.ts'
import type { Decision } from '../model/decision.ts'
import { Fault } from '../model/fault.ts'
import type { Identity } from '../model/identity.ts'
import type { Outcome } from '../model/outcome.ts'
import type { Refusal } from '../model/refusal.ts'
import type { RequestFacts } from '../model/request-facts.ts'
import { logDenial, logFault, logRefusal } from './request-log.ts'
import type { Services } from './services.ts'
import type { Snapshot } from './snapshot.ts'

/**
 * One request from its header to its record: what the stages found out so far, and the ways it can
 * end. It ends once, and then leaves exactly one record.
 */
export class Exchange implements Arrival, Pending, ForwardListener {
  readonly id = mintRequestId()
  readonly startedAtMs = performance.now()
  readonly receivedAtMs: number
  readonly req: GatewayRequest
  readonly res: ServerResponse
  readonly connection: Connection
  /** The client waits for 100 before it sends its body. */
  readonly continues: boolean
  /** Read once: one request, one policy. */
  readonly snapshot: Snapshot
  readonly #services: Services
  facts: RequestFacts | null = null
  route: string | null = null
  identity: Identity | null = null
  request: AccessRequest | null = null
  decision: Decision | null = null
  decideMs: number | null = null
  decidedAtMs = 0
  #refusal: Refusal | null = null
  #forwarding: Forwarding | null = null
  #upstream = ''
  #status = 0
  #over = false

  constructor(
    req: GatewayRequest,
    res: ServerResponse,
    connection: Connection,
    continues: boolean,
    services: Services,
  ) {
    this.req = req
    this.res = res
    this.connection = connection
    this.continues = continues
    this.snapshot = services.holder.current
    this.#services = services
    this.receivedAtMs = services.clock.nowMs()
    connection.add(this)
    services.state.inFlight += 1
  }

  get over(): boolean {
    return this.#over
  }

  get closing(): boolean {
    return this.#services.state.draining
  }

  refused(refusal: Refusal, allow: readonly string[] | null = null): void {
    if (this.#over) return
    this.#refusal = refusal
    const answer = answerRefusal(refusal.code, this.id, allow)
    this.#answer(answer)
    logRefusal(this.#services, this, refusal)
    this.#end({ kind: 'refused', status: answer.status, code: refusal.code })
  }

  denied(decision: Decision): void {
    const answer = answerDenial(decision, this.id)
    this.#answer(answer)
    logDenial(this.#services, this, decision)
    this.#end({ kind: 'denied', status: answer.status, code: decision.reason })
  }

  answered(status: number): void {
    this.#end({ kind: 'answered', status })
  }

  forward(forwarding: Forwarding, upstream: string): void {
    this.#forwarding = forwarding
    this.#upstream = upstream
    forwarding.start()
  }

  responseStarted(status: number): void {
    this.#status = status
    if (this.closing) this.connection.closing = true
  }

  responseEnded(): void {
    const nowMs = performance.now()
    this.#services.metrics.upstreamEnded(nowMs - this.decidedAtMs)
    this.#end({ kind: 'forwarded', status: this.#status, upstream: this.#upstream }, nowMs)
  }

  failed(fault: Fault): void {
    if (this.#over) return
    const answer = answerFault(fault.code, this.id)
    logFault(this.#services, this, fault)
    this.#answer(answer)
    this.#end({ kind: 'failed', status: answer.status, code: fault.code })
  }

  truncated(cause: Fault | Refusal): void {
    const byUpstream = cause instanceof Fault
    if (byUpstream) logFault(this.#services, this, cause)
    else logRefusal(this.#services, this, cause)
    this.#end({ kind: 'aborted', by: byUpstream ? 'upstream' : 'client' })
  }

  /** The client went away, or the time for ending in peace is over. */
  connectionClosed(): void {
    if (this.#over) return
    this.#forwarding?.abort()
    this.#end({ kind: 'aborted', by: this.closing ? 'shutdown' : 'client' })
  }

  /** A defect of ours: nothing is forwarded, and the process goes on. */
  crashed(error: unknown): void {
    const fault = new Fault('ERR_INTERNAL', 'The gateway failed on a request', { cause: error })
    if (this.#over) {
      logFault(this.#services, this, fault)
      return
    }
    this.#forwarding?.abort()
    if (!this.res.headersSent) {
      this.failed(fault)
      return
    }
    logFault(this.#services, this, fault)
    this.res.destroy()
    this.#end({ kind: 'failed', status: this.#status, code: fault.code })
  }

  #answer(answer: Answer): void {
    const closes = answer.closes || this.closing
    if (closes) this.connection.closing = true
    respond(this.req, this.res, closes === answer.closes ? answer : { ...answer, closes })
    watchTail(this.res, this.#services.limits.bodyIdleTimeoutMs)
  }

  #end(outcome: Outcome, nowMs = performance.now()): void {
    if (this.#over) return
    this.#over = true
    const { state, metrics, recorder } = this.#services
    this.connection.remove(this)
    state.inFlight -= 1
    const totalMs = nowMs - this.startedAtMs
    metrics.ended(outcome, totalMs)
    recorder.record({
      source: 'gateway',
      id: this.id,
      timeMs: this.receivedAtMs,
      facts: this.facts === null ? null : withoutHeader(this.facts),
      requestId: null,
      clientIp: this.facts === null ? this.connection.client.ip : null,
      identity: this.identity,
      caller: null,
      route: this.route,
      request: this.request,
      decision: this.decision,
      refusal: this.#refusal,
      outcome,
      generation: this.snapshot.generation,
      policyDigest: this.snapshot.policies.digest,
      decideMs: this.decideMs,
      totalMs,
    })
  }
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
    client: facts.client,
    hasBody: facts.hasBody,
    contentLength: facts.contentLength,
  }
}
