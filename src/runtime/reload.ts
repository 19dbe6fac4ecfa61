import type { Clock } from '../model/clock.ts'
import type { PolicyOptions } from '../policy/options.ts'
import type { Diagnostic } from '../source/diagnostic.ts'
import { describePlace } from '../source/render.ts'
import type { Log } from '../telemetry/log.ts'
import { FolderContentReader } from './folder-content.ts'
import type { FolderSignature } from './folder-signature.ts'
import type { BuiltPolicies, LivePolicies } from './live-policies.ts'
import { type FolderContent, isSameContent, type RejectedPolicies } from './load-policies.ts'
import type { PolicyMetrics } from './metrics.ts'
import { FolderWatch } from './watch-folder.ts'

/** A broken folder can hold thousands of findings; the log needs the first ones. */
const maxLoggedDiagnostics = 100
const maxDetails = 5

export interface RejectedChange {
  readonly atMs: number
  readonly reason: string
  /** The first findings, `file:line:column: message`. */
  readonly details: readonly string[]
}

export interface PolicyState {
  readonly generation: number
  readonly digest: string
  /** When the set that decides went live, milliseconds since the Unix epoch. */
  readonly liveSinceMs: number
  /** The last change was refused, so the set that decides is not what the folder holds. */
  readonly rejected: RejectedChange | null
}

export interface PolicyReloaderOptions {
  readonly policies: PolicyOptions
  /** Taken before the policies that decide now were read. */
  readonly signature: FolderSignature
  readonly live: LivePolicies
  readonly log: Log
  readonly clock: Clock
  readonly metrics: PolicyMetrics
}

/**
 * Keeps the snapshot what the policy folder says. A change is compiled off to the side and swapped
 * in as one; one with any error is refused as a whole and the last good set goes on deciding.
 */
export class PolicyReloader {
  readonly #options: PolicyReloaderOptions
  readonly #watch: FolderWatch<FolderContent>
  readonly #closing = new AbortController()
  #liveSinceMs: number
  #rejected: RejectedChange | null = null

  constructor(options: PolicyReloaderOptions) {
    const { policies, signature, clock, log } = options
    const content = new FolderContentReader(policies.dir)
    this.#options = options
    this.#liveSinceMs = clock.nowMs()
    this.#setLive()
    this.#watch = new FolderWatch(
      {
        ...policies,
        read: (isFresh, seen) => content.read(isFresh, seen),
        isSame: isSameContent,
        apply: (content) => this.#apply(content),
        onRestless: () => {
          log.warn({ dir: policies.dir }, 'The policy folder keeps changing and is not read yet')
        },
      },
      signature,
    )
  }

  get state(): PolicyState {
    const { generation, digest } = this.#options.live.current
    return {
      generation,
      digest,
      liveSinceMs: this.#liveSinceMs,
      rejected: this.#rejected,
    }
  }

  logWarnings(warnings: readonly Diagnostic[]): void {
    for (const warning of warnings.slice(0, maxLoggedDiagnostics)) this.#logDiagnostic(warning)
  }

  /** Reads the folder whether or not it looks changed; settles when what it holds has been judged. */
  reload(): Promise<void> {
    return this.#watch.reload()
  }

  close(): Promise<void> {
    this.#closing.abort()
    return this.#watch.close()
  }

  async #apply(content: FolderContent): Promise<void> {
    const startedAtMs = performance.now()
    const built = await this.#build(content)
    if (built === null) return
    if (built.kind === 'rejected') return this.#reject(built)
    const tookMs = Math.round(performance.now() - startedAtMs)
    this.logWarnings(built.warnings)
    await this.#accept(built, tookMs)
  }

  /** Null: the process ends, and nobody waits for the outcome. */
  async #build(content: FolderContent): Promise<BuiltPolicies | RejectedPolicies | null> {
    const { signal } = this.#closing
    try {
      return await this.#options.live.build(content, signal)
    } catch (error) {
      if (signal.aborted) return null
      // A defect of the compiler must not turn an edit into an outage: the last good set stays.
      const { log } = this.#options
      log.error(
        { stack: error instanceof Error ? error.stack : null },
        'The policy compiler failed',
      )
      return { kind: 'rejected', reason: 'the policy compiler failed', diagnostics: [] }
    }
  }

  async #accept(built: BuiltPolicies, tookMs: number): Promise<void> {
    const { live, log, clock, metrics } = this.#options
    const { digest, ruleCount } = built
    this.#rejected = null
    const before = live.current
    if (digest === before.digest) {
      built.discard()
      metrics.countReload('unchanged')
      log.info({ digest }, 'Policies read again: they say what they said before')
    } else {
      const generation = await built.swap()
      metrics.countReload('swapped')
      this.#liveSinceMs = clock.nowMs()
      log.info(
        { generation, digest, previousDigest: before.digest, rules: ruleCount, tookMs },
        'Policies changed: the new set decides from now on',
      )
    }
    this.#setLive()
  }

  #reject({ reason, diagnostics }: RejectedPolicies): void {
    const { live, log, clock, metrics } = this.#options
    const details = diagnostics
      .filter(({ severity }) => severity === 'error')
      .slice(0, maxDetails)
      .map((diagnostic) => `${describePlace(diagnostic)}: ${diagnostic.message}`)
    this.#rejected = { atMs: clock.nowMs(), reason, details }
    metrics.countReload('rejected')
    for (const diagnostic of diagnostics.slice(0, maxLoggedDiagnostics)) {
      this.#logDiagnostic(diagnostic)
    }
    log.error(
      {
        reason,
        diagnostics: diagnostics.length,
        generation: live.current.generation,
        digest: live.current.digest,
      },
      'Changed policies rejected: the last good set goes on deciding',
    )
  }

  #setLive(): void {
    const { live, metrics, clock } = this.#options
    metrics.setLive({ ...live.current, loadedAtMs: clock.nowMs() })
  }

  #logDiagnostic(diagnostic: Diagnostic): void {
    const { log } = this.#options
    const { severity, code, message, hint } = diagnostic
    const fields = { place: describePlace(diagnostic), code, hint }
    if (severity === 'error') log.error(fields, message)
    else log.warn(fields, message)
  }
}
