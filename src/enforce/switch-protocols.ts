import { createHash } from 'node:crypto'
import { type ResponseHead, valuesOf } from '../upstream/response-head.ts'
import { responseFields } from './response-fields.ts'

/** RFC 6455 section 1.3. */
const webSocketGuid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'

/**
 * Whether the upstream's 101 is the one that was asked for. For a WebSocket only who has read the
 * handshake knows the accept value: an upstream that was merely led to answer 101 is no tunnel.
 */
export function acceptsSwitch(
  fields: readonly string[],
  protocol: string,
  requestHeaders: readonly string[],
): boolean {
  if (onlyValueOf(fields, 'upgrade')?.toLowerCase() !== protocol) return false
  if (protocol !== 'websocket') return true
  const key = onlyValueOf(requestHeaders, 'sec-websocket-key') ?? ''
  const accept = createHash('sha1').update(`${key}${webSocketGuid}`).digest('base64')
  return onlyValueOf(fields, 'sec-websocket-accept') === accept
}

function onlyValueOf(fields: readonly string[], name: string): string | null {
  const values = valuesOf(fields, name)
  return values.length === 1 ? (values[0] ?? null) : null
}

/** The 101 for the client, to be written as latin1. */
export function writeSwitch(head: ResponseHead, protocol: string, decisionId: string): string {
  const own = `Upgrade: ${protocol}\r\nConnection: Upgrade\r\nSallyport-Decision: ${decisionId}\r\n`
  return `HTTP/1.1 101 Switching Protocols\r\n${own}${responseFields(head)}\r\n`
}
