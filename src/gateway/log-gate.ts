/** Lines about requests per second; who sends a million bad requests must not fill a disk with them. */
const maxLinesPerSecond = 50

/** Lets through so many lines a second, and tells the next one how many were held back. */
export class LogGate {
  #second = 0
  #lines = 0
  #suppressed = 0

  /** How many lines were held back since the last one let through, or null to hold this one back. */
  pass(nowMs: number): number | null {
    const second = Math.floor(nowMs / 1_000)
    if (second !== this.#second) {
      this.#second = second
      this.#lines = 0
    }
    if (this.#lines >= maxLinesPerSecond) {
      this.#suppressed += 1
      return null
    }
    this.#lines += 1
    const suppressed = this.#suppressed
    this.#suppressed = 0
    return suppressed
  }
}
