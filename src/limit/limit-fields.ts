import type { Bucket } from './bucket.ts'

/**
 * Name and value of the fields that tell a client what is left (draft-ietf-httpapi-ratelimit-headers
 * version 10), for buckets of its own. `t` is when all of it will be back.
 */
export function limitFields(
  buckets: readonly Bucket[],
  nowMs: number,
): readonly [string, string, string, string] {
  let policies = ''
  let states = ''
  for (const bucket of buckets) {
    const { limit, intervalMs, capacityMs } = bucket
    const separator = policies === '' ? '' : ', '
    const quota = Math.round(capacityMs / intervalMs)
    policies += `${separator}"${limit}";q=${quota};w=${Math.ceil(capacityMs / 1_000)}`
    states += `${separator}"${limit}";r=${bucket.left(nowMs)};t=${Math.ceil(bucket.spentMs(nowMs) / 1_000)}`
  }
  return ['RateLimit-Policy', policies, 'RateLimit', states]
}

/** In whole seconds, and at least one: who comes back earlier is refused again. */
export function retryAfterS(bucket: Bucket, nowMs: number): number {
  return Math.max(1, Math.ceil(bucket.waitMs(nowMs) / 1_000))
}
