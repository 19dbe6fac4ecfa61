import type { Socket } from 'node:net'
import { Fault, type FaultCode } from '../model/fault.ts'
import { addressOf, type UpstreamConnector } from './connector.ts'
import type { UpstreamExchange } from './exchange.ts'
import type { UpstreamOptions } from './options.ts'
import { landingFor } from './landing.ts'
import { idleTimeAfter } from './persistence.ts'
import { RequestWriter } from './request-writer.ts'
import type { ResponseHead } from './response-head.ts'
import { type ResponseEvents, ResponseReader } from './response-reader.ts'
import { never, type Ticks } from './ticks.ts'

/** What a connection goes back to. */
export interface ConnectionOwner {
  readonly origin: string
  readonly options: UpstreamOptions
  readonly ticks: Ticks
  /** Ready for the next request. */
  release(connection: UpstreamConnection): void
  /** It is closed, or somebody else's. */
  forget(connection: UpstreamConnection): void
}

/**
 * One connection to an upstream, and the exchange it carries, one at a time (RFC 9112 section 9). It
 * is used again only when request and answer have come to their ends on it and nothing else was
 * said. Whatever is in doubt closes it.
 */
export class UpstreamConnection {
  readonly #owner: ConnectionOwner
  readonly #reader: ResponseReader
  readonly #events: ResponseEvents
  #socket: Socket | null = null
  /** Null: not connected yet. */
  #writer: RequestWriter | null = null
  #exchange: UpstreamExchange | null = null
  #isClosed = false
  #isPaused = false
  #deadline = never
  /** Of the answer; null: it has not begun. */
  #head: ResponseHead | null = null
  #address: string | null = null

  constructor(owner: ConnectionOwner) {
    this.#owner = owner
    this.#reader = new ResponseReader(owner.options.maxHeaderBytes)
    this.#events = {
      interim: (head) => this.#exchange?.interim(head),
      begun: (head) => this.#begin(head),
      content: (bytes, start, end) => this.#exchange?.content(bytes, start, end),
    }
  }

  /** Address and port it leads to; null over a Unix socket, or not connected yet. */
  get address(): string | null {
    return this.#address
  }

  /** Octets of an answer have come in. */
  get isAnswering(): boolean {
    return this.#reader.hasBegun
  }

  /** `asStream`: its octets come as those of a stream, so that the socket can be handed over. */
  open(connector: UpstreamConnector, asStream: boolean): void {
    const onread = asStream ? null : landingFor((bytes, length) => this.#receive(bytes, length))
    this.#socket = connector.connect(onread, (error, socket) => {
      if (error !== null) this.#fail('ERR_UPSTREAM_CONNECT', error.message, error)
      else this.#connected(socket, asStream)
    })
  }

  send(exchange: UpstreamExchange): void {
    this.#exchange = exchange
    this.#head = null
    this.#deadline = never
    this.#reader.expect(exchange.request.method, this.#events)
    if (this.#writer !== null) this.#start(exchange, this.#writer)
  }

  /** Writes of the request body; false: wait for `drained`. */
  writeBody(chunk: Buffer): boolean {
    const hasRoom = this.#writer === null ? true : this.#writer.write(chunk)
    if (hasRoom === null) {
      this.#fail('ERR_INTERNAL', 'The request body is longer than announced')
      return true
    }
    // As long as it takes what comes, it is the client that is waited for.
    if (this.#head === null)
      this.#deadline = hasRoom ? never : this.#deadlineFor('headersTimeoutMs')
    return hasRoom
  }

  /** The request is complete. Trailers follow chunks only. */
  endBody(trailers: readonly string[] | null): void {
    if (this.#writer?.end(trailers) === false) {
      this.#fail('ERR_INTERNAL', 'The request body is shorter than announced')
    } else if (this.#head === null && this.#exchange !== null) {
      this.#deadline = this.#deadlineFor('headersTimeoutMs')
    }
  }

  /** Reads no more of the answer. */
  pause(): void {
    if (this.#isPaused || this.#exchange === null) return
    this.#isPaused = true
    this.#deadline = never
    this.#socket?.pause()
  }

  resume(): void {
    if (!this.#isPaused) return
    this.#isPaused = false
    this.#deadline = this.#deadlineFor('bodyIdleTimeoutMs')
    this.#socket?.resume()
  }

  /** Closes it; its exchange, if there is one, hears nothing more. */
  abort(): void {
    this.#exchange = null
    this.#close()
  }

  /** Closes it; its exchange, if there is one, fails. */
  destroy(): void {
    this.#fail('ERR_UPSTREAM_RESET', 'The connection was closed')
  }

  /** Gives up what was to come by now. */
  expire(tick: number): void {
    if (this.#deadline > tick) return
    this.#deadline = never
    if (this.#head === null) this.#fail('ERR_UPSTREAM_TIMEOUT', 'No answer in time')
    else this.#fail('ERR_UPSTREAM_TIMEOUT', 'The answer stopped coming')
  }

  #connected(socket: Socket, asStream: boolean): void {
    if (this.#isClosed) {
      socket.destroy()
      return
    }
    const writer = new RequestWriter(socket)
    this.#writer = writer
    this.#address = addressOf(socket, this.#owner.origin)
    if (asStream) socket.on('data', this.#onData)
    socket.on('drain', this.#onDrain)
    socket.on('end', this.#onEnd)
    socket.on('error', this.#onError)
    socket.on('close', this.#onClose)
    const exchange = this.#exchange
    if (exchange === null) return
    try {
      this.#start(exchange, writer)
    } catch (error) {
      this.#crash(exchange, error)
    }
  }

  #start(exchange: UpstreamExchange, writer: RequestWriter): void {
    writer.begin(exchange.request)
    if (!writer.isOpen) this.#deadline = this.#deadlineFor('headersTimeoutMs')
    exchange.sent()
  }

  #receive(bytes: Buffer, length: number): void {
    const exchange = this.#exchange
    if (exchange === null || this.#writer?.isUnsent === true) {
      // Nothing was asked yet, or nothing more is wanted.
      this.#fail('ERR_UPSTREAM_RESET', 'The upstream spoke before it was asked')
      return
    }
    try {
      const at = this.#reader.read(bytes, 0, length)
      if (this.#exchange !== exchange) return
      const { fault } = this.#reader
      if (fault !== null) this.#fail('ERR_UPSTREAM_PROTOCOL', `The answer has ${fault}`)
      else if (this.#head?.status === 101) this.#switch(exchange, this.#head, bytes, at, length)
      else if (this.#reader.isDone) this.#finish(exchange, at === length)
      else if (this.#head !== null) this.#await(exchange)
    } catch (error) {
      this.#crash(exchange, error)
    }
  }

  /** More of the answer is to come. */
  #await(exchange: UpstreamExchange): void {
    if (!this.#isPaused) this.#deadline = this.#deadlineFor('bodyIdleTimeoutMs')
    exchange.received()
  }

  #begin(head: ResponseHead): void {
    this.#head = head
    if (head.status !== 101) this.#exchange?.begun(head)
  }

  /** The answer is complete; `isAll`: and nothing came behind it. */
  #finish(exchange: UpstreamExchange, isAll: boolean): void {
    const head = this.#head
    const isWhole = isAll && this.#writer?.isWritten === true
    this.#exchange = null
    this.#reader.rest()
    const { trailers } = this.#reader
    const { keepAliveTimeoutMs } = this.#owner.options
    const idleMs = head === null || !isWhole ? 0 : idleTimeAfter(head, trailers, keepAliveTimeoutMs)
    if (idleMs === 0) this.#close()
    exchange.ended(trailers)
    if (this.#isClosed) return
    this.resume()
    this.#deadline = this.#owner.ticks.after(idleMs)
    this.#owner.release(this)
  }

  #switch(
    exchange: UpstreamExchange,
    head: ResponseHead,
    bytes: Buffer,
    at: number,
    length: number,
  ): void {
    const socket = this.#socket
    if (socket === null || !exchange.request.switches) {
      this.#fail('ERR_UPSTREAM_PROTOCOL', 'The answer has a switch that nobody asked for')
      return
    }
    socket.pause()
    socket.off('data', this.#onData)
    socket.off('drain', this.#onDrain)
    socket.off('end', this.#onEnd)
    socket.off('close', this.#onClose)
    socket.off('error', this.#onError)
    socket.on('error', () => {})
    if (at < length) socket.unshift(bytes.subarray(at, length))
    this.#socket = null
    this.#exchange = null
    this.#close()
    exchange.switched(socket, head)
    socket.resume()
  }

  #fail(code: FaultCode, message: string, cause?: Error): void {
    const exchange = this.#exchange
    this.#exchange = null
    this.#close()
    exchange?.failed(new Fault(code, `${this.#owner.origin}: ${message}`, { cause }))
  }

  /** A defect of ours must not be taken for one of the upstream, nor end the process. */
  #crash(exchange: UpstreamExchange, error: unknown): void {
    this.abort()
    exchange.failed(new Fault('ERR_INTERNAL', 'The gateway failed on an answer', { cause: error }))
  }

  #close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#deadline = never
    this.#reader.rest()
    this.#socket?.destroy()
    this.#owner.forget(this)
  }

  /** For what is waited for now. */
  #deadlineFor(timeout: 'headersTimeoutMs' | 'bodyIdleTimeoutMs'): number {
    return this.#owner.ticks.after(this.#owner.options[timeout])
  }

  readonly #onData = (chunk: Buffer): void => {
    this.#receive(chunk, chunk.length)
  }

  readonly #onDrain = (): void => {
    const exchange = this.#exchange
    if (exchange === null || this.#writer?.isOpen !== true) return
    if (this.#head === null) this.#deadline = never
    exchange.drained()
  }

  readonly #onEnd = (): void => {
    const exchange = this.#exchange
    if (exchange === null || !this.#reader.finish()) {
      this.#fail('ERR_UPSTREAM_RESET', 'The upstream closed the connection')
      return
    }
    try {
      this.#finish(exchange, false)
    } catch (error) {
      this.#crash(exchange, error)
    }
  }

  /** Also in the middle of a body that the end of the connection ends: a reset is no end. */
  readonly #onError = (error: Error): void => {
    this.#fail('ERR_UPSTREAM_RESET', error.message, error)
  }

  readonly #onClose = (): void => this.destroy()
}
