import cluster, { type Worker } from 'node:cluster'
import type { RelayedClaim } from '../authenticate/relayed-replay-window.ts'
import type { RecorderState } from '../audit/queued-recorder.ts'
import type { Settlement } from '../model/rate-limit.ts'
import type { Answers, FromPrimary, FromWorker, Question } from './worker-messages.ts'

/**
 * `starting`: it loads and compiles. `serving`: it accepts connections. `leaving`: it was told to
 * end, and does so once the requests it has are over.
 */
export type WorkerState = 'starting' | 'serving' | 'leaving' | 'gone'

/** How it came to an end that nobody had asked for. */
export type ExitCause = 'killed' | 'crashed' | 'hung'

export interface WorkerEvents {
  refreshIssuer(worker: WorkerProcess, issuer: string): void
  claimProofs(worker: WorkerProcess, claims: readonly RelayedClaim[]): void
  records(worker: WorkerProcess, number: number, lines: Uint8Array): void
  settle(worker: WorkerProcess, number: number, entries: readonly Settlement[]): void
  gone(worker: WorkerProcess): void
}

/** One thread uses most of what is allocated: an arena for each of ten others lies idle (glibc). */
const leanEnvironment = { MALLOC_ARENA_MAX: '1' }

/** One worker as its primary sees it: what it was asked, when it was last heard, how it ended. */
export class WorkerProcess {
  readonly number: number
  /** Settles once its program is loaded; rejects when it ends before. */
  readonly loaded: Promise<void>
  readonly gone: Promise<void>
  startedAtMs = performance.now()
  heardAtMs = performance.now()
  records: RecorderState | null = null
  /** The numbers it had when it was last asked for them. */
  metrics: readonly object[] = []
  /** In words, once it is gone. */
  ending = ''
  #isHung = false
  #hasCrashed = false
  #questions = 0
  #state: WorkerState = 'starting'
  #wasLeaving = false
  #events: WorkerEvents | null = null
  readonly #worker: Worker
  readonly #waiting = new Map<number, (answer: Answers[keyof Answers] | null) => void>()

  /** Starts its program, which waits to be told what to work with. */
  constructor(number: number) {
    this.number = number
    this.#worker = cluster.fork({ ...leanEnvironment, ...process.env })
    const loaded = Promise.withResolvers<void>()
    const gone = Promise.withResolvers<void>()
    this.loaded = loaded.promise
    this.gone = gone.promise
    // Whoever waits for it handles its end; for others it is not an error.
    this.loaded.catch(() => undefined)
    this.#worker.on('message', (message: FromWorker) => {
      this.heardAtMs = performance.now()
      if (message.kind === 'loaded') loaded.resolve()
      else if (this.#events !== null) this.#take(message, this.#events)
    })
    // Sending to a process that is ending fails; its end is told by `exit`.
    this.#worker.on('error', () => undefined)
    this.#worker.on('exit', (code, signal) => {
      // The types promise a number; a killed process has none.
      const killedBy = signal as string | null
      this.ending = killedBy === null ? `exit code ${code}` : `signal ${killedBy}`
      this.#hasCrashed = killedBy === null
      this.state = 'gone'
      for (const settle of this.#waiting.values()) settle(null)
      this.#waiting.clear()
      loaded.reject(new Error(`the worker ended with ${this.ending}`))
      this.#events?.gone(this)
      gone.resolve()
    })
  }

  /** Who is told what it does from now on, or that it has ended already. */
  watch(events: WorkerEvents): void {
    this.#events = events
    if (this.#state === 'gone') events.gone(this)
  }

  get state(): WorkerState {
    return this.#state
  }

  set state(state: WorkerState) {
    this.#state = state
    if (state === 'leaving') this.#wasLeaving = true
  }

  get pid(): number {
    return this.#worker.process.pid ?? 0
  }

  /** It had been told to end, or was given up before it served. */
  get wasLeaving(): boolean {
    return this.#wasLeaving
  }

  get cause(): ExitCause {
    if (this.#isHung) return 'hung'
    return this.#hasCrashed ? 'crashed' : 'killed'
  }

  send(message: FromPrimary): void {
    if (this.state !== 'gone' && this.#worker.isConnected()) this.#worker.send(message)
  }

  /** Null when it ends, or does not answer in time. */
  ask<Kind extends keyof Answers>(
    question: Question & { readonly kind: Kind },
    timeoutMs: number,
  ): Promise<Answers[Kind] | null> {
    if (this.state === 'gone') return Promise.resolve(null)
    this.#questions += 1
    const number = this.#questions
    return new Promise((resolve) => {
      const settle = (answer: Answers[keyof Answers] | null): void => {
        clearTimeout(timer)
        this.#waiting.delete(number)
        // INVARIANT: a worker answers a question of a kind with an answer of that kind.
        resolve(answer as Answers[Kind] | null)
      }
      const timer = setTimeout(() => settle(null), timeoutMs)
      this.#waiting.set(number, settle)
      this.send({ kind: 'question', number, question })
    })
  }

  /** It does not answer any more, and gets no chance to. */
  killHung(): void {
    this.#isHung = true
    this.kill()
  }

  kill(): void {
    this.#worker.process.kill('SIGKILL')
  }

  #take(message: Exclude<FromWorker, { kind: 'loaded' }>, events: WorkerEvents): void {
    switch (message.kind) {
      case 'alive':
        this.records = message.records
        break
      case 'answer':
        this.#waiting.get(message.number)?.(message.answer)
        break
      case 'refresh-issuer':
        events.refreshIssuer(this, message.issuer)
        break
      case 'claim-proofs':
        events.claimProofs(this, message.claims)
        break
      case 'records':
        events.records(this, message.number, message.lines)
        break
      case 'settle':
        events.settle(this, message.number, message.entries)
        break
      default:
        message satisfies never
    }
  }
}
