import { UpstreamAddresses } from './addresses.ts'
import { type ConnectionOwner, UpstreamConnection } from './connection.ts'
import { UpstreamConnector, type UpstreamTls, type UpstreamTlsSource } from './connector.ts'
import type { UpstreamOptions } from './options.ts'
import { Ticks } from './ticks.ts'

/** What a request asks of its connection. */
export interface ConnectionWish {
  /** Its octets come as a stream, so that the socket can be handed over. */
  readonly asStream: boolean
  /** One that has carried nothing yet. */
  readonly isFresh: boolean
}

/** A request that waits for a connection. */
export interface Waiting {
  readonly wish: ConnectionWish
  connectionFree(connection: UpstreamConnection): void
}

/**
 * One origin and the connections kept to it, one request at a time on each. The connection used last
 * is used next, so that those a quieter hour does not need time out.
 */
export class Upstream implements ConnectionOwner {
  readonly origin: string
  readonly options: UpstreamOptions
  readonly ticks: Ticks
  readonly #connector: UpstreamConnector
  readonly #tls: () => UpstreamTls
  /** What each was opened with. */
  readonly #connections = new Map<UpstreamConnection, UpstreamTls>()
  readonly #free: UpstreamConnection[] = []
  readonly #waiting = new Set<Waiting>()
  #isClosed = false

  constructor(origin: string, options: UpstreamOptions, tls: UpstreamTlsSource) {
    this.origin = origin
    this.options = options
    this.#tls = () => tls.for(origin)
    this.ticks = new Ticks((tick) => {
      for (const connection of this.#connections.keys()) connection.expire(tick)
    })
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

  get waitingCount(): number {
    return this.#waiting.size
  }

  /** Null when every connection there may be is in use. */
  acquire({ asStream, isFresh }: ConnectionWish): UpstreamConnection | null {
    if (asStream || isFresh) return this.#open(asStream) ?? this.#replace(asStream)
    for (let free = this.#free.pop(); free !== undefined; free = this.#free.pop()) {
      if (!this.#isOutdated(free)) return free
      free.abort()
    }
    return this.#open(false)
  }

  release(connection: UpstreamConnection): void {
    if (this.#isOutdated(connection)) connection.abort()
    else this.#free.push(connection)
    this.#serve()
  }

  forget(connection: UpstreamConnection): void {
    if (!this.#connections.delete(connection)) return
    const index = this.#free.lastIndexOf(connection)
    if (index >= 0) this.#free.splice(index, 1)
    if (this.#connections.size === 0) this.ticks.stop()
    this.#serve()
  }

  wait(waiting: Waiting): void {
    this.#waiting.add(waiting)
  }

  stopWaiting(waiting: Waiting): void {
    this.#waiting.delete(waiting)
  }

  /** Requests still under way fail. */
  close(): void {
    this.#isClosed = true
    for (const connection of this.#connections.keys()) connection.destroy()
  }

  /** At once for whoever has waited longest. */
  #serve(): void {
    const [next] = this.#waiting
    const connection = next === undefined ? null : this.acquire(next.wish)
    if (next === undefined || connection === null) return
    this.#waiting.delete(next)
    next.connectionFree(connection)
  }

  #open(asStream: boolean): UpstreamConnection | null {
    if (this.#isClosed || this.#connections.size >= this.options.maxConnections) return null
    const connection = new UpstreamConnection(this)
    this.#connections.set(connection, this.#tls())
    this.ticks.start()
    connection.open(this.#connector, asStream)
    return connection
  }

  /** One that nobody uses makes room. */
  #replace(asStream: boolean): UpstreamConnection | null {
    const oldest = this.#free.shift()
    if (oldest === undefined) return null
    oldest.abort()
    return this.#open(asStream)
  }

  /** Opened with a certificate or verified by authorities that have been renewed since. */
  #isOutdated(connection: UpstreamConnection): boolean {
    return this.#connector.isSecure && this.#connections.get(connection) !== this.#tls()
  }
}
