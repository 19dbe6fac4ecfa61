import type { Socket } from 'node:net'
import { unixPeer } from '../model/request-facts.ts'
import { AddressCounts } from './address-counts.ts'
import type { TrustedProxies } from './client-address.ts'

/** Of one client address; 0: as many as there may be at all. */
export interface ClientHandshakeLimits {
  /** Under way at the same time. */
  readonly maxClientHandshakes: number
  /** Begun within a second. */
  readonly clientHandshakesPerS: number
}

/**
 * The TLS handshakes of each address. One costs the gateway a signature and its client nothing, and one
 * that is not gone on with holds its place until it times out: whoever begins them without end takes
 * room and time from itself alone. Trusted proxies speak for many, and have no limit.
 */
export class ClientHandshakes {
  readonly #limits: ClientHandshakeLimits
  readonly #trusted: TrustedProxies | null
  readonly #begun = new AddressCounts()
  readonly #done = new AddressCounts()
  readonly #lately = new AddressCounts()
  #second = 0

  constructor(limits: ClientHandshakeLimits, trusted: TrustedProxies | null) {
    this.#limits = limits
    this.#trusted = trusted
  }

  /** Why the address may not begin another one; null: it may. */
  refuse(ip: string): string | null {
    if (ip === unixPeer || this.#trusted?.has(ip) === true) return null
    const { maxClientHandshakes, clientHandshakesPerS } = this.#limits
    const underWay = this.#begun.of(ip) - this.#done.of(ip)
    if (maxClientHandshakes > 0 && underWay >= maxClientHandshakes) {
      return `${underWay} of this address are under way`
    }
    const second = Math.floor(performance.now() / 1_000)
    if (second !== this.#second) this.#lately.clear()
    this.#second = second
    if (clientHandshakesPerS > 0 && this.#lately.of(ip) >= clientHandshakesPerS) {
      return `This address has begun ${clientHandshakesPerS} within a second`
    }
    return null
  }

  /** On this connection, as long as it is open. */
  begin(socket: Socket, ip: string): void {
    this.#lately.add(ip)
    countWhileOpen(this.#begun, socket, ip)
  }

  /** What its handshake has made of it. */
  complete(socket: Socket, ip: string): void {
    countWhileOpen(this.#done, socket, ip)
  }
}

function countWhileOpen(counts: AddressCounts, socket: Socket, ip: string): void {
  counts.add(ip)
  socket.once('close', () => counts.remove(ip))
}
