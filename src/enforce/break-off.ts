import { TLSSocket } from 'node:tls'
import type { Reply } from '../model/reply.ts'

/**
 * Ends a response that has begun and cannot be completed, so that no client takes it for complete.
 * Most are cut short of the length or the chunk that they announced; where the end of the connection
 * is the end of the body, as in HTTP/1.0, only a reset says that something is missing. Over TLS what
 * says so is that the connection is not closed in order.
 */
export function breakOff(res: Reply): void {
  const { socket } = res
  const isTcp = socket !== null && !(socket instanceof TLSSocket) && socket.remotePort !== undefined
  if (isTcp && res.req.httpVersion === '1.0') socket.resetAndDestroy()
  res.destroy()
}
