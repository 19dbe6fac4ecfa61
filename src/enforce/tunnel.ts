import type { Socket } from 'node:net'
import { closeCode, closeFrame, type WebSocketFrames } from './websocket-frames.ts'

export interface TunnelLimits {
  /** Longest silence, both ways. */
  readonly idleTimeoutMs: number
  /** The same once one side has said all it had to say. */
  readonly halfOpenTimeoutMs: number
}

export type TunnelEnd = 'client' | 'upstream' | 'idle'

/** Time to read a closing frame. */
const lingerMs = 1_000
/** Finds out about a peer that vanished long before anything is sent to it. */
const keepAliveProbeMs = 60_000

/**
 * Two connections that are one: what comes in here goes out there as it is, no faster than it is
 * taken. Each side may end its half; when one is gone, the other goes too.
 */
export class Tunnel {
  readonly #client: Socket
  readonly #upstream: Socket
  /** What goes to the client, when it is a WebSocket. */
  readonly #frames: WebSocketFrames | null
  readonly #limits: TunnelLimits
  readonly #ended: (by: TunnelEnd) => void
  #by: TunnelEnd | null = null
  #cut = false

  /** `ended` is called once, when the client's connection is gone. */
  constructor(
    client: Socket,
    upstream: Socket,
    frames: WebSocketFrames | null,
    limits: TunnelLimits,
    ended: (by: TunnelEnd) => void,
  ) {
    this.#client = client
    this.#upstream = upstream
    this.#frames = frames
    this.#limits = limits
    this.#ended = ended
  }

  /** Who ended it, or the silence; null: it goes on, or its end is not explained. */
  get endedBy(): TunnelEnd | null {
    return this.#by
  }

  /** `response` goes to the client before anything of the upstream; `head` is what it sent ahead. */
  start(response: string, head: Buffer): void {
    const client = this.#client
    const upstream = this.#upstream
    for (const socket of [client, upstream]) {
      socket.allowHalfOpen = true
      socket.setNoDelay(true)
      socket.setKeepAlive(true, keepAliveProbeMs)
    }
    client.setTimeout(this.#limits.idleTimeoutMs)
    client.on('timeout', this.#onIdle)
    client.on('close', this.#onClientClose)
    upstream.on('close', this.#onUpstreamClose)
    client.write(response, 'latin1')
    if (head.length > 0) upstream.write(head)
    client.on('end', this.#onClientEnd)
    upstream.on('end', this.#onUpstreamEnd)
    client.on('drain', this.#onClientDrain)
    upstream.on('drain', this.#onUpstreamDrain)
    client.on('data', this.#onClientData)
    upstream.on('data', this.#onUpstreamData)
    if (client.destroyed) this.#onClientClose()
    else if (upstream.destroyed) this.#onUpstreamClose()
  }

  /**
   * From here on nothing passes any more, either way. A WebSocket is told why where a frame of our own
   * fits in; anything else, and what is in the middle of a frame, just breaks off: it must not look
   * complete. `release` does what is left to do, which takes several times as long.
   */
  cut(code: number): void {
    if (this.#cut) return
    this.#cut = true
    const client = this.#client
    if (this.#frames?.mayInterject === true && client.writable) client.write(closeFrame(code))
    else client.destroy()
  }

  /** Closes both connections of what was cut; the client gets a moment to answer. */
  release(): void {
    const client = this.#client
    this.#upstream.destroy()
    if (client.destroyed) return
    client.setTimeout(0)
    client.resume()
    client.end()
    const timer = setTimeout(() => client.destroy(), lingerMs)
    client.once('close', () => clearTimeout(timer))
  }

  readonly #onClientData = (chunk: Buffer): void => {
    if (this.#cut) return
    if (!this.#upstream.write(chunk)) this.#client.pause()
  }

  readonly #onUpstreamData = (chunk: Buffer): void => {
    if (this.#cut) return
    this.#frames?.follow(chunk)
    if (!this.#client.write(chunk)) this.#upstream.pause()
  }

  readonly #onClientDrain = (): void => {
    if (this.#cut) return
    this.#upstream.resume()
  }

  readonly #onUpstreamDrain = (): void => {
    if (this.#cut) return
    this.#client.resume()
  }

  readonly #onClientEnd = (): void => {
    if (this.#cut) return
    this.#halfEndedBy('client')
    this.#upstream.end()
  }

  readonly #onUpstreamEnd = (): void => {
    if (this.#cut) return
    this.#halfEndedBy('upstream')
    this.#client.end()
  }

  readonly #onIdle = (): void => {
    this.#by ??= 'idle'
    this.cut(closeCode.goingAway)
    this.release()
  }

  readonly #onClientClose = (): void => {
    this.#upstream.destroy()
    this.#client.off('close', this.#onClientClose)
    this.#ended(this.#by ?? 'client')
  }

  readonly #onUpstreamClose = (): void => {
    if (this.#cut) return
    this.#halfEndedBy('upstream')
    // What the upstream had said still goes out.
    this.#client.destroySoon()
  }

  #halfEndedBy(by: TunnelEnd): void {
    this.#by ??= by
    this.#client.setTimeout(Math.min(this.#limits.idleTimeoutMs, this.#limits.halfOpenTimeoutMs))
  }
}
