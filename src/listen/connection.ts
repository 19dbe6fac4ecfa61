import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { ClientAddress } from '../model/request-facts.ts'
import { normaliseIp, type TrustedProxies } from './client-address.ts'

/** A request that wants to know when its connection is gone before it is answered. */
export interface Pending {
  connectionClosed(): void
}

/** What is known of one TCP connection, worked out once. */
export class Connection {
  readonly client: ClientAddress
  /** The peer is a trusted proxy. */
  readonly trusted: boolean
  /** Requests taken from this connection and not over yet; more than one when pipelined. */
  readonly #pending: Pending[] = []
  /** The request whose header was read last. */
  latest: IncomingMessage | null = null
  /** The answer that is under way is the last one: whatever else comes in is not read as a request. */
  closing = false

  constructor(socket: Socket, trusted: TrustedProxies | null) {
    const peerIp = normaliseIp(socket.remoteAddress ?? '')
    this.trusted = trusted !== null && peerIp !== '' && trusted.has(peerIp)
    this.client = Object.freeze({ ip: peerIp, peerIp, viaTrustedProxy: this.trusted })
  }

  get pendingCount(): number {
    return this.#pending.length
  }

  add(pending: Pending): void {
    this.#pending.push(pending)
  }

  remove(pending: Pending): void {
    const index = this.#pending.lastIndexOf(pending)
    if (index === this.#pending.length - 1) this.#pending.pop()
    else if (index >= 0) this.#pending.splice(index, 1)
  }

  closed(): void {
    for (const pending of this.#pending.splice(0)) pending.connectionClosed()
  }
}
