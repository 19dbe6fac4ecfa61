import type { ReadDocument, SharedKeyDocuments } from '../issuers/shared-keys.ts'
import type { Clock } from '../model/clock.ts'
import { type RedisClient, unavailable } from './client.ts'
import { Sealer } from './seal.ts'

const kind = 'key-set'

/** Key sets as some sidecar read them from their issuers: sealed, and no older than they say. */
export class SharedKeySets implements SharedKeyDocuments {
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
  async read(parts: readonly string[]): Promise<ReadDocument | null> {
    const { options, metrics } = this.#client
    const keys = this.#client.keys.value(kind, ...parts)
    const sealed = await this.#client.read(keys)
    if (sealed === unavailable || sealed.length === 0) return null
    if (sealed.length > options.maxValueBytes) {
      metrics.rejected(kind, 'too_large')
      return null
    }
    const place = { key: keys.value, kind }
    const opened = this.#sealer.open(place, sealed, this.#clock.nowMs(), this.#maxAgeMs)
    if (opened.kind === 'unusable') {
      metrics.rejected(kind, opened.reason)
      return null
    }
    return JSON.parse(opened.bytes.toString()) as ReadDocument
  }

  async write(parts: readonly string[], read: ReadDocument): Promise<void> {
    const keys = this.#client.keys.value(kind, ...parts)
    const expiresAtMs = read.readAtMs + this.#maxAgeMs
    const bytes = Buffer.from(JSON.stringify(read))
    const sealed = this.#sealer.seal({ key: keys.value, kind }, bytes, expiresAtMs)
    await this.#client.write(keys, sealed, expiresAtMs - this.#clock.nowMs())
  }
}
