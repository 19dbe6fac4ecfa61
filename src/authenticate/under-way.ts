import { refuse, type Refusal } from '../model/refusal.ts'
import type { ClientAddress } from '../model/request-facts.ts'
import { sourceOf } from './client-source.ts'

/** How much of one kind of work is done at one time. */
export interface WorkLimits {
  readonly max: number
  /** For one client. */
  readonly perClient: number
}

/**
 * How much of one kind of work is under way, and for whom: so that no client can take all there is
 * before it is known that what it sends is bad.
 */
export class UnderWay {
  readonly #limits: WorkLimits
  readonly #full: Refusal
  readonly #crowded: Refusal
  readonly #bySource = new Map<string, number>()
  #count = 0

  /** Such as `tokens` that `are being verified`. */
  constructor(limits: WorkLimits, things: string, state: string) {
    this.#limits = limits
    this.#full = refuse('overloaded', `Too many ${things} ${state}`)
    this.#crowded = refuse('overloaded', `Too many ${things} of one address ${state}`)
  }

  /** Null: there is room. Without a client it is for nobody in particular. */
  refuse(client: ClientAddress | null): Refusal | null {
    const { max, perClient } = this.#limits
    if (this.#count >= max) return this.#full
    // No client has more than there is.
    if (client === null || this.#count < perClient) return null
    const count = this.#bySource.get(sourceOf(client)) ?? 0
    return count >= perClient ? this.#crowded : null
  }

  /** Over when what is returned is called, once. */
  begin(client: ClientAddress | null): () => void {
    this.#count += 1
    const source = client === null ? null : sourceOf(client)
    if (source !== null) this.#bySource.set(source, (this.#bySource.get(source) ?? 0) + 1)
    return () => {
      this.#count -= 1
      if (source === null) return
      const left = (this.#bySource.get(source) ?? 1) - 1
      if (left === 0) this.#bySource.delete(source)
      else this.#bySource.set(source, left)
    }
  }
}
