import type { ResponseHead } from './response-head.ts'

/** Upstreams close what they keep when its time is over: no request is to meet that. */
const keepAliveMarginMs = 1_000

/**
 * How long the connection may wait for its next request after this answer (RFC 9112 section 9.3), in
 * milliseconds, `mostMs` at most; 0: there is none.
 */
export function idleTimeAfter(
  head: ResponseHead,
  trailers: readonly string[],
  mostMs: number,
): number {
  // Who says so in a trailer may do so.
  if (!isPersistent(head) || hasConnection(trailers)) return 0
  if (head.keepAliveS === null) return mostMs
  return Math.max(0, Math.min(mostMs, head.keepAliveS * 1_000 - keepAliveMarginMs))
}

function isPersistent({ isHttp10, framing, connection }: ResponseHead): boolean {
  if (framing === 'close') return false
  if (connection === '') return !isHttp10
  if (connection === 'keep-alive') return true
  const options = connection.split(',').map((option) => option.trim())
  return !options.includes('close') && (!isHttp10 || options.includes('keep-alive'))
}

function hasConnection(trailers: readonly string[]): boolean {
  return trailers.some((name, index) => index % 2 === 0 && name.toLowerCase() === 'connection')
}
