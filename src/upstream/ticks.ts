/** No deadline. */
export const never = Number.MAX_SAFE_INTEGER

const periodMs = 100

/**
 * Time in tenths of a second. A deadline is a number that is compared once a tick, so that setting
 * one costs nothing; it is met at most two ticks late, and never early. Ticks that a busy process
 * misses are not made up for: nobody is given up because the process itself stood still.
 */
export class Ticks {
  readonly #passed: (tick: number) => void
  #timer: NodeJS.Timeout | null = null
  #now = 0

  /** `passed` is called with every tick. */
  constructor(passed: (tick: number) => void) {
    this.#passed = passed
  }

  start(): void {
    this.#timer ??= setInterval(() => {
      this.#now += 1
      this.#passed(this.#now)
    }, periodMs)
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
  }

  /** The deadline that lies at least `timeMs` ahead. */
  after(timeMs: number): number {
    return this.#now + Math.ceil(timeMs / periodMs) + 1
  }
}
