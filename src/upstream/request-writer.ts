import type { Socket } from 'node:net'
import { writeAtEndOfTurn, type Writer } from '../service/end-of-turn.ts'
import type { UpstreamRequest } from './exchange.ts'

/**
 * Writes one request at a time to a connection, with framing of our own (RFC 9112 section 6): what
 * follows the head is never more than was announced, so that none of it is read as the next request.
 */
export class RequestWriter implements Writer {
  readonly #socket: Socket
  /** Of the body what was announced and has not been written; -1: it goes in chunks. */
  #left = 0
  #isOpen = false
  /** What is written goes out at the end of the turn. */
  #isHeld = false
  #isUnsent = false

  constructor(socket: Socket) {
    this.#socket = socket
  }

  /** The body is not complete. */
  get isOpen(): boolean {
    return this.#isOpen
  }

  /** All of it has been handed to the kernel. */
  get isWritten(): boolean {
    return !this.#isOpen && this.#socket.writableLength === 0
  }

  /** Nothing of it has gone out: what the upstream says is no answer to it. */
  get isUnsent(): boolean {
    return this.#isUnsent
  }

  begin({ head, body }: UpstreamRequest): void {
    const socket = this.#socket
    this.#isUnsent = true
    this.#isOpen = body !== 'none'
    this.#left = typeof body === 'number' ? body : -1
    // Most bodies come with their header: one write for both.
    this.#hold()
    socket.write(head, 'latin1')
  }

  /** True: there is room for more; null: this is more than was announced, and was not written. */
  write(chunk: Buffer): boolean | null {
    const socket = this.#socket
    // An empty chunk would be the last one.
    if (!this.#isOpen || chunk.length === 0) return true
    this.#hold()
    if (this.#left < 0) {
      socket.write(`${chunk.length.toString(16)}\r\n`, 'latin1')
      socket.write(chunk)
      return socket.write('\r\n', 'latin1')
    }
    if (chunk.length > this.#left) return null
    this.#left -= chunk.length
    return socket.write(chunk)
  }

  /** False: less was written than announced. Trailers follow chunks only. */
  end(trailers: readonly string[] | null): boolean {
    if (!this.#isOpen) return true
    if (this.#left > 0) return false
    this.#isOpen = false
    if (this.#left < 0) {
      this.#hold()
      this.#socket.write(`0\r\n${linesOf(trailers)}\r\n`, 'latin1')
    }
    return true
  }

  /**
   * Of a body what comes in one turn goes out at its end, when what the upstream has said by now is
   * read: it may have answered and closed the connection, and a write that fails closes this end too,
   * the answer unread.
   */
  #hold(): void {
    if (this.#isHeld) return
    this.#isHeld = true
    this.#socket.cork()
    writeAtEndOfTurn(this)
  }

  endOfTurn(): void {
    this.#isHeld = false
    this.#isUnsent = false
    this.#socket.uncork()
  }
}

function linesOf(trailers: readonly string[] | null): string {
  if (trailers === null) return ''
  let lines = ''
  for (let index = 0; index + 1 < trailers.length; index += 2) {
    lines += `${trailers[index] ?? ''}: ${trailers[index + 1] ?? ''}\r\n`
  }
  return lines
}
