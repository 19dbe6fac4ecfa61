/** RFC 6455 section 7.4.1. */
export const closeCode = { goingAway: 1_001, policyViolation: 1_008 } as const

const opClose = 8
const continues16 = 126
const continues64 = 127
const maskBit = 0x80
const maskBytes = 4

/**
 * Follows one direction of a WebSocket from frame to frame, without looking into them: to know
 * whether something may be said between two. Reads two to fourteen octets of each frame.
 */
export class WebSocketFrames {
  /** Octets of the header read so far, and how many it has. */
  #read = 0
  #headerBytes = 2
  #opcode = 0
  #isMasked = false
  #length = 0
  /** Octets still to come of the frame. */
  #left = 0
  #hasClosed = false

  /** Between two frames, before the closing one. */
  get mayInterject(): boolean {
    return this.#read === 0 && this.#left === 0 && !this.#hasClosed
  }

  follow(chunk: Buffer): void {
    for (let at = 0; at < chunk.length;) {
      if (this.#left > 0) {
        const skipped = Math.min(this.#left, chunk.length - at)
        this.#left -= skipped
        at += skipped
      } else {
        this.#readHeader(chunk[at] ?? 0)
        at += 1
      }
    }
  }

  #readHeader(octet: number): void {
    const at = this.#read
    this.#read += 1
    if (at === 0) {
      this.#opcode = octet & 0x0f
    } else if (at === 1) {
      this.#isMasked = (octet & maskBit) !== 0
      const length = octet & 0x7f
      const extended = length === continues16 ? 2 : length === continues64 ? 8 : 0
      this.#headerBytes = 2 + extended + (this.#isMasked ? maskBytes : 0)
      this.#length = extended === 0 ? length : 0
    } else if (at < this.#headerBytes - (this.#isMasked ? maskBytes : 0)) {
      // Beyond 2^53 it is inexact, and no connection lives to see the end of such a frame.
      this.#length = this.#length * 256 + octet
    }
    if (this.#read < 2 || this.#read < this.#headerBytes) return
    this.#left = this.#length
    this.#read = 0
    if (this.#opcode === opClose) this.#hasClosed = true
  }
}

/** The closing frame of a server: not masked, with a code and nothing else. */
export function closeFrame(code: number): Buffer {
  return Buffer.from([0x80 | opClose, 2, code >> 8, code & 0xff])
}
