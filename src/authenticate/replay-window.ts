/**
 * `fresh`: first seen, and remembered. `replayed`: seen before. `full`: nothing more can be
 * remembered, or whoever remembers cannot be asked: the proof must not be taken for fresh.
 */
export type Claim = 'fresh' | 'replayed' | 'full'

/** Remembers proofs until they are too old to be accepted anyway. Shared by all that answer as one. */
export interface ReplayWindow {
  /** Proofs of before this instant may have been seen by a predecessor that took its memory along. */
  readonly sinceMs: number
  /** `owner`: whose proof it is, so that no single key takes all the room. */
  claim(owner: string, digest: string, untilMs: number, nowMs: number): Claim | Promise<Claim>
}

/** What one key may have of the room at most. */
const ownerShare = 8

/**
 * In the memory of one process. Entries lie in slices by when they expire, so that forgetting costs
 * one step a slice; at most `maxEntries` are kept, an eighth of them of one owner.
 */
export class MemoryReplayWindow implements ReplayWindow {
  readonly sinceMs: number
  readonly #maxEntries: number
  readonly #maxOfOwner: number
  readonly #slices = new Map<number, Slice>()
  readonly #owners = new Map<string, number>()
  #size = 0

  constructor(maxEntries: number, sinceMs: number) {
    this.sinceMs = sinceMs
    this.#maxEntries = maxEntries
    this.#maxOfOwner = Math.max(1, Math.floor(maxEntries / ownerShare))
  }

  get size(): number {
    return this.#size
  }

  claim(owner: string, digest: string, untilMs: number, nowMs: number): Claim {
    this.#forget(nowMs)
    const key = `${owner} ${digest}`
    for (const slice of this.#slices.values()) {
      if (slice.has(key)) return 'replayed'
    }
    const owned = this.#owners.get(owner) ?? 0
    if (this.#size >= this.#maxEntries || owned >= this.#maxOfOwner) return 'full'
    const number = Math.ceil(untilMs / sliceMs)
    let slice = this.#slices.get(number)
    if (slice === undefined) {
      slice = new Map()
      this.#slices.set(number, slice)
    }
    slice.set(key, owner)
    this.#owners.set(owner, owned + 1)
    this.#size += 1
    return 'fresh'
  }

  #forget(nowMs: number): void {
    const current = Math.floor(nowMs / sliceMs)
    for (const [number, slice] of this.#slices) {
      if (number >= current) continue
      this.#slices.delete(number)
      this.#size -= slice.size
      for (const owner of slice.values()) {
        const left = (this.#owners.get(owner) ?? 1) - 1
        if (left > 0) this.#owners.set(owner, left)
        else this.#owners.delete(owner)
      }
    }
  }
}

/** Long enough that few slices are looked through, short enough that little is kept beyond its time. */
const sliceMs = 16_000

/** What was claimed, and by whom. */
type Slice = Map<string, string>
