/**
 * How long an upstream may send nothing but interim answers (1xx). The HTTP client begins to wait
 * anew with each of them, and so would never give up.
 */
export class InterimLimit {
  #sinceMs: number | null = null

  /** True when the answer itself is overdue. */
  isOver(timeoutMs: number): boolean {
    const nowMs = performance.now()
    this.#sinceMs ??= nowMs
    return nowMs - this.#sinceMs >= timeoutMs
  }
}
