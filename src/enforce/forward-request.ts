import type { UpstreamRequest } from '../upstream/exchange.ts'
import type { BodyLimits } from './request-body.ts'

/** What is to be sent. */
export interface ForwardRequest {
  readonly method: string
  /** Path and query. */
  readonly target: string
  /** As `requestFields` writes them. */
  readonly fields: string
  readonly hasBody: boolean
  /** Null: in chunks, or no body. */
  readonly contentLength: number | null
  /** The client waits for 100 before it sends the body. */
  readonly continues: boolean
  /** The protocol to switch to; null: none. */
  readonly upgrade: string | null
}

export interface ForwardLimits extends BodyLimits {
  /** Requests that may wait for a connection to one upstream, and for how long. */
  readonly maxWaiting: number
  readonly waitTimeoutMs: number
}

/** Methods that mean something by their content: without any, they say so (RFC 9110 section 8.6). */
const contentMethods = new Set(['POST', 'PUT', 'PATCH', 'QUERY', 'PROPFIND', 'PROPPATCH'])

/**
 * The request as it goes out. Names and values have been read by node:http or encoded by us: no
 * octet of theirs ends a line.
 */
export function writeRequest(request: ForwardRequest): UpstreamRequest {
  const { method, target, fields, hasBody, contentLength, upgrade } = request
  let head = `${method} ${target} HTTP/1.1\r\n${fields}`
  head +=
    upgrade === null
      ? 'connection: keep-alive\r\n'
      : `connection: upgrade\r\nupgrade: ${upgrade}\r\n`
  if (hasBody) {
    head +=
      contentLength === null
        ? 'transfer-encoding: chunked\r\n'
        : `content-length: ${contentLength}\r\n`
  } else if (contentMethods.has(method)) {
    head += 'content-length: 0\r\n'
  }
  const body = hasBody ? (contentLength ?? 'chunked') : 'none'
  return { method, head: `${head}\r\n`, body, switches: upgrade !== null }
}
