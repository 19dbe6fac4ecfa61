import type { ServerResponse } from 'node:http'

let waiting: ServerResponse[] = []

/**
 * node:http holds a header back until the first byte of the body, and a stream of events may be
 * silent for a long time. Most bodies arrive with their header, so the header is sent on its own
 * only when the turn of the event loop ends without one; all responses of a turn share one timer.
 */
export function flushHeaderSoon(res: ServerResponse): void {
  waiting.push(res)
  if (waiting.length === 1) setImmediate(flushHeaders)
}

function flushHeaders(): void {
  const due = waiting
  waiting = []
  for (const res of due) {
    // Nothing, but in latin1: `flushHeaders` would write octets beyond ASCII as UTF-8.
    if (!res.writableEnded && !res.destroyed) res.write('', 'latin1')
  }
}
