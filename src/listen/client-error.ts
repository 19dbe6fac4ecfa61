import type { Socket } from 'node:net'
import { refuse, type Refusal } from '../model/refusal.ts'

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
