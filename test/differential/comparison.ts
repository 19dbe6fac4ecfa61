import type { Difference } from './policy-case.ts'

export interface Comparison {
  readonly pairs: number
  readonly policies: number
  /** Rules whose outcome was compared as well, one by one. */
  readonly rules: number
  readonly permits: number
  /** Pairs in which a deny rule could not be evaluated: it denies here and is passed over there. */
  readonly failedDenies: number
  readonly differences: readonly Difference[]
}
