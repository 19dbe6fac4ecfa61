import type { IssuerKeys, KeyLookup } from '../authenticate/key-source.ts'
import type { IssuerOptions, SignatureAlgorithm } from '../authenticate/options.ts'
import type { Clock } from '../model/clock.ts'
import type { Log } from '../telemetry/log.ts'
import { readKeyDocument } from './key-document.ts'
import { type KeySet, readKeySet } from './key-set.ts'
import { KeptKeys } from './kept-keys.ts'
import type { IssuersMetrics } from './metrics.ts'
import type { KeyFetchOptions } from './options.ts'
import {
  type ReadDocument,
  readShared,
  type SharedKeyDocuments,
  sharedParts,
} from './shared-keys.ts'

/** What one attempt to read an issuer's keys came to, for those who do not read them themselves. */
export type IssuerNews =
  | {
      readonly issuer: string
      readonly failure: null
      readonly document: unknown
      readonly readAtMs: number
    }
  | { readonly issuer: string; readonly failure: string }

export interface KeyReaderContext {
  readonly log: Log
  readonly clock: Clock
  readonly metrics: IssuersMetrics | null
  readonly fetchOptions: KeyFetchOptions
  /** Told of each attempt, keys before anybody could ask for them here. */
  readonly announce: ((news: IssuerNews) => void) | null
  /** What other processes read; null: there is none. */
  readonly shared: SharedKeyDocuments | null
}

/**
 * Keeps the keys of one issuer: read in the background, used while the issuer is away, dropped as
 * soon as the issuer no longer publishes them. A failed read changes nothing but the reason shown.
 */
export class IssuerKeyReader implements IssuerKeys {
  readonly issuer: string
  readonly #options: IssuerOptions
  readonly #context: KeyReaderContext
  readonly #kept: KeptKeys
  readonly #stop = new AbortController()
  #consecutiveFailures = 0
  #attempt: Promise<void> | null = null
  #demandedAtMs: number | null = null
  /** Somebody has a token with a key that nobody here knows: only the issuer can tell. */
  #isDemanded = false
  #timer: NodeJS.Timeout | undefined

  constructor(options: IssuerOptions, context: KeyReaderContext) {
    this.issuer = options.issuer
    this.#options = options
    this.#context = context
    this.#kept = new KeptKeys(context.clock, context.fetchOptions.staleUseMs)
  }

  get generation(): number {
    return this.#kept.generation
  }

  /** Null when keys are at hand, else why not. */
  get unreadyReason(): string | null {
    return this.#kept.unreadyReason
  }

  findKey(kid: string | null, algorithm: SignatureAlgorithm): KeyLookup {
    return this.#kept.find(kid, algorithm)
  }

  refresh(): Promise<void> | null {
    if (this.#attempt !== null) {
      return this.#isDemanded ? this.#attempt : this.#refreshAfter(this.#attempt)
    }
    const nowMs = this.#context.clock.nowMs()
    const sinceMs = this.#demandedAtMs === null ? Infinity : nowMs - this.#demandedAtMs
    // Negative after the clock was set back, which must not prolong the wait.
    if (sinceMs >= 0 && sinceMs < this.#context.fetchOptions.cooldownMs) return null
    this.#demandedAtMs = nowMs
    this.#isDemanded = true
    return this.read()
  }

  /**
   * What is read in the background may have been read before the key of a token was published: where
   * it brings nothing new the issuer is asked again.
   */
  async #refreshAfter(attempt: Promise<void>): Promise<void> {
    const { generation } = this
    await attempt
    if (this.generation === generation && this.#consecutiveFailures === 0) await this.refresh()
  }

  /** Reads now, whatever the cool-down, and keeps reading in the background from then on. */
  read(): Promise<void> {
    if (this.#stop.signal.aborted) return Promise.resolve()
    this.#attempt ??= this.#readAndSchedule().finally(() => {
      this.#attempt = null
      this.#isDemanded = false
    })
    return this.#attempt
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#stop.abort()
  }

  async #readAndSchedule(): Promise<void> {
    const { log, metrics } = this.#context
    clearTimeout(this.#timer)
    try {
      await this.#readOnce()
      this.#consecutiveFailures = 0
      metrics?.countRead(this.issuer, 'ok')
    } catch (error) {
      if (this.#stop.signal.aborted) return
      // Whatever an issuer serves, the worst it does to us is that its keys are not read.
      const failure = error instanceof Error ? error.message : 'unknown failure'
      this.#kept.fail(failure)
      this.#context.announce?.({ issuer: this.issuer, failure })
      this.#consecutiveFailures += 1
      metrics?.countRead(this.issuer, 'failed')
      log.warn(
        {
          issuer: this.issuer,
          reason: failure,
          attempts: this.#consecutiveFailures,
          usableKeys: this.unreadyReason === null ? this.#kept.size : 0,
        },
        "Cannot read the issuer's keys",
      )
    }
    if (!this.#stop.signal.aborted) this.#schedule()
  }

  async #readOnce(): Promise<void> {
    const { fetchOptions, metrics, announce } = this.#context
    const signal = AbortSignal.any([this.#stop.signal, AbortSignal.timeout(fetchOptions.timeoutMs)])
    const { document, readAtMs } = await this.#readDocument(signal)
    const keys = await readKeySet(document, this.#options.algorithms, fetchOptions.maxKeys)
    if (this.#stop.signal.aborted) return
    metrics?.setKeys(this.issuer, keys.size, readAtMs)
    announce?.({ issuer: this.issuer, failure: null, document, readAtMs })
    if (this.#kept.keep(keys, readAtMs)) this.#logChange(keys)
  }

  /** What somebody else read lately will do, and what was read long ago where nothing else is known. */
  async #readDocument(signal: AbortSignal): Promise<ReadDocument> {
    const { fetchOptions, clock, shared } = this.#context
    const { refreshIntervalMs, staleUseMs, maxResponseBytes } = fetchOptions
    const parts = shared === null ? null : sharedParts(this.#options)
    const mayShare = !this.#isDemanded
    const own = this.#kept.readAtMs
    if (shared === null || parts === null) {
      const document = await readKeyDocument(this.#options, maxResponseBytes, signal)
      return { document, readAtMs: clock.nowMs() }
    }
    if (mayShare) {
      const found = await readShared(shared, parts, clock, own, refreshIntervalMs / 2)
      if (found !== null) return found
    }
    try {
      const document = await readKeyDocument(this.#options, maxResponseBytes, signal)
      const read = { document, readAtMs: clock.nowMs() }
      void shared.write(parts, read)
      return read
    } catch (error) {
      const found =
        this.unreadyReason === null ? null : await readShared(shared, parts, clock, own, staleUseMs)
      if (found === null) throw error
      return found
    }
  }

  #logChange(keys: KeySet): void {
    const { log } = this.#context
    log.info({ issuer: this.issuer, keys: keys.size }, "Read the issuer's keys")
    for (const warning of keys.warnings) {
      log.warn({ issuer: this.issuer, warning }, 'A published key is not used')
    }
    if (keys.size === 0) {
      log.error({ issuer: this.issuer }, 'The issuer publishes no key that can be used')
    }
  }

  #schedule(): void {
    const { refreshIntervalMs, minBackoffMs, maxBackoffMs } = this.#context.fetchOptions
    const backoffMs = minBackoffMs * 2 ** (this.#consecutiveFailures - 1)
    const waitMs =
      this.#consecutiveFailures === 0 ? refreshIntervalMs : Math.min(backoffMs, maxBackoffMs)
    // Give or take a tenth, so that many sidecars do not ask at one moment.
    this.#timer = setTimeout(() => void this.read(), waitMs * (0.9 + Math.random() * 0.2))
    this.#timer.unref()
  }
}
