import type { Socket } from 'node:net'
import type { ConnectionUse, NotedResponse } from './connection-use.ts'

const sweepsPerTimeout = 8

/**
 * Closes connections without a request for a while. One timer goes through all of them now and then,
 * so that a request only leaves word that it was there; a connection ends between the time-out and a
 * quarter of it later.
 */
export class IdleConnections {
  readonly #uses = new Map<Socket, ConnectionUse>()
  readonly #timeoutMs: number
  #sweep = 0
  #timer: NodeJS.Timeout | null = null

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs
  }

  /** A request has come in. */
  note(socket: Socket, response: NotedResponse): void {
    this.#uses.get(socket)?.note(response)
  }

  add(socket: Socket, use: ConnectionUse): void {
    use.sweep = this.#sweep
    this.#uses.set(socket, use)
    socket.once('close', () => this.remove(socket))
    this.#timer ??= setInterval(() => this.#closeIdle(), this.#timeoutMs / sweepsPerTimeout).unref()
  }

  /** Whatever is written to it would be taken for an answer that is owed, or for a part of it. */
  owes(socket: Socket): boolean {
    const res = this.#uses.get(socket)?.response ?? null
    if (res === null || res.writableFinished) return false
    // Without the socket it waits for the answers before it.
    return res.socket === null || (!res.writableEnded && (res.req.complete || res.headersSent))
  }

  /** Some answer is complete and not out. */
  get isSending(): boolean {
    for (const { response: res } of this.#uses.values()) {
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
      const isUnderWay = use.response?.writableFinished === false
      if (isUnderWay || socket.bytesRead !== use.bytesRead) {
        use.bytesRead = socket.bytesRead
        use.sweep = this.#sweep
      } else if (this.#sweep - use.sweep > sweepsPerTimeout) {
        socket.destroy()
      }
    }
  }
}
