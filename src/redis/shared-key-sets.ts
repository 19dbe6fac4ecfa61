import type { Clock } from '../model/clock.ts'
import { type RedisClient, unavailable } from './client.ts'
import { Sealer } from './seal.ts'

export interface ReadKeySet {
  readonly document: unknown
  /** When some sidecar read it from its issuer, wall clock. */
  readonly readAtMs: number
}

const kind = 'key-set'

/** Key sets as some sidecar read them from their issuers: sealed, and no older than they say. */
export class SharedKeySets {
  readonly #client: RedisClient
  readonly #clock: Clock
  readonly #sealer: Sealer
  readonly #maxAgeMs: number

  constructor(client: RedisClient, clock: Clock, maxAgeMs: number) {
    this.#client = client
    this.#clock = clock
    this.#sealer = new Sealer(client.options.secrets.sealKeys)
    this.#maxAgeMs = maxAgeMs
  }

  /** `parts`: everything that what is read depends on. Null: there is none to be used. */
  async read(parts: readonly string[]): Promise<ReadKeySet | null> {
    const { options, keys, metrics } = this.#client
    const place = { key: keys.value(kind, ...parts).value, kind }
    const sealed = await this.#client.read(keys.value(kind, ...parts))
    if (sealed === unavailable || sealed.length === 0) return null
    const nowMs = this.#clock.nowMs()
    const opened = this.#sealer.open(place, sealed, nowMs, this.#maxAgeMs)
    const reason = sealed.length > options.maxValueBytes ? 'too_large' : opened.kind
    if (opened.kind === 'unusable' || reason === 'too_large') {
      metrics.rejected(kind, opened.kind === 'unusable' ? opened.reason : reason)
      return null
    }
    return JSON.parse(opened.bytes.toString()) as ReadKeySet
  }

  async write(parts: readonly string[], read: ReadKeySet): Promise<void> {
    const keys = this.#client.keys.value(kind, ...parts)
    const expiresAtMs = read.readAtMs + this.#maxAgeMs
    const bytes = Buffer.from(JSON.stringify(read))
    const sealed = this.#sealer.seal({ key: keys.value, kind }, bytes, expiresAtMs)
    await this.#client.write(keys, sealed, expiresAtMs - this.#clock.nowMs())
  }
}
