import type { Socket } from 'node:net'
import { refuse, type Refusal } from '../model/refusal.ts'
import type { Connection } from './connection.ts'
import type { GatewayRequest } from './gateway-request.ts'

/** A connection that node:http has let go of: it is switched to another protocol, or closed. */
export interface Upgrade {
  /** In lower case. */
  readonly protocol: string
  readonly socket: Socket
  /** What the client sent after its request; nobody reads it before the switch. */
  readonly head: Buffer
}

const protocolPattern = /^[a-z0-9._-]{1,32}(?:\/[0-9.]{1,8})?$/

/**
 * The protocol to switch to when the request asks for exactly one and the connection is free for it,
 * else null. What comes after such a request is no HTTP, so it must be the only one under way, and
 * its own end must be beyond doubt: no body, no expectation.
 */
export function readUpgradeProtocol(
  { fields, httpVersion }: GatewayRequest,
  connection: Connection,
): string | null {
  if (httpVersion !== '1.1' || !connection.isFree) return null
  if (fields.transferEncoding !== null || fields.expect !== null) return null
  if (fields.contentLength !== null && fields.contentLength !== '0') return null
  const protocol = fields.upgrade?.toLowerCase() ?? ''
  return protocolPattern.test(protocol) ? protocol : null
}

/** Sixteen octets in base64. */
const keyPattern = /^[A-Za-z0-9+/]{21}[AQgw]==$/

/** RFC 6455 section 4.2.1: what is no such handshake is not passed on as one. */
export function refuseWebSocketHandshake(req: GatewayRequest): Refusal | null {
  if (req.method !== 'GET') return malformed('the method is not GET')
  const { rawHeaders } = req
  let key: string | null = null
  let version: string | null = null
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? '').toLowerCase()
    const value = rawHeaders[index + 1] ?? ''
    if (name === 'sec-websocket-key') key = key === null ? value : ''
    else if (name === 'sec-websocket-version') version = version === null ? value : ''
  }
  if (version !== '13') return malformed('the version is not 13')
  if (key === null || !keyPattern.test(key)) return malformed('there is no key of 16 octets')
  return null
}

function malformed(why: string): Refusal {
  return refuse('upgrade_malformed', `WebSocket handshake: ${why}`)
}
