import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Sallyport } from '../support/sallyport.ts'
import type { Random } from './random.ts'
import type { Application, Issuer } from './surroundings.ts'
import { drawVariant, policyOf, type Reigns } from './variants.ts'

export interface Span {
  readonly what: string
  readonly fromMs: number
  readonly untilMs: number
}

export interface FaultParts {
  readonly sallyport: Sallyport
  readonly application: Application
  readonly issuer: Issuer
  readonly reigns: Reigns
  readonly random: Random
  /** Renews the tokens that clients use. */
  readonly renewTokens: () => Promise<void>
  /** Between two changes of the policies, milliseconds. */
  readonly reloadEveryMs: number
  /** Between two faults, on average, milliseconds. */
  readonly faultEveryMs: number
}

/** On a busy machine a client hears of the end of its connection so late. */
const killNoticedWithinMs = 1_000

/** Does to the process and what surrounds it what happens in a bad month. */
export class Faults {
  readonly spans: Span[] = []
  readonly kills: number[] = []
  readonly #parts: FaultParts
  readonly #stopping = new AbortController()
  readonly #running: Promise<unknown>
  #reloads = 0

  constructor(parts: FaultParts) {
    this.#parts = parts
    this.#running = Promise.all([this.#changePolicies(), this.#breakThings()])
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#running
  }

  get reloads(): number {
    return this.#reloads
  }

  /** When the application was away or slow, with some room for what was under way. */
  wasDisturbed(what: string, startedMs: number, endedMs: number): boolean {
    return this.spans.some(
      (span) => span.what === what && span.fromMs <= endedMs && span.untilMs + 1_000 >= startedMs,
    )
  }

  /** What went on at the time, for whoever has to find out why. */
  around({
    startedMs,
    endedMs,
  }: {
    readonly startedMs: number
    readonly endedMs: number
  }): string[] {
    const kills = this.kills
      .filter((atMs) => Math.abs(atMs - endedMs) < 5_000)
      .map((atMs) => `kill ${Math.round(atMs)}`)
    const spans = this.spans
      .filter(({ fromMs, untilMs }) => fromMs <= endedMs + 1_000 && untilMs >= startedMs - 3_000)
      .map(({ what, fromMs, untilMs }) => `${what} ${Math.round(fromMs)}-${Math.round(untilMs)}`)
    return [...kills, ...spans]
  }

  wasKilledDuring(startedMs: number, endedMs: number): boolean {
    return this.kills.some((atMs) => atMs >= startedMs - killNoticedWithinMs && atMs <= endedMs)
  }

  async #changePolicies(): Promise<void> {
    const { sallyport, reigns, random, reloadEveryMs } = this.#parts
    const file = join(sallyport.policiesDir, 'file.yaml')
    for (let number = 1; await this.#pause(reloadEveryMs); number += 1) {
      if (random.below(6) === 0) {
        // Rejected: nothing that decides changes.
        await writeFile(file, 'resource: file\nactons: [view]\n')
        await this.#pause(300)
      }
      const variant = drawVariant(number, random)
      reigns.written(variant, performance.now())
      await writeFile(file, policyOf(variant))
      this.#reloads += 1
    }
  }

  async #breakThings(): Promise<void> {
    const { random, faultEveryMs } = this.#parts
    const faults = [
      () => this.#kill(),
      () => this.#kill(),
      () => this.#appAway(),
      () => this.#appSlow(),
      () => this.#issuerAway(),
      () => this.#signal('SIGHUP', 500),
      () => this.#signal('SIGUSR2', 2_000),
    ]
    while (await this.#pause(faultEveryMs * (0.5 + random.next()))) await random.pick(faults)()
  }

  async #kill(): Promise<void> {
    const { pid } = this.#parts.sallyport
    const workers = workersOf(pid)
    if (workers.length < 2) return
    this.kills.push(performance.now())
    process.kill(this.#parts.random.pick(workers), 'SIGKILL')
    await this.#pause(500)
  }

  async #appAway(): Promise<void> {
    await this.#during('away', 300 + this.#parts.random.below(1_200), {
      begin: () => this.#parts.application.down(),
      end: () => this.#parts.application.up(),
    })
  }

  async #appSlow(): Promise<void> {
    const { application, random } = this.#parts
    await this.#during('slow', 500 + random.below(1_500), {
      begin: async () => {
        application.delayMs = 100 + random.below(400)
      },
      end: async () => {
        application.delayMs = 0
      },
    })
  }

  /** Comes back with a new key, and tokens signed with it. */
  async #issuerAway(): Promise<void> {
    const { issuer, random, renewTokens } = this.#parts
    await this.#during('issuer', 500 + random.below(2_000), {
      begin: () => issuer.down(),
      end: async () => {
        await issuer.rotate()
        await issuer.up()
        await renewTokens()
      },
    })
  }

  async #signal(signal: NodeJS.Signals, forMs: number): Promise<void> {
    const { sallyport } = this.#parts
    await this.#during(signal, forMs, {
      begin: async () => sallyport.signal(signal),
      end: async () => undefined,
    })
  }

  async #during(
    what: string,
    forMs: number,
    { begin, end }: { begin: () => Promise<void>; end: () => Promise<void> },
  ): Promise<void> {
    const fromMs = performance.now()
    await begin()
    const span = { what, fromMs, untilMs: Infinity }
    this.spans.push(span)
    await this.#pause(forMs)
    await end()
    span.untilMs = performance.now()
  }

  /** Whether to go on. */
  async #pause(delayMs: number): Promise<boolean> {
    const { signal } = this.#stopping
    await sleep(delayMs, undefined, { signal }).catch(() => undefined)
    return !signal.aborted
  }
}

export function workersOf(pid: number): number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
  return text.trim().split(' ').filter(Boolean).map(Number)
}
