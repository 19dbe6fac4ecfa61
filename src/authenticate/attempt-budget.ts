import { LRUCache } from 'lru-cache'
import { isIPv6 } from 'node:net'
import type { Clock } from '../model/clock.ts'
import type { ClientAddress } from '../model/request-facts.ts'
import { refuse, type Refusal } from '../model/refusal.ts'
import type { AuthenticateOptions } from './options.ts'

/** Addresses that failed lately and are remembered for it; of more, the least recent is forgotten. */
export const maxSources = 8_192
/** How many seconds of failures may come at once. */
export const burstS = 5

interface Bucket {
  left: number
  atMs: number
}

/**
 * How many failures an address, and all of them together, may have: a token that turns out to be bad
 * takes one, a good one takes none. Whoever has none left is refused before his token is read, so a
 * flood of forged tokens costs what it costs to count it. An address that has not failed lately is
 * served even while all the others have spent what there is.
 */
export class AttemptBudget {
  readonly #clock: Clock
  readonly #perSource: number
  readonly #overall: number
  readonly #sources = new LRUCache<string, Bucket>({ max: maxSources })
  readonly #all: Bucket

  constructor(
    options: Pick<AuthenticateOptions, 'maxFailuresPerAddress' | 'maxFailures'>,
    clock: Clock,
  ) {
    this.#clock = clock
    this.#perSource = options.maxFailuresPerAddress
    this.#overall = options.maxFailures
    this.#all = { left: this.#overall * burstS, atMs: clock.nowMs() }
  }

  get sources(): number {
    return this.#sources.size
  }

  /** Null: go on. */
  refuseAttempt(client: ClientAddress): Refusal | null {
    if (this.#sources.size === 0) return null
    const bucket = this.#sources.get(sourceOf(client))
    if (bucket === undefined) return null
    const nowMs = this.#clock.nowMs()
    fill(bucket, this.#perSource, nowMs)
    if (bucket.left < 1) return exhausted
    fill(this.#all, this.#overall, nowMs)
    return this.#all.left < 1 ? exhaustedOverall : null
  }

  failed(client: ClientAddress): void {
    const nowMs = this.#clock.nowMs()
    const source = sourceOf(client)
    let bucket = this.#sources.get(source)
    if (bucket === undefined) {
      bucket = { left: this.#perSource * burstS, atMs: nowMs }
      this.#sources.set(source, bucket)
    }
    take(bucket, this.#perSource, nowMs)
    take(this.#all, this.#overall, nowMs)
  }
}

const exhausted = refuse(
  'attempts_exhausted',
  'Too many tokens from this address were refused lately ("max_failures_per_address")',
)
const exhaustedOverall = refuse(
  'attempts_exhausted',
  'Too many tokens were refused lately ("max_failures"), some of them from this address',
)

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

/** An IPv6 client has a network to itself, of which it may use any address. */
function sourceOf({ ip }: ClientAddress): string {
  return isIPv6(ip) ? networkOf(ip) : ip
}

function networkOf(ip: string): string {
  const [head = '', tail] = ip.split('::')
  const groups = head === '' ? [] : head.split(':')
  if (tail !== undefined) {
    const after = tail === '' ? [] : tail.split(':')
    while (groups.length + after.length < 8) groups.push('0')
    groups.push(...after)
  }
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, '').toLowerCase())
    .join(':')
}
