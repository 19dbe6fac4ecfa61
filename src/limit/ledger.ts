import { LRUCache } from 'lru-cache'
import type { Rate, Settlement, SharedLedger } from '../model/rate-limit.ts'
import { Bucket } from './bucket.ts'

export interface LedgerContext {
  readonly maxBuckets: number
  readonly syncIntervalMs: number
  /** Where it is counted together; null: this process is alone. */
  readonly shared: SharedLedger | null
}

/** Told in one go; what is left follows after the interval. */
const maxEntries = 1_024

/**
 * The buckets of one process. Taking is a matter of memory alone; what was taken is told to the
 * shared ledger in the background, which answers with what all have taken.
 */
export class Ledger implements SharedLedger {
  readonly #buckets: LRUCache<string, Bucket>
  readonly #context: LedgerContext
  readonly #untold = new Set<Bucket>()
  #timer: NodeJS.Timeout | null = null
  #isTelling = false
  #isClosed = false

  constructor(context: LedgerContext) {
    this.#context = context
    this.#buckets = new LRUCache({ max: context.maxBuckets })
  }

  get size(): number {
    return this.#buckets.size
  }

  /** Of one limit and one of those it counts. `name` must tell the two apart from all others. */
  bucket(limit: string, name: string, rate: Rate): Bucket {
    const found = this.#buckets.get(name)
    if (found !== undefined) return found
    const intervalMs = (rate.windowS * 1_000) / rate.count
    return this.#create(limit, name, intervalMs, intervalMs * rate.burst)
  }

  take(bucket: Bucket, nowMs: number, count = 1): void {
    bucket.take(count, nowMs)
    this.#note(bucket, count)
  }

  /** For other processes, for which this one counts together. */
  settle(entries: readonly Settlement[]): Promise<readonly number[]> {
    const nowMs = performance.now()
    return Promise.resolve(
      entries.map(({ bucket: name, intervalMs, capacityMs, count }) => {
        const bucket = this.#buckets.get(name) ?? this.#create('', name, intervalMs, capacityMs)
        bucket.take(count, nowMs)
        this.#note(bucket, count)
        return bucket.spentMs(nowMs)
      }),
    )
  }

  close(): void {
    this.#isClosed = true
    if (this.#timer !== null) clearTimeout(this.#timer)
  }

  #create(limit: string, name: string, intervalMs: number, capacityMs: number): Bucket {
    const bucket = new Bucket(limit, name, intervalMs, capacityMs)
    this.#buckets.set(name, bucket)
    return bucket
  }

  #note(bucket: Bucket, count: number): void {
    if (this.#context.shared === null) return
    if (bucket.untold === 0) this.#untold.add(bucket)
    bucket.untold += count
    this.#schedule()
  }

  #schedule(): void {
    if (this.#timer !== null || this.#isTelling || this.#isClosed) return
    this.#timer = setTimeout(() => {
      this.#timer = null
      void this.#tell()
    }, this.#context.syncIntervalMs)
    this.#timer.unref()
  }

  async #tell(): Promise<void> {
    const { shared } = this.#context
    if (shared === null) return
    const told = [...this.#untold.values().take(maxEntries)]
    const counts = told.map(({ untold }) => untold)
    for (const bucket of told) {
      this.#untold.delete(bucket)
      bucket.untold = 0
    }
    this.#isTelling = true
    const spent = await shared.settle(
      told.map(({ name, intervalMs, capacityMs }, index) => ({
        bucket: name,
        intervalMs,
        capacityMs,
        count: counts[index] ?? 0,
      })),
    )
    this.#isTelling = false
    const nowMs = performance.now()
    for (const [index, bucket] of told.entries()) {
      this.#learn(bucket, counts[index] ?? 0, spent[index] ?? null, nowMs)
    }
    if (this.#untold.size > 0) this.#schedule()
  }

  #learn(bucket: Bucket, count: number, spentMs: number | null, nowMs: number): void {
    if (spentMs !== null) {
      bucket.learn(spentMs, nowMs)
      return
    }
    // Told again, and no more than fits: the rest is back by itself. What was full again is not.
    if (bucket.spentMs(nowMs) === 0 || this.#buckets.peek(bucket.name) !== bucket) return
    bucket.untold = Math.min(bucket.untold + count, bucket.capacityMs / bucket.intervalMs)
    this.#untold.add(bucket)
  }
}
