import type { IncomingMessage } from 'node:http'
import type { Refusal } from '../model/refusal.ts'
import type { ClientAddress } from '../model/request-facts.ts'
import { ConnectionUse } from '../service/connection-use.ts'
import type { TrustedProxies } from './client-address.ts'
import type { SecureChannel } from './secure-channel.ts'
import type { TlsSource } from './tls-source.ts'
import type { Peer } from './transport.ts'
import type { Reply } from '../model/reply.ts'

/** A request that wants to know when its connection is gone before it is answered. */
export interface Pending {
  /** Null: it is over as a request. */
  readonly req: IncomingMessage | null
  connectionClosed(): void
  /** What comes in place of the rest of its body is none. */
  bodyBroken(refusal: Refusal): void
}

/** What is known of one TCP connection, worked out once. */
export class Connection {
  readonly client: ClientAddress
  /** Null: plain HTTP. */
  readonly secure: SecureChannel | null
  /** The peer is a trusted proxy. */
  readonly trusted: boolean
  /** Requests taken from this connection and not over yet; more than one when pipelined. */
  readonly #pending: Pending[] = []
  /** What the request whose header was read last leaves of it. */
  readonly use = new ConnectionUse()
  /** After the response to it the connection ends. */
  last: IncomingMessage | null = null
  /** The answer that is under way is the last one: whatever else comes in is not read as a request. */
  closing = false

  constructor({ ip: peerIp, secure }: Peer, trusted: TrustedProxies | null) {
    this.secure = secure
    this.trusted = trusted !== null && trusted.has(peerIp)
    const address = { ip: peerIp, peerIp, viaTrustedProxy: this.trusted }
    const certificate = secure?.certificate ?? null
    const certificateExpiresAtS = secure?.certificateExpiresAtS ?? 0
    this.client = Object.freeze(
      certificate === null ? address : { ...address, certificate, certificateExpiresAtS },
    )
  }

  /** The response to the request whose header was read last, until it is out. */
  get response(): Reply | null {
    return this.use.response
  }

  /** That request, until it is read to its end and answered. */
  get latest(): IncomingMessage | null {
    return this.use.response?.req ?? null
  }

  /** Nothing is owed: every response is out, down to its last octet. */
  get isFree(): boolean {
    const { response } = this
    if (this.closing || this.#pending.length > 0) return false
    return response === null || (response.writableFinished && response.socket === null)
  }

  /** Its last answer is complete and not out. */
  get isSending(): boolean {
    const { response } = this
    return response !== null && response.writableEnded && !response.writableFinished
  }

  /** The authorities that its certificate was verified by have been replaced since. */
  isOutdated(tls: TlsSource | null): boolean {
    const authorities = this.secure?.authorities ?? ''
    return tls !== null && authorities !== '' && authorities !== tls.current.authorities
  }

  get scheme(): 'http' | 'https' {
    return this.secure === null ? 'http' : 'https'
  }

  /** Nothing that comes after this request is read; its response says so. */
  endWith(request: IncomingMessage): void {
    this.last = request
    this.closing = true
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

  /** False: the request whose body cannot be read has been answered already. */
  breakBody(refusal: Refusal): boolean {
    const { latest } = this
    if (latest === null || latest.complete) return false
    const pending = this.#pending.find(({ req }) => req === latest)
    pending?.bodyBroken(refusal)
    return pending !== undefined
  }

  closed(): void {
    for (const pending of this.#pending.splice(0)) pending.connectionClosed()
  }
}
