import { plainUpstreamTls, type UpstreamTlsSource } from './connector.ts'
import type { UpstreamOptions } from './options.ts'
import { Upstream } from './upstream.ts'

/** Upstreams by origin, kept for the life of the process: origins come from configuration alone. */
export class Upstreams {
  readonly #options: UpstreamOptions
  readonly #tls: UpstreamTlsSource
  readonly #byOrigin = new Map<string, Upstream>()
  #closed = false

  constructor(options: UpstreamOptions, tls: UpstreamTlsSource = plainUpstreamTls) {
    this.#options = options
    this.#tls = tls
  }

  /** Null once closed. */
  get(origin: string): Upstream | null {
    const known = this.#byOrigin.get(origin)
    if (known !== undefined) return known
    if (this.#closed) return null
    const upstream = new Upstream(origin, this.#options, this.#tls)
    this.#byOrigin.set(origin, upstream)
    return upstream
  }

  /** Ends every connection; requests still under way fail. */
  close(): void {
    this.#closed = true
    for (const upstream of this.#byOrigin.values()) upstream.close()
    this.#byOrigin.clear()
  }
}
