import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'

import type { Clock } from '../model/clock.ts'
import { readCall } from './call.ts'
import type { Call } from './call.ts'
import type { Endpoint } from './metrics.ts'

/** One call of the decision API while it is answered. */
export interface Exchange {
  readonly endpoint: Endpoint
  readonly req: IncomingMessage
  readonly res: ServerResponse
  readonly call: Call
  /** Of the decision; with several, a number is added for each. */
  readonly id: string
  readonly timeMs: number
  readonly startedMs: number
}

export function beginExchange(
  endpoint: Endpoint,
  req: IncomingMessage,
  res: ServerResponse,
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
  }
}
