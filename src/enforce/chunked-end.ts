import type { Socket } from 'node:net'
import type { Client } from 'undici'
import { kSocket } from './undici-client.ts'

/** How undici ends a chunked body: it knows no trailers. */
const chunkedEnd = '\r\n0\r\n\r\n'

/**
 * Puts trailers into the end of the chunked body that `connection` is about to write. Called when
 * undici says that the body is complete, after which the very next write is its end.
 */
export function endWithTrailers(connection: Client, trailers: readonly string[]): void {
  const socket = (connection as unknown as Readonly<Record<symbol, Socket | null>>)[kSocket]
  if (socket === undefined || socket === null) return
  const write = socket.write.bind(socket) as (data: unknown, encoding?: unknown) => boolean
  let lines = ''
  for (let index = 0; index + 1 < trailers.length; index += 2) {
    lines += `${trailers[index] ?? ''}: ${trailers[index + 1] ?? ''}\r\n`
  }
  const writeOnce = (data: unknown, encoding?: unknown): boolean => {
    Reflect.deleteProperty(socket, 'write')
    // A body without a single octet is written without chunks, and has no place for trailers.
    if (data !== chunkedEnd) return write(data, encoding)
    return write(`\r\n0\r\n${lines}\r\n`, 'latin1')
  }
  Object.defineProperty(socket, 'write', { value: writeOnce, configurable: true })
}
