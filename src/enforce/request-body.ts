import type { DirectRequest } from '../service/direct-request.ts'
import { refuse, type Refusal } from '../model/refusal.ts'

export interface BodyLimits {
  /** 0: unlimited. */
  readonly maxBodyBytes: number
  readonly bodyIdleTimeoutMs: number
  /** Of the time spent waiting for it, but for the first `bodyIdleTimeoutMs`; 0: no limit. */
  readonly minBodyBytesPerS: number
}

/** Where a request body goes. */
export interface BodySink {
  /** False: no more until `drained`. */
  bodyRead(chunk: Buffer): boolean
  bodyEnded(): void
  /** It broke a limit; nothing more is read of it. */
  bodyRefused(refusal: Refusal): void
}

/** What a chunk costs to read, in octets; as much again as its content makes up for. */
const chunkCost = 16
const maxChunkExcess = 16_384
/** Octets of a chunked body that are not content, beyond as many as there is content. */
const maxFramingExcess = 131_072

/**
 * A request body on its way to the upstream: counted, watched for silence, read no faster than the
 * upstream takes it.
 */
export class RequestBody {
  readonly #req: DirectRequest
  readonly #limits: BodyLimits
  readonly #sink: BodySink
  readonly #isChunked: boolean
  #received = 0
  #isOver = false
  #timer: NodeJS.Timeout | null = null
  /** Since when the client is waited for; 0: it is not. */
  #waitingSinceMs = 0
  #waitedMs = 0
  #chunkExcess = 0
  /** What the connection had brought when the body began. */
  readonly #bytesBefore: number

  constructor(req: DirectRequest, limits: BodyLimits, sink: BodySink) {
    this.#req = req
    this.#limits = limits
    this.#sink = sink
    this.#isChunked = req.headers['transfer-encoding'] !== undefined
    this.#bytesBefore = req.socket.bytesRead
  }

  /** All of it has been read. */
  get isComplete(): boolean {
    return this.#req.readableEnded
  }

  start(): void {
    const { wholeBody } = this.#req
    if (wholeBody !== null) {
      this.#take(wholeBody)
      return
    }
    this.#req.on('data', this.#onData)
    this.#req.once('end', this.#onEnd)
    this.#watch()
  }

  /** All of it is here: nobody is waited for. */
  #take(body: Buffer): void {
    this.#isOver = true
    const { maxBodyBytes } = this.#limits
    if (maxBodyBytes > 0 && body.length > maxBodyBytes) {
      this.#sink.bodyRefused(tooLarge(maxBodyBytes))
      return
    }
    this.#sink.bodyRead(body)
    this.#sink.bodyEnded()
  }

  drained(): void {
    if (this.#isOver || this.#timer !== null) return
    this.#watch()
    this.#req.resume()
  }

  /** The rest is for somebody else. */
  stop(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#unwatch()
    this.#req.off('data', this.#onData)
    this.#req.off('end', this.#onEnd)
    this.#req.pause()
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
      // Extensions, and zeros ahead of sizes: the parser passes over them without a word.
      const framing = this.#req.socket.bytesRead - this.#bytesBefore - this.#received
      if (framing > maxFramingExcess + this.#received) {
        return refuse('request_malformed', 'More octets around the chunks than within')
      }
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
    const refusal =
      maxBodyBytes > 0 && this.#received > maxBodyBytes
        ? tooLarge(maxBodyBytes)
        : this.#refuseRate(chunk)
    if (refusal !== null) {
      this.#refuse(refusal)
    } else if (this.#sink.bodyRead(chunk)) {
      if (!this.#isOver) this.#watch()
    } else {
      // The upstream is the slow one now, and has its own time-out.
      this.#unwatch()
      this.#req.pause()
    }
  }

  readonly #onEnd = (): void => {
    this.#isOver = true
    this.#unwatch()
    this.#sink.bodyEnded()
  }

  readonly #onSilence = (): void => {
    this.#refuse(refuse('request_timeout', 'The body stopped coming'))
  }

  #refuse(refusal: Refusal): void {
    this.stop()
    this.#sink.bodyRefused(refusal)
  }
}

function tooLarge(maxBodyBytes: number): Refusal {
  return refuse('body_too_large', `The body exceeds ${maxBodyBytes} bytes`)
}
