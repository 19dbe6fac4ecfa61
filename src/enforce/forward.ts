import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import type { Client, Dispatcher } from 'undici'
import { refuse, type Refusal } from '../model/refusal.ts'
import { discardBody } from './discard.ts'
import { endResponse } from './end-response.ts'
import type { ForwardListener } from './forward-listener.ts'
import { flushHeaderSoon } from './header-flush.ts'
import { InterimLimit } from './interim-limit.ts'
import { RequestBody, type BodyLimits } from './request-body.ts'
import { announcedLength, isPlainPhrase, responseHeaders } from './response-headers.ts'
import { errors } from './undici-client.ts'
import { upstreamFault } from './upstream-fault.ts'
import type { Upstream, Waiting } from './upstream.ts'

/** What is to be sent; the header is written by `requestHeaders`. */
export interface ForwardRequest {
  readonly method: string
  /** Path and query. */
  readonly target: string
  readonly headers: string[]
  readonly hasBody: boolean
  /** The client waits for 100 before it sends the body. */
  readonly continues: boolean
}

export interface ForwardLimits extends BodyLimits {
  /** Requests that may wait for a connection to one upstream, and for how long. */
  readonly maxWaiting: number
  readonly waitTimeoutMs: number
  /** For a response header, from the first interim answer on. */
  readonly headersTimeoutMs: number
}

/**
 * Sends one request to an upstream and streams the answer back, each side no faster than the other
 * takes it. A response that cannot be completed is never ended as though it had been.
 */
export class Forwarding implements Dispatcher.DispatchHandler, Waiting {
  readonly #upstream: Upstream
  readonly #req: IncomingMessage
  readonly #res: ServerResponse
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
  #responding = false
  #settled = false
  #interim: InterimLimit | null = null
  /** Bytes still to come of a response of announced length; -1 when none was announced. */
  #left = -1

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
    if (this.#settled) return undefined
    // RFC 9110 section 15.2: an interim answer that was not asked for may be dropped.
    if (status < 200) return this.#noteInterim()
    const headers = responseHeaders(upstreamHeaders, status, this.#listener.id)
    if (this.#listener.closing) headers.push('connection', 'close')
    const res = this.#res
    if (statusMessage !== undefined && isPlainPhrase(statusMessage)) {
      res.writeHead(status, statusMessage, headers)
    } else {
      res.writeHead(status, headers)
    }
    this.#responding = true
    this.#left = announcedLength(upstreamHeaders)
    this.#listener.responseStarted(status)
    flushHeaderSoon(res)
    return undefined
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#settled) return
    const res = this.#res
    if (this.#left === chunk.length) {
      // The last chunk of a known length: one write instead of two.
      this.#end(chunk)
      return
    }
    if (this.#left > 0) this.#left -= chunk.length
    if (res.write(chunk)) return
    controller.pause()
    // Without a socket it is the responses before this one that are waited for.
    if (res.socket !== null) {
      this.#timer = setTimeout(() => this.#giveUpWriting(), this.#limits.bodyIdleTimeoutMs)
    }
    res.once('drain', () => {
      this.#clearTimer()
      // Not from within another response's parser, which is where this event may come from.
      process.nextTick(() => controller.resume())
    })
  }

  onResponseEnd(): void {
    if (this.#settled) return
    if (this.#upstream.resetting) this.#fail(new Error('The connection was reset'))
    else this.#end(null)
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

  #noteInterim(): void {
    this.#interim ??= new InterimLimit()
    if (!this.#interim.isOver(this.#limits.headersTimeoutMs)) return
    this.#settled = true
    this.#controller?.abort(aborted)
    this.#fail(new errors.HeadersTimeoutError('Nothing but interim answers'))
  }

  #fail(error: Error): void {
    const { origin } = this.#upstream
    const fault = upstreamFault(error, { origin, started: this.#controller !== null })
    this.#settled = true
    this.#release()
    if (this.#responding) {
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
    const { method, target, headers, hasBody } = this.#request
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
    }
    connection.dispatch(options, this)
  }

  #openBody(): RequestBody {
    const { continues } = this.#request
    const ask = continues ? () => this.#res.writeContinue() : null
    this.#body = new RequestBody(
      this.#req,
      this.#limits,
      (refusal) => this.#refuseBody(refusal),
      ask,
    )
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
    if (!idempotent.has(this.#request.method) || this.#controller === null) return false
    const { code } = error as NodeJS.ErrnoException
    return code === 'UND_ERR_SOCKET' || code === 'ECONNRESET' || code === 'EPIPE'
  }

  #end(chunk: Buffer | null): void {
    this.#settled = true
    const res = this.#res
    endResponse(res, chunk, this.#limits.bodyIdleTimeoutMs)
    if (this.#body !== null && !this.#body.readableEnded) {
      // The upstream answered before it had read everything.
      this.#body.destroy()
      discardBody(this.#req, res)
    }
    this.#listener.responseEnded()
    this.#release()
  }

  #stop(): void {
    this.#settled = true
    this.#controller?.abort(aborted)
    this.#release()
  }

  /** The connection is for others now, or the place in the queue. */
  #release(): void {
    this.#clearTimer()
    if (this.#connection === null) this.#upstream.stopWaiting(this)
    else this.#upstream.release(this.#connection)
  }

  #clearTimer(): void {
    if (this.#timer === null) return
    clearTimeout(this.#timer)
    this.#timer = null
  }

  #giveUpWriting(): void {
    if (this.#settled) return
    this.#stop()
    this.#res.destroy()
    this.#listener.truncated(refuse('request_timeout', 'The client stopped reading'))
  }

  #refuseBody(refusal: Refusal): void {
    if (this.#settled) return
    this.#stop()
    if (this.#responding) {
      this.#res.destroy()
      this.#listener.truncated(refusal)
    } else {
      this.#listener.refused(refusal)
    }
  }
}

const aborted = new Error('The exchange was given up')
const idempotent = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'])

function ignore(): void {}
