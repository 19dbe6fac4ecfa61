import type { Reply } from '../model/reply.ts'
import { dateField } from './date-field.ts'

/** What node:http keeps of a response between its header and its end. */
interface ResponseState {
  _header: string | null
  _hasBody: boolean
  /** The last response of its connection. */
  _last: boolean
  readonly _expect_continue: boolean
  readonly _sent100: boolean
  readonly _keepAliveTimeout: number
  readonly useChunkedEncodingByDefault: boolean
}

/**
 * Begins a response with a header that is known to be sound, as text: status line and fields, a line
 * each, all but `Connection`, `Keep-Alive` and `Transfer-Encoding`, which are added. `writeHead` checks
 * each name and value anew and looks for what it knows of, which costs as much as forwarding does.
 * What it leaves in the response is left there all the same, so that everything else works as ever;
 * octets are characters (latin1).
 */
export function writeRawHead(
  res: Reply,
  status: number,
  head: string,
  hasLength: boolean,
  closes: boolean,
): void {
  const state = res as unknown as ResponseState
  const hasBody = res.req.method !== 'HEAD' && status !== 204 && status !== 304
  // Who asked to be asked for its body may send it now, wanted or not.
  if (state._expect_continue && !state._sent100) res.shouldKeepAlive = false
  const isDelimited = hasLength || state.useChunkedEncodingByDefault
  const isKept = !closes && res.shouldKeepAlive && isDelimited
  res.statusCode = status
  res.chunkedEncoding = hasBody && !hasLength && state.useChunkedEncodingByDefault
  state._hasBody = hasBody
  state._last = !isKept
  state._header = `${head}${isKept ? keepAliveFields(state._keepAliveTimeout) : closeField}${
    res.chunkedEncoding ? chunkedField : ''
  }\r\n`
}

const namePattern = /^[\w!#$%&'*+.^`|~-]+$/
const valuePattern = /^[\t\x20-\x7e\x80-\xff]*$/

/**
 * The same from a list of name, value, name, value, each of which is looked at. False: nothing was
 * done, since it is for node:http to write, or to refuse: it has no length, or says more of the
 * connection than that it ends.
 */
export function writeListedHead(
  res: Reply,
  status: number,
  reason: string,
  fields: readonly string[],
): boolean {
  if (!valuePattern.test(reason)) return false
  let head = `HTTP/1.1 ${status} ${reason}\r\n`
  let hasLength = false
  let closes = false
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const name = fields[index] ?? ''
    const value = fields[index + 1] ?? ''
    if (!namePattern.test(name) || !valuePattern.test(value)) return false
    switch (name.toLowerCase()) {
      case 'transfer-encoding':
      case 'trailer':
      case 'date':
        return false
      case 'connection':
        if (value !== 'close') return false
        closes = true
        continue
      case 'content-length':
        hasLength = true
        break
      default:
    }
    head += `${name}: ${value}\r\n`
  }
  if (!hasLength) return false
  writeRawHead(res, status, head + dateField(Date.now()), true, closes)
  return true
}

/** Makes of a response that has not been sent the last of its connection. */
export function sayLast(res: Reply): void {
  const state = res as unknown as ResponseState
  if (state._last || state._header === null) return
  const kept = keepAliveFields(state._keepAliveTimeout)
  // Ours are behind all others.
  const at = state._header.lastIndexOf(kept)
  state._header = state._header.slice(0, at) + closeField + state._header.slice(at + kept.length)
  state._last = true
}

const keepAliveField = 'Connection: keep-alive\r\n'
const closeField = 'Connection: close\r\n'
const chunkedField = 'Transfer-Encoding: chunked\r\n'

function keepAliveFields(timeoutMs: number): string {
  // node:http says nothing of a time-out that it does not have.
  if (timeoutMs === 0) return keepAliveField
  const seconds = Math.floor(timeoutMs / 1_000)
  return `${keepAliveField}Keep-Alive: timeout=${seconds}\r\n`
}
