import type { Socket } from 'node:net'
import type { DirectRequest } from '../service/direct-request.ts'
import { Fault } from '../model/fault.ts'
import { refuse, type Refusal } from '../model/refusal.ts'
import type { UpstreamConnection } from '../upstream/connection.ts'
import type { UpstreamExchange, UpstreamRequest } from '../upstream/exchange.ts'
import type { ResponseHead } from '../upstream/response-head.ts'
import type { ConnectionWish, Upstream, Waiting } from '../upstream/upstream.ts'
import { breakOff } from './break-off.ts'
import { ClientResponse } from './client-response.ts'
import { discardBody, leavesMuch } from './discard.ts'
import type { ForwardListener } from './forward-listener.ts'
import { type ForwardLimits, type ForwardRequest, writeRequest } from './forward-request.ts'
import { type BodySink, RequestBody } from './request-body.ts'
import { mayRepeat } from './retry.ts'
import { acceptsSwitch } from './switch-protocols.ts'
import { requestTrailers } from './trailers.ts'
import type { Reply } from '../model/reply.ts'

/**
 * Sends one request to an upstream and streams the answer back, each side no faster than the other
 * takes it. A response that cannot be completed is never ended as though it had been.
 */
export class Forwarding implements UpstreamExchange, Waiting, BodySink {
  readonly request: UpstreamRequest
  readonly #upstream: Upstream
  readonly #req: DirectRequest
  readonly #res: Reply
  readonly #response: ClientResponse
  readonly #asked: ForwardRequest
  readonly #limits: ForwardLimits
  readonly #listener: ForwardListener
  #connection: UpstreamConnection | null = null
  #body: RequestBody | null = null
  #timer: NodeJS.Timeout | null = null
  #attempts = 0
  #settled = false

  constructor(
    upstream: Upstream,
    req: DirectRequest,
    res: Reply,
    asked: ForwardRequest,
    limits: ForwardLimits,
    listener: ForwardListener,
  ) {
    this.request = writeRequest(asked)
    this.#upstream = upstream
    this.#req = req
    this.#res = res
    this.#response = new ClientResponse(res, limits.bodyIdleTimeoutMs, this)
    this.#asked = asked
    this.#limits = limits
    this.#listener = listener
  }

  start(): void {
    const connection = this.#upstream.acquire(this.wish)
    if (connection !== null) this.#dispatch(connection)
    else if (this.#upstream.waitingCount < this.#limits.maxWaiting) this.#wait()
    else this.#shed('Too many requests wait for the upstream')
  }

  get wish(): ConnectionWish {
    if (this.request.switches) return streamWish
    // The others may have been closed as well, and there is no third time.
    return this.#attempts > 0 ? freshWish : anyWish
  }

  connectionFree(connection: UpstreamConnection): void {
    this.#clearTimer()
    this.#dispatch(connection)
  }

  get address(): string | null {
    return this.#connection === null ? null : this.#connection.address
  }

  /** The client is gone, or nobody may wait any longer: the upstream's work is cut short. */
  abort(): void {
    if (!this.#settled) this.#stop()
  }

  sent(): void {
    const body = this.#body
    if (body === null) return
    if (this.#asked.continues) this.#res.writeContinue()
    body.start()
  }

  drained(): void {
    this.#body?.drained()
  }

  bodyRead(chunk: Buffer): boolean {
    return this.#connection === null || this.#connection.writeBody(chunk)
  }

  bodyEnded(): void {
    this.#connection?.endBody(requestTrailers(this.#req.rawTrailers))
  }

  interim(head: ResponseHead): void {
    this.#response.inform(head)
  }

  begun(head: ResponseHead): void {
    this.#response.begin(head, this.#listener)
    this.#listener.responseStarted(head.status)
  }

  content(bytes: Buffer, start: number, end: number): void {
    this.#response.add(bytes, start, end)
  }

  received(): void {
    if (!this.#response.flush()) this.#connection?.pause()
  }

  /** The client takes more of the answer. */
  resumed(): void {
    if (!this.#settled) this.#connection?.resume()
  }

  stalled(): void {
    if (this.#settled) return
    this.#stop()
    breakOff(this.#res)
    this.#listener.truncated(refuse('request_timeout', 'The client stopped reading'))
  }

  ended(trailers: readonly string[]): void {
    this.#settled = true
    this.#clearTimer()
    const isEarly = this.#body !== null && !this.#body.isComplete
    if (isEarly && leavesMuch(this.#req)) this.#response.closeAfter()
    this.#response.end(trailers)
    if (isEarly) {
      // The upstream answered before it had read everything.
      this.#body?.stop()
      discardBody(this.#req, this.#res)
    }
    this.#listener.responseEnded()
  }

  switched(socket: Socket, head: ResponseHead): void {
    this.#settled = true
    const { upgrade } = this.#asked
    if (upgrade !== null && acceptsSwitch(head.fields, upgrade, this.#req.rawHeaders)) {
      this.#listener.switched(socket, head)
      return
    }
    socket.destroy()
    const { origin } = this.#upstream
    this.#fail(new Fault('ERR_UPSTREAM_PROTOCOL', `${origin}: The answer has another switch`))
  }

  failed(fault: Fault): void {
    if (!this.#mayRetry(fault)) return this.#fail(fault)
    // Not its any more: who gives up from here on gives up waiting for another.
    this.#connection = null
    return this.start()
  }

  bodyRefused(refusal: Refusal): void {
    if (this.#settled) return
    this.#stop()
    if (this.#response.hasBegun) {
      breakOff(this.#res)
      this.#listener.truncated(refusal)
    } else {
      this.#listener.refused(refusal)
    }
  }

  #fail(fault: Fault): void {
    this.#settled = true
    this.#clearTimer()
    this.#body?.stop()
    if (this.#response.hasBegun) {
      // Closing the connection is the only way left to say that something is missing.
      breakOff(this.#res)
      this.#listener.truncated(fault)
    } else {
      this.#listener.failed(fault)
    }
  }

  #wait(): void {
    this.#upstream.wait(this)
    this.#timer = setTimeout(() => {
      this.#upstream.stopWaiting(this)
      this.#shed('No connection to the upstream became free')
    }, this.#limits.waitTimeoutMs)
  }

  #shed(detail: string): void {
    this.#settled = true
    this.#listener.refused(refuse('overloaded', detail))
  }

  #dispatch(connection: UpstreamConnection): void {
    this.#connection = connection
    this.#attempts += 1
    if (this.#asked.hasBody) this.#body = new RequestBody(this.#req, this.#limits, this)
    connection.send(this)
  }

  /**
   * A connection kept open may be closed by the upstream just as it is used again. Only what has no
   * body, changes nothing when it is done twice (RFC 9110 section 9.2.2) and was answered by nothing
   * is sent again, once.
   */
  #mayRetry({ code }: Fault): boolean {
    if (this.#attempts > 1 || this.#asked.hasBody || this.#settled) return false
    if (code !== 'ERR_UPSTREAM_RESET' || this.#connection?.isAnswering === true) return false
    return mayRepeat(this.#asked.method)
  }

  #stop(): void {
    this.#settled = true
    this.#clearTimer()
    this.#body?.stop()
    if (this.#connection === null) this.#upstream.stopWaiting(this)
    else this.#connection.abort()
  }

  #clearTimer(): void {
    this.#response.stopWaiting()
    if (this.#timer === null) return
    clearTimeout(this.#timer)
    this.#timer = null
  }
}

const anyWish: ConnectionWish = { asStream: false, isFresh: false }
const freshWish: ConnectionWish = { asStream: false, isFresh: true }
const streamWish: ConnectionWish = { asStream: true, isFresh: true }
