import { setTimeout as sleep } from 'node:timers/promises'
import type { PolicySource } from '../policy/load.ts'
import type { Diagnostic } from '../source/diagnostic.ts'
import type { BuiltPolicies, LivePolicies, LiveSet } from './live-policies.ts'
import { type FolderContent, type RejectedPolicies, sourcesOf } from './load-policies.ts'
import type { BuildOutcome, BuiltSet } from './worker-messages.ts'
import type { WorkerPool } from './worker-pool.ts'
import type { WorkerProcess } from './worker-process.ts'

/** A set of this size compiles in seconds; a worker that needs longer than this hangs. */
const buildTimeoutMs = 120_000
const swapTimeoutMs = 10_000
const waitForWorkersMs = 100

/**
 * The set that the workers decide with. All of them build a change first, from the same bytes, and
 * only then swap it in, told so in one turn: two requests after each other meet two sets only while
 * that message is under way.
 */
export class PooledPolicies implements LivePolicies {
  readonly #pool: () => WorkerPool
  #sources: readonly PolicySource[]
  #warnings: readonly Diagnostic[] = []
  #current: LiveSet = { generation: 1, digest: '', ruleCount: 0 }

  constructor(pool: () => WorkerPool, sources: readonly PolicySource[]) {
    this.#pool = pool
    this.#sources = sources
  }

  get current(): LiveSet {
    return this.#current
  }

  /** The last good set: what a worker starts with, whatever the folder holds by then. */
  get sources(): readonly PolicySource[] {
    return this.#sources
  }

  /** A worker has started with it. */
  started({ digest, ruleCount, warnings }: BuiltSet): void {
    if (this.#current.digest !== '') return
    this.#current = { generation: 1, digest, ruleCount }
    this.#warnings = warnings
  }

  /** Of the set that the process started with. */
  get warnings(): readonly Diagnostic[] {
    return this.#warnings
  }

  async build(
    content: FolderContent,
    signal: AbortSignal,
  ): Promise<BuiltPolicies | RejectedPolicies> {
    const sources = sourcesOf(content)
    if ('kind' in sources) return sources
    // With nobody to build it, it is not the fault of the set.
    while (this.#pool().living.length === 0) await sleep(waitForWorkersMs, undefined, { signal })
    // Held until the set is swapped in or forgotten: no worker begins to serve in between.
    const turn = Promise.withResolvers<void>()
    const held = Promise.withResolvers<BuiltPolicies | RejectedPolicies>()
    void this.#pool().inTurn(async () => {
      // Those that end what they have go on deciding while they do.
      const workers = this.#pool().living
      const answers = await Promise.all(
        workers.map((worker) => worker.ask({ kind: 'build', sources }, buildTimeoutMs)),
      )
      const outcome = agree(answers)
      if (outcome.kind === 'rejected' || signal.aborted) {
        this.#pool().send({ kind: 'discard' })
        if (outcome.kind === 'rejected') held.resolve(outcome)
        else held.reject(signal.reason as Error)
        return
      }
      held.resolve(this.#offer(outcome, sources, workers, turn.resolve))
      await turn.promise
    })
    return held.promise
  }

  #offer(
    built: BuiltSet,
    sources: readonly PolicySource[],
    workers: readonly WorkerProcess[],
    release: () => void,
  ): BuiltPolicies {
    return {
      ...built,
      swap: async () => {
        const { digest, ruleCount } = built
        const generation = this.#current.generation + 1
        this.#sources = sources
        this.#current = { generation, digest, ruleCount }
        await Promise.all(workers.map((worker) => swapOne(worker, generation)))
        release()
        return generation
      },
      discard: () => {
        this.#pool().send({ kind: 'discard' })
        release()
      },
    }
  }
}

/** One that does not swap must not go on deciding with what was. */
async function swapOne(worker: WorkerProcess, generation: number): Promise<void> {
  const swapped = await worker.ask({ kind: 'swap', generation }, swapTimeoutMs)
  if (swapped === null && worker.state !== 'gone') worker.killHung()
}

/** What ended meanwhile does not count; the rest must be of one mind. */
function agree(answers: readonly (BuildOutcome | null)[]): BuildOutcome {
  const [first, ...others] = answers.filter((answer) => answer !== null)
  const refuse = (reason: string): BuildOutcome => ({ kind: 'rejected', reason, diagnostics: [] })
  if (first === undefined) return refuse('no worker lived long enough to build them')
  const isShared = others.every((other) =>
    other.kind === 'built'
      ? first.kind === 'built' && first.digest === other.digest
      : first.kind === 'rejected',
  )
  return isShared ? first : refuse('the workers disagree about them')
}
