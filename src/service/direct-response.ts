import assert from 'node:assert/strict'
import type { Socket } from 'node:net'
import { type ConnectionUse, NotedResponse } from './connection-use.ts'
import type { DirectRequest } from './direct-request.ts'
import { writeListedHead } from './raw-head.ts'
import type { Reply } from '../model/reply.ts'

/** Told when a response is out, down to its last octet. */
export interface ResponseEnd {
  /** `isLast`: the connection ends with it. */
  responded(isLast: boolean): void
}

/** What node:http keeps of a response between its header and its end. */
interface ResponseState {
  _header: string | null
  _hasBody: boolean
  _last: boolean
  _keepAliveTimeout: number
}

type Done = (error?: Error | null) => void

/**
 * A response as most are: header and content in one text, of known length, on a connection that goes
 * on. It is written as that. As soon as anything else is asked for, a response of node:http takes its
 * place, with what has been said so far, and everything is done as ever.
 */
export class DirectResponse implements Reply, ResponseState {
  readonly req: DirectRequest
  readonly useChunkedEncodingByDefault = true
  readonly _expect_continue = false
  readonly _sent100 = false
  use: ConnectionUse | null = null
  statusCode = 200
  chunkedEncoding = false
  shouldKeepAlive: boolean
  _header: string | null = null
  _hasBody = true
  _last = false
  _keepAliveTimeout = 0
  readonly #end: ResponseEnd
  #socket: Socket | null
  #full: NotedResponse<DirectRequest> | null = null
  #isEnded = false
  #isFinished = false
  #isDestroyed = false
  #closeListeners: (() => void)[] | null = null

  constructor(req: DirectRequest, isKept: boolean, end: ResponseEnd) {
    this.req = req
    this.shouldKeepAlive = isKept
    this.#socket = req.socket
    this.#end = end
  }

  get socket(): Socket | null {
    return this.#socket
  }

  get headersSent(): boolean {
    return this._header !== null || this.#full?.headersSent === true
  }

  get writableEnded(): boolean {
    return this.#full === null ? this.#isEnded : this.#full.writableEnded
  }

  get writableFinished(): boolean {
    return this.#isFinished
  }

  get destroyed(): boolean {
    return this.#full === null ? this.#isDestroyed : this.#full.destroyed
  }

  get closed(): boolean {
    return this.#isFinished || this.#socket?.closed === true
  }

  writeHead(status: number, reason: string, fields: string[]): void {
    if (this.#full === null && this._header === null) {
      if (writeListedHead(this, status, reason, fields)) return
    }
    this.#fully().writeHead(status, reason, fields)
  }

  writeContinue(): void {
    this.#fully().writeContinue()
  }

  addTrailers(trailers: [string, string][]): void {
    this.#fully().addTrailers(trailers)
  }

  write(content: string, encoding: BufferEncoding): boolean
  write(content: Buffer, done: Done): boolean
  write(content: string | Buffer, last: BufferEncoding | Done): boolean {
    const full = this.#fully()
    return typeof last === 'function' ? full.write(content, last) : full.write(content, last)
  }

  end(content?: string | Buffer, last?: BufferEncoding | (() => void)): void {
    const socket = this.#socket
    const text = this.#textOf(content, last)
    if (socket?.writable === true && text !== null) {
      this.#send(socket, text)
      return
    }
    const full = this.#fully()
    if (content === undefined) full.end()
    else if (typeof last === 'string') full.end(content, last)
    else full.end(content, last)
  }

  destroy(): void {
    if (this.#full === null) {
      this.#isDestroyed = true
      this.#socket?.destroy()
    } else this.#full.destroy()
  }

  once(event: 'drain' | 'finish' | 'close', listener: () => void): void {
    if (event === 'close') this.#listenForClose(listener)
    else this.#fully().once(event, listener)
  }

  /** The socket takes more. */
  drained(): void {
    this.#full?.emit('drain')
  }

  /** The connection is closed. */
  closedEarly(): void {
    if (this.#isFinished) return
    this.#isDestroyed = true
    this.#tellClosed()
  }

  /** Header and content, if they are all there is to send; null: that takes more. */
  #textOf(
    content: string | Buffer | undefined,
    last: BufferEncoding | (() => void) | undefined,
  ): string | null {
    if (this.#full !== null || this.#isEnded || this.#isDestroyed) return null
    if (this._header === null || this.chunkedEncoding) return null
    if (content === undefined) return this._header
    if (typeof content !== 'string' || last !== 'latin1') return null
    return this._hasBody ? this._header + content : this._header
  }

  #send(socket: Socket, text: string): void {
    this.#isEnded = true
    socket.write(text, 'latin1')
    if (socket.writableLength === 0 && socket.errored === null) {
      this.#finish(this._last)
      return
    }
    socket.write('', 'latin1', (error) => {
      if (!error) this.#finish(this._last)
    })
  }

  #finish(isLast: boolean): void {
    this.#isFinished = true
    this.#socket = null
    this.use?.released(this)
    this.#tellClosed()
    this.#end.responded(isLast)
  }

  #listenForClose(listener: () => void): void {
    if (this.closed) process.nextTick(listener)
    else if (this.#closeListeners === null) this.#closeListeners = [listener]
    else this.#closeListeners.push(listener)
  }

  #tellClosed(): void {
    const listeners = this.#closeListeners
    this.#closeListeners = null
    if (listeners !== null) for (const listener of listeners) listener()
  }

  #fully(): NotedResponse<DirectRequest> {
    if (this.#full !== null) return this.#full
    assert.ok(!this.#isEnded, 'The response has been ended')
    const full = new NotedResponse(this.req)
    const state = full as unknown as ResponseState
    full.shouldKeepAlive = this.shouldKeepAlive
    full.statusCode = this.statusCode
    full.chunkedEncoding = this.chunkedEncoding
    state._keepAliveTimeout = this._keepAliveTimeout
    if (this._header !== null) {
      state._header = this._header
      state._hasBody = this._hasBody
      state._last = this._last
    }
    this.#full = full
    const socket = this.#socket
    if (socket === null || this.#isDestroyed) {
      full.destroy()
      return full
    }
    full.assignSocket(socket)
    full.once('finish', () => {
      full.detachSocket(socket)
      this.#finish(state._last)
    })
    return full
  }
}
