const methods = ['GET', 'POST', 'PUT', 'HEAD', 'DELETE', 'PATCH', 'OPTIONS']
/** Beyond what anybody sends; node:http has a limit of its own. */
const maxFields = 512
const versionEnd = ' HTTP/1.1\r\n'
const headEnd = Buffer.of(0x0d, 0x0a, 0x0d, 0x0a)
const nothing = Buffer.alloc(0)

/**
 * Reads what nobody can read in two ways: one whole request in the strictest spelling of RFC 9112,
 * with a body of known length or none. All else is left to the parser of node:http, which reads it from
 * its first octet on; whatever is accepted here, that parser reads as the same.
 *
 * Clients send the same fields again and again on one connection. They are compared then, not read.
 */
export class DirectHead {
  method = ''
  target = ''
  /** The very array that it was before, where the fields are the same. */
  rawHeaders: string[] = []
  /** The connection goes on after the response. */
  isKept = true
  /** The fields say so, of none or more octets. */
  hasLength = false
  /** Where the body begins, which is the end where there is none. */
  bodyStart = 0
  #bodyLength = 0
  /** The fields as they came last, up to and with the empty line; 0: there were none. */
  #lastLength = 0
  #last: Buffer = nothing

  /** False: it is for somebody else. */
  read(bytes: Buffer, length: number): boolean {
    const method = findMethod(bytes)
    const start = method.length + 1
    if (method === '' || bytes[start] !== slash) return false
    const targetEnd = findTargetEnd(bytes, start, length)
    const at = targetEnd + versionEnd.length
    if (at > length || !isText(bytes, targetEnd, versionEnd)) return false
    if (!this.#isSame(bytes, at, length) && !this.#readFields(bytes, at, length)) return false
    this.method = method
    this.target = bytes.toString('latin1', start, targetEnd)
    this.bodyStart = at + this.#lastLength
    return true
  }

  #isSame(bytes: Buffer, start: number, end: number): boolean {
    const length = this.#lastLength
    if (length === 0 || end - start !== length + this.#bodyLength) return false
    return bytes.compare(this.#last, 0, length, start, start + length) === 0
  }

  #remember(fields: Buffer): void {
    // Of its own: a part of a pool would keep the whole of it for as long as the connection lasts.
    if (fields.length > this.#last.length) this.#last = Buffer.allocUnsafeSlow(fields.length)
    fields.copy(this.#last)
    this.#lastLength = fields.length
  }

  #readFields(bytes: Buffer, start: number, end: number): boolean {
    const from = bytes.indexOf(headEnd, start) + 2
    const fieldsEnd = from + 2
    if (from < start || fieldsEnd > end) return false
    const rawHeaders = cutFields(bytes.toString('latin1', start, fieldsEnd))
    const framing = rawHeaders === null ? null : readFraming(rawHeaders)
    if (rawHeaders === null || framing === null) return false
    if (fieldsEnd + (framing.length ?? 0) !== end) return false
    this.#remember(bytes.subarray(start, fieldsEnd))
    this.#bodyLength = framing.length ?? 0
    this.hasLength = framing.length !== null
    this.rawHeaders = rawHeaders
    this.isKept = framing.isKept
    return true
  }
}

const colon = 0x3a
const slash = 0x2f
const space = 0x20
const tab = 0x09

/** The one that a space follows; empty: none that is known here. */
function findMethod(bytes: Buffer): string {
  for (const method of methods) {
    if (bytes[method.length] === space && isText(bytes, 0, method)) return method
  }
  return ''
}

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

interface Framing {
  readonly isKept: boolean
  /** Of the body; null: there is none. */
  readonly length: number | null
}

/** Fields that change what a message is, or what comes after it. */
const others: ReadonlySet<string> = new Set([
  'transfer-encoding',
  'expect',
  'upgrade',
  'proxy-connection',
])
const lengthPattern = /^(?:0|[1-9]\d{0,8})$/

/** Null: more is said than how long the body is and whether the connection goes on, or no one host. */
function readFraming(rawHeaders: readonly string[]): Framing | null {
  let isKept: boolean | null = null
  let length: number | null = null
  let hosts = 0
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? '').toLowerCase()
    if (others.has(name)) return null
    if (name === 'host') hosts += 1
    const value = rawHeaders[index + 1] ?? ''
    if (name === 'connection') {
      const option = value.toLowerCase()
      if (isKept !== null || (option !== 'keep-alive' && option !== 'close')) return null
      isKept = option === 'keep-alive'
    } else if (name === 'content-length') {
      if (length !== null || !lengthPattern.test(value)) return null
      length = Number(value)
    }
  }
  return hosts === 1 ? { isKept: isKept ?? true, length } : null
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
    if (fields.length === 2 * maxFields) return null
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
