import type { KeyObject } from 'node:crypto'
import type { SignatureAlgorithm } from './options.ts'

/**
 * `unknown`: the issuer publishes no such key as far as we know, and reading its keys again may help.
 * `unsuitable`: reading them again would not help. `unavailable`: no keys of this issuer can be used.
 */
export type KeyLookup =
  | { readonly kind: 'found'; readonly key: KeyObject }
  | { readonly kind: 'unknown' | 'unsuitable' | 'unavailable'; readonly detail: string }

/** The public keys of one issuer, as far as they are known now. */
export interface IssuerKeys {
  readonly issuer: string
  /** Moves whenever the set of usable keys changes: what an older one verified is verified again. */
  readonly generation: number
  /** Without a `kid`, a key is found only when exactly one fits the algorithm. */
  findKey(kid: string | null, algorithm: SignatureAlgorithm): KeyLookup
  /**
   * Reads the issuer's keys again: joins an attempt under way, and answers null when the last one
   * on demand was too recent. The promise never rejects and settles within the fetch time-out.
   */
  refresh(): Promise<void> | null
}

/** What `authenticate` needs of the issuers; `issuers` provides it. */
export interface KeySource {
  /** Null when no such issuer is configured; compared byte for byte. */
  keysOf(issuer: string): IssuerKeys | null
}
