import { setTimeout as sleep } from 'node:timers/promises'
import { Fault } from '../model/fault.ts'
import type { Log } from '../telemetry/log.ts'
import type { WorkerLimits } from './worker-limits.ts'
import type { Answers, BuiltSet, FromPrimary, WorkerStart } from './worker-messages.ts'
import { type ExitCause, type WorkerEvents, WorkerProcess } from './worker-process.ts'

type Listening = Extract<Answers['listen'], { kind: 'listening' }>
type Rejection = Extract<Answers['start'], { kind: 'rejected' }>

/** A worker that could not start with the policies it was given. */
export class PoliciesUnusable extends Error {
  readonly rejection: Rejection

  constructor(rejection: Rejection) {
    super(rejection.reason)
    this.name = 'PoliciesUnusable'
    this.rejection = rejection
  }
}

export interface WorkerPoolOptions {
  /** The first of them, whose programs are started already. */
  readonly first: readonly WorkerProcess[]
  readonly limits: WorkerLimits
  readonly log: Log
  /** How many there are to be. */
  readonly size: () => number
  /** How long requests in flight have to end, milliseconds. */
  readonly drainTimeoutMs: () => number
  /** What a worker that starts now is to start with. */
  readonly start: (worker: number) => WorkerStart
  readonly events: Omit<WorkerEvents, 'gone'> & {
    /** A worker has compiled what it is to start with. */
    built(built: BuiltSet): void
    /** Nobody had asked for it. */
    exited(cause: ExitCause): void
    /** Its numbers are the last it will ever have. */
    retired(metrics: readonly object[]): void
    gaveUp(): void
  }
}

/** Keeps as many workers serving as there are to be: replaces those that end or hang. */
export class WorkerPool {
  readonly #options: WorkerPoolOptions
  readonly #workers = new Set<WorkerProcess>()
  readonly #first: WorkerProcess[]
  readonly #closing = new AbortController()
  #forked = 0
  #failures = 0
  #planned = 0
  #isRestarting = false
  #noneServingSinceMs: number | null = null
  #tickedAtMs = performance.now()
  #turn: Promise<unknown> = Promise.resolve()
  readonly #ticking: NodeJS.Timeout

  constructor(options: WorkerPoolOptions) {
    this.#options = options
    this.#first = [...options.first]
    this.#forked = options.first.length
    this.#ticking = setInterval(() => this.#tick(), options.limits.heartbeatMs)
  }

  get serving(): readonly WorkerProcess[] {
    return [...this.#workers].filter(({ state }) => state === 'serving')
  }

  /** Those that serve, and those that end what they have. */
  get living(): readonly WorkerProcess[] {
    return [...this.#workers].filter(({ state }) => state !== 'starting')
  }

  get size(): number {
    return this.#options.size()
  }

  /** Settles once all of them listen. Throws, and leaves none running, when one cannot start. */
  async start(): Promise<Listening> {
    this.#isRestarting = true
    const started = await Promise.allSettled(this.#launchAll())
    this.#isRestarting = false
    const failed = started.find(({ status }) => status === 'rejected')
    if (failed?.status === 'rejected') {
      await this.close()
      throw failed.reason
    }
    const [first] = started
    if (first?.status !== 'fulfilled') throw new Fault('ERR_INTERNAL', 'There is no worker')
    return first.value
  }

  send(message: FromPrimary): void {
    for (const worker of this.#workers) worker.send(message)
  }

  /** One at a time: a change of the policies, or a worker that begins to serve. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work)
    this.#turn = done.catch(() => undefined)
    return done
  }

  /** New workers first, and once they all listen the old ones leave. Throws when they cannot start. */
  async restart(): Promise<void> {
    this.#isRestarting = true
    const old = [...this.#workers]
    try {
      const started = await Promise.allSettled(this.#launchAll())
      const failed = started.find(({ status }) => status === 'rejected')
      if (failed?.status === 'rejected') {
        // Those of them that serve already have requests.
        const fresh = [...this.#workers].filter((worker) => !old.includes(worker))
        await Promise.all(fresh.map((worker) => this.#leave(worker)))
        throw failed.reason
      }
      await Promise.all(old.map((worker) => this.#leave(worker)))
    } finally {
      this.#isRestarting = false
      this.#refill()
    }
  }

  /** Lets every worker end its requests, and ends those that do not within the time they have. */
  async close(): Promise<void> {
    this.#closing.abort()
    await Promise.all(Array.from(this.#workers, (worker) => this.#leave(worker)))
    clearInterval(this.#ticking)
  }

  /** Nothing is waited for. */
  killAll(): void {
    this.#closing.abort()
    clearInterval(this.#ticking)
    for (const worker of this.#workers) worker.kill()
  }

  #launchAll(): Promise<Listening>[] {
    return Array.from({ length: this.size }, () => this.#launch())
  }

  async #launch(): Promise<Listening> {
    const worker = this.#first.shift() ?? new WorkerProcess((this.#forked += 1))
    this.#workers.add(worker)
    worker.watch({ ...this.#options.events, gone: (gone) => this.#noteEnd(gone) })
    const { startTimeoutMs } = this.#options.limits
    try {
      const late = sleep(startTimeoutMs, null, { ref: false })
      await Promise.race([worker.loaded, late])
      const start = this.#options.start(worker.number)
      const built = await worker.ask({ kind: 'start', start }, startTimeoutMs)
      if (built?.kind === 'rejected') throw new PoliciesUnusable(built)
      if (built?.kind !== 'built') throw toFault(built, worker)
      this.#options.events.built(built)
      return await this.inTurn(() => this.#admit(worker, start.generation))
    } catch (error) {
      if (worker.state !== 'gone') this.#failures += 1
      this.#dismiss(worker)
      throw error
    }
  }

  async #admit(worker: WorkerProcess, startedWith: number): Promise<Listening> {
    const { limits, start } = this.#options
    const { sources, generation } = start(worker.number)
    if (generation !== startedWith) {
      const built = await worker.ask({ kind: 'build', sources }, limits.startTimeoutMs)
      if (built?.kind !== 'built') throw toFault(null, worker)
      await worker.ask({ kind: 'swap', generation }, limits.startTimeoutMs)
    }
    const listening = await worker.ask({ kind: 'listen' }, limits.startTimeoutMs)
    if (listening?.kind !== 'listening') throw toFault(listening, worker)
    worker.state = 'serving'
    worker.heardAtMs = performance.now()
    worker.startedAtMs = performance.now()
    this.#noneServingSinceMs = null
    return listening
  }

  /** One that never served. */
  #dismiss(worker: WorkerProcess): void {
    if (worker.state === 'gone') return
    worker.state = 'leaving'
    worker.kill()
  }

  async #leave(worker: WorkerProcess): Promise<void> {
    if (worker.state !== 'serving') {
      this.#dismiss(worker)
      return worker.gone
    }
    worker.state = 'leaving'
    const { limits, drainTimeoutMs, log } = this.#options
    const left = await worker.ask({ kind: 'drain' }, drainTimeoutMs() + limits.leaveMarginMs)
    if (left !== null) worker.metrics = left.metrics
    else log.warn({ worker: worker.number }, 'A worker did not end its requests in time')
    const late = sleep(limits.heartbeatMs, true, { ref: false })
    if ((await Promise.race([worker.gone, late])) === true || left === null) this.#dismiss(worker)
    await worker.gone
    return undefined
  }

  #noteEnd(worker: WorkerProcess): void {
    this.#workers.delete(worker)
    const { log, events, limits } = this.#options
    events.retired(worker.metrics)
    if (worker.wasLeaving) return
    const { cause, ending, number, pid } = worker
    const isSteady = performance.now() - worker.startedAtMs > limits.steadyAfterMs
    this.#failures = isSteady ? 0 : this.#failures + 1
    log.error({ worker: number, pid, cause, ending }, 'A worker ended: its requests are lost')
    events.exited(cause)
    if (this.serving.length === 0) this.#noneServingSinceMs ??= performance.now()
    this.#refill()
  }

  #refill(): void {
    if (this.#isRestarting || this.#closing.signal.aborted) return
    const active = [...this.#workers].filter(({ wasLeaving }) => !wasLeaving).length
    for (let count = active + this.#planned; count < this.size; count += 1) {
      this.#planned += 1
      void this.#replaceLater()
    }
  }

  async #replaceLater(): Promise<void> {
    const { limits, log } = this.#options
    const doublings = Math.min(this.#failures - 2, 16)
    const delayMs = Math.min(limits.longestBackoffMs, limits.firstBackoffMs * 2 ** doublings)
    const { signal } = this.#closing
    if (this.#failures > 1) await sleep(delayMs, null, { signal }).catch(() => null)
    this.#planned -= 1
    if (signal.aborted) return
    try {
      await this.#launch()
      log.info({ serving: this.serving.length, wanted: this.size }, 'A worker was replaced')
    } catch (error) {
      if (signal.aborted) return
      log.error({ err: error }, 'A worker could not be replaced: trying again')
      this.#refill()
    }
  }

  #tick(): void {
    const nowMs = performance.now()
    const { limits, log, events } = this.#options
    // After a pause of the whole machine nobody has been heard of, and nobody is to blame.
    const wasAway = nowMs - this.#tickedAtMs > limits.heartbeatMs * 3
    this.#tickedAtMs = nowMs
    for (const worker of this.#workers) {
      if (wasAway) worker.heardAtMs = nowMs
      const silentMs = nowMs - worker.heardAtMs
      if (worker.state === 'starting' || silentMs <= limits.hungAfterMs) continue
      log.error({ worker: worker.number, pid: worker.pid }, 'A worker hangs and is killed')
      worker.killHung()
    }
    const sinceMs = this.#noneServingSinceMs
    if (sinceMs === null || nowMs - sinceMs < limits.giveUpAfterMs) return
    if (!this.#closing.signal.aborted) events.gaveUp()
  }
}

function toFault(
  answer: Answers['listen'] | Answers['start'] | null,
  worker: WorkerProcess,
): Fault {
  if (answer?.kind === 'fault') return new Fault(answer.code, answer.message)
  const how = worker.ending === '' ? 'did not answer' : `ended with ${worker.ending}`
  return new Fault('ERR_INTERNAL', `Worker ${worker.number} ${how} while it started`)
}
