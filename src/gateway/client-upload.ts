import { refuse } from '../model/refusal.ts'
import type { Exchange } from './exchange.ts'
import type { Upload } from './slow-uploads.ts'

/** How fast the body of a request comes in that is being forwarded. */
export class ClientUpload implements Upload {
  readonly upstream: string
  readonly #exchange: Exchange
  /** What the connection had brought when the body began. */
  readonly #bytesBefore: number

  constructor(exchange: Exchange, upstream: string) {
    this.#exchange = exchange
    this.upstream = upstream
    this.#bytesBefore = exchange.req.socket.bytesRead
  }

  uploadRate(nowMs: number): number | null {
    const { req, res, decidedAtMs } = this.#exchange
    // Held back is who sends faster than the upstream takes it.
    if (req.complete || res.headersSent || req.readableFlowing !== true) return null
    return ((req.socket.bytesRead - this.#bytesBefore) * 1_000) / (nowMs - decidedAtMs)
  }

  giveWay(): void {
    const why = 'The body comes slowly, and others wait for the upstream'
    this.#exchange.bodyBroken(refuse('overloaded', why))
  }
}
