import type { ServerResponse } from 'node:http'
import { refuse, type Refusal } from '../model/refusal.ts'
import type { Connection, Pending } from './connection.ts'
import type { GatewayRequest } from './gateway-request.ts'

type Response = ServerResponse<GatewayRequest>

/** Requests one connection may have read and not answered; nobody pipelines deeper. */
export const maxPipelined = 64

/** What becomes of a request. */
export interface TurnEvents {
  /** All answers before its own are out. */
  request(req: GatewayRequest, res: Response, connection: Connection, continues: boolean): void
  /** It is not to be served: for this reason, or with null because its connection is gone. */
  unserved(req: GatewayRequest, res: Response, connection: Connection, why: Refusal | null): void
}

/**
 * For a request behind others on its connection (RFC 9112 section 9.3.2). Nothing is done about it
 * before their answers are out: a connection then occupies one connection to an upstream, however much
 * is pipelined on it, and each request is decided about when it is served.
 */
export function awaitTurn(
  req: GatewayRequest,
  res: Response,
  connection: Connection,
  continues: boolean,
  events: TurnEvents,
): void {
  if (connection.pendingCount >= maxPipelined) {
    connection.closing = true
    events.unserved(req, res, connection, refuse('overloaded', 'Too many pipelined requests'))
    // An answer would have to wait, and all the while node:http keeps every request it has read.
    req.socket.destroy()
    return
  }
  let refusal: Refusal | null = null
  const waiting: Pending = {
    req,
    connectionClosed: () => {
      res.off('socket', begin)
      events.unserved(req, res, connection, null)
    },
    bodyBroken: (why) => {
      refusal = why
    },
  }
  const begin = (): void => {
    connection.remove(waiting)
    if (refusal === null) events.request(req, res, connection, continues)
    else events.unserved(req, res, connection, refusal)
  }
  connection.add(waiting)
  // node:http gives a response the socket when those before it are finished.
  res.once('socket', begin)
}
