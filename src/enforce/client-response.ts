import type { ServerResponse } from 'node:http'
import type { ResponseHead } from '../upstream/response-head.ts'
import { isPlainPhrase, responseHeaders } from './response-headers.ts'
import { announcedTrailers, responseTrailers } from './trailers.ts'
import { watchTail } from './watch-tail.ts'

/** Which decision the answer names, and whether it is the last of its connection. */
export interface ResponseOrigin {
  readonly id: string
  readonly closing: boolean
}

/** Told how the client takes the answer. */
export interface ResponseReader {
  /** It takes more, after `write` returned false. */
  resumed(): void
  /** It has not taken anything for too long. */
  stalled(): void
}

/**
 * Up to here content goes out as text, octet for character: node:http then sends it in one piece with
 * the header, which is a good tenth cheaper than the two pieces of a gathering write.
 */
const maxTextBytes = 8_192

/** The upstream's answer on its way to the client, which is given no more than it takes. */
export class ClientResponse {
  readonly #res: ServerResponse
  readonly #idleTimeoutMs: number
  readonly #reader: ResponseReader
  #timer: NodeJS.Timeout | null = null
  #isWaiting = false
  /** Octets still to come of a body of announced length; -1 when none was announced. */
  #left = -1
  /** The end of such a body, which goes out with the end of the response. */
  #tail: string | Buffer | null = null
  #isHeadHeld = false
  hasBegun = false

  constructor(res: ServerResponse, idleTimeoutMs: number, reader: ResponseReader) {
    this.#res = res
    this.#idleTimeoutMs = idleTimeoutMs
    this.#reader = reader
  }

  /** An answer before the answer (RFC 9110 section 15.2), for a client that can tell the two apart. */
  inform(head: ResponseHead): void {
    const res = this.#res
    if (res.req.httpVersion !== '1.1' || res.headersSent) return
    // 100 is the gateway's own.
    if (head.status === 100) return
    // Not in Node.js 24.
    if (!('writeInformation' in res)) return
    res.writeInformation(head.status, responseHeaders(head, null))
  }

  begin(head: ResponseHead, { id, closing }: ResponseOrigin): void {
    const res = this.#res
    const headers = responseHeaders(head, id)
    if (head.framing === 'length') this.#left = head.contentLength ?? -1
    if (head.framing === 'chunked' && res.req.httpVersion === '1.1') {
      const announced = announcedTrailers(head.fields)
      if (announced !== null) headers.push('Trailer', announced)
    }
    if (closing) headers.push('Connection', 'close')
    if (isPlainPhrase(head.phrase)) res.writeHead(head.status, head.phrase, headers)
    else res.writeHead(head.status, headers)
    this.hasBegun = true
    this.#isHeadHeld = true
  }

  /**
   * Sends the header ahead of the content: node:http holds it back until there is some, and a stream
   * of events may be silent for a long time.
   */
  flushHead(): void {
    if (!this.#isHeadHeld) return
    this.#isHeadHeld = false
    // Nothing, but in latin1: `flushHeaders` would write octets beyond ASCII as UTF-8.
    this.#res.write('', 'latin1')
  }

  /** False: wait until the client has taken enough. The octets are copied. */
  write(bytes: Buffer, start: number, end: number): boolean {
    const length = end - start
    const content =
      length > maxTextBytes
        ? Buffer.copyBytesFrom(bytes, start, length)
        : bytes.toString('latin1', start, end)
    if (this.#left === length) {
      this.#tail = content
      return true
    }
    this.#isHeadHeld = false
    if (this.#left > 0) this.#left -= length
    if (this.#res.write(content, 'latin1')) return true
    if (!this.#isWaiting) this.#wait()
    return false
  }

  end(trailers: readonly string[]): void {
    const res = this.#res
    const passed = trailers.length === 0 ? null : responseTrailers(trailers)
    // Who reads HTTP/1.0, or a body of known length, has no place for them.
    if (passed !== null && res.chunkedEncoding) res.addTrailers(passed)
    if (this.#tail === null) res.end()
    else res.end(this.#tail, 'latin1')
    watchTail(res, this.#idleTimeoutMs)
  }

  stopWaiting(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
  }

  #wait(): void {
    const res = this.#res
    this.#isWaiting = true
    // Without a socket it is the responses before this one that are waited for.
    if (res.socket !== null) {
      this.#timer = setTimeout(() => this.#reader.stalled(), this.#idleTimeoutMs)
    }
    res.once('drain', () => {
      this.#isWaiting = false
      this.stopWaiting()
      this.#reader.resumed()
    })
  }
}
