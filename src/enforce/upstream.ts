import type { Socket } from 'node:net'
import type { buildConnector as Connector, Client } from 'undici'
import {
  type Connected,
  UpstreamConnector,
  type UpstreamTls,
  type UpstreamTlsSource,
} from './connect-upstream.ts'
import type { UpstreamOptions } from './options.ts'
import { Client as UndiciClient } from './undici-client.ts'
import { UpstreamAddresses } from './upstream-addresses.ts'

/** A request that waits for a connection. */
export interface Waiting {
  /** Not called from within undici, whose callbacks do not bear a new request everywhere. */
  connectionFree(connection: Client): void
}

/**
 * One origin and the connections kept to it, one request at a time on each. The connection used last
 * is used next, so that those a quieter hour does not need time out. What undici's own pool does
 * beyond that costs a request over a microsecond, and its queue has neither an end nor a way out.
 */
export class Upstream {
  readonly origin: string
  readonly #options: UpstreamOptions
  readonly #connector: UpstreamConnector
  /** By connection, where the origin does not say. */
  readonly #addresses = new WeakMap<Client, string>()
  readonly #tls: () => UpstreamTls
  /** What each connection was opened with. */
  readonly #openedWith = new WeakMap<Client, UpstreamTls>()
  readonly #connections: Client[] = []
  readonly #free: Client[] = []
  readonly #waiting = new Set<Waiting>()
  #resetting = false

  constructor(origin: string, options: UpstreamOptions, tls: UpstreamTlsSource) {
    this.origin = origin
    this.#options = options
    this.#tls = () => tls.for(origin)
    this.#connector = new UpstreamConnector({
      origin,
      connectTimeoutMs: options.connectTimeoutMs,
      addresses: new UpstreamAddresses({
        allowed: options.allowedAddresses,
        denied: options.deniedAddresses,
      }),
      tls: this.#tls,
      connectTo: options.connectTo?.get(origin),
      resolve: options.resolve,
    })
  }

  /** Whose certificate is asked for, whatever Host the client names. */
  get hostname(): string {
    return this.#connector.hostname
  }

  /** True while the reset of one of its connections is being told. */
  get resetting(): boolean {
    return this.#resetting
  }

  get waitingCount(): number {
    return this.#waiting.size
  }

  /** Null when every connection there may be is in use. */
  acquire(): Client | null {
    for (let free = this.#free.pop(); free !== undefined; free = this.#free.pop()) {
      if (!this.#isOutdated(free)) return free
      this.discard(free)
    }
    return this.#open()
  }

  /** At once for whoever has waited longest, else for the next that comes. */
  release(connection: Client): void {
    if (this.#isOutdated(connection)) return this.discard(connection)
    for (const waiting of this.#waiting) {
      this.#waiting.delete(waiting)
      process.nextTick(() => waiting.connectionFree(connection))
      return undefined
    }
    this.#free.push(connection)
    return undefined
  }

  /** For a connection on which something broke off: what is still said on it concerns nobody else. */
  discard(connection: Client): void {
    const index = this.#connections.indexOf(connection)
    if (index >= 0) this.#connections.splice(index, 1)
    connection.destroy().catch(ignore)
    const fresh = this.#waiting.size > 0 ? this.#open() : null
    if (fresh !== null) this.release(fresh)
  }

  wait(waiting: Waiting): void {
    this.#waiting.add(waiting)
  }

  stopWaiting(waiting: Waiting): void {
    this.#waiting.delete(waiting)
  }

  async close(): Promise<void> {
    await Promise.all(this.#connections.map((connection) => connection.destroy()))
  }

  /** A connection of the caller's own, beside those that are kept. */
  connect(connected: Connected): Socket {
    return this.#connector.connect(connected)
  }

  /** Where the connection leads: address and port; null over a Unix socket, or not connected yet. */
  addressOf(connection: Client): string | null {
    return this.#addresses.get(connection) ?? null
  }

  /** Opened with a certificate or verified by authorities that have been renewed since. */
  #isOutdated(connection: Client): boolean {
    if (!this.#connector.isSecure) return false
    const openedWith = this.#openedWith.get(connection)
    return openedWith !== undefined && openedWith !== this.#tls()
  }

  #open(): Client | null {
    const options = this.#options
    if (this.#connections.length >= options.maxConnections) return null
    const connection: Client = new UndiciClient(this.#connector.url, {
      pipelining: 1,
      allowH2: false,
      connect: (_, callback) => this.#connect(connection, callback),
      headersTimeout: options.headersTimeoutMs,
      bodyTimeout: options.bodyIdleTimeoutMs,
      keepAliveTimeout: options.keepAliveTimeoutMs,
      maxHeaderSize: options.maxHeaderBytes,
    })
    this.#connections.push(connection)
    return connection
  }

  /**
   * Notes a reset before undici hears of it: undici takes one in the middle of a body that only the
   * end of the connection delimits for the proper end of that body.
   */
  #connect(connection: Client, callback: Connector.Callback): void {
    if (this.#connector.isSecure) this.#openedWith.set(connection, this.#tls())
    this.#connector.connect((error, socket) => {
      if (error !== null) return callback(error, null)
      socket.prependListener('error', () => {
        this.#resetting = true
        process.nextTick(() => {
          this.#resetting = false
        })
      })
      const { remoteAddress, remotePort } = socket
      const address = `${bracketed(remoteAddress ?? '')}:${remotePort}`
      if (remoteAddress !== undefined && !this.origin.endsWith(`//${address}`)) {
        this.#addresses.set(connection, address)
      }
      return callback(null, socket)
    })
  }
}

function ignore(): void {}

function bracketed(address: string): string {
  return address.includes(':') ? `[${address}]` : address
}
