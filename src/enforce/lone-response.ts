import { type IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

const lingerMs = 1_000

/**
 * A response on a connection that node:http has let go of: the only one there will be. The
 * connection is closed when it is out.
 */
export function openLoneResponse(req: IncomingMessage, socket: Socket): ServerResponse {
  const res = new ServerResponse(req)
  res.shouldKeepAlive = false
  const drained = (): void => {
    res.emit('drain')
  }
  const failed = (): void => {
    socket.destroy()
  }
  socket.setTimeout(0)
  socket.on('error', failed)
  socket.on('drain', drained)
  res.assignSocket(socket)
  res.once('finish', () => {
    res.detachSocket(socket)
    socket.off('drain', drained)
    // What the client sends meanwhile is nobody's: read and forgotten, so that no reset overtakes
    // the answer.
    socket.resume()
    socket.end()
    const timer = setTimeout(failed, lingerMs)
    socket.once('close', () => clearTimeout(timer))
  })
  return res
}

/** Takes the connection back, before anything was written to it. */
export function withdrawResponse(res: ServerResponse, socket: Socket): void {
  socket.removeAllListeners('drain')
  res.detachSocket(socket)
}
