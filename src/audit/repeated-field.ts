import { quoteWithin } from './json-string.ts'

/** Longer values are quoted anew each time. */
const longestKept = 128

/**
 * A member of every line. One request in a row mostly says what the one before said: the member is
 * then written as it was, in one piece instead of three.
 */
export class RepeatedField {
  readonly #prefix: string
  readonly #limit: number
  #value: string | null = null
  #text = ''
  #isInOnePiece = false

  /** `prefix`: everything before the value. `limit`: characters of the value at most. */
  constructor(prefix: string, limit = Number.POSITIVE_INFINITY) {
    this.#prefix = prefix
    this.#limit = limit
  }

  write(value: string): string {
    if (value === this.#value) {
      if (!this.#isInOnePiece) this.#text = Buffer.from(this.#text).toString()
      this.#isInOnePiece = true
      return this.#text
    }
    const text = this.#prefix + quoteWithin(value, this.#limit)
    if (value.length > longestKept) return text
    this.#value = value
    this.#text = text
    this.#isInOnePiece = false
    return text
  }
}
