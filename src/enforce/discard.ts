import type { IncomingMessage } from 'node:http'
import { lingerAndClose, lingerAtEnd, stopLingering } from '../service/linger.ts'
import type { Reply } from '../model/reply.ts'

/** A body of up to this length is read to its end, so that its connection can go on. */
const maxDiscardBytes = 262_144
/** If it comes to its end so soon after the answer. */
const discardMs = 2_000

/**
 * Whether more may come of a request body than is worth reading, or nobody knows: the answer then
 * says that it is the last of its connection.
 */
export function leavesMuch(req: IncomingMessage): boolean {
  if (req.complete) return false
  const { headers } = req
  if (headers['transfer-encoding'] !== undefined) return true
  const length = headers['content-length']
  return length !== undefined && !(Number(length) <= maxDiscardBytes)
}

/**
 * Deals with a request body that nobody will use, so that the client gets to read its answer. One
 * that is short is read and forgotten, and the connection goes on. Any other ends the connection once
 * the answer is out; no octet of either is ever taken for the next request.
 */
export function discardBody(req: IncomingMessage, res: Reply): void {
  if (req.complete || req.destroyed || !hasBody(req)) return
  const { socket } = req
  lingerAtEnd(socket)
  if (leavesMuch(req)) {
    afterAnswer(res, () => {
      if (req.complete) stopLingering(socket)
      else lingerAndClose(socket)
    })
    return
  }
  let timer: NodeJS.Timeout | null = null
  req.once('end', () => {
    if (timer !== null) clearTimeout(timer)
    stopLingering(socket)
  })
  afterAnswer(res, () => {
    if (!req.complete) timer = setTimeout(lingerAndClose, discardMs, socket)
  })
  req.resume()
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined
}

function afterAnswer(res: Reply, next: () => void): void {
  if (res.writableFinished) next()
  else res.once('finish', next)
}
