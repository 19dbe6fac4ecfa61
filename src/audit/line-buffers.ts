/** Where one line of any length fits, and a hundred or two usual ones. */
export const lineBufferBytes = 262_144
const maxSpare = 4

/**
 * Places for lines that wait to be written. They are used again: to get a new one for every batch
 * costs more than to fill it.
 */
export class LineBuffers {
  readonly #spare: Buffer[] = []

  take(): Buffer {
    return this.#spare.pop() ?? Buffer.allocUnsafeSlow(lineBufferBytes)
  }

  /** Its lines are written. */
  give(buffer: Buffer): void {
    if (this.#spare.length < maxSpare) this.#spare.push(buffer)
  }
}
