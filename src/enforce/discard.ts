import type { IncomingMessage, ServerResponse } from 'node:http'

/** What is left of a body after its answer: this much is read for politeness, then the line is cut. */
const maxDiscardBytes = 262_144
const lingerMs = 2_000

/**
 * Reads and forgets the rest of a request body that nobody will use, so that the client gets to read
 * its answer and the connection can go on. A body that is long, or still coming some time after the
 * answer was sent, ends the connection instead: no byte of it is ever taken for the next request.
 */
export function discardBody(req: IncomingMessage, res: ServerResponse): void {
  if (req.complete || req.destroyed) return
  const { socket } = req
  let left = maxDiscardBytes
  let timer: NodeJS.Timeout | null = null
  const cut = (): void => {
    socket.destroy()
  }
  const answered = (): void => {
    if (left < 0) cut()
    else if (!req.complete) timer = setTimeout(cut, lingerMs)
  }
  const forget = (): void => {
    if (timer !== null) clearTimeout(timer)
  }
  req.on('data', (chunk: Buffer) => {
    left -= chunk.length
    if (left >= 0) return
    if (res.writableFinished) cut()
    else req.pause()
  })
  req.once('end', forget)
  req.once('close', forget)
  if (res.writableFinished) answered()
  else res.once('finish', answered)
  req.resume()
}
