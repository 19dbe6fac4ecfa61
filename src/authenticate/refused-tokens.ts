import { LRUCache } from 'lru-cache'
import type { Refusal, RefusalCode } from '../model/refusal.ts'
import type { Basis } from './token-cache.ts'

interface KeptRefusal {
  readonly refusal: Refusal
  readonly untilMs: number
  /** Null: no key would change it. */
  readonly basis: Basis | null
  readonly generation: number
}

export const maxRefusedTokens = 2_048
/** Of all their texts together. */
const maxRefusedCharacters = 4_194_304
export const refusedForMs = 10_000

/**
 * Another answer may be right in a moment: a date comes, a key is published, somebody is less busy.
 */
const passing: ReadonlySet<RefusalCode> = new Set([
  'token_not_yet_valid',
  'token_key_unknown',
  'token_too_large',
  'issuer_unavailable',
  'overloaded',
  'attempts_exhausted',
])

/**
 * Tokens refused a moment ago, so that a client that goes on sending one costs little. Apart from
 * the verified ones, and smaller: a flood of forged tokens fills this and nothing else.
 */
export class RefusedTokens {
  readonly #entries = new LRUCache<string, KeptRefusal>({
    max: maxRefusedTokens,
    maxSize: maxRefusedCharacters,
    sizeCalculation: (_, token) => token.length + 1,
  })

  get size(): number {
    return this.#entries.size
  }

  get(token: string, nowMs: number): Refusal | null {
    const kept = this.#entries.get(token)
    if (kept === undefined) return null
    const { refusal, untilMs, basis, generation } = kept
    // Negative after the clock was set back.
    const leftMs = untilMs - nowMs
    const isCurrent = basis === null || basis.generation === generation
    if (isCurrent && leftMs > 0 && leftMs <= refusedForMs) return refusal
    this.#entries.delete(token)
    return null
  }

  /** `generation` is the one of `basis` that it was refused under. */
  keep(
    token: string,
    refusal: Refusal,
    nowMs: number,
    basis: Basis | null,
    generation: number,
  ): void {
    if (passing.has(refusal.code)) return
    this.#entries.set(token, { refusal, untilMs: nowMs + refusedForMs, basis, generation })
  }
}
