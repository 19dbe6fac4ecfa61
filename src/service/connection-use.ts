import { type IncomingMessage, ServerResponse } from 'node:http'
import type { Reply } from '../model/reply.ts'

/** A response that lets go when it is out. */
export interface Noted extends Reply {
  use: ConnectionUse | null
}

/** What a connection is used for, as far as its last request tells. */
export class ConnectionUse {
  /** The response to it, until it is out and the request is read to its end. */
  response: Reply | null = null
  hasBegun = false
  /** Octets that had come in when it was last looked at. */
  bytesRead = 0
  /** When something last came in or was still under way. */
  sweep = 0

  /** A request has come in. */
  note(response: Noted): void {
    this.response = response
    this.hasBegun = true
    response.use = this
  }

  released(response: Reply): void {
    // A later one may be under way, and what comes of a request that is answered is still its body.
    if (this.response === response && response.req.complete) this.response = null
  }
}

/**
 * Gives way when it is out. Between two requests a connection would otherwise keep all that the last
 * one was made of, for as long as it stays open.
 */
export class NotedResponse<
  Request extends IncomingMessage = IncomingMessage,
> extends ServerResponse<Request> {
  use: ConnectionUse | null = null

  override detachSocket(socket: Parameters<ServerResponse['detachSocket']>[0]): void {
    super.detachSocket(socket)
    this.use?.released(this)
  }
}

/** What node:http tells the client of a time-out of its own. */
export function sayKeepAlive(res: Noted, timeoutMs: number): void {
  const told = res as unknown as { _keepAliveTimeout: number }
  told._keepAliveTimeout = timeoutMs
}
