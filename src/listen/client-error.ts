import type { Socket } from 'node:net'
import { refuse, type Refusal } from '../model/refusal.ts'
import type { Connection } from './connection.ts'
import type { Reply } from '../model/reply.ts'

/** What node:http could not read or did not get in time; null when there is nobody to answer. */
export function readClientError(error: NodeJS.ErrnoException, socket: Socket): Refusal | null {
  if (!socket.writable) return null
  switch (error.code ?? '') {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      // Browsers open connections ahead of need: one that never asked gets no answer.
      return socket.bytesRead === 0
        ? null
        : refuse('request_timeout', 'The header did not arrive in time')
    case 'HPE_INVALID_EOF_STATE':
      return null
    case 'HPE_HEADER_OVERFLOW':
      return refuse('headers_too_large', 'Request line and header exceed the limit')
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return refuse('request_malformed', 'Chunk extensions exceed the limit')
    case 'HPE_INVALID_CONTENT_LENGTH':
    case 'HPE_UNEXPECTED_CONTENT_LENGTH':
    case 'HPE_INVALID_TRANSFER_ENCODING':
      return refuse('framing_ambiguous', error.message)
    default:
      return error.code?.startsWith('HPE_') === true
        ? refuse('request_malformed', error.message)
        : null
  }
}

/** What cannot be read belongs to a request that has its answer, or is about to: one is enough. */
export function isAnswered({ pendingCount, latest }: Connection): boolean {
  return pendingCount > 0 || (latest !== null && !latest.complete)
}

/** What is no request comes after some that are, and that have yet to be answered, or after the last. */
export function isBehindRequests(
  { code = '' }: NodeJS.ErrnoException,
  { pendingCount, latest }: Connection,
): boolean {
  if (code === 'HPE_CLOSED_CONNECTION') return true
  if (!code.startsWith('HPE_') || code === 'HPE_INVALID_EOF_STATE') return false
  return pendingCount > 0 && latest?.complete === true
}

/**
 * Octets after the last request of a connection are no request. Nor is it certain that the answer says
 * so: `Connection: close` may have come in a trailer.
 */
export function endAfterResponse(socket: Socket, response: Reply | null): void {
  if (response === null || response.closed) socket.destroySoon()
  else response.once('close', () => socket.destroySoon())
}
