import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

interface Use {
  /** Of the last request; null before the first and once the response is known to be finished. */
  res: ServerResponse | null
  bytesRead: number
  /** When something last came in or was still under way. */
  sweep: number
}

const sweepsPerTimeout = 8

/**
 * Closes connections without a request for a while. One timer goes through all of them now and then,
 * so that a request only leaves word that it was there; a connection ends between the time-out and a
 * quarter of it later.
 */
export class IdleConnections {
  readonly #uses = new Map<Socket, Use>()
  readonly #timeoutMs: number
  #sweep = 0
  #timer: NodeJS.Timeout | null = null

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs
  }

  /** A request has come in. */
  note(socket: Socket, res: ServerResponse): void {
    const use = this.#uses.get(socket)
    if (use !== undefined) use.res = res
  }

  add(socket: Socket): void {
    this.#uses.set(socket, { res: null, bytesRead: 0, sweep: this.#sweep })
    socket.once('close', () => this.remove(socket))
    this.#timer ??= setInterval(() => this.#closeIdle(), this.#timeoutMs / sweepsPerTimeout).unref()
  }

  /** Whatever is written to it would be taken for an answer that is owed, or for a part of it. */
  owes(socket: Socket): boolean {
    const res = this.#uses.get(socket)?.res ?? null
    if (res === null || res.writableFinished) return false
    // Without the socket it waits for the answers before it.
    return res.socket === null || (!res.writableEnded && (res.req.complete || res.headersSent))
  }

  /** Some answer is complete and not out. */
  get isSending(): boolean {
    for (const { res } of this.#uses.values()) {
      if (res?.writableEnded === true && !res.writableFinished) return true
    }
    return false
  }

  /** It is closed, or carries requests no longer. */
  remove(socket: Socket): void {
    this.#uses.delete(socket)
    if (this.#uses.size > 0 || this.#timer === null) return
    clearInterval(this.#timer)
    this.#timer = null
  }

  #closeIdle(): void {
    this.#sweep += 1
    for (const [socket, use] of this.#uses) {
      const isUnderWay = use.res?.writableFinished === false
      // A finished response is not kept in memory for as long as its connection lasts.
      if (!isUnderWay) use.res = null
      if (isUnderWay || socket.bytesRead !== use.bytesRead) {
        use.bytesRead = socket.bytesRead
        use.sweep = this.#sweep
      } else if (this.#sweep - use.sweep > sweepsPerTimeout) {
        socket.destroy()
      }
    }
  }
}
