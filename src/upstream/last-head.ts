import type { FoundHead, ResponseHead } from './response-head.ts'

/** Longer ones are read anew each time. */
const maxKeptBytes = 1_024

/**
 * The head that was read last on a connection. An application answers with the same octets again and
 * again, but for a date once a second; the same octets say the same, and need not be read again.
 */
export class LastHead {
  #bytes: Buffer | null = null
  #length = 0
  #isHead = false
  #head: ResponseHead | null = null

  /** Octets of it. */
  get length(): number {
    return this.#length
  }

  /** The head, where exactly its octets begin at `start` and the method is of the same kind. */
  find(bytes: Buffer, start: number, end: number, isHead: boolean): ResponseHead | null {
    const head = this.#head
    const length = this.#length
    const last = this.#bytes
    if (head === null || last === null || this.#isHead !== isHead || end - start < length) {
      return null
    }
    if (bytes.compare(last, 0, length, start, start + length) !== 0) return null
    if (head.isRepeated) return head
    const repeated = { ...head, isRepeated: true }
    this.#head = repeated
    return repeated
  }

  keep(bytes: Buffer, start: number, { head, end }: FoundHead, isHead: boolean): void {
    const length = end - start
    if (length > maxKeptBytes) {
      this.#head = null
      return
    }
    if (this.#bytes === null || this.#bytes.length < length) {
      this.#bytes = Buffer.allocUnsafeSlow(Math.min(2 * length, maxKeptBytes))
    }
    bytes.copy(this.#bytes, 0, start, end)
    this.#length = length
    this.#isHead = isHead
    this.#head = head
  }
}
