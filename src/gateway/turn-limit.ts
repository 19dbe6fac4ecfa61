/** A pause of the whole process makes a turn long, too; what makes it long under load are requests. */
const leastTaken = 16

/**
 * How long the work of one turn of the event loop may keep requests waiting. All that came in meanwhile
 * is read in one turn, so what is read late in a long turn has waited for as long; to take it on as well
 * would make the next turn longer still. It is refused while refusing is cheap: before its header is
 * looked at.
 */
export class TurnLimit {
  readonly #maxDelayMs: number
  #startedAtMs = 0
  #taken = 0

  /** 0: no limit. */
  constructor(maxDelayMs: number) {
    this.#maxDelayMs = maxDelayMs
  }

  /** True when the turn has been under way for too long already. */
  isOver(nowMs: number): boolean {
    if (this.#startedAtMs === 0) {
      if (this.#maxDelayMs === 0) return false
      this.#startedAtMs = nowMs
      this.#taken = 1
      setImmediate(this.#end)
      return false
    }
    this.#taken += 1
    return this.#taken > leastTaken && nowMs - this.#startedAtMs > this.#maxDelayMs
  }

  readonly #end = (): void => {
    this.#startedAtMs = 0
  }
}
