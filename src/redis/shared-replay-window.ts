import type { Claim, ReplayWindow } from '../authenticate/replay-window.ts'
import type { RedisClient } from './client.ts'

/** By how much the clock of another sidecar may be slow: it takes a proof for good so much longer. */
const slowestMs = 60_000

/**
 * A window that all sidecars have in common, beside the one of this process. What was seen here is
 * known here, whatever becomes of Redis; what others saw is known while it can be asked.
 */
class SharedReplayWindow implements ReplayWindow {
  readonly #local: ReplayWindow
  readonly #client: RedisClient

  constructor(local: ReplayWindow, client: RedisClient) {
    this.#local = local
    this.#client = client
  }

  get sinceMs(): number {
    return this.#local.sinceMs
  }

  claim(owner: string, digest: string, untilMs: number, nowMs: number): Claim | Promise<Claim> {
    const claim = this.#local.claim(owner, digest, untilMs, nowMs)
    if (claim instanceof Promise) {
      return claim.then((settled) => this.#share(settled, owner, digest, untilMs - nowMs))
    }
    return this.#share(claim, owner, digest, untilMs - nowMs)
  }

  #share(claim: Claim, owner: string, digest: string, ttlMs: number): Claim | Promise<Claim> {
    if (claim !== 'fresh' || !this.#client.isUsable) return claim
    return this.#claim(owner, digest, ttlMs)
  }

  async #claim(owner: string, digest: string, ttlMs: number): Promise<Claim> {
    const isFirst = await this.#client.claim(
      this.#client.keys.once(owner, digest),
      Math.max(0, ttlMs) + slowestMs,
    )
    return isFirst === false ? 'replayed' : 'fresh'
  }
}

/** The window itself where there is no Redis. */
export function sharedWindow(local: ReplayWindow, client: RedisClient | null): ReplayWindow {
  return client === null ? local : new SharedReplayWindow(local, client)
}
