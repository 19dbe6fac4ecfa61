import type { Socket } from 'node:net'
import type { Fault } from '../model/fault.ts'
import type { ResponseHead } from './response-head.ts'
import type { ResponseEvents } from './response-reader.ts'

/** The body of a request: none, of known length, or in chunks. */
export type BodyFraming = number | 'none' | 'chunked'

export interface UpstreamRequest {
  readonly method: string
  /** Request line and fields down to the empty line, to be written as latin1. */
  readonly head: string
  readonly body: BodyFraming
  /** It asks for another protocol. */
  readonly switches: boolean
}

/**
 * A request on a connection, told of its answer. One of the last three is called, once, and nothing
 * after it.
 */
export interface UpstreamExchange extends ResponseEvents {
  readonly request: UpstreamRequest
  /** The connection is there, and the head on its way: time for the body. */
  sent(): void
  /** The upstream takes more of the body. */
  drained(): void
  /** All that has come in has been told, and more of the answer is to come. */
  received(): void
  /** The answer is complete; name, value, name, value of what followed its body. */
  ended(trailers: readonly string[]): void
  /** The upstream has switched to another protocol: the socket, paused, is the caller's now. */
  switched(socket: Socket, head: ResponseHead): void
  failed(fault: Fault): void
}
