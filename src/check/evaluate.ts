import type { IncomingMessage } from 'node:http'

import type { Recorder } from '../audit/audit.ts'
import { decide } from '../decide/decide.ts'
import type { Snapshot, SnapshotHolder } from '../gateway/snapshot.ts'
import type { AccessRequest } from '../model/access-request.ts'
import type { Bucket } from '../limit/bucket.ts'
import { limitFields, noFields } from '../limit/limit-fields.ts'
import type { RateLimiter } from '../limit/rate-limiter.ts'
import type { Clock } from '../model/clock.ts'
import type { Decision } from '../model/decision.ts'
import { refuse } from '../model/refusal.ts'
import type { Refusal } from '../model/refusal.ts'
import { unixPeer } from '../model/request-facts.ts'
import { isLocalAuthority } from '../service/host-guard.ts'
import type { Log } from '../telemetry/log.ts'
import { sendAnswer, sendError, writeDecision, writeFailedEvaluation } from './answer.ts'
import { findRequestIdProblem, isJsonType } from './call.ts'
import type { Call } from './call.ts'
import type { Caller, FindCaller } from './caller.ts'
import { beginExchange } from './exchange.ts'
import type { Exchange } from './exchange.ts'
import type { CheckMetrics, Endpoint } from './metrics.ts'
import type { CheckOptions } from './options.ts'
import { readBody } from './read-body.ts'
import { readEvaluation } from './read-evaluation.ts'
import { readEvaluations, readItem } from './read-evaluations.ts'
import type { Batch } from './read-evaluations.ts'
import { readJsonObject } from './read-json.ts'
import type { Problem } from './read-json.ts'
import { decisionEntry, failureEntry, refusalEntry } from './record-call.ts'
import { statusOfRefusedCaller } from './refused-status.ts'
import type { Reply } from '../model/reply.ts'

export interface EvaluateParts {
  readonly options: CheckOptions
  readonly findCaller: FindCaller
  readonly holder: SnapshotHolder
  readonly recorder: Recorder
  readonly metrics: CheckMetrics
  readonly log: Log
  readonly clock: Clock
  /** Null: callers may ask what they like. */
  readonly limiter: RateLimiter | null
}

/**
 * Answers the two evaluation endpoints on node:http's own objects: a Request and a Response for each
 * call would cost as much as everything else here. In: a POST. Out: 200 with decisions, or an error
 * about the call; a deny is never an error.
 */
export class Evaluate {
  readonly #parts: EvaluateParts

  constructor(parts: EvaluateParts) {
    this.#parts = parts
  }

  answer(endpoint: Endpoint, req: IncomingMessage, res: Reply): void {
    const exchange = beginExchange(endpoint, req, res, this.#parts.clock)
    try {
      this.#start(exchange)
    } catch (error) {
      this.#fail(exchange, error)
    }
  }

  #start(exchange: Exchange): void {
    const { call } = exchange
    const { options, findCaller } = this.#parts
    if (call.requestId !== null) {
      const problem = findRequestIdProblem(call.requestId)
      if (problem !== null)
        return this.#refuseCall({ ...exchange, call: withoutId(call) }, null, problem)
    }
    if (options.allowUnauthenticated && !isLocalAuthority(call.host)) {
      return this.#refuseCall(
        exchange,
        null,
        'Without authentication only localhost is served',
        421,
      )
    }
    const ip = exchange.req.socket.remoteAddress ?? unixPeer
    const caller = findCaller(call.authorization, call.authorizationCount, ip)
    if (caller instanceof Promise) {
      caller
        .then((found) => this.#admit(exchange, found))
        .catch((error: unknown) => this.#fail(exchange, error))
    } else {
      this.#admit(exchange, caller)
    }
  }

  #admit(exchange: Exchange, caller: Caller | Refusal): void {
    // There is nobody to answer.
    if (exchange.req.socket.destroyed) return undefined
    if (typeof caller !== 'string') return this.#refuseCaller(exchange, caller)
    const { call, req } = exchange
    const { limiter, options } = this.#parts
    const { maxBodyBytes } = options
    exchange.bucket = limiter?.bucketOfCaller(caller) ?? null
    if (
      exchange.bucket !== null &&
      limiter?.takeOne(exchange.bucket, exchange.startedMs) !== true
    ) {
      return this.#refuseLimited(exchange, caller, exchange.bucket)
    }
    if (!isJsonType(call.contentType)) {
      return this.#refuseCall(exchange, caller, 'Content-Type is not application/json')
    }
    if (call.contentEncoding !== null && call.contentEncoding.toLowerCase() !== 'identity') {
      return this.#refuseCall(exchange, caller, 'Content-Encoding is not supported')
    }
    if (call.contentLength > maxBodyBytes) return this.#refuseSize(exchange, caller)
    readBody(req, maxBodyBytes, (body) => {
      try {
        if (body === null) this.#refuseSize(exchange, caller)
        else this.#evaluate(exchange, caller, body)
      } catch (error) {
        this.#fail(exchange, error)
      }
    })
    return undefined
  }

  #evaluate(exchange: Exchange, caller: Caller, bytes: Buffer): void {
    const { options, holder } = this.#parts
    const body = readJsonObject(bytes, options.maxJsonDepth)
    if (typeof body === 'string') return this.#refuseCall(exchange, caller, body)
    const snapshot = holder.current
    if (exchange.endpoint === 'evaluations') {
      const batch = readEvaluations(body, options)
      if (typeof batch === 'string') return this.#refuseCall(exchange, caller, batch)
      if (batch !== null) return this.#answerBatch(exchange, caller, batch, snapshot)
    }
    const request = readEvaluation(body, exchange.timeMs)
    if (typeof request === 'string') return this.#refuseCall(exchange, caller, request)
    const { id, call, res } = exchange
    const decision = this.#decide(exchange, caller, id, request, snapshot)
    const fields = limitsOf(exchange)
    sendAnswer(res, call.requestId, id, fields, writeDecision(decision, id, call.explains))
    this.#observe(exchange)
    return undefined
  }

  #answerBatch(exchange: Exchange, caller: Caller, batch: Batch, snapshot: Snapshot): void {
    const { call, id, res, timeMs, bucket } = exchange
    // Calls that were let in beside this one may have been answered while its body came.
    if (bucket !== null && this.#parts.limiter?.isOverdrawn(bucket, performance.now()) === true) {
      return this.#refuseLimited(exchange, caller, bucket)
    }
    const written: string[] = []
    for (const [index, item] of batch.items.entries()) {
      const request = readItem(item, batch.defaults, timeMs)
      const itemId = `${id}.${index}`
      let isPermit = false
      if (typeof request === 'string') {
        const refusal = refuse('request_malformed', request)
        this.#parts.metrics.countFailedEvaluation()
        this.#parts.recorder.record(refusalEntry(exchange, itemId, caller, refusal, 200, snapshot))
        written.push(writeFailedEvaluation(request))
      } else {
        const decision = this.#decide(exchange, caller, itemId, request, snapshot)
        isPermit = decision.effect === 'permit'
        written.push(writeDecision(decision, itemId, call.explains))
      }
      if (batch.semantic === (isPermit ? 'permit_on_first_permit' : 'deny_on_first_deny')) break
    }
    if (bucket !== null) {
      // The whole call is answered: what it costs beyond what was left holds up the next one.
      this.#parts.limiter?.takeFurther(bucket, written.length - 1, performance.now())
    }
    const body = `{"evaluations":[${written.join(',')}]}`
    sendAnswer(res, call.requestId, id, limitsOf(exchange), body)
    this.#observe(exchange)
  }

  #decide(
    exchange: Exchange,
    caller: Caller,
    id: string,
    request: AccessRequest,
    snapshot: Snapshot,
  ): Decision {
    const { metrics, recorder } = this.#parts
    const decidingMs = performance.now()
    const decision = decide(snapshot.policies, request)
    const decideMs = performance.now() - decidingMs
    metrics.countDecision(decision)
    recorder.record(decisionEntry(exchange, id, caller, request, decision, snapshot, decideMs))
    return decision
  }

  #refuseCaller(exchange: Exchange, refusal: Refusal): void {
    const { status, challenge, message } = statusOfRefusedCaller(refusal.code)
    const fields = challenge === null ? [] : ['WWW-Authenticate', challenge]
    if (status === 429) fields.push('Retry-After', '1')
    this.#refuse(exchange, null, refusal, status, message, fields)
  }

  #refuseLimited(exchange: Exchange, caller: Caller, bucket: Bucket): void {
    const fields = limitFields([bucket], bucket, performance.now())
    const refusal = refuse('rate_limited', `The limit "${bucket.limit}" is used up`)
    const message = 'This caller has asked too much lately: try again when Retry-After says so'
    this.#refuse(exchange, caller, refusal, 429, message, fields)
  }

  #refuseCall(exchange: Exchange, caller: Caller | null, problem: Problem, status = 400): void {
    this.#refuse(exchange, caller, refuse('request_malformed', problem), status, problem, [])
  }

  #refuseSize(exchange: Exchange, caller: Caller): void {
    const message = `The body is larger than ${this.#parts.options.maxBodyBytes} bytes`
    this.#refuse(exchange, caller, refuse('body_too_large', message), 413, message, [])
  }

  #refuse(
    exchange: Exchange,
    caller: Caller | null,
    refusal: Refusal,
    status: number,
    message: string,
    fields: readonly string[],
  ): void {
    const { code, detail } = refusal
    const { holder, log, metrics, recorder } = this.#parts
    sendError(exchange.res, exchange.call.requestId, status, message, fields)
    metrics.countRefusal(code)
    if (log.isLevelEnabled('debug')) {
      log.debug({ id: exchange.id, code, detail }, 'A call of the decision API was refused')
    }
    recorder.record(refusalEntry(exchange, exchange.id, caller, refusal, status, holder.current))
  }

  #observe({ endpoint, startedMs }: Exchange): void {
    this.#parts.metrics.observeCall(endpoint, performance.now() - startedMs)
  }

  /** A defect here: the caller gets an error, never a permit, and the process goes on. */
  #fail(exchange: Exchange, error: unknown): void {
    const { id, call, res } = exchange
    const { metrics, log, recorder, holder } = this.#parts
    metrics.countFailure()
    log.error({ err: error, id }, 'Cannot answer a call of the decision API')
    sendError(res, call.requestId, 500, `Internal error ${id}`)
    recorder.record(failureEntry(exchange, holder.current))
  }
}

/** What is left, where there is a limit. */
function limitsOf({ bucket }: Exchange): readonly string[] {
  return bucket === null ? noFields : limitFields([bucket], null, performance.now())
}

function withoutId(call: Call): Call {
  return { ...call, requestId: null }
}
