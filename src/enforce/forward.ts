import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Client, Dispatcher } from 'undici'
import { refuse, type Refusal } from '../model/refusal.ts'
import { endWithTrailers } from './chunked-end.ts'
import { ClientResponse } from './client-response.ts'
import { discardBody } from './discard.ts'
import type { ForwardListener } from './forward-listener.ts'
import type { ForwardLimits, ForwardRequest } from './forward-request.ts'
import { InterimLimit } from './interim-limit.ts'
import { RequestBody } from './request-body.ts'
import { faultyResponse } from './response-doubt.ts'
import { mayRepeat } from './retry.ts'
import { acceptsSwitch } from './switch-protocols.ts'
import { requestTrailers } from './trailers.ts'
import { errors } from './undici-client.ts'
import { upstreamFault } from './upstream-fault.ts'
import type { Upstream, Waiting } from './upstream.ts'

/**
 * Sends one request to an upstream and streams the answer back, each side no faster than the other
 * takes it. A response that cannot be completed is never ended as though it had been.
 */
export class Forwarding implements Dispatcher.DispatchHandler, Waiting {
  readonly #upstream: Upstream
  readonly #req: IncomingMessage
  readonly #res: ServerResponse
  readonly #response: ClientResponse
  readonly #request: ForwardRequest
  readonly #limits: ForwardLimits
  readonly #listener: ForwardListener
  #controller: Dispatcher.DispatchController | null = null
  #connection: Client | null = null
  #body: RequestBody | null = null
  #timer: NodeJS.Timeout | null = null
  #attempts = 0
  /** Bytes of an answer have come in. */
  #answering = false
  #settled = false
  #interim: InterimLimit | null = null

  constructor(
    upstream: Upstream,
    req: IncomingMessage,
    res: ServerResponse,
    request: ForwardRequest,
    limits: ForwardLimits,
    listener: ForwardListener,
  ) {
    this.#upstream = upstream
    this.#req = req
    this.#res = res
    this.#response = new ClientResponse(res, limits.bodyIdleTimeoutMs)
    this.#request = request
    this.#limits = limits
    this.#listener = listener
  }

  start(): void {
    const connection = this.#upstream.acquire()
    if (connection !== null) this.#dispatch(connection)
    else if (this.#upstream.waitingCount < this.#limits.maxWaiting) this.#wait()
    else this.#shed('Too many requests wait for the upstream')
  }

  connectionFree(connection: Client): void {
    this.#clearTimer()
    if (this.#settled) this.#upstream.release(connection)
    else this.#dispatch(connection)
  }

  get address(): string | null {
    return this.#connection === null ? null : this.#upstream.addressOf(this.#connection)
  }

  /** The client is gone, or nobody may wait any longer: the upstream's work is cut short. */
  abort(): void {
    if (!this.#settled) this.#stop()
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#settled) controller.abort(aborted)
    else this.#controller = controller
  }

  onResponseStarted(): void {
    this.#answering = true
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    upstreamHeaders: IncomingHttpHeaders,
    statusMessage?: string,
  ): void {
    if (this.#settled) return
    const phrase = statusMessage ?? ''
    const fault = faultyResponse(this.#connection, status, upstreamHeaders, phrase)
    if (fault !== null) this.#giveUp(fault)
    else if (status < 200) this.#inform(status, upstreamHeaders)
    else {
      this.#response.begin(status, upstreamHeaders, phrase, this.#listener)
      this.#listener.responseStarted(status)
    }
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#settled) return
    // The last chunk of a known length: one write instead of two.
    if (this.#response.isLast(chunk)) this.#end(chunk, null)
    else if (!this.#response.write(chunk, () => controller.resume(), this.#onStall)) {
      controller.pause()
    }
  }

  onRequestUpgrade(
    _controller: Dispatcher.DispatchController,
    _status: number,
    headers: IncomingHttpHeaders,
    stream: Duplex,
  ): void {
    // INVARIANT: connections to upstreams are sockets.
    const socket = stream as Socket
    socket.on('error', ignore)
    const { upgrade, headers: asked } = this.#request
    if (this.#settled || upgrade === null) {
      socket.destroy()
    } else if (acceptsSwitch(headers, upgrade, asked)) {
      this.#settled = true
      this.#release()
      this.#listener.switched(socket, headers)
    } else {
      socket.destroy()
      this.#fail(new errors.SocketError('bad upgrade'))
    }
  }

  /** The body is complete but for its end. */
  onRequestSent(): void {
    const trailers = this.#body === null ? null : requestTrailers(this.#req.rawTrailers)
    if (trailers !== null && this.#connection !== null) endWithTrailers(this.#connection, trailers)
  }

  onResponseEnd(_controller: Dispatcher.DispatchController, trailers: IncomingHttpHeaders): void {
    if (this.#settled) return
    if (this.#upstream.resetting) this.#fail(new Error('The connection was reset'))
    else this.#end(null, trailers)
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    if (this.#settled) return
    const connection = this.#connection
    if (connection !== null && this.#mayRetry(error)) {
      this.#connection = null
      process.nextTick(() => this.connectionFree(connection))
    } else {
      this.#fail(error)
    }
  }

  #inform(status: number, headers: IncomingHttpHeaders): void {
    this.#interim ??= new InterimLimit()
    if (status === 101) {
      this.#giveUp(new errors.SocketError('bad upgrade'))
    } else if (this.#interim.isOver(this.#limits.headersTimeoutMs)) {
      this.#giveUp(new errors.HeadersTimeoutError('Nothing but interim answers'))
    } else {
      this.#response.inform(status, headers)
    }
  }

  #giveUp(error: Error): void {
    this.#settled = true
    this.#controller?.abort(aborted)
    this.#fail(error)
  }

  #fail(error: Error): void {
    const { origin } = this.#upstream
    const fault = upstreamFault(error, { origin, started: this.#controller !== null })
    this.#settled = true
    this.#release()
    if (this.#response.hasBegun) {
      // Closing the connection is the only way left to say that something is missing.
      this.#res.destroy()
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

  #dispatch(connection: Client): void {
    const { method, target, headers, hasBody, upgrade } = this.#request
    this.#connection = connection
    this.#attempts += 1
    this.#controller = null
    const options: Dispatcher.DispatchOptions & { readonly servername: string } = {
      path: target,
      method,
      headers,
      // Otherwise it is taken from Host, and clients would choose whose certificate is asked for.
      servername: this.#upstream.hostname,
      body: hasBody ? this.#openBody() : null,
      upgrade,
    }
    connection.dispatch(options, this)
  }

  #openBody(): RequestBody {
    const { continues } = this.#request
    const ask = continues ? () => this.#res.writeContinue() : null
    const onRefusal = (refusal: Refusal): void => this.#refuseBody(refusal)
    this.#body = new RequestBody(this.#req, this.#limits, onRefusal, ask)
    // Whoever ends it tells us otherwise.
    this.#body.on('error', ignore)
    return this.#body
  }

  /**
   * A connection kept open may be closed by the upstream just as it is used again. Only what has no
   * body, changes nothing when it is done twice (RFC 9110 section 9.2.2) and was answered by nothing
   * is sent again, once.
   */
  #mayRetry(error: Error): boolean {
    if (this.#attempts > 1 || this.#answering || this.#request.hasBody) return false
    return this.#controller !== null && mayRepeat(this.#request.method, error)
  }

  #end(chunk: Buffer | null, trailers: IncomingHttpHeaders | null): void {
    this.#settled = true
    this.#response.end(chunk, trailers)
    let isWhole = trailers?.['connection'] === undefined
    if (this.#body !== null && !this.#body.readableEnded) {
      // The upstream answered before it had read everything.
      isWhole = false
      this.#body.destroy()
      discardBody(this.#req, this.#res)
    }
    this.#listener.responseEnded()
    this.#release(isWhole)
  }

  #stop(): void {
    this.#settled = true
    this.#controller?.abort(aborted)
    this.#release()
  }

  /** The connection is for others now, or the place in the queue; `close` may come in a trailer. */
  #release(isWhole = false): void {
    this.#clearTimer()
    if (this.#connection === null) this.#upstream.stopWaiting(this)
    else if (isWhole) this.#upstream.release(this.#connection)
    else this.#upstream.discard(this.#connection)
  }

  #clearTimer(): void {
    this.#response.stopWaiting()
    if (this.#timer === null) return
    clearTimeout(this.#timer)
    this.#timer = null
  }

  readonly #onStall = (): void => {
    if (this.#settled) return
    this.#stop()
    this.#res.destroy()
    this.#listener.truncated(refuse('request_timeout', 'The client stopped reading'))
  }

  #refuseBody(refusal: Refusal): void {
    if (this.#settled) return
    this.#stop()
    if (this.#response.hasBegun) {
      this.#res.destroy()
      this.#listener.truncated(refusal)
    } else {
      this.#listener.refused(refusal)
    }
  }
}

const aborted = new Error('The exchange was given up')

function ignore(): void {}
