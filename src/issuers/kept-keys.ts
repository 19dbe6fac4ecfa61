import type { KeyLookup } from '../authenticate/key-source.ts'
import type { SignatureAlgorithm } from '../authenticate/options.ts'
import type { Clock } from '../model/clock.ts'
import type { KeySet } from './key-set.ts'

/** What is known of one issuer's keys, and for how long it may be used without hearing of it. */
export class KeptKeys {
  readonly #clock: Clock
  readonly #staleUseMs: number
  #keys: KeySet | null = null
  #readAtMs = 0
  #failure = 'they have not been read yet'
  #generation = 0

  constructor(clock: Clock, staleUseMs: number) {
    this.#clock = clock
    this.#staleUseMs = staleUseMs
  }

  get generation(): number {
    return this.#generation
  }

  /** 0 before anything was read. */
  get readAtMs(): number {
    return this.#readAtMs
  }

  get size(): number {
    return this.#keys?.size ?? 0
  }

  /** Null when keys are at hand, else why not. */
  get unreadyReason(): string | null {
    if (this.#keys === null) return this.#failure
    if (this.#keys.size === 0) return 'the issuer publishes no key that can be used'
    return this.#clock.nowMs() - this.#readAtMs > this.#staleUseMs
      ? `they are too old: ${this.#failure}`
      : null
  }

  find(kid: string | null, algorithm: SignatureAlgorithm): KeyLookup {
    const reason = this.unreadyReason
    if (this.#keys === null || reason !== null) {
      return { kind: 'unavailable', detail: reason ?? this.#failure }
    }
    return this.#keys.find(kid, algorithm)
  }

  /** Whether they verify anything else than the ones before. */
  keep(keys: KeySet, readAtMs: number): boolean {
    const isChange = keys.fingerprint !== this.#keys?.fingerprint
    this.#keys = keys
    this.#readAtMs = readAtMs
    if (isChange) this.#generation += 1
    return isChange
  }

  /** Changes nothing but the reason shown. */
  fail(reason: string): void {
    this.#failure = reason
  }
}
