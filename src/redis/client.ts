import type { Log } from '../telemetry/log.ts'
import { Breaker, type BreakerState } from './breaker.ts'
import { connect, type Connection } from './connection.ts'
import { RedisKeys, type ValueKeys } from './keys.ts'
import type { CommandResult, RedisMetrics } from './metrics.ts'
import type { RedisOptions, RedisTls } from './options.ts'

/** Redis has no answer: it is to be gone on without. */
export const unavailable = Symbol('unavailable')
export type Reply<Value> = Value | typeof unavailable

/** A value, or who finds it out: oneself, or somebody else. */
export type Lookup =
  | { readonly kind: 'found'; readonly sealed: Buffer }
  | { readonly kind: 'leased' }
  | { readonly kind: 'taken' }

export interface BucketEntry {
  readonly key: string
  readonly intervalMs: number
  readonly capacityMs: number
  readonly count: number
}

export interface RedisClientContext {
  readonly options: RedisOptions
  readonly log: Log
  readonly metrics: RedisMetrics
  /** A connection is there, for the first time or again. */
  readonly ready?: () => void
}

/** Answers that say that the whole server is of no use at the moment, and not one command. */
const awayAnswer = /^(?:READONLY|LOADING|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|BUSY |NOREPLICAS|NOAUTH)/u
const probeTtlMs = 10_000
/** One of them in time is enough: this process may have been late itself. */
const probeAttempts = 3
/** Lines about coming and going, and the time in which there are no more. */
const maxLines = 6
const linesPerMs = 60_000

/**
 * Redis, as everything here uses it: every command is answered or given up within its time-out, no
 * more than so many are under way, none is sent while the breaker is open, and none ever rejects.
 */
export class RedisClient {
  readonly keys: RedisKeys
  readonly options: RedisOptions
  readonly metrics: RedisMetrics
  readonly #context: RedisClientContext
  readonly #breaker: Breaker
  #connection: Connection | null = null
  #renewedTls: RedisTls | null = null
  #inFlight = 0
  #isClosed = false
  #wasUsable: boolean | null = null
  #lines = 0
  #linesSinceMs = 0
  #reason = 'not connected yet'

  constructor(context: RedisClientContext) {
    const { options, metrics } = context
    this.#context = context
    this.options = options
    this.metrics = metrics
    this.keys = new RedisKeys(
      options.namespace,
      options.secrets.sealKeys[0]?.secret ?? new Uint8Array(),
    )
    this.#breaker = new Breaker({ probe: () => this.#probe(), changed: () => this.#note() })
    metrics.observe({
      isUsable: () => this.isUsable,
      state: () => this.state,
      inFlight: () => this.#inFlight,
    })
  }

  get state(): BreakerState {
    return this.#breaker.state
  }

  get isUsable(): boolean {
    return this.#breaker.state === 'closed' && this.#connection?.isReady === true
  }

  /** Null while it is usable, else why not. */
  get awayReason(): string | null {
    return this.isUsable ? null : this.#reason
  }

  /** Connects in the background; settles at once. */
  async start(): Promise<void> {
    const connection = await connect(this.options, {
      ready: () => {
        this.#note()
        this.#context.ready?.()
      },
      failed: (error) => {
        this.#reason = error.message
        this.#note()
      },
    })
    if (this.#renewedTls !== null) connection.renewTls(this.#renewedTls)
    if (this.#isClosed) connection.close()
    else this.#connection = connection
  }

  /** For connections that are opened from now on. */
  renewTls(tls: RedisTls): void {
    this.#renewedTls = tls
    this.#connection?.renewTls(tls)
  }

  close(): void {
    this.#isClosed = true
    this.#breaker.stop()
    this.#connection?.close()
  }

  /** A value, or the lease for finding it out, which ends by itself after `leaseMs`. */
  readOrLease({ value, lease }: ValueKeys, owner: string, leaseMs: number): Promise<Reply<Lookup>> {
    const args = [this.options.maxValueBytes, owner, Math.ceil(leaseMs)]
    return this.#run(async (connection) => {
      const found = await connection.readOrLease([value, lease], args)
      if (typeof found !== 'number') return { kind: 'found', sealed: found }
      return { kind: found === 1 ? 'leased' : 'taken' }
    })
  }

  /** Empty when there is none. */
  read({ value }: ValueKeys): Promise<Reply<Buffer>> {
    return this.#run((connection) => connection.getRange(value, this.options.maxValueBytes))
  }

  /** Null gives the lease back without a value. */
  writeAndRelease(
    { value, lease }: ValueKeys,
    owner: string,
    sealed: Uint8Array | null,
    ttlMs: number,
  ): Promise<Reply<unknown>> {
    const isShort = sealed !== null && sealed.length <= this.options.maxValueBytes && ttlMs >= 1
    return this.#run((connection) =>
      connection.writeAndRelease(
        [value, lease],
        [owner, isShort ? sealed : '', Math.max(1, Math.floor(ttlMs))],
      ),
    )
  }

  write({ value }: ValueKeys, sealed: Uint8Array, ttlMs: number): Promise<Reply<unknown>> {
    if (sealed.length > this.options.maxValueBytes) return Promise.resolve(unavailable)
    return this.#run((connection) => connection.set(value, sealed, Math.max(1, Math.floor(ttlMs))))
  }

  /** Whether nobody had used it before; it counts as used from now on, for `ttlMs`. */
  async claim(key: string, ttlMs: number): Promise<Reply<boolean>> {
    const set = await this.#run((connection) => connection.setOnce(key, Math.ceil(ttlMs)))
    return set === unavailable ? unavailable : set === 'OK'
  }

  /** All of one shard. How far each bucket is from full, in milliseconds. */
  async settle(entries: readonly BucketEntry[]): Promise<Reply<readonly number[]>> {
    const keys = entries.map(({ key }) => key)
    const args = entries.flatMap(({ intervalMs, capacityMs, count }) => [
      intervalMs,
      capacityMs,
      count,
    ])
    const spent = await this.#run((connection) => connection.settleBuckets(keys, args))
    return spent === unavailable ? unavailable : spent.map(Number)
  }

  /** For finding out how the server is set up; takes as long as opening a connection may. */
  async inspect<Value>(ask: (connection: Connection) => Promise<Value>): Promise<Value> {
    if (this.#connection?.isReady !== true) throw new Error(this.#reason)
    const { promise, reject } = Promise.withResolvers<never>()
    const timer = setTimeout(() => reject(new Error('no answer')), this.options.connectTimeoutMs)
    try {
      return await Promise.race([ask(this.#connection), promise])
    } finally {
      clearTimeout(timer)
    }
  }

  #run<Value>(send: (connection: Connection) => Promise<Value>): Promise<Reply<Value>> {
    const connection = this.#connection
    if (connection === null || !this.isUsable) return this.#skip('away')
    if (this.#inFlight >= this.options.maxInFlight) return this.#skip('busy')
    return this.#send(connection, send)
  }

  #skip(result: CommandResult): Promise<typeof unavailable> {
    this.#context.metrics.counted(result, null)
    return Promise.resolve(unavailable)
  }

  #send<Value>(
    connection: Connection,
    send: (connection: Connection) => Promise<Value>,
  ): Promise<Reply<Value>> {
    const startedAtMs = performance.now()
    this.#inFlight += 1
    return new Promise((resolve) => {
      let isOver = false
      const end = (result: CommandResult, reply: Reply<Value>, isAway: boolean): void => {
        if (isOver) return
        isOver = true
        clearTimeout(timer)
        this.#context.metrics.counted(result, performance.now() - startedAtMs)
        if (isAway) this.#breaker.failed()
        else this.#breaker.succeeded()
        resolve(reply)
      }
      // If it was this process that was late, the answer is here and is read before the verdict.
      const timer = setTimeout(() => {
        setImmediate(() => {
          if (!isOver) this.#reason = `no answer within ${this.options.timeoutMs} ms`
          end('timeout', unavailable, true)
        })
      }, this.options.timeoutMs)
      send(connection).then(
        (value) => {
          this.#inFlight -= 1
          return end('ok', value, false)
        },
        (error: unknown) => {
          // Counted as under way until now, whenever it was given up: the library holds on to it.
          this.#inFlight -= 1
          const message = error instanceof Error ? error.message : String(error)
          const isAnswer = error instanceof Error && error.name === 'ReplyError'
          if (!isOver) this.#reason = message
          return end('error', unavailable, !isAnswer || awayAnswer.test(message))
        },
      )
    })
  }

  /** What counts is writing: a replica answers as well, and would give back what is old. */
  async #probe(): Promise<boolean> {
    for (let attempt = 0; attempt < probeAttempts; attempt += 1) {
      if (await this.#probeOnce()) return true
    }
    return false
  }

  async #probeOnce(): Promise<boolean> {
    const connection = this.#connection
    if (connection === null || !connection.isReady) return false
    const { promise, resolve } = Promise.withResolvers<boolean>()
    const timer = setTimeout(() => setImmediate(() => resolve(false)), this.options.timeoutMs)
    const written = connection.set(this.keys.probe, '1', probeTtlMs).then(
      () => true,
      (error: unknown) => {
        const message = error instanceof Error ? error.message : ''
        return error instanceof Error && error.name === 'ReplyError' && !awayAnswer.test(message)
      },
    )
    const isWell = await Promise.race([written, promise])
    clearTimeout(timer)
    return isWell
  }

  /** Coming and going is said, but not more often than somebody could read it. */
  #note(): void {
    const { isUsable } = this
    if (this.#isClosed || isUsable === this.#wasUsable) return
    this.#wasUsable = isUsable
    const nowMs = performance.now()
    if (nowMs - this.#linesSinceMs > linesPerMs) {
      this.#lines = 0
      this.#linesSinceMs = nowMs
    }
    this.#lines += 1
    if (this.#lines > maxLines) return
    const { log } = this.#context
    if (isUsable) log.info({}, 'Redis is used')
    else log.warn({ reason: this.#reason }, 'Redis is away: going on without it')
  }
}
