import { isIP } from 'node:net'
import { buildConnector, Pool } from 'undici'
import type { UpstreamOptions } from './options.ts'

/** One origin and the connections kept to it. */
export interface Upstream {
  readonly origin: string
  readonly hostname: string
  readonly pool: Pool
  readonly maxConnections: number
  /** True while the reset of one of its connections is being told. */
  readonly reset: { now: boolean }
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
    const reset = { now: false }
    const upstream = {
      origin,
      hostname,
      reset,
      active: 0,
      maxConnections: options.maxConnections,
      pool: new Pool(options.connectTo?.get(origin) ?? origin, {
        connections: options.maxConnections,
        pipelining: 1,
        allowH2: false,
        connect: connectorTo(hostname, options, reset),
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

/**
 * The certificate has to be that of the configured origin, whatever Host the client names. And a
 * reset is noted before the client of undici hears of it: that one takes a reset in the middle of a
 * body that only the end of the connection delimits for its proper end.
 */
function connectorTo(
  hostname: string,
  options: UpstreamOptions,
  reset: Upstream['reset'],
): buildConnector.connector {
  const connect = buildConnector({ timeout: options.connectTimeoutMs, allowH2: false })
  // RFC 6066 section 3: no address as server name.
  const servername = isIP(hostname) === 0 ? hostname : ''
  const forget = (): void => {
    reset.now = false
  }
  const note = (): void => {
    reset.now = true
    process.nextTick(forget)
  }
  return (request, callback) => {
    connect({ ...request, servername }, (...result) => {
      result[1]?.prependListener('error', note)
      callback(...result)
    })
  }
}
