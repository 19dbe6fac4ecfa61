import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { refuse, type Refusal } from '../model/refusal.ts'

export interface BodyLimits {
  /** 0: unlimited. */
  readonly maxBodyBytes: number
  readonly bodyIdleTimeoutMs: number
  /** Of the time spent waiting for it, but for the first `bodyIdleTimeoutMs`; 0: no limit. */
  readonly minBodyBytesPerS: number
}

/** What a chunk costs to read, in octets; as much again as its content makes up for. */
const chunkCost = 16
const maxChunkExcess = 16_384

/**
 * A request body on its way to the upstream: counted, watched for silence, read no faster than the
 * upstream takes it. It is apart from the request so that an upstream that stops reading ends this
 * stream and not the client's connection, on which the answer has yet to go.
 */
export class RequestBody extends Readable {
  readonly #req: IncomingMessage
  readonly #limits: BodyLimits
  readonly #onRefusal: (refusal: Refusal) => void
  #onFirstRead: (() => void) | null
  #received = 0
  #reading = false
  #timer: NodeJS.Timeout | null = null
  /** Since when the client is waited for; 0: it is not. */
  #waitingSinceMs = 0
  #waitedMs = 0
  readonly #isChunked: boolean
  #chunkExcess = 0

  /** `onFirstRead` runs when the upstream is ready for the body: time to ask the client for it. */
  constructor(
    req: IncomingMessage,
    limits: BodyLimits,
    onRefusal: (refusal: Refusal) => void,
    onFirstRead: (() => void) | null,
  ) {
    super()
    this.#req = req
    this.#limits = limits
    this.#onRefusal = onRefusal
    this.#onFirstRead = onFirstRead
    this.#isChunked = req.headers['transfer-encoding'] !== undefined
  }

  override _read(): void {
    if (!this.#reading) {
      this.#reading = true
      this.#req.on('data', this.#onData)
      this.#req.once('end', this.#onEnd)
      this.#req.once('close', this.#onClose)
    }
    this.#onFirstRead?.()
    this.#onFirstRead = null
    this.#watch()
    this.#req.resume()
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#unwatch()
    this.#req.off('data', this.#onData)
    this.#req.off('end', this.#onEnd)
    this.#req.off('close', this.#onClose)
    this.#req.pause()
    callback(error)
  }

  #watch(): void {
    if (this.#waitingSinceMs === 0) this.#waitingSinceMs = performance.now()
    if (this.#timer === null) {
      this.#timer = setTimeout(this.#onSilence, this.#limits.bodyIdleTimeoutMs)
    } else {
      this.#timer.refresh()
    }
  }

  #unwatch(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    this.#waitingSinceMs = 0
  }

  /** Chunks so small that reading them costs more than they are worth, or hardly any at all. */
  #refuseRate(chunk: Buffer): Refusal | null {
    if (this.#isChunked) {
      const excess = this.#chunkExcess + chunkCost - 2 * chunk.length
      this.#chunkExcess = Math.max(excess, 0)
      if (excess > maxChunkExcess) return refuse('request_malformed', 'Endless small chunks')
    }
    const { bodyIdleTimeoutMs, minBodyBytesPerS } = this.#limits
    const nowMs = performance.now()
    if (this.#waitingSinceMs !== 0) this.#waitedMs += nowMs - this.#waitingSinceMs
    this.#waitingSinceMs = nowMs
    const duringS = (this.#waitedMs - bodyIdleTimeoutMs) / 1_000
    return this.#received < duringS * minBodyBytesPerS
      ? refuse('request_timeout', `The body comes slower than ${minBodyBytesPerS} bytes a second`)
      : null
  }

  readonly #onData = (chunk: Buffer): void => {
    const { maxBodyBytes } = this.#limits
    this.#received += chunk.length
    if (maxBodyBytes > 0 && this.#received > maxBodyBytes) {
      this.#refuse(refuse('body_too_large', `The body exceeds ${maxBodyBytes} bytes`))
      return
    }
    const refusal = this.#refuseRate(chunk)
    if (refusal !== null) {
      this.#refuse(refusal)
      return
    }
    if (this.push(chunk)) {
      this.#watch()
    } else {
      // The upstream is the slow one now, and has its own time-out.
      this.#unwatch()
      this.#req.pause()
    }
  }

  readonly #onEnd = (): void => {
    this.#unwatch()
    this.push(null)
  }

  readonly #onClose = (): void => {
    if (!this.#req.readableEnded) this.destroy(new Error('The client went away'))
  }

  readonly #onSilence = (): void => {
    this.#refuse(refuse('request_timeout', 'The body stopped coming'))
  }

  #refuse(refusal: Refusal): void {
    this.#unwatch()
    this.#onRefusal(refusal)
    this.destroy(new Error(refusal.detail))
  }
}
