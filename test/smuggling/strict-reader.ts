/**
 * RFC 9112 read by the letter, apart from the gateway and from any HTTP library: where a message
 * ends, what it says, or why that cannot be known. Octets are characters (latin1).
 */
export interface Message {
  readonly kind: 'message'
  /** Where the next message begins. */
  readonly end: number
  /** Method, target and version of a request; version, status and phrase of a response. */
  readonly first: readonly [string, string, string]
  readonly fields: readonly (readonly [string, string])[]
  readonly body: string
  readonly trailers: readonly (readonly [string, string])[]
  /** The end of the connection is the end of the body. */
  readonly untilClose: boolean
}

/** Good so far, but more is needed. */
export interface Unfinished {
  readonly kind: 'unfinished'
  readonly head: Head | null
  readonly body: string
}

/** Not HTTP/1.1, or not with one meaning. */
export interface Broken {
  readonly kind: 'broken'
  readonly why: string
  readonly head: Head | null
  readonly body: string
}

export type Reading = Message | Unfinished | Broken
export type Head = Pick<Message, 'first' | 'fields'>

/**
 * RFC 9112 section 3 lets spaces be more than one: it changes nothing. Nor does the name that the
 * protocol has in RTSP, which node:http takes as well, of requests.
 */
const requestLine = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+) +([\x21-\x7e]+) +((?:HTTP|RTSP)\/1\.[01])$/
const statusLine = /^(HTTP\/1\.[01]) ([1-5][0-9]{2})(?: ([\t\x20-\x7e\x80-\xff]*))?$/
const fieldLine =
  /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[\t ]*((?:[\x21-\x7e\x80-\xff](?:[\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?)?)[\t ]*$/
const chunkLine = /^0*([0-9A-Fa-f]{1,16})(?:[\t ]*;[\t\x20-\x7e\x80-\xff]*)?$/

/** Reads the request that begins at `start`. */
export function readRequest(text: string, start = 0): Reading {
  const head = readHead(text, skipLineEnds(text, start), requestLine)
  if (head.kind !== 'head') return head
  const [, , version] = head.first
  const framing = readFraming(head, version)
  if (typeof framing === 'string') return broken(framing, head)
  return readBody(text, head, framing ?? 0)
}

/** Reads the response to `method` that begins at `start`; interim ones are messages of their own. */
export function readResponse(text: string, start: number, method: string): Reading {
  const head = readHead(text, start, statusLine)
  if (head.kind !== 'head') return head
  const [version, status] = head.first
  const framing = readFraming(head, version)
  if (typeof framing === 'string') return broken(framing, head)
  const bare = status.startsWith('1') || status === '204' || status === '304' || method === 'HEAD'
  if (bare) return readBody(text, head, 0)
  if (framing !== null) return readBody(text, head, framing)
  return { ...asMessage(head, text.slice(head.end), text.length), untilClose: true }
}

/** RFC 9112 section 2.2 has empty lines before a request passed over: they are part of no message. */
export function skipLineEnds(text: string, start: number): number {
  let from = start
  while (text[from] === '\r' || text[from] === '\n') from += 1
  return from
}

interface FoundHead extends Head {
  readonly kind: 'head'
  readonly end: number
}

function readHead(text: string, start: number, firstLine: RegExp): FoundHead | Unfinished | Broken {
  const fields: (readonly [string, string])[] = []
  let first: readonly [string, string, string] | null = null
  let from = start
  for (;;) {
    const line = readLine(text, from)
    if (line === null) return { kind: 'unfinished', head: null, body: '' }
    if (line === false) return broken('a line that does not end in CR LF', null)
    from += line.length + 2
    if (first === null) {
      const match = firstLine.exec(line)
      if (match === null) return broken('the first line', null)
      first = [match[1] ?? '', match[2] ?? '', match[3] ?? '']
    } else if (line === '') {
      return { kind: 'head', first, fields, end: from }
    } else {
      const match = fieldLine.exec(line)
      if (match === null) return broken('a field line', null)
      fields.push([match[1] ?? '', match[2] ?? ''])
    }
  }
}

/** Null when its end has not come; false when it holds a bare CR or LF. */
function readLine(text: string, from: number): string | null | false {
  const feed = text.indexOf('\n', from)
  const line = text.slice(from, feed < 0 ? undefined : feed)
  const carriage = line.indexOf('\r')
  if (feed < 0) return carriage >= 0 && carriage < line.length - 1 ? false : null
  return carriage === line.length - 1 && carriage >= 0 ? line.slice(0, -1) : false
}

export function valuesOf(head: Head, name: string): string[] {
  return head.fields.filter(([one]) => one.toLowerCase() === name).map(([, value]) => value)
}

/** A length, `chunked`, null for neither, or what is wrong. */
function readFraming(head: Head, version: string): number | { chunked: true } | null | string {
  const lengths = valuesOf(head, 'content-length')
  const codings = valuesOf(head, 'transfer-encoding')
  if (codings.length > 0) {
    if (lengths.length > 0) return 'Content-Length and Transfer-Encoding'
    if (codings.length > 1 || codings[0]?.toLowerCase() !== 'chunked') return 'Transfer-Encoding'
    return version === 'HTTP/1.1' ? { chunked: true } : 'Transfer-Encoding in HTTP/1.0'
  }
  if (lengths.length === 0) return null
  const [length = ''] = lengths
  return lengths.length === 1 && /^[0-9]{1,15}$/.test(length) ? Number(length) : 'Content-Length'
}

function readBody(text: string, head: FoundHead, framing: number | { chunked: true }): Reading {
  if (typeof framing !== 'number') return readChunks(text, head)
  const end = head.end + framing
  const body = text.slice(head.end, end)
  return body.length < framing ? { kind: 'unfinished', head, body } : asMessage(head, body, end)
}

function readChunks(text: string, head: FoundHead): Reading {
  let body = ''
  let from = head.end
  for (;;) {
    const line = readLine(text, from)
    if (line === null) return { kind: 'unfinished', head, body }
    if (line === false) return broken('a chunk line that does not end in CR LF', head, body)
    const match = chunkLine.exec(line)
    if (match === null) return broken('a chunk size', head, body)
    const size = Number.parseInt(match[1] ?? '', 16)
    from += line.length + 2
    if (size === 0) return readTrailers(text, head, from, body)
    body += text.slice(from, from + size)
    const after = text.slice(from + size, from + size + 2)
    if (!'\r\n'.startsWith(after)) return broken('the end of a chunk', head, body)
    if (after.length < 2) return { kind: 'unfinished', head, body }
    from += size + 2
  }
}

function readTrailers(text: string, head: FoundHead, start: number, body: string): Reading {
  const trailers: (readonly [string, string])[] = []
  let from = start
  for (;;) {
    const line = readLine(text, from)
    if (line === null) return { kind: 'unfinished', head, body }
    if (line === false) return broken('a trailer line that does not end in CR LF', head, body)
    from += line.length + 2
    if (line === '') return { ...asMessage(head, body, from), trailers }
    const match = fieldLine.exec(line)
    if (match === null) return broken('a trailer field', head, body)
    trailers.push([match[1] ?? '', match[2] ?? ''])
  }
}

function asMessage({ first, fields }: Head, body: string, end: number): Message {
  return { kind: 'message', end, first, fields, body, trailers: [], untilClose: false }
}

function broken(why: string, head: Head | null, body = ''): Broken {
  return { kind: 'broken', why, head, body }
}
