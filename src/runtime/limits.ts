import type { Registry } from 'prom-client'
import { Ledger } from '../limit/ledger.ts'
import { createLimitMetrics } from '../limit/metrics.ts'
import type { LimitOptions } from '../limit/options.ts'
import { RateLimiter } from '../limit/rate-limiter.ts'
import type { SharedLedger } from '../model/rate-limit.ts'
import type { SharedRedis } from '../redis/redis.ts'
import { SharedBuckets } from '../redis/shared-buckets.ts'

/** Counts for this process, and with those on the same Redis. */
export function createLedger(options: LimitOptions, redis: SharedRedis | null): Ledger {
  return ledgerOn(options, redis === null ? null : new SharedBuckets(redis.client))
}

export function ledgerOn(options: LimitOptions, shared: SharedLedger | null): Ledger {
  const { maxBuckets, syncIntervalMs } = options
  return new Ledger({ maxBuckets, syncIntervalMs, shared })
}

/** There always is one: any policy that comes may have routes with limits. */
export function createLimiter(
  options: LimitOptions,
  ledger: Ledger,
  registry: Registry,
): RateLimiter {
  return new RateLimiter(options, ledger, createLimitMetrics(registry))
}
