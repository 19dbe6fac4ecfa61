import { breakOff } from './break-off.ts'
import type { Reply } from '../model/reply.ts'

/**
 * For a response that has been ended: a client that does not read the rest of it must not hold its
 * connection for ever. Costs nothing when the kernel has taken everything, which is the usual case.
 */
export function watchTail(res: Reply, timeoutMs: number): void {
  const { socket } = res
  if (socket === null || socket.writableLength === 0) return
  const timer = setTimeout(breakOff, timeoutMs, res)
  res.once('close', () => clearTimeout(timer))
}
