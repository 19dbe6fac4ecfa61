import { randomFillSync } from 'node:crypto'

const idBytes = 16
const pool = Buffer.allocUnsafe(idBytes * 256)
let offset = pool.length

/** 128 random bits in hexadecimal: unique, and telling nothing about other requests. */
export function mintRequestId(): string {
  if (offset === pool.length) {
    randomFillSync(pool)
    offset = 0
  }
  offset += idBytes
  return pool.toString('hex', offset - idBytes, offset)
}

const maxLength = 128

/** Letters, digits and `- . _ : / + = @`: safe in a log line, a header and a URL's query. */
export function isRequestId(text: string): boolean {
  if (text.length === 0 || text.length > maxLength) return false
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    const letter = (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a
    // `-`, `.`, `/`, the digits and `:` follow one another.
    const digit = code >= 0x2d && code <= 0x3a
    const other = code === 0x5f || code === 0x2b || code === 0x3d || code === 0x40
    if (!letter && !digit && !other) return false
  }
  return true
}
