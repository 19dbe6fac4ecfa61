import { isIP } from 'node:net'
import type { buildConnector as Connector, Client } from 'undici'
import type { UpstreamOptions } from './options.ts'
import { buildConnector, Client as UndiciClient } from './undici-client.ts'

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
  /** Whose certificate is asked for, whatever Host the client names. */
  readonly hostname: string
  readonly #options: UpstreamOptions
  readonly #connect: Connector.connector
  readonly #connections: Client[] = []
  readonly #free: Client[] = []
  readonly #waiting = new Set<Waiting>()
  #resetting = false

  constructor(origin: string, options: UpstreamOptions) {
    this.origin = origin
    this.hostname = new URL(origin).hostname.replace(/^\[|\]$/g, '')
    this.#options = options
    this.#connect = this.#connector()
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
    return this.#free.pop() ?? this.#open()
  }

  /** At once for whoever has waited longest, else for the next that comes. */
  release(connection: Client): void {
    for (const waiting of this.#waiting) {
      this.#waiting.delete(waiting)
      process.nextTick(() => waiting.connectionFree(connection))
      return
    }
    this.#free.push(connection)
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

  #open(): Client | null {
    const options = this.#options
    if (this.#connections.length >= options.maxConnections) return null
    const connection = new UndiciClient(options.connectTo?.get(this.origin) ?? this.origin, {
      pipelining: 1,
      allowH2: false,
      connect: this.#connect,
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
  #connector(): Connector.connector {
    // RFC 6066 section 3: an address is no server name.
    const servername = isIP(this.hostname) === 0 ? this.hostname : ''
    const connect = buildConnector({ timeout: this.#options.connectTimeoutMs, allowH2: false })
    const note = (): void => {
      this.#resetting = true
      process.nextTick(() => {
        this.#resetting = false
      })
    }
    return (request, callback) => {
      connect({ ...request, servername }, (...result) => {
        result[1]?.prependListener('error', note)
        callback(...result)
      })
    }
  }
}
