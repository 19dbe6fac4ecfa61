import type { BodyLimits } from './request-body.ts'

/** What is to be sent; the header is written by `requestHeaders`. */
export interface ForwardRequest {
  readonly method: string
  /** Path and query. */
  readonly target: string
  readonly headers: string[]
  readonly hasBody: boolean
  /** The client waits for 100 before it sends the body. */
  readonly continues: boolean
  /** The protocol to switch to; null: none. */
  readonly upgrade: string | null
}

export interface ForwardLimits extends BodyLimits {
  /** Requests that may wait for a connection to one upstream, and for how long. */
  readonly maxWaiting: number
  readonly waitTimeoutMs: number
  /** For a response header, from the first interim answer on. */
  readonly headersTimeoutMs: number
}
