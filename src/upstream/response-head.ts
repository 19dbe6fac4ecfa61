import { isTextOctet, octet } from './octets.ts'
import { cutFields, scanFields, unfinished } from './read-fields.ts'

/** Where a body ends. `none` is for answers that have none by their status or by the method. */
type Framing = 'none' | 'length' | 'chunked' | 'close'

/** Everything before the body, interim answers included. */
export interface ResponseHead {
  readonly isHttp10: boolean
  readonly status: number
  readonly phrase: string
  /** Name, value, name, value, as received. */
  readonly fields: readonly string[]
  readonly framing: Framing
  /** As announced; null when it is not. */
  readonly contentLength: number | null
  /** All `Connection` fields, in lower case; empty when there is none. */
  readonly connection: string
  /** `Keep-Alive: timeout=`; null when it is not there. */
  readonly keepAliveS: number | null
  /** The same object as for an answer before: what is made of it is worth keeping. */
  readonly isRepeated: boolean
}

export interface FoundHead {
  readonly head: ResponseHead
  /** The offset behind it. */
  readonly end: number
}

const lastStatus = 599

/**
 * Reads the head of a response that begins at `start`: the head, null when more is needed, or why it
 * is refused. Its end is decided here, once (RFC 9112 section 6.3), and where two readings of it
 * would differ it is refused.
 */
export function readHead(
  bytes: Buffer,
  start: number,
  end: number,
  isHead: boolean,
): FoundHead | null | string {
  const line = readStatusLine(bytes, start, end)
  if (typeof line !== 'object' || line === null) return line
  const after = scanFields(bytes, line.end, end)
  if (typeof after === 'string') return after
  if (after === unfinished) return null
  const text = bytes.toString('latin1', start, after)
  const head = frame(
    line,
    text.slice(line.phraseStart - start, line.end - 2 - start),
    cutFields(text, start),
    isHead,
  )
  return typeof head === 'string' ? head : { head, end: after }
}

interface StatusLine extends Pick<ResponseHead, 'isHttp10' | 'status'> {
  readonly phraseStart: number
  /** The offset behind the line. */
  readonly end: number
}

const versionPrefix = 'HTTP/1.'
/** `HTTP/1.1 200`. */
const statusLineLength = 12

function readStatusLine(bytes: Buffer, start: number, end: number): StatusLine | null | string {
  for (let index = 0; index < versionPrefix.length; index += 1) {
    if (start + index >= end) return null
    if (bytes[start + index] !== versionPrefix.charCodeAt(index)) return 'no HTTP/1.1 status line'
  }
  if (start + statusLineLength >= end) return null
  const minor = (bytes[start + 7] as number) - 48
  if ((minor !== 0 && minor !== 1) || bytes[start + 8] !== octet.space)
    return 'another HTTP version'
  let status = 0
  for (let index = 9; index < statusLineLength; index += 1) {
    const digit = (bytes[start + index] as number) - 48
    if (digit < 0 || digit > 9) return 'a malformed status'
    status = status * 10 + digit
  }
  if (status < 100 || status > lastStatus) return `status ${status}`
  // It knows none: some would take it for the answer.
  if (status < 200 && minor === 0) return 'an interim answer in HTTP/1.0'
  let at = start + statusLineLength
  // Without a phrase many leave the space out as well.
  if (bytes[at] !== octet.carriage && bytes[at] !== octet.space) return 'a malformed status'
  if (bytes[at] === octet.space) at += 1
  const phraseStart = at
  while (at < end && isTextOctet[bytes[at] as number] === 1) at += 1
  if (at + 1 >= end) {
    return at < end && bytes[at] !== octet.carriage
      ? 'a control character in the reason phrase'
      : null
  }
  if (bytes[at] !== octet.carriage) return 'a control character in the reason phrase'
  if (bytes[at + 1] !== octet.feed) return 'a CR without LF'
  return { isHttp10: minor === 0, status, phraseStart, end: at + 2 }
}

const keepAlivePattern = /(?:^|[,;\s])timeout=([0-9]{1,9})(?:$|[,;\s])/

function frame(
  { isHttp10, status }: StatusLine,
  phrase: string,
  fields: readonly string[],
  isHead: boolean,
): ResponseHead | string {
  let contentLength: number | null = null
  let isChunked = false
  let connection = ''
  let keepAliveS: number | null = null
  for (let index = 0; index < fields.length; index += 2) {
    const name = fields[index] as string
    // Only these lengths are of interest here.
    if (name.length !== 10 && name.length !== 14 && name.length !== 17) continue
    const value = fields[index + 1] as string
    switch (name.toLowerCase()) {
      case 'content-length':
        if (contentLength !== null) return 'several Content-Length fields'
        contentLength = readLength(value)
        if (contentLength < 0) return 'a Content-Length that is no number'
        break
      case 'transfer-encoding':
        if (isChunked) return 'several Transfer-Encoding fields'
        if (value.toLowerCase() !== 'chunked') return 'a Transfer-Encoding other than "chunked"'
        isChunked = true
        break
      case 'connection':
        connection =
          connection === '' ? value.toLowerCase() : `${connection},${value.toLowerCase()}`
        break
      case 'keep-alive':
        keepAliveS = Number(keepAlivePattern.exec(value.toLowerCase())?.[1] ?? Number.NaN)
        if (Number.isNaN(keepAliveS)) keepAliveS = null
        break
    }
  }
  if (isChunked && contentLength !== null) return 'Content-Length and Transfer-Encoding together'
  // RFC 9112 section 6.1: faulty framing.
  if (isChunked && isHttp10) return 'Transfer-Encoding in an HTTP/1.0 response'
  const isBare = status < 200 || status === 204 || status === 304 || isHead
  const length: Framing = contentLength === null ? 'close' : 'length'
  const framing: Framing = isBare ? 'none' : isChunked ? 'chunked' : length
  return {
    isHttp10,
    status,
    phrase,
    fields,
    framing,
    contentLength,
    connection,
    keepAliveS,
    isRepeated: false,
  }
}

/** Past that many a number is no longer exact. */
const maxDigits = 15

/** -1: it is none, or of too many digits. */
function readLength(text: string): number {
  if (text.length === 0 || text.length > maxDigits) return -1
  let length = 0
  for (let index = 0; index < text.length; index += 1) {
    const digit = text.charCodeAt(index) - 48
    if (digit < 0 || digit > 9) return -1
    length = length * 10 + digit
  }
  return length
}

/** The values of the fields of this name, given in lower case. */
export function valuesOf(fields: readonly string[], name: string): string[] {
  const values: string[] = []
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const one = fields[index] as string
    if (one.length === name.length && one.toLowerCase() === name) {
      values.push(fields[index + 1] as string)
    }
  }
  return values
}
