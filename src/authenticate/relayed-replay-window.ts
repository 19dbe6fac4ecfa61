import type { Claim, ReplayWindow } from './replay-window.ts'

/** A claim on its way to whoever remembers. */
export interface RelayedClaim {
  readonly number: number
  readonly owner: string
  readonly digest: string
  readonly untilMs: number
}

export interface RelayedAnswer {
  readonly number: number
  readonly claim: Claim
}

interface Waiting {
  readonly resolve: (claim: Claim) => void
  readonly sinceMs: number
}

const maxWaiting = 4_096
const timeoutMs = 2_000

/**
 * The window of another process, so that a proof used at one worker is refused by all. What is claimed
 * in one turn goes in one message. Without an answer in time nothing is taken for fresh.
 */
export class RelayedReplayWindow implements ReplayWindow {
  readonly sinceMs: number
  readonly #ask: (claims: readonly RelayedClaim[]) => void
  readonly #waiting = new Map<number, Waiting>()
  #batch: RelayedClaim[] = []
  #numbers = 0
  #timer: NodeJS.Timeout | null = null

  constructor(sinceMs: number, ask: (claims: readonly RelayedClaim[]) => void) {
    this.sinceMs = sinceMs
    this.#ask = ask
  }

  claim(owner: string, digest: string, untilMs: number): Claim | Promise<Claim> {
    if (this.#waiting.size >= maxWaiting) return 'full'
    this.#numbers += 1
    const number = this.#numbers
    if (this.#batch.length === 0) setImmediate(() => this.#send())
    this.#batch.push({ number, owner, digest, untilMs })
    return new Promise((resolve) => {
      this.#waiting.set(number, { resolve, sinceMs: performance.now() })
      if (this.#timer === null) this.#timer = setTimeout(() => this.#expire(), timeoutMs)
    })
  }

  answered(answers: readonly RelayedAnswer[]): void {
    for (const { number, claim } of answers) {
      this.#waiting.get(number)?.resolve(claim)
      this.#waiting.delete(number)
    }
  }

  #send(): void {
    const claims = this.#batch
    this.#batch = []
    this.#ask(claims)
  }

  #expire(): void {
    this.#timer = null
    const nowMs = performance.now()
    for (const [number, { resolve, sinceMs }] of this.#waiting) {
      if (nowMs - sinceMs < timeoutMs) {
        this.#timer = setTimeout(() => this.#expire(), timeoutMs - (nowMs - sinceMs) + 1)
        return
      }
      this.#waiting.delete(number)
      resolve('full')
    }
  }
}
