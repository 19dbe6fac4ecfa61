import type { Clock } from '../model/clock.ts'
import { askAgain } from './ask-again.ts'
import { type OpenStream, StreamList } from './open-stream.ts'
import { type Crowded, SlowUploads } from './slow-uploads.ts'
import type { SnapshotHolder } from './snapshot.ts'
import type { Upgraded } from './upgraded.ts'

export interface OpenStreamsOptions {
  readonly holder: SnapshotHolder
  readonly clock: Clock
  /** How long a token is taken for valid after it expired. */
  readonly clockSkewMs: number
  /** Conditions read the clock, and entries end: everything is asked about again this often. */
  readonly recheckIntervalMs: number
}

/** A response that takes longer is a stream, and outlives its permission no more. */
const settleMs = 1_000
const tickMs = 250
/** A request that arrives meanwhile waits this long at most. */
const sliceMs = 0.5
/** Asked about at least, however little of the time the process gets: a cut is never put off. */
const minPerSlice = 16
/** After so long what is urgent takes half of the time, so that a busy process is done in time too. */
const patienceMs = 150
const longestSliceMs = 25

/**
 * Everything that was permitted and is still open. It is asked about again when the policies change,
 * when its token expires and every now and then, in slices between requests; what would not be
 * permitted now is cut.
 */
export class OpenStreams {
  readonly #options: OpenStreamsOptions
  /** Too young to be looked at: nearly all of them end here. */
  readonly #young = new StreamList()
  readonly #settled = new StreamList()
  readonly #upgrades = new Set<Upgraded>()
  readonly #uploads = new SlowUploads()
  #tick: NodeJS.Timeout | null = null
  #slice: NodeJS.Immediate | null = null
  /** To be asked about, from `#next` on. */
  #queue: OpenStream[] = []
  #next = 0
  /** To be released, from `#released` on. */
  #cut: OpenStream[] = []
  #released = 0
  #workingSinceMs = 0
  #slicedAtMs = 0
  #expiresFirstMs = Number.POSITIVE_INFINITY
  #recheckedAtMs = 0

  constructor(options: OpenStreamsOptions) {
    this.#options = options
    options.holder.onSwap(() => this.recheck())
  }

  /** Connections that were switched over. */
  get upgradeCount(): number {
    return this.#upgrades.size
  }

  isFull({ maxUpgrades }: { readonly maxUpgrades: number }): boolean {
    return this.#upgrades.size >= maxUpgrades
  }

  /** Responses that count as streams. */
  get responseCount(): number {
    return this.#settled.size - this.#upgrades.size
  }

  add(stream: OpenStream): void {
    this.#young.add(stream)
    if (this.#tick === null) this.#start()
  }

  /** What was switched over is a stream from its beginning. */
  addUpgrade(stream: Upgraded): void {
    this.#upgrades.add(stream)
    if (this.#tick === null) this.#start()
    this.#settle(stream)
  }

  remove(stream: OpenStream): void {
    stream.list?.remove(stream)
    if (stream.upload !== null) this.#uploads.remove(stream.upload)
  }

  removeUpgrade(stream: Upgraded): void {
    this.remove(stream)
    this.#upgrades.delete(stream)
  }

  /** Somebody waits for a connection to this upstream: an upload that hardly moves gives way. */
  makeRoom(upstream: Crowded): void {
    this.#uploads.makeRoom(upstream, performance.now())
  }

  /** The process ends: what was switched over would go on for ever. */
  endUpgrades(): void {
    for (const stream of this.#upgrades) stream.shutDown()
  }

  /** Asks about all streams again, or about those that some change concerns. */
  recheck(isConcerned: ((stream: OpenStream) => boolean) | null = null): void {
    const concerned: OpenStream[] = []
    for (let stream = this.#settled.first; stream !== null; stream = stream.next) {
      if (isConcerned === null || isConcerned(stream)) concerned.push(stream)
    }
    if (isConcerned === null) this.#replaceQueue(concerned)
    else for (const stream of concerned) this.#ask(stream)
  }

  /** Called when there are no connections any more. */
  close(): void {
    // A server tells that its last connection is gone before the connection itself does.
    for (const stream of this.#upgrades) stream.over('client')
    if (this.#tick !== null) clearTimeout(this.#tick)
    if (this.#slice !== null) clearImmediate(this.#slice)
    this.#queue = []
    this.#next = 0
  }

  #start(): void {
    this.#recheckedAtMs = performance.now()
    this.#tick = setTimeout(this.#onTick, tickMs)
    this.#tick.unref()
  }

  readonly #onTick = (): void => {
    const nowMs = performance.now()
    for (let stream = this.#young.first; stream !== null; stream = this.#young.first) {
      if (nowMs - stream.decidedAtMs < settleMs) break
      this.#young.remove(stream)
      this.#settle(stream)
    }
    this.#uploads.retry(nowMs)
    if (nowMs - this.#recheckedAtMs >= this.#options.recheckIntervalMs) {
      this.#recheckedAtMs = nowMs
      this.recheck()
    } else if (this.#options.clock.nowMs() >= this.#expiresFirstMs) {
      this.#askAboutExpired()
    }
    if (this.#young.size + this.#settled.size === 0) this.#tick = null
    else this.#tick?.refresh()
  }

  #settle(stream: OpenStream): void {
    this.#settled.add(stream)
    if (stream.upload !== null) this.#uploads.add(stream.upload)
    this.#expiresFirstMs = Math.min(this.#expiresFirstMs, this.#expiryMsOf(stream))
    if (stream.asked !== this.#options.holder.current) this.#ask(stream)
  }

  #askAboutExpired(): void {
    const nowMs = this.#options.clock.nowMs()
    let first = Number.POSITIVE_INFINITY
    for (let stream = this.#settled.first; stream !== null; stream = stream.next) {
      const expiryMs = this.#expiryMsOf(stream)
      if (expiryMs <= nowMs) this.#ask(stream)
      else if (expiryMs < first) first = expiryMs
    }
    this.#expiresFirstMs = first
  }

  #expiryMsOf({ identity }: OpenStream): number {
    return identity === null ? 0 : identity.expiresAtS * 1_000 + this.#options.clockSkewMs
  }

  #ask(stream: OpenStream): void {
    // Whoever asks about many again and again is better served by one look at all.
    if (this.#queue.length > 2 * this.#settled.size + 1_024) this.recheck()
    else {
      this.#queue.push(stream)
      this.#work()
    }
  }

  #replaceQueue(streams: OpenStream[]): void {
    this.#queue = streams
    this.#next = 0
    if (streams.length > 0) this.#work()
  }

  #work(): void {
    if (this.#slice !== null) return
    this.#workingSinceMs = performance.now()
    this.#slicedAtMs = this.#workingSinceMs
    this.#slice = setImmediate(this.#onSlice)
  }

  readonly #onSlice = (): void => {
    this.#slice = null
    const startedAtMs = performance.now()
    const endMs = startedAtMs + this.#budgetMs(startedAtMs)
    if (this.#askUntil(endMs) && this.#releaseUntil(endMs)) return
    this.#slicedAtMs = performance.now()
    this.#slice = setImmediate(this.#onSlice)
  }

  /** How long this slice may take: as long as everything else took since the last one, at most. */
  #budgetMs(nowMs: number): number {
    if (nowMs - this.#workingSinceMs < patienceMs) return sliceMs
    return Math.min(Math.max(nowMs - this.#slicedAtMs, sliceMs), longestSliceMs)
  }

  /** All are cut before any is released: to be told matters more than to be recorded. */
  #askUntil(endMs: number): boolean {
    const { holder, clock, clockSkewMs } = this.#options
    const snapshot = holder.current
    const nowMs = clock.nowMs()
    const leastNext = this.#next + minPerSlice
    while (this.#next < this.#queue.length) {
      if (this.#next >= leastNext && performance.now() >= endMs) return false
      const stream = this.#queue[this.#next]
      this.#next += 1
      // Out of the list it is over already.
      if (stream === undefined || stream.list === null) continue
      const end = askAgain(stream, snapshot, nowMs, clockSkewMs)
      if (end === null) continue
      stream.cut(end)
      this.#cut.push(stream)
    }
    this.#queue = []
    this.#next = 0
    return true
  }

  #releaseUntil(endMs: number): boolean {
    const leastReleased = this.#released + minPerSlice
    while (this.#released < this.#cut.length) {
      if (this.#released >= leastReleased && performance.now() >= endMs) return false
      this.#cut[this.#released]?.release?.()
      this.#released += 1
    }
    this.#cut = []
    this.#released = 0
    return true
  }
}
