/** What one read from an upstream brings at most. */
const wholeBytes = 65_536
/** Shorter pieces are given memory of their own length. */
const leastBytes = 32_768
const maxSpare = 32

const spare: Buffer[] = []

/**
 * A copy of octets that are somebody else's in a moment. Memory for long pieces is used again: to be
 * given it anew by the system, page by page, takes longer than to copy.
 */
export function takeCopy(bytes: Buffer, start: number, end: number): Buffer {
  const length = end - start
  const isLong = length >= leastBytes && length <= wholeBytes
  const whole = isLong
    ? (spare.pop() ?? Buffer.allocUnsafeSlow(wholeBytes))
    : Buffer.allocUnsafeSlow(length)
  bytes.copy(whole, 0, start, end)
  return length === whole.length ? whole : whole.subarray(0, length)
}

/** It has been written, and nobody reads it any more. */
export function giveBack({ buffer }: Buffer): void {
  if (buffer.byteLength === wholeBytes && spare.length < maxSpare) spare.push(Buffer.from(buffer))
}
