import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'

/** Who has no more than a part of an answer must not take the end of the connection for its end. */
export function cutOff(socket: Socket): void {
  const isTcp = socket.remotePort !== undefined && !(socket instanceof TLSSocket)
  if (isTcp && socket.writableLength > 0) socket.resetAndDestroy()
  else socket.destroy()
}
