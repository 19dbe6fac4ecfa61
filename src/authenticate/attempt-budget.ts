import type { Clock } from '../model/clock.ts'
import type { ClientAddress } from '../model/request-facts.ts'
import { refuse, type Refusal } from '../model/refusal.ts'
import { regionOf, sourceOf } from './client-source.ts'
import type { AuthenticateOptions } from './options.ts'

/** Addresses that failed lately and have a budget of their own. */
export const maxSources = 8_192
/** Networks whose addresses share a budget when there is no room for their own. */
export const maxRegions = 1_024
/** How many seconds of failures may come at once. */
export const burstS = 5
/** Long enough for the deepest debt to be paid: who is forgotten earlier would gain by it. */
const rememberedMs = 2 * burstS * 1_000

export type FailureLimits = Pick<AuthenticateOptions, 'maxFailuresPerAddress' | 'maxFailures'>

interface Bucket {
  left: number
  atMs: number
  failedAtMs: number
}

/**
 * How many failures an address, and all of them together, may have: a credential that turns out to
 * be bad takes one, a good one takes none. Whoever has none left is refused before his credential is
 * read, so a flood of forged ones costs what it costs to count it. An address that has not failed
 * lately is served even while all the others have spent what there is.
 *
 * Nobody is forgotten to make room: addresses beyond those that can be counted share the budget of
 * the network around them, and when there are too many of those as well, one for all the rest.
 */
export class AttemptBudget {
  readonly #clock: Clock
  readonly #perSource: number
  readonly #overall: number
  readonly #sources = new Sources(maxSources)
  readonly #regions = new Sources(maxRegions)
  readonly #rest: Bucket
  readonly #all: Bucket

  constructor(options: FailureLimits, clock: Clock) {
    this.#clock = clock
    this.#perSource = options.maxFailuresPerAddress
    this.#overall = options.maxFailures
    const nowMs = clock.nowMs()
    this.#rest = fullBucket(this.#perSource, nowMs)
    this.#all = fullBucket(this.#overall, nowMs)
  }

  /** Addresses that failed lately, for an operator. */
  get sources(): number {
    this.#sources.forget(this.#clock.nowMs())
    return this.#sources.size
  }

  /** Null: go on. */
  refuseAttempt(client: ClientAddress): Refusal | null {
    if (this.#sources.size === 0) return null
    const nowMs = this.#clock.nowMs()
    const bucket = this.#find(sourceOf(client), nowMs)
    if (bucket === null) return null
    fill(bucket, this.#perSource, nowMs)
    if (bucket.left < 1) return exhausted
    fill(this.#all, this.#overall, nowMs)
    return this.#all.left < 1 ? exhaustedOverall : null
  }

  failed(client: ClientAddress): void {
    const nowMs = this.#clock.nowMs()
    const source = sourceOf(client)
    const bucket =
      this.#sources.take(source, this.#perSource, nowMs) ??
      this.#regions.take(regionOf(source), this.#perSource, nowMs) ??
      this.#rest
    take(bucket, this.#perSource, nowMs)
    take(this.#all, this.#overall, nowMs)
  }

  /** Null: it has not failed lately, as far as that could be told. */
  #find(source: string, nowMs: number): Bucket | null {
    const own = this.#sources.get(source)
    if (own !== undefined) return own
    if (this.#sources.hasRoom(nowMs)) return null
    const region = this.#regions.get(regionOf(source))
    if (region !== undefined) return region
    return this.#regions.hasRoom(nowMs) ? null : this.#rest
  }
}

/** Buckets by name, at most so many, in the order of their last failures. */
class Sources {
  readonly #max: number
  readonly #buckets = new Map<string, Bucket>()

  constructor(max: number) {
    this.#max = max
  }

  get size(): number {
    return this.#buckets.size
  }

  get(name: string): Bucket | undefined {
    return this.#buckets.get(name)
  }

  /** Those that have not failed for long. */
  forget(nowMs: number): void {
    for (let name = this.#oldestIfOver(nowMs); name !== null; name = this.#oldestIfOver(nowMs)) {
      this.#buckets.delete(name)
    }
  }

  /** Whether one more has a place, which may be that of one that has not failed for long. */
  hasRoom(nowMs: number): boolean {
    return this.#buckets.size < this.#max || this.#oldestIfOver(nowMs) !== null
  }

  /** For one more failure. Null: there is no room. */
  take(name: string, perSecond: number, nowMs: number): Bucket | null {
    let bucket = this.#buckets.get(name)
    if (bucket === undefined) {
      if (this.#buckets.size >= this.#max) {
        const oldest = this.#oldestIfOver(nowMs)
        if (oldest === null) return null
        this.#buckets.delete(oldest)
      }
      bucket = fullBucket(perSecond, nowMs)
    } else {
      this.#buckets.delete(name)
    }
    bucket.failedAtMs = nowMs
    this.#buckets.set(name, bucket)
    return bucket
  }

  #oldestIfOver(nowMs: number): string | null {
    for (const [name, { failedAtMs }] of this.#buckets) {
      const agoMs = nowMs - failedAtMs
      // Negative after the clock was set back.
      return agoMs >= rememberedMs || agoMs < 0 ? name : null
    }
    return null
  }
}

const exhausted = refuse(
  'attempts_exhausted',
  'Too many credentials from this address were refused lately ("max_failures_per_address")',
)
const exhaustedOverall = refuse(
  'attempts_exhausted',
  'Too many credentials were refused lately ("max_failures"), some of them from this address',
)

function fullBucket(perSecond: number, nowMs: number): Bucket {
  return { left: perSecond * burstS, atMs: nowMs, failedAtMs: nowMs }
}

function fill(bucket: Bucket, perSecond: number, nowMs: number): void {
  const passedMs = nowMs - bucket.atMs
  bucket.atMs = nowMs
  // Negative after the clock was set back.
  if (passedMs > 0) {
    bucket.left = Math.min(perSecond * burstS, bucket.left + (passedMs * perSecond) / 1_000)
  }
}

function take(bucket: Bucket, perSecond: number, nowMs: number): void {
  fill(bucket, perSecond, nowMs)
  // What was under way when the last one was spent is not held against it for longer than a burst.
  bucket.left = Math.max(bucket.left - 1, -perSecond * burstS)
}
