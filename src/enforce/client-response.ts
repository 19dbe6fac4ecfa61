import { writeAtEndOfTurn, type Writer } from '../service/end-of-turn.ts'
import { type ResponseHead, valuesOf } from '../upstream/response-head.ts'
import { giveBack, takeCopy } from './body-copies.ts'
import { dateField } from '../service/date-field.ts'
import { sayLast, writeRawHead } from '../service/raw-head.ts'
import { passedHead } from './response-fields.ts'
import { announcedTrailers, responseTrailers } from './trailers.ts'
import { watchTail } from './watch-tail.ts'
import type { Reply } from '../model/reply.ts'

/** Which decision the answer names, and whether it is the last of its connection. */
export interface ResponseOrigin {
  readonly id: string
  readonly closing: boolean
  /** Name, value, name, value: what the client is told besides. */
  readonly fields: readonly string[]
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
export class ClientResponse implements Writer {
  readonly #res: Reply
  readonly #idleTimeoutMs: number
  readonly #reader: ResponseReader
  #timer: NodeJS.Timeout | null = null
  #isWaiting = false
  /** Content that waits for what comes in with it: more of it, or the end of the response. */
  #held: string | Buffer | null = null
  #isHeadHeld = false
  hasBegun = false

  constructor(res: Reply, idleTimeoutMs: number, reader: ResponseReader) {
    this.#res = res
    this.#idleTimeoutMs = idleTimeoutMs
    this.#reader = reader
  }

  /** An answer before the answer (RFC 9110 section 15.2), for a client that can tell the two apart. */
  inform(head: ResponseHead): void {
    const { req, socket, headersSent } = this.#res
    if (req.httpVersion !== '1.1' || headersSent || socket === null) return
    // 100 is the gateway's own.
    if (head.status === 100) return
    const { statusLine, fields } = passedHead(head)
    socket.write(`${statusLine}${fields}\r\n`, 'latin1')
  }

  begin(head: ResponseHead, { id, closing, fields: ours }: ResponseOrigin): void {
    const res = this.#res
    const { status, framing, contentLength, fields } = head
    const passed = passedHead(head)
    // By the decision's id a client can name a permitted request too.
    let text = `${passed.statusLine}Sallyport-Decision: ${id}\r\n${passed.fields}`
    if (framing === 'chunked' && res.req.httpVersion === '1.1') {
      const announced = announcedTrailers(fields)
      if (announced !== null) text += `Trailer: ${announced}\r\n`
    }
    // What is ours to say, unless the upstream says it.
    for (let index = 0; index + 1 < ours.length; index += 2) {
      const name = ours[index] ?? ''
      if (valuesOf(fields, name.toLowerCase()).length > 0) continue
      text += `${name}: ${ours[index + 1] ?? ''}\r\n`
    }
    if (!passed.hasDate) text += dateField(Date.now())
    writeRawHead(res, status, text, contentLength !== null && status !== 204, closing)
    this.hasBegun = true
    this.#isHeadHeld = true
  }

  /** Takes octets of the content, of which it makes a copy. */
  add(bytes: Buffer, start: number, end: number): void {
    const held = this.#held
    const isText = end - start <= maxTextBytes
    const piece = isText ? bytes.toString('latin1', start, end) : takeCopy(bytes, start, end)
    if (typeof held === 'string' && typeof piece === 'string') {
      this.#held = held + piece
      if (this.#held.length > maxTextBytes) this.#write()
    } else {
      if (held !== null) this.#write()
      this.#held = piece
    }
  }

  /**
   * Sends what has been taken, and the header ahead of any content: a stream of events may be silent
   * for a long time. False: wait until the client takes more.
   */
  flush(): boolean {
    if (this.#isHeadHeld || this.#held !== null) this.#write()
    return !this.#isWaiting
  }

  /** What is read of the request so far is all there will be: the answer says so if it still can. */
  closeAfter(): void {
    if (this.#isHeadHeld) sayLast(this.#res)
  }

  end(trailers: readonly string[]): void {
    const res = this.#res
    const passed = trailers.length === 0 ? null : responseTrailers(trailers)
    // Who reads HTTP/1.0, or a body of known length, has no place for them.
    if (passed !== null && res.chunkedEncoding) res.addTrailers(passed)
    writeAtEndOfTurn(this)
  }

  endOfTurn(): void {
    const res = this.#res
    if (res.destroyed) return
    const held = this.#held
    this.#held = null
    if (held === null) res.end()
    else if (typeof held === 'string') res.end(held, 'latin1')
    else res.end(held, () => giveBack(held))
    watchTail(res, this.#idleTimeoutMs)
  }

  #write(): void {
    // Nothing, but in latin1: `flushHeaders` would write octets beyond ASCII as UTF-8.
    const content = this.#held ?? ''
    this.#held = null
    this.#isHeadHeld = false
    const isTaken =
      typeof content === 'string'
        ? this.#res.write(content, 'latin1')
        : this.#res.write(content, (error) => {
            // Of what failed nobody knows whether it is still to be read.
            if (!error) giveBack(content)
          })
    if (!isTaken && !this.#isWaiting) this.#wait()
  }

  stopWaiting(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
  }

  #wait(): void {
    const res = this.#res
    this.#isWaiting = true
    this.#timer = setTimeout(() => this.#reader.stalled(), this.#idleTimeoutMs)
    res.once('drain', () => {
      this.#isWaiting = false
      this.stopWaiting()
      this.#reader.resumed()
    })
  }
}
