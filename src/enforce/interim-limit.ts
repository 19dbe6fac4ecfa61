/** More than any application sends. */
const maxInterim = 32

/**
 * How long an upstream may send nothing but interim answers (1xx), and how many. The HTTP client
 * begins to wait anew with each of them, and so would never give up.
 */
export class InterimLimit {
  #sinceMs: number | null = null
  #count = 0

  /** True when the answer itself is overdue. */
  isOver(timeoutMs: number): boolean {
    const nowMs = performance.now()
    this.#sinceMs ??= nowMs
    this.#count += 1
    return this.#count > maxInterim || nowMs - this.#sinceMs >= timeoutMs
  }
}
