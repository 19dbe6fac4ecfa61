import type { Server, Socket } from 'node:net'

/** What a server does with an event, for us to do when its time has come. */
export function takeOver(server: Server, event: string): (socket: Socket) => void {
  const listeners = server.listeners(event)
  server.removeAllListeners(event)
  return (socket) => {
    for (const listener of listeners) listener.call(server, socket)
  }
}
