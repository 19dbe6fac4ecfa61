import { refuse, type Refusal } from '../model/refusal.ts'
import type { AcceptFirst } from './accept-first.ts'
import type { Connection, Pending } from './connection.ts'
import type { GatewayRequest } from './gateway-request.ts'
import type { Noted, NotedResponse } from '../service/connection-use.ts'

/** What a request is answered by. */
export type Response = Noted

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
  res: NotedResponse<GatewayRequest>,
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
  const begin = wait(req, res, connection, continues, events)
  // node:http gives a response the socket when those before it are finished.
  res.once('socket', begin)
}

/** For a request that comes in while connections are accepted. */
export function awaitAccepted(
  req: GatewayRequest,
  res: Response,
  connection: Connection,
  first: AcceptFirst,
  events: TurnEvents,
): void {
  first.hold(wait(req, res, connection, false, events))
}

/**
 * One that announces a body does not wait: what comes in its place may be none, and what is said of
 * the header goes first.
 */
export function mayWait({ fields }: GatewayRequest): boolean {
  return fields.contentLength === null && fields.transferEncoding === null && fields.expect === null
}

/**
 * Of what comes in one piece with a request for an upgrade node:http loses the rest, in the middle of
 * a message perhaps: a body would be read as a request. And it ends the connection after the answer to
 * one that waits for 100 without having a body.
 */
export function isLastRequest({ fields }: GatewayRequest, continues: boolean): boolean {
  if (fields.upgrade !== null) return true
  const { contentLength, transferEncoding } = fields
  return continues && transferEncoding === null && (contentLength ?? '0') === '0'
}

/** What begins it when its time has come, unless its connection is gone by then. */
function wait(
  req: GatewayRequest,
  res: Response,
  connection: Connection,
  continues: boolean,
  events: TurnEvents,
): () => void {
  let refusal: Refusal | null = null
  let isGone = false
  const waiting: Pending = {
    req,
    connectionClosed: () => {
      isGone = true
      events.unserved(req, res, connection, null)
    },
    bodyBroken: (why) => {
      refusal = why
    },
  }
  connection.add(waiting)
  return () => {
    if (isGone) return
    connection.remove(waiting)
    if (refusal === null) events.request(req, res, connection, continues)
    else events.unserved(req, res, connection, refusal)
  }
}
