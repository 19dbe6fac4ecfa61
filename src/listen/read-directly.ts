import type { Server, Socket } from 'node:net'
import type { Noted } from '../service/connection-use.ts'
import type { Connection } from './connection.ts'
import { DirectConnection, type DirectEvents } from './direct-connection.ts'
import type { ListenOptions } from './options.ts'

/**
 * Reads a connection as long as that is simple, and has node:http read it from then on (`parse`).
 */
export function readDirectly(
  socket: Socket,
  connection: Connection,
  parse: (socket: Socket) => void,
  { maxHeaderBytes, keepAliveTimeoutMs }: ListenOptions,
  events: Pick<DirectEvents, 'request' | 'unserved'>,
): void {
  const direct = new DirectConnection(socket, maxHeaderBytes, {
    request: (req, res) => {
      // What follows a message whose end was in doubt must not reach anybody.
      if (connection.closing) {
        socket.destroy()
        return
      }
      connection.use.note(res)
      sayKeepAlive(res, keepAliveTimeoutMs)
      events.request(req, res)
    },
    unserved: (req, res) => {
      if (!connection.closing) events.unserved(req, res)
    },
    handedOver: (bytes) => {
      connection.direct = null
      parse(socket)
      socket.emit('data', bytes)
    },
  })
  if (direct.start()) connection.direct = direct
  else parse(socket)
}

type Connections = Iterable<readonly [Socket, Connection]>

/** Those that carry nothing, as node:http closes its own. */
export function closeUnused(connections: Connections): void {
  for (const [socket, { direct }] of connections) {
    if (direct?.isIdle === true) socket.destroy()
  }
}

/** From now on those on which nothing comes for the time that a header has, likewise. */
export function closeSilentFrom(
  server: Server,
  connections: Connections,
  headersTimeoutMs: number,
): void {
  const sweep = setInterval(() => {
    const sinceMs = performance.now() - headersTimeoutMs
    for (const [socket, { direct }] of connections) {
      if (direct?.isSilentSince(sinceMs) === true) socket.destroy()
    }
  }, checkingIntervalMs(headersTimeoutMs)).unref()
  server.once('close', () => clearInterval(sweep))
}

/** Fine enough that the time-out is met within a quarter, coarse enough to cost nothing. */
export function checkingIntervalMs(headersTimeoutMs: number): number {
  return Math.min(Math.max(Math.floor(headersTimeoutMs / 4), 50), 5_000)
}

/** What node:http tells the client of a time-out of its own. */
export function sayKeepAlive(res: Noted, timeoutMs: number): void {
  const told = res as unknown as { _keepAliveTimeout: number }
  told._keepAliveTimeout = timeoutMs
}
