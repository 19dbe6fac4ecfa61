import { isIP } from 'node:net'
import { buildConnector, Pool } from 'undici'
import type { UpstreamOptions } from './options.ts'

/** One origin and the connections kept to it. */
export interface Upstream {
  readonly origin: string
  readonly hostname: string
  readonly pool: Pool
  readonly maxConnections: number
  /** Requests handed to the pool and not over yet. */
  active: number
}

/** Pools by origin, kept for the life of the process: origins come from configuration alone. */
export class Upstreams {
  readonly options: UpstreamOptions
  readonly #byOrigin = new Map<string, Upstream>()
  #closed = false

  constructor(options: UpstreamOptions) {
    this.options = options
  }

  /** Null once closed. */
  get(origin: string): Upstream | null {
    const known = this.#byOrigin.get(origin)
    if (known !== undefined) return known
    if (this.#closed) return null
    const { options } = this
    const hostname = hostnameOf(origin)
    const upstream = {
      origin,
      hostname,
      active: 0,
      maxConnections: options.maxConnections,
      pool: new Pool(options.connectTo?.get(origin) ?? origin, {
        connections: options.maxConnections,
        pipelining: 1,
        allowH2: false,
        connect: connectorTo(hostname, options),
        headersTimeout: options.headersTimeoutMs,
        bodyTimeout: options.bodyIdleTimeoutMs,
        keepAliveTimeout: options.keepAliveTimeoutMs,
        maxHeaderSize: options.maxHeaderBytes,
      }),
    }
    this.#byOrigin.set(origin, upstream)
    return upstream
  }

  /** Ends every connection; requests still under way fail. */
  async close(): Promise<void> {
    this.#closed = true
    await Promise.all(Array.from(this.#byOrigin.values(), ({ pool }) => pool.destroy()))
    this.#byOrigin.clear()
  }
}

/** Without the brackets of an IPv6 address. */
function hostnameOf(origin: string): string {
  return new URL(origin).hostname.replace(/^\[|\]$/g, '')
}

/** The certificate has to be that of the configured origin, whatever Host the client names. */
function connectorTo(hostname: string, options: UpstreamOptions): buildConnector.connector {
  const connect = buildConnector({ timeout: options.connectTimeoutMs, allowH2: false })
  // RFC 6066 section 3: no address as server name.
  const servername = isIP(hostname) === 0 ? hostname : ''
  return (request, callback) => connect({ ...request, servername }, callback)
}
