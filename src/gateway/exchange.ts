import type { Socket } from 'node:net'
import type { RecordEntry } from '../audit/record.ts'
import { breakOff } from '../enforce/break-off.ts'
import { leavesMuch } from '../enforce/discard.ts'
import type { Forwarding } from '../enforce/forward.ts'
import type { ForwardListener } from '../enforce/forward-listener.ts'
import { withdrawResponse } from '../enforce/lone-response.ts'
import {
  type Answer,
  answerDenial,
  answerFault,
  answerRefusal,
  respond,
} from '../enforce/respond.ts'
import { writeSwitch } from '../enforce/switch-protocols.ts'
import type { Bucket } from '../limit/bucket.ts'
import { limitFields, noFields } from '../limit/limit-fields.ts'
import { routeLimit } from '../limit/rate-limiter.ts'
import type { Connection, Pending } from '../listen/connection.ts'
import type { GatewayRequest } from '../listen/gateway-request.ts'
import type { Arrival } from '../listen/listen.ts'
import { mintRequestId } from '../listen/request-id.ts'
import type { Upgrade } from '../listen/upgrade.ts'
import type { AccessRequest } from '../model/access-request.ts'
import type { Decision } from '../model/decision.ts'
import { Fault } from '../model/fault.ts'
import type { Identity } from '../model/identity.ts'
import type { Outcome } from '../model/outcome.ts'
import { refuse, type Refusal } from '../model/refusal.ts'
import type { RequestFacts } from '../model/request-facts.ts'
import type { ResponseHead } from '../upstream/response-head.ts'
import { ClientUpload } from './client-upload.ts'
import { cutOutcome, type OpenStream, type PermissionEnd, type StreamList } from './open-stream.ts'
import { forwardedOutcome, recordOf } from './record-of.ts'
import { logCut, logDenial, logFault, logRefusal } from './request-log.ts'
import { shedStageOf } from './metrics.ts'
import { metadataUrl } from './resource-metadata.ts'
import type { Services } from './services.ts'
import type { Upload } from './slow-uploads.ts'
import type { Snapshot } from './snapshot.ts'
import { Upgraded } from './upgraded.ts'
import type { Reply } from '../model/reply.ts'

/**
 * One request from its header to its record: what the stages found out so far, and the ways it can
 * end. It ends once, and then leaves exactly one record.
 */
export class Exchange implements Arrival, Pending, ForwardListener, OpenStream {
  readonly id = mintRequestId()
  readonly startedAtMs = performance.now()
  readonly receivedAtMs: number
  readonly req: GatewayRequest
  readonly res: Reply
  readonly connection: Connection
  /** The client waits for 100 before it sends its body. */
  readonly continues: boolean
  /** What the connection can be switched to. */
  readonly upgrade: Upgrade | null
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
  asked: Snapshot
  upload: Upload | null = null
  question: AccessRequest | null = null
  list: StreamList | null = null
  previous: OpenStream | null = null
  next: OpenStream | null = null
  /** What was taken from for this request; empty where nobody is counted. */
  readonly taken: Bucket[] = []
  #exhausted: Bucket | null = null
  #refusal: Refusal | null = null
  #forwarding: Forwarding | null = null
  #upstream = ''
  #status = 0
  #over = false

  constructor(
    req: GatewayRequest,
    res: Reply,
    connection: Connection,
    continues: boolean,
    services: Services,
    upgrade: Upgrade | null = null,
  ) {
    this.req = req
    this.res = res
    this.connection = connection
    this.continues = continues
    this.upgrade = upgrade
    this.snapshot = services.holder.current
    this.asked = this.snapshot
    this.#services = services
    this.receivedAtMs = services.clock.nowMs()
    connection.add(this)
    services.state.inFlight += 1
  }

  get over(): boolean {
    return this.#over
  }

  get closing(): boolean {
    const { connection, req, upgrade } = this
    return upgrade !== null || connection.last === req || this.#services.state.draining
  }

  get protocol(): string | null {
    return this.upgrade === null ? null : this.upgrade.protocol
  }

  refused(refusal: Refusal, allow: readonly string[] | null = null): void {
    if (this.#over) return
    this.#refusal = refusal
    if (refusal.code === 'overloaded') this.#services.metrics.shed(shedStageOf(this))
    const answer = answerRefusal(refusal.code, this.id, allow, this.#metadataUrl, refusal.dpopNonce)
    this.#answer(answer)
    logRefusal(this.#services, this, refusal)
    this.#end({ kind: 'refused', status: answer.status, code: refusal.code })
  }

  /** A bucket is used up. */
  limited(bucket: Bucket): void {
    if (this.#over) return
    const { limit } = bucket
    this.#exhausted = bucket
    // What others have taken together is nobody's to know.
    if (limit !== routeLimit) this.taken.push(bucket)
    this.refused(refuse('rate_limited', `The limit "${limit}" is used up`))
  }

  /** What the client has left, and when to come back. */
  get fields(): readonly string[] {
    const { taken } = this
    if (taken.length === 0 && this.#exhausted === null) return noFields
    return limitFields(taken, this.#exhausted, performance.now())
  }

  get #metadataUrl(): string | null {
    return metadataUrl(this.facts, this.#services)
  }

  denied(decision: Decision): void {
    const answer = answerDenial(decision, this.id, this.#metadataUrl)
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
    if (this.facts?.hasBody === true) this.upload = new ClientUpload(this, upstream)
    this.#services.streams.add(this)
    forwarding.start()
  }

  switched(upstream: Socket, head: ResponseHead): void {
    try {
      this.#switch(upstream, head)
    } catch (error) {
      upstream.destroy()
      this.crashed(error)
      this.upgrade?.socket.destroy()
    }
  }

  #switch(upstream: Socket, head: ResponseHead): void {
    const { upgrade } = this
    const { state, streams, limits } = this.#services
    if (upgrade === null || state.draining || streams.isFull(limits)) {
      upstream.destroy()
      this.refused(refuse(state.draining ? 'draining' : 'overloaded', 'Too late to switch'))
      return
    }
    withdrawResponse(this.res, upgrade.socket)
    const opened = this.#end(this.#forwarded(101))
    if (opened === null) upstream.destroy()
    else
      new Upgraded(this, opened, upgrade, this.#services).start(
        upstream,
        writeSwitch(head, upgrade.protocol, this.id),
      )
  }

  cut(end: PermissionEnd): void {
    if (this.#over) return
    this.#forwarding?.abort()
    const isAnswered = this.res.headersSent
    const answer =
      'kind' in end
        ? answerRefusal(end.code, this.id, null, this.#metadataUrl)
        : answerDenial(end, this.id, this.#metadataUrl)
    if (isAnswered) breakOff(this.res)
    else this.#answer(answer)
    const outcome = cutOutcome(end, isAnswered ? this.#status : answer.status, this.asked)
    this.#services.metrics.streamCut(outcome.code)
    logCut(this.#services, this, outcome.code)
    this.#end(outcome)
  }

  responseStarted(status: number): void {
    this.#status = status
    if (this.closing || !this.res.shouldKeepAlive) this.connection.closing = true
  }

  responseEnded(): void {
    const nowMs = performance.now()
    this.#services.metrics.upstreamEnded(nowMs - this.decidedAtMs)
    this.#end(this.#forwarded(this.#status), nowMs)
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
    if (this.res.headersSent) breakOff(this.res)
    this.#end({ kind: 'aborted', by: this.#services.state.draining ? 'shutdown' : 'client' })
  }

  bodyBroken(refusal: Refusal): void {
    if (this.#over) return
    this.#forwarding?.abort()
    if (this.res.headersSent) {
      this.res.destroy()
      this.truncated(refusal)
    } else this.refused(refusal)
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
    breakOff(this.res)
    this.#end({ kind: 'failed', status: this.#status, code: fault.code })
  }

  #forwarded(status: number): Outcome {
    return forwardedOutcome(status, this.#upstream, this.#forwarding?.address ?? null)
  }

  #answer(answer: Answer): void {
    const closes = answer.closes || this.closing || leavesMuch(this.req)
    if (closes) this.connection.closing = true
    const { fields } = this
    const isPlain = closes === answer.closes && fields.length === 0
    const { bodyIdleTimeoutMs } = this.#services.limits
    const whole = isPlain ? answer : { ...answer, closes, fields }
    respond(this.req, this.res, whole, bodyIdleTimeoutMs)
  }

  #end(outcome: Outcome, nowMs = performance.now()): RecordEntry | null {
    if (this.#over) return null
    this.#over = true
    const { state, metrics, recorder, streams } = this.#services
    if (this.list !== null) streams.remove(this)
    this.connection.remove(this)
    state.inFlight -= 1
    const totalMs = nowMs - this.startedAtMs
    metrics.ended(outcome, totalMs)
    const entry = recordOf(this, this.#refusal, outcome, totalMs)
    recorder.record(entry)
    return entry
  }
}
