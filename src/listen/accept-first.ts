/**
 * How long requests wait at most while connections are accepted. In it a busy process accepts some
 * twenty connections; then it serves all that has come in.
 */
const maxHoldMs = 2

/**
 * Node.js accepts one connection in each turn of its event loop. A turn in which much is served is
 * long, and whoever connects meanwhile waits for one such turn for each who is ahead of him: of a
 * thousand busy clients that connect anew at once, the last would wait for many seconds. While
 * connections come in, requests are therefore read and not served: turns are short, and the queue is
 * empty soon.
 */
export class AcceptFirst {
  #held: (() => void)[] = []
  #isHolding = false
  #isAccepted = false
  #startedAtMs = 0

  /** Whether requests are to wait. */
  get isHolding(): boolean {
    return this.#isHolding
  }

  /** In this turn. */
  accepted(): void {
    this.#isAccepted = true
    if (this.#isHolding) return
    this.#isHolding = true
    this.#startedAtMs = performance.now()
    setImmediate(this.#onTurn)
  }

  /** Called when no more connections come in, or have come in for long enough; must not throw. */
  hold(begin: () => void): void {
    this.#held.push(begin)
  }

  readonly #onTurn = (): void => {
    if (this.#isAccepted && performance.now() - this.#startedAtMs < maxHoldMs) {
      this.#isAccepted = false
      setImmediate(this.#onTurn)
      return
    }
    this.#isHolding = false
    this.#isAccepted = false
    const held = this.#held
    this.#held = []
    for (const begin of held) begin()
  }
}
