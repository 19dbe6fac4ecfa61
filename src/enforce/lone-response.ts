import { type IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Reply } from '../model/reply.ts'
import { lingerAndClose } from '../service/linger.ts'

/**
 * A response on a connection that node:http has let go of: the only one there will be. The
 * connection is closed when it is out.
 */
export function openLoneResponse(req: IncomingMessage, socket: Socket): ServerResponse {
  const res = new ServerResponse(req)
  res.shouldKeepAlive = false
  socket.setTimeout(0)
  socket.on('error', destroySocket)
  socket.on('drain', () => {
    res.emit('drain')
  })
  res.assignSocket(socket)
  res.once('finish', () => {
    withdrawResponse(res, socket)
    lingerAndClose(socket)
  })
  return res
}

/** No closure: it stays with a connection that is switched over, and would keep the response. */
function destroySocket(this: Socket): void {
  this.destroy()
}

/** Takes the connection back from it. */
export function withdrawResponse(res: Reply, socket: Socket): void {
  socket.removeAllListeners('drain')
  if (res instanceof ServerResponse) res.detachSocket(socket)
}
