import { randomFillSync } from 'node:crypto'

const idBytes = 16
const idLength = 32
/** So many are drawn in one call. */
const octets = Buffer.allocUnsafeSlow(idBytes * 256)
/** And so many turned into one text: few, so that it is used up before it is taken for lasting. */
const textBytes = idBytes * 32
let drawn = octets.length
let text = ''
let offset = 0

/**
 * 128 random bits in hexadecimal: unique, and telling nothing about other requests. Cut out of one
 * long text, since turning every id into text by itself costs ten times as much.
 */
export function mintRequestId(): string {
  if (offset === text.length) {
    if (drawn === octets.length) {
      randomFillSync(octets)
      drawn = 0
    }
    text = octets.toString('hex', drawn, drawn + textBytes)
    drawn += textBytes
    offset = 0
  }
  offset += idLength
  return text.slice(offset - idLength, offset)
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
