import type { Reply } from '../model/reply.ts'

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

const closeField = 'Connection: close\r\n'
const chunkedField = 'Transfer-Encoding: chunked\r\n'

function keepAliveFields(timeoutMs: number): string {
  const seconds = Math.floor(timeoutMs / 1_000)
  return `Connection: keep-alive\r\nKeep-Alive: timeout=${seconds}\r\n`
}
