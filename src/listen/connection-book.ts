import type { Socket } from 'node:net'
import { unixPeer } from '../model/request-facts.ts'
import { AddressCounts } from './address-counts.ts'
import type { Connection } from './connection.ts'

export interface ConnectionLimits {
  readonly maxConnections: number
  /** 0: as many as there may be at all. */
  readonly maxClientConnections: number
}

/** Looked at when room is needed; the more there are, the longer ago each was looked at. */
const maxLooked = 64

/**
 * The open connections, oldest first, and how many each address has. When there is no room for another
 * one, one that carries nothing gives way: one that never sent a request, or was told that it is over,
 * before one that is kept open for the next. So whoever opens connections and leaves it at that takes room from nobody but himself.
 */
export class ConnectionBook {
  readonly #limits: ConnectionLimits
  readonly #connections = new Map<Socket, Connection>()
  readonly #clients = new AddressCounts()

  constructor(limits: ConnectionLimits) {
    this.#limits = limits
  }

  get size(): number {
    return this.#connections.size
  }

  get(socket: Socket): Connection | undefined {
    return this.#connections.get(socket)
  }

  [Symbol.iterator](): Iterator<[Socket, Connection]> {
    return this.#connections.entries()
  }

  /**
   * Whether a client has as many as one address may have. Trusted proxies speak for many, and so may
   * whoever connects over a Unix socket.
   */
  isClientFull(ip: string, isTrusted: boolean): boolean {
    const { maxClientConnections: max } = this.#limits
    if (max === 0 || isTrusted || ip === unixPeer) return false
    return this.#clients.of(ip) >= max
  }

  get isFull(): boolean {
    return this.#connections.size >= this.#limits.maxConnections
  }

  add(socket: Socket, connection: Connection): void {
    this.#connections.set(socket, connection)
    this.#clients.add(connection.client.ip)
  }

  remove(socket: Socket): void {
    const connection = this.#connections.get(socket)
    if (connection === undefined) return
    this.#connections.delete(socket)
    this.#clients.remove(connection.client.ip)
  }

  /** Closes a connection that carries nothing; false when none of those looked at could go. */
  makeRoom(): boolean {
    let idle: Socket | null = null
    let looked = 0
    for (const [socket, connection] of this.#connections) {
      looked += 1
      if (looked > maxLooked) break
      if (!connection.use.hasBegun || isOver(socket, connection)) {
        idle = socket
        break
      }
      if (connection.isFree) {
        idle ??= socket
      } else {
        // Behind all others, so that it is not looked at again before they were.
        this.#connections.delete(socket)
        this.#connections.set(socket, connection)
      }
    }
    if (idle === null) return false
    this.remove(idle)
    idle.destroy()
    return true
  }
}

/** Its last answer is out, and what the client still sends is thrown away. */
function isOver(socket: Socket, { pendingCount }: Connection): boolean {
  return pendingCount === 0 && socket.writableFinished
}
