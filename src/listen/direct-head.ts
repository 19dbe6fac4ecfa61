import { HeaderFields } from './header-fields.ts'

/** Requests by these carry no body unless a field says so. */
const methods = ['GET', 'HEAD', 'OPTIONS', 'DELETE']
const firstCodes = methods.map((method) => method.charCodeAt(0))
const versionEnd = ' HTTP/1.1\r\n'
const lineEnd = Buffer.of(0x0d, 0x0a)
const headEnd = Buffer.of(0x0d, 0x0a, 0x0d, 0x0a)
const nothing = Buffer.alloc(0)
const noFields = new HeaderFields([])

/**
 * Reads what nobody can read in two ways: one whole header of a request without a body, in the
 * strictest spelling of RFC 9112. All else is left to the parser of node:http, which reads it from its
 * first octet on; whatever is accepted here, that parser reads as the same.
 *
 * Clients send the same fields again and again on one connection. They are compared then, not read.
 */
export class DirectHead {
  method = ''
  target = ''
  rawHeaders: string[] = []
  fields = noFields
  /** The connection goes on after the response. */
  isKept = true
  /** The fields as they came last, up to and with the empty line; 0: there were none. */
  #lastLength = 0
  #last: Buffer = nothing

  /** False: it is for somebody else. */
  read(bytes: Buffer, length: number): boolean {
    const method = methods[firstCodes.indexOf(bytes[0] ?? 0)] ?? ''
    const start = method.length + 1
    if (method === '' || !isText(bytes, 0, method) || bytes[start - 1] !== space) return false
    if (bytes[start] !== slash) return false
    const targetEnd = findTargetEnd(bytes, start, length)
    const at = targetEnd + versionEnd.length
    if (at > length || !isText(bytes, targetEnd, versionEnd)) return false
    if (!this.#isSame(bytes, at, length) && !this.#readFields(bytes, at, length)) return false
    this.method = method
    this.target = bytes.toString('latin1', start, targetEnd)
    return true
  }

  #isSame(bytes: Buffer, start: number, end: number): boolean {
    const length = this.#lastLength
    if (length === 0 || end - start !== length) return false
    return bytes.compare(this.#last, 0, length, start, end) === 0
  }

  #remember(fields: Buffer): void {
    // Of its own: a part of a pool would keep the whole of it for as long as the connection lasts.
    if (fields.length > this.#last.length) this.#last = Buffer.allocUnsafeSlow(fields.length)
    fields.copy(this.#last)
    this.#lastLength = fields.length
  }

  #readFields(bytes: Buffer, start: number, end: number): boolean {
    // Behind the request line the header may end at once.
    const block = bytes.subarray(start, end)
    const isWhole =
      block.equals(lineEnd) || block.indexOf(headEnd) === block.length - headEnd.length
    if (!isWhole) return false
    const rawHeaders = cutFields(block.toString('latin1'))
    if (rawHeaders === null) return false
    const isKept = readConnection(rawHeaders)
    if (isKept === null) return false
    const fields = new HeaderFields(rawHeaders)
    if (fields.contentLength !== null || fields.transferEncoding !== null) return false
    if (fields.expect !== null || fields.upgrade !== null) return false
    this.#remember(block)
    this.rawHeaders = rawHeaders
    this.fields = fields
    this.isKept = isKept
    return true
  }
}

const colon = 0x3a
const slash = 0x2f
const space = 0x20
const tab = 0x09

/** Whether this text is there. */
function isText(bytes: Buffer, start: number, text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    if (bytes[start + at] !== text.charCodeAt(at)) return false
  }
  return true
}

/** Of a path and a query in visible ASCII. */
function findTargetEnd(bytes: Buffer, start: number, end: number): number {
  let at = start
  while (at < end && targetCodes[bytes[at] ?? 0] === 1) at += 1
  return at
}

/** Whether the connection goes on; null: more is said than that. */
function readConnection(rawHeaders: readonly string[]): boolean | null {
  let isKept: boolean | null = null
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? ''
    if (name.length !== 10 && name.length !== 16) continue
    const lower = name.toLowerCase()
    if (lower === 'proxy-connection') return null
    if (lower !== 'connection') continue
    if (isKept !== null) return null
    const value = (rawHeaders[index + 1] ?? '').toLowerCase()
    if (value !== 'keep-alive' && value !== 'close') return null
    isKept = value === 'keep-alive'
  }
  return isKept ?? true
}

/**
 * Name, value, name, value, up to the empty line that is known to be the end; null: something in it is
 * not as it should be.
 */
function cutFields(text: string): string[] | null {
  const fields: string[] = []
  const end = text.length - 2
  let at = 0
  while (at < end) {
    let nameEnd = at
    while (nameCodes[text.charCodeAt(nameEnd)] === 1) nameEnd += 1
    if (nameEnd === at || text.charCodeAt(nameEnd) !== colon) return null
    let from = nameEnd + 1
    while (isBlank(text.charCodeAt(from))) from += 1
    let to = from
    while (valueCodes[text.charCodeAt(to)] === 1) to += 1
    if (!text.startsWith('\r\n', to)) return null
    const next = to + 2
    while (to > from && isBlank(text.charCodeAt(to - 1))) to -= 1
    fields.push(text.slice(at, nameEnd), text.slice(from, to))
    at = next
  }
  return at === end ? fields : null
}

function isBlank(code: number): boolean {
  return code === space || code === tab
}

function codesOf(characters: string): Uint8Array {
  const codes = new Uint8Array(256)
  for (const character of characters) codes[character.charCodeAt(0)] = 1
  return codes
}

const letters = 'abcdefghijklmnopqrstuvwxyz'
const alphanumeric = `${letters}${letters.toUpperCase()}0123456789`
/** RFC 9110 section 5.6.2. */
const nameCodes = codesOf(`${alphanumeric}!#$%&'*+-.^_\`|~`)
/** RFC 3986 sections 3.3 and 3.4. */
const targetCodes = codesOf(`${alphanumeric}-._~!$&'()*+,;=:@/?%`)
/** Visible ASCII and blanks. */
const valueCodes = codesOf('\t').map((code, at) => (at >= 0x20 && at < 0x7f ? 1 : code))
