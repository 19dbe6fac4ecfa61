/**
 * The one path normaliser: what it returns is matched, decided, recorded and forwarded.
 *
 * A path that two readers could read differently is refused (null), never repaired:
 * - empty segments (`//`), and segments of nothing but dots and spaces (`.`, `..`, `...`, `..%20`),
 *   encoded or not, with or without a path parameter (`..;x`, `;x`);
 * - `%2F`, `%5C`, `%00` and every other control character, raw or encoded, and raw backslashes;
 * - escapes that are not two hexadecimal digits, or whose octets are not well-formed UTF-8
 *   (overlong forms, surrogates), and raw octets beyond ASCII;
 * - `%25` before two hexadecimal digits: decoded twice it would be another path.
 *
 * One form is left for each path (RFC 3986 section 6.2.2): escapes of characters that mean
 * themselves wherever they stand are decoded (unreserved ones and `! $ ' ( ) * : @`), the
 * hexadecimal digits of all others are put in upper case, and characters that a URI may not hold but
 * some clients send (`" < > [ ] ^ { | }` and the backtick) are encoded. `& + , ; =` stay as they were
 * sent, raw or encoded: upstreams give the two forms different meanings. Normalising twice changes
 * nothing.
 */
export function normalisePath(raw: string): string | null {
  if (raw.charCodeAt(0) !== slash) return null
  let previous = slash
  for (let index = 1; index < raw.length; index += 1) {
    const code = raw.charCodeAt(index)
    if (previous === slash) {
      // An empty segment, or one that begins like a dot segment.
      if (kinds[code] !== plain || code === slash || code === dot) return rewritePath(raw)
    } else if (kinds[code] !== plain) {
      return rewritePath(raw)
    }
    previous = code
  }
  return raw
}

const slash = 0x2f
const dot = 0x2e
const percent = 0x25

const refused = 0
const plain = 1
/** Encoded when raw. */
const unsafe = 2
const semicolon = 3

/** What a raw character is, by code; anything beyond the table is refused. */
const kinds = new Uint8Array(256)
/** Characters whose escapes are decoded. */
const decoded = new Uint8Array(256)

function mark(table: Uint8Array, characters: string, kind: number): void {
  for (const character of characters) table[character.charCodeAt(0)] = kind
}

const alphanumeric = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
mark(kinds, `${alphanumeric}-._~!$&'()*+,=:@/`, plain)
mark(kinds, '"<>[]^`{|}', unsafe)
mark(kinds, ';', semicolon)
mark(decoded, `${alphanumeric}-._~!$'()*:@`, 1)

const hexDigits = '0123456789ABCDEF'

function rewritePath(raw: string): string | null {
  let path = '/'
  let segmentStart = 1
  let index = 1
  while (index < raw.length) {
    const code = raw.charCodeAt(index)
    if (code === slash) {
      if (!isSegmentClear(path, segmentStart)) return null
      path += '/'
      segmentStart = path.length
      index += 1
    } else if (code === percent) {
      const length = escapeLength(raw, index)
      if (length === 0) return null
      path += normaliseEscape(raw, index, length)
      index += length
    } else {
      const kind = code < 256 ? kinds[code] : refused
      if (kind === refused) return null
      path += kind === unsafe ? encode(code) : raw.charAt(index)
      index += 1
    }
  }
  // One slash at the end is no empty segment.
  if (segmentStart < path.length && !isSegmentClear(path, segmentStart)) return null
  return hasDoubleEncoding(path) ? null : path
}

/** How many characters the escape or the escapes of one code point take; 0 when refused. */
function escapeLength(raw: string, start: number): number {
  const first = readOctet(raw, start)
  if (first < 0x20 || first === slash || first === 0x5c || first === 0x7f) return 0
  if (first < 0x80) return 3
  const second = readOctet(raw, start + 3)
  // C1 controls are %C2%80 to %C2%9F; C0 and C1 would be overlong.
  if (first === 0xc2) return isContinuation(second, 0xa0) ? 6 : 0
  if (first >= 0xc3 && first <= 0xdf) return isContinuation(second, 0x80) ? 6 : 0
  const third = readOctet(raw, start + 6)
  if (first >= 0xe0 && first <= 0xef) {
    const low = first === 0xe0 ? 0xa0 : 0x80
    const surrogate = first === 0xed && second > 0x9f
    return isContinuation(second, low) && !surrogate && isContinuation(third, 0x80) ? 9 : 0
  }
  const fourth = readOctet(raw, start + 9)
  if (first >= 0xf0 && first <= 0xf4) {
    const low = first === 0xf0 ? 0x90 : 0x80
    const beyond = first === 0xf4 && second > 0x8f
    const rest = isContinuation(third, 0x80) && isContinuation(fourth, 0x80)
    return isContinuation(second, low) && !beyond && rest ? 12 : 0
  }
  return 0
}

function isContinuation(octet: number, low: number): boolean {
  return octet >= low && octet <= 0xbf
}

/** The octet of one escape, or -1. */
function readOctet(raw: string, index: number): number {
  if (raw.charCodeAt(index) !== percent) return -1
  const high = hexValue(raw.charCodeAt(index + 1))
  const low = hexValue(raw.charCodeAt(index + 2))
  return high < 0 || low < 0 ? -1 : high * 16 + low
}

function hexValue(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30
  if (code >= 0x41 && code <= 0x46) return code - 0x37
  if (code >= 0x61 && code <= 0x66) return code - 0x57
  return -1
}

function normaliseEscape(raw: string, start: number, length: number): string {
  const octet = readOctet(raw, start)
  if (decoded[octet] === 1) return String.fromCharCode(octet)
  return raw.slice(start, start + length).toUpperCase()
}

function encode(code: number): string {
  return `%${hexDigits.charAt(code >> 4)}${hexDigits.charAt(code & 15)}`
}

/** False for a segment that some server reads as empty, as `.` or as `..`. */
function isSegmentClear(path: string, start: number): boolean {
  let index = start
  while (index < path.length) {
    const code = path.charCodeAt(index)
    if (code === dot) index += 1
    else if (code === percent && path.startsWith('%20', index)) index += 3
    // What follows is a path parameter, which servers of the servlet kind cut off.
    else if (code === 0x3b || path.startsWith('%3B', index)) return false
    else return true
  }
  return false
}

function hasDoubleEncoding(path: string): boolean {
  let index = path.indexOf('%25')
  while (index >= 0) {
    const high = hexValue(path.charCodeAt(index + 3))
    const low = hexValue(path.charCodeAt(index + 4))
    if (high >= 0 && low >= 0) return true
    index = path.indexOf('%25', index + 3)
  }
  return false
}
