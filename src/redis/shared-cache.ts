import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { LRUCache } from 'lru-cache'
import type { Clock } from '../model/clock.ts'
import { type RedisClient, unavailable } from './client.ts'
import type { ValueKeys, ValueKind } from './keys.ts'
import type { CacheMetrics } from './cache-metrics.ts'
import { Sealer } from './seal.ts'

/** What one kind of values is like. */
export interface CacheKind<Value> {
  readonly kind: ValueKind
  /** Nothing of this kind holds for longer, whatever it says. */
  readonly maxLifetimeMs: number
  /** What finding out may take; the lease for it ends then. */
  readonly loadTimeoutMs: number
  encode(value: Value): string
  /** Null: this is no such value. Never throws. */
  decode(text: string): Value | null
}

export interface Loaded<Value> {
  readonly value: Value
  /** Wall clock. A no is a value as well, with a shorter time; in the past: it is not kept. */
  readonly expiresAtMs: number
}

interface Local<Value> extends Loaded<Value> {
  /** Encoded: its length is what the entry weighs. */
  readonly text: string
  readonly sureUntilMs: number
}

export interface SharedCacheContext {
  readonly client: RedisClient
  readonly clock: Clock
  readonly metrics: CacheMetrics
}

/** What entries may weigh on average; bounds memory when values are long. */
const bytesPerEntry = 4_096
const entryOverheadBytes = 512
const minPollMs = 2
const maxPollMs = 25

/**
 * Values that are expensive to find out, in two levels: this process, then Redis. One question is
 * asked once at a time here, and once for all sidecars as long as its answer comes within
 * `redis.lease_wait`. Without Redis, and whenever it is not sure, a process finds out for itself:
 * what comes from Redis is only ever what some sidecar found out, and sealed.
 */
export class SharedCache<Value> {
  readonly #kind: CacheKind<Value>
  readonly #context: SharedCacheContext
  readonly #sealer: Sealer
  readonly #local: LRUCache<string, Local<Value>>
  readonly #pending = new Map<string, Promise<Value>>()

  constructor(kind: CacheKind<Value>, context: SharedCacheContext) {
    const { options } = context.client
    this.#kind = kind
    this.#context = context
    this.#sealer = new Sealer(options.secrets.sealKeys)
    this.#local = new LRUCache({
      max: options.localEntries,
      maxSize: options.localEntries * bytesPerEntry,
      sizeCalculation: ({ text }) => 2 * text.length + entryOverheadBytes,
    })
  }

  /**
   * The answer to the question that `parts` name, all of them: whatever else the answer depends on
   * belongs into them. What is not `isUsable` is found out anew, and replaced. Rejects only with
   * what `load` rejects with, and keeps nothing of it.
   */
  get(
    parts: readonly string[],
    load: () => Promise<Loaded<Value>>,
    isUsable: (value: Value) => boolean = () => true,
  ): Promise<Value> {
    const keys = this.#context.client.keys.value(this.#kind.kind, ...parts)
    const nowMs = this.#context.clock.nowMs()
    const kept = this.#local.get(keys.value)
    const local = kept !== undefined && isUsable(kept.value) ? kept : null
    if (local !== null && nowMs < local.sureUntilMs && nowMs < local.expiresAtMs) {
      this.#count('local')
      return Promise.resolve(local.value)
    }
    const pending = this.#pending.get(keys.value)
    if (pending !== undefined) {
      this.#count('coalesced')
      return pending
    }
    const found = this.#find(keys, local, load, isUsable).finally(() => {
      this.#pending.delete(keys.value)
    })
    this.#pending.set(keys.value, found)
    return found
  }

  async #find(
    keys: ValueKeys,
    local: Local<Value> | null,
    load: () => Promise<Loaded<Value>>,
    isUsable: (value: Value) => boolean,
  ): Promise<Value> {
    const { client, clock } = this.#context
    const owner = randomUUID()
    const giveUpAtMs = performance.now() + client.options.leaseWaitMs
    for (let pollMs = minPollMs; ; pollMs = Math.min(pollMs * 2, maxPollMs)) {
      const reply = await client.readOrLease(keys, owner, this.#kind.loadTimeoutMs)
      if (reply === unavailable) {
        // Nobody can say that it was taken back; it ends at its own time.
        if (local !== null && clock.nowMs() < local.expiresAtMs) return this.#hit('local', local)
        break
      }
      if (reply.kind === 'found') {
        const opened = this.#open(keys, reply.sealed, isUsable)
        if (opened === null) break
        this.#keep(keys, opened, opened.text)
        return this.#hit('shared', opened)
      }
      if (reply.kind === 'leased' || performance.now() > giveUpAtMs) break
      await sleep(pollMs * (0.5 + Math.random()))
    }
    return this.#load(keys, owner, load)
  }

  async #load(keys: ValueKeys, owner: string, load: () => Promise<Loaded<Value>>): Promise<Value> {
    const { client, clock } = this.#context
    this.#count('miss')
    let loaded: Loaded<Value>
    try {
      loaded = await load()
    } catch (error) {
      void client.writeAndRelease(keys, owner, null, 0)
      throw error
    }
    const nowMs = clock.nowMs()
    const expiresAtMs = Math.min(loaded.expiresAtMs, nowMs + this.#kind.maxLifetimeMs)
    const { value } = loaded
    let sealed: Buffer | null = null
    if (expiresAtMs > nowMs) {
      const { kind } = this.#kind
      const text = this.#kind.encode(value)
      this.#keep(keys, { value, expiresAtMs }, text)
      sealed = this.#sealer.seal({ key: keys.value, kind }, Buffer.from(text), expiresAtMs)
    }
    // Whoever asked does not wait for it.
    void client.writeAndRelease(keys, owner, sealed, expiresAtMs - nowMs)
    return value
  }

  #open(
    keys: ValueKeys,
    sealed: Buffer,
    isUsable: (value: Value) => boolean,
  ): (Loaded<Value> & { readonly text: string }) | null {
    const { kind, maxLifetimeMs } = this.#kind
    const { client, clock } = this.#context
    const reject = (reason: string): null => {
      client.metrics.rejected(kind, reason)
      return null
    }
    if (sealed.length > client.options.maxValueBytes) return reject('too_large')
    const place = { key: keys.value, kind }
    const opened = this.#sealer.open(place, sealed, clock.nowMs(), maxLifetimeMs)
    if (opened.kind === 'unusable') return reject(opened.reason)
    const text = opened.bytes.toString()
    const value = this.#kind.decode(text)
    if (value === null) return reject('malformed')
    if (!isUsable(value)) return reject('not_current')
    return { value, expiresAtMs: opened.expiresAtMs, text }
  }

  #keep({ value: key }: ValueKeys, { value, expiresAtMs }: Loaded<Value>, text: string): void {
    const sureUntilMs = this.#context.clock.nowMs() + this.#context.client.options.localMaxAgeMs
    this.#local.set(key, { value, expiresAtMs, sureUntilMs, text })
  }

  #hit(level: 'local' | 'shared', { value }: Loaded<Value>): Value {
    this.#count(level)
    return value
  }

  #count(result: 'local' | 'shared' | 'coalesced' | 'miss'): void {
    this.#context.metrics.looked(this.#kind.kind, result)
  }
}
