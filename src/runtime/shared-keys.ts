import type { Config } from '../config/config.ts'
import type { SharedKeyDocuments } from '../issuers/shared-keys.ts'
import type { Clock } from '../model/clock.ts'
import type { SharedRedis } from '../redis/redis.ts'
import { SharedKeySets } from '../redis/shared-key-sets.ts'

/** Key sets that sidecars share; null without Redis. */
export function sharedKeysOf(
  redis: SharedRedis | null,
  { issuerKeys }: Config,
  clock: Clock,
): SharedKeyDocuments | null {
  return redis === null ? null : new SharedKeySets(redis.client, clock, issuerKeys.staleUseMs)
}
