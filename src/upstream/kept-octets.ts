import { octet } from './octets.ts'

/** What has come of a block of lines that is not complete; grows by doubling, up to its limit. */
export class KeptOctets {
  readonly #limit: number
  #bytes: Buffer = empty
  #length = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  get length(): number {
    return this.#length
  }

  get bytes(): Buffer {
    return this.#bytes
  }

  clear(): void {
    this.#bytes = empty
    this.#length = 0
  }

  /**
   * Adds octets, up to one more than its limit. True when it is worth reading: a line has ended, or
   * the limit is passed. To read with every octet would take the square of their number.
   */
  add(bytes: Buffer, start: number, end: number): boolean {
    const before = this.#length
    const taken = Math.min(end - start, this.#limit + 1 - before)
    this.#reserve(before + taken)
    bytes.copy(this.#bytes, before, start, start + taken)
    this.#length = before + taken
    const feed = this.#bytes.indexOf(octet.feed, before)
    return (feed >= 0 && feed < this.#length) || this.#length > this.#limit
  }

  #reserve(length: number): void {
    if (length <= this.#bytes.length) return
    const grown = Buffer.allocUnsafeSlow(Math.max(length, 2 * this.#bytes.length, 1_024))
    this.#bytes.copy(grown, 0, 0, this.#length)
    this.#bytes = grown
  }
}

const empty = Buffer.alloc(0)
