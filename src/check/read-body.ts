import type { IncomingMessage } from 'node:http'
import { DirectRequest } from '../service/direct-request.ts'

/**
 * Reads a whole body into memory, at most `maxBytes` of it, and calls back once: with the body, or
 * with null as soon as it is larger. A client that goes away is not called back about: there is
 * nobody to answer. The server's own time-out ends a body that comes in too slowly.
 */
export function readBody(
  req: IncomingMessage,
  maxBytes: number,
  done: (body: Buffer | null) => void,
): void {
  if (req instanceof DirectRequest && req.wholeBody !== null) {
    done(req.wholeBody.length > maxBytes ? null : req.wholeBody)
    return
  }
  let first: Buffer | null = null
  let more: Buffer[] | null = null
  let size = 0
  const take = (chunk: Buffer): void => {
    size += chunk.length
    if (size > maxBytes) {
      req.off('data', take).off('end', end).resume()
      done(null)
    } else if (first === null) {
      first = chunk
    } else {
      more ??= [first]
      more.push(chunk)
    }
  }
  const end = (): void => done(more === null ? (first ?? empty) : Buffer.concat(more, size))
  req.on('data', take).on('end', end)
}

const empty = Buffer.alloc(0)
