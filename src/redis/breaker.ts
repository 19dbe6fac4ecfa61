/** `closed`: commands are sent. `open`: none are. `half-open`: one is, to see how it goes. */
export type BreakerState = 'closed' | 'open' | 'half-open'

/** Share of failures, lately, beyond which nothing is sent any more. */
const openAt = 0.75
/** How much the latest command counts: from nothing it takes nine failures in a row. */
const weight = 0.15
const minPauseMs = 200
const maxPauseMs = 5_000
/** Whoever holds for so long begins anew with the shortest pause. */
const steadyMs = 10_000

export interface BreakerEvents {
  /** Whether the other side is well; never rejects. */
  probe(): Promise<boolean>
  changed(state: BreakerState): void
}

/** Keeps a service that does not answer from costing every request a time-out. */
export class Breaker {
  readonly #events: BreakerEvents
  #state: BreakerState = 'closed'
  #failing = 0
  #pauses = 0
  #closedAtMs = 0
  #timer: NodeJS.Timeout | undefined
  #isStopped = false

  constructor(events: BreakerEvents) {
    this.#events = events
  }

  get state(): BreakerState {
    return this.#state
  }

  succeeded(): void {
    this.#failing *= 1 - weight
  }

  failed(): void {
    this.#failing = this.#failing * (1 - weight) + weight
    if (this.#state !== 'closed' || this.#failing <= openAt) return
    if (performance.now() - this.#closedAtMs > steadyMs) this.#pauses = 0
    this.#open()
  }

  stop(): void {
    this.#isStopped = true
    clearTimeout(this.#timer)
  }

  #open(): void {
    this.#change('open')
    const pauseMs = Math.min(minPauseMs * 2 ** this.#pauses, maxPauseMs)
    this.#pauses += 1
    // Spread out, so that many sidecars do not come back at one moment.
    this.#timer = setTimeout(() => void this.#try(), pauseMs * (0.5 + Math.random()))
    this.#timer.unref()
  }

  async #try(): Promise<void> {
    this.#change('half-open')
    const isWell = await this.#events.probe()
    if (this.#isStopped) return
    if (!isWell) {
      this.#open()
      return
    }
    this.#failing = 0
    this.#closedAtMs = performance.now()
    this.#change('closed')
  }

  #change(state: BreakerState): void {
    if (this.#isStopped) return
    this.#state = state
    this.#events.changed(state)
  }
}
