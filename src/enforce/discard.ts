import type { IncomingMessage } from 'node:http'

/** What is left of a body after its answer: this much is read for politeness, then the line is cut. */
const maxDiscardBytes = 262_144
const lingerMs = 2_000

/**
 * Reads and forgets the rest of a request body that nobody will use, so that the client gets to read
 * its answer and the connection can go on. A body that is long or slow ends the connection instead:
 * no byte of it is ever taken for the next request.
 */
export function discardBody(req: IncomingMessage): void {
  if (req.complete || req.destroyed) return
  const { socket } = req
  let left = maxDiscardBytes
  const timer = setTimeout(() => socket.destroy(), lingerMs)
  req.on('data', (chunk: Buffer) => {
    left -= chunk.length
    if (left < 0) socket.destroy()
  })
  req.once('close', () => clearTimeout(timer))
  req.once('end', () => clearTimeout(timer))
  req.resume()
}
