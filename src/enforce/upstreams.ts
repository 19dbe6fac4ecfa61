import { Pool } from 'undici'
import type { UpstreamOptions } from './options.ts'

/** One origin and the connections kept to it. */
export interface Upstream {
  readonly origin: string
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
    const upstream = {
      origin,
      active: 0,
      maxConnections: options.maxConnections,
      pool: new Pool(options.connectTo?.get(origin) ?? origin, {
        connections: options.maxConnections,
        pipelining: 1,
        allowH2: false,
        connect: { timeout: options.connectTimeoutMs },
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
