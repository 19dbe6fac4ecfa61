import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import { endResponse } from './end-response.ts'
import { flushHeaderSoon } from './header-flush.ts'
import { announcedLength, isPlainPhrase, responseHeaders } from './response-headers.ts'
import { announcedTrailers, responseTrailers } from './trailers.ts'

/** Which decision the answer names, and whether it is the last of its connection. */
export interface ResponseOrigin {
  readonly id: string
  readonly closing: boolean
}

/** The upstream's answer on its way to the client, which is given no more than it takes. */
export class ClientResponse {
  readonly #res: ServerResponse
  readonly #idleTimeoutMs: number
  #timer: NodeJS.Timeout | null = null
  /** Bytes still to come of a body of announced length; -1 when none was announced. */
  #left = -1
  hasBegun = false

  constructor(res: ServerResponse, idleTimeoutMs: number) {
    this.#res = res
    this.#idleTimeoutMs = idleTimeoutMs
  }

  /** An answer before the answer (RFC 9110 section 15.2), for a client that can tell the two apart. */
  inform(status: number, upstream: IncomingHttpHeaders): void {
    const res = this.#res
    if (res.req.httpVersion !== '1.1' || res.headersSent) return
    // Not in Node.js 24.
    if (!('writeInformation' in res)) return
    res.writeInformation(status, responseHeaders(upstream, status, null))
  }

  begin(
    status: number,
    upstream: IncomingHttpHeaders,
    phrase: string,
    { id, closing }: ResponseOrigin,
  ): void {
    const res = this.#res
    const headers = responseHeaders(upstream, status, id)
    this.#left = announcedLength(upstream)
    const announced = upstream.trailer === undefined ? null : announcedTrailers(upstream.trailer)
    if (announced !== null && this.#mayHaveTrailers(status)) headers.push('trailer', announced)
    if (closing) headers.push('connection', 'close')
    if (isPlainPhrase(phrase)) res.writeHead(status, phrase, headers)
    else res.writeHead(status, headers)
    this.hasBegun = true
    flushHeaderSoon(res)
  }

  /** Whether this is the end of a body of announced length. */
  isLast(chunk: Buffer): boolean {
    return this.#left === chunk.length
  }

  /** False: wait. `resume` is called when the client has taken enough, or `stalled` in the end. */
  write(chunk: Buffer, resume: () => void, stalled: () => void): boolean {
    const res = this.#res
    if (this.#left > 0) this.#left -= chunk.length
    if (res.write(chunk)) return true
    // Without a socket it is the responses before this one that are waited for.
    if (res.socket !== null) this.#timer = setTimeout(stalled, this.#idleTimeoutMs)
    res.once('drain', () => {
      this.stopWaiting()
      // Not from within another response's parser, which is where this event may come from.
      process.nextTick(resume)
    })
    return false
  }

  end(chunk: Buffer | null, trailers: IncomingHttpHeaders | null): void {
    const res = this.#res
    const passed = trailers === null ? null : responseTrailers(trailers)
    // Who reads HTTP/1.0, or a body of known length, has no place for them.
    if (passed !== null && res.chunkedEncoding) res.addTrailers(passed)
    endResponse(res, chunk, this.#idleTimeoutMs)
  }

  /** They follow chunks only, and node:http throws when they are announced elsewhere. */
  #mayHaveTrailers(status: number): boolean {
    const { httpVersion, method } = this.#res.req
    if (this.#left !== -1 || httpVersion !== '1.1' || method === 'HEAD') return false
    return status !== 204 && status !== 304
  }

  stopWaiting(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
  }
}
