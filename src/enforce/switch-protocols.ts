import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { responseHeaders } from './response-headers.ts'

/** RFC 6455 section 1.3. */
const webSocketGuid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'

/**
 * Whether the upstream's 101 is the one that was asked for. For a WebSocket only who has read the
 * handshake knows the accept value: an upstream that was merely led to answer 101 is no tunnel.
 */
export function acceptsSwitch(
  upstream: IncomingHttpHeaders,
  protocol: string,
  requestHeaders: readonly string[],
): boolean {
  if (upstream.upgrade?.toLowerCase() !== protocol) return false
  if (protocol !== 'websocket') return true
  const key = valueOf(requestHeaders, 'sec-websocket-key')
  const accept = createHash('sha1').update(`${key}${webSocketGuid}`).digest('base64')
  return upstream['sec-websocket-accept'] === accept
}

function valueOf(headers: readonly string[], name: string): string {
  for (let index = 0; index + 1 < headers.length; index += 2) {
    if (headers[index]?.toLowerCase() === name) return headers[index + 1] ?? ''
  }
  return ''
}

/** What a field value may hold, octet for octet. */
const valuePattern = /^[\t\x20-\x7e\x80-\xff]*$/
const namePattern = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/

/** The 101 for the client, to be written as latin1; null when a field cannot be passed on. */
export function writeSwitch(
  upstream: IncomingHttpHeaders,
  protocol: string,
  decisionId: string,
): string | null {
  const headers = responseHeaders(upstream, 101, decisionId)
  let text = `HTTP/1.1 101 Switching Protocols\r\nUpgrade: ${protocol}\r\nConnection: Upgrade\r\n`
  for (let index = 0; index + 1 < headers.length; index += 2) {
    const name = headers[index] ?? ''
    const value = headers[index + 1] ?? ''
    if (!namePattern.test(name) || !valuePattern.test(value)) return null
    // RFC 9110 section 8.6: a 1xx has no content, whatever it says.
    if (name !== 'content-length') text += `${name}: ${value}\r\n`
  }
  return `${text}\r\n`
}
