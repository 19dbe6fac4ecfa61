/**
 * A token bucket in one number: when it will be full again (GCRA). Each piece that is taken moves
 * that moment by the time one piece takes to come back. Times are those of `performance.now()`.
 */
export class Bucket {
  /** The name of the limit, which headers show. */
  readonly limit: string
  readonly name: string
  readonly intervalMs: number
  readonly capacityMs: number
  #policy: string | null = null
  /** Taken, and not yet told to those who count together. */
  untold = 0
  #fullAtMs = 0

  constructor(limit: string, name: string, intervalMs: number, capacityMs: number) {
    this.limit = limit
    this.name = name
    this.intervalMs = intervalMs
    this.capacityMs = capacityMs
  }

  /** An item of `RateLimit-Policy`. */
  get policy(): string {
    const { limit, intervalMs, capacityMs } = this
    this.#policy ??= `"${limit}";q=${Math.round(capacityMs / intervalMs)};w=${Math.ceil(capacityMs / 1_000)}`
    return this.#policy
  }

  /** How long until one piece can be taken; 0: now. */
  waitMs(nowMs: number): number {
    const waitMs = this.spentMs(nowMs) + this.intervalMs - this.capacityMs
    // Sums of fractions: a bucket of ten pieces holds ten.
    return waitMs > this.intervalMs * 1e-3 ? waitMs : 0
  }

  /** How far it is from full. */
  spentMs(nowMs: number): number {
    return Math.max(0, this.#fullAtMs - nowMs)
  }

  /** Whether more was taken than it holds. */
  isOverdrawn(nowMs: number): boolean {
    return this.spentMs(nowMs) > this.capacityMs + this.intervalMs * 1e-3
  }

  /** Pieces that can be taken now. */
  left(nowMs: number): number {
    const left = (this.capacityMs - this.spentMs(nowMs)) / this.intervalMs
    return Math.max(0, Math.floor(left + 1e-3))
  }

  /** Without asking: who has found that it may, or what others have taken already. */
  take(count: number, nowMs: number): void {
    const fullAtMs = Math.max(this.#fullAtMs, nowMs) + count * this.intervalMs
    this.#fullAtMs = Math.min(fullAtMs, nowMs + 2 * this.capacityMs)
  }

  /**
   * What all have taken together, but for what was taken here since it was told. It never makes a
   * bucket fuller: a server that has forgotten everything, or lies, gives nobody more than this
   * process would alone.
   */
  learn(spentMs: number, nowMs: number): void {
    if (!(spentMs >= 0)) return
    const spent = Math.min(spentMs, 2 * this.capacityMs) + this.untold * this.intervalMs
    this.#fullAtMs = Math.max(this.#fullAtMs, nowMs + spent)
  }
}
