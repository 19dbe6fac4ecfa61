import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

import type { Bucket } from '../limit/bucket.ts'
import type { Clock } from '../model/clock.ts'
import { readCall } from './call.ts'
import type { Call } from './call.ts'
import type { Endpoint } from './metrics.ts'
import type { Reply } from '../model/reply.ts'

/** One call of the decision API while it is answered. */
export interface Exchange {
  readonly endpoint: Endpoint
  readonly req: IncomingMessage
  readonly res: Reply
  readonly call: Call
  /** Of the decision; with several, a number is added for each. */
  readonly id: string
  readonly timeMs: number
  readonly startedMs: number
  /** What the caller has left, where there is a limit and it is known who is asking. */
  bucket: Bucket | null
}

export function beginExchange(
  endpoint: Endpoint,
  req: IncomingMessage,
  res: Reply,
  clock: Clock,
): Exchange {
  return {
    endpoint,
    req,
    res,
    call: readCall(req.rawHeaders),
    id: randomUUID(),
    timeMs: clock.nowMs(),
    startedMs: performance.now(),
    bucket: null,
  }
}
