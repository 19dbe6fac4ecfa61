import type { Rate } from '../model/rate-limit.ts'

/** How many requests the gateway takes of whom. Null: any number. */
export interface LimitOptions {
  readonly address: Rate | null
  readonly subject: Rate | null
  readonly client: Rate | null
  /** Of who asks the decision API. */
  readonly caller: Rate | null
  /** Addresses that share so many leading bits are counted as one. */
  readonly ipv4Prefix: number
  readonly ipv6Prefix: number
  /** Buckets kept in memory; past it the one used longest ago is forgotten. */
  readonly maxBuckets: number
  /** How often what was taken is counted together with what other processes took. */
  readonly syncIntervalMs: number
}

export const defaultLimitOptions: LimitOptions = {
  address: null,
  subject: null,
  client: null,
  caller: null,
  ipv4Prefix: 32,
  ipv6Prefix: 64,
  maxBuckets: 50_000,
  syncIntervalMs: 100,
}
