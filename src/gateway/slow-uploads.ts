/** A request whose body is on its way to an upstream, as far as room is concerned. */
export interface Upload {
  /** Whose connection it holds. */
  readonly upstream: string
  /** Octets a second that its client sends; null: its client is not what is waited for. */
  uploadRate(nowMs: number): number | null
  /** Ends: somebody else needs the connection. */
  giveWay(): void
}

/** An upstream whose connections are all in use. */
export interface Crowded {
  readonly origin: string
  /** Requests that wait for one. */
  readonly waitingCount: number
}

/** Nobody who sends more than this is asked to give way. */
const slowBytesPerS = 8_192

/**
 * Uploads that have been under way for a second. Each holds a connection to its upstream, of which
 * there are only so many: whoever sends bodies octet by octet could keep all of them, and everybody
 * else waiting.
 */
export class SlowUploads {
  readonly #uploads = new Set<Upload>()
  readonly #crowded = new Set<Crowded>()

  add(upload: Upload): void {
    this.#uploads.add(upload)
  }

  remove(upload: Upload): void {
    this.#uploads.delete(upload)
  }

  /** For one that waits now; those that go on waiting are looked after by `retry`. */
  makeRoom(upstream: Crowded, nowMs: number): void {
    if (!this.#endSlowest(upstream.origin, nowMs)) this.#crowded.add(upstream)
  }

  /** Who waits when every upload is too young to be called slow waits no longer than it takes. */
  retry(nowMs: number): void {
    for (const upstream of this.#crowded) {
      let { waitingCount } = upstream
      while (waitingCount > 0 && this.#endSlowest(upstream.origin, nowMs)) waitingCount -= 1
      if (upstream.waitingCount === 0) this.#crowded.delete(upstream)
    }
  }

  #endSlowest(origin: string, nowMs: number): boolean {
    let slowest: Upload | null = null
    let least = slowBytesPerS
    for (const upload of this.#uploads) {
      if (upload.upstream !== origin) continue
      const rate = upload.uploadRate(nowMs)
      if (rate === null || rate >= least) continue
      slowest = upload
      least = rate
    }
    slowest?.giveWay()
    return slowest !== null
  }
}
