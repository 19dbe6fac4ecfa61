import type { Bucket } from './bucket.ts'

export const noFields: readonly string[] = Object.freeze([])

/**
 * Name and value of the fields that tell a client what is left (draft-ietf-httpapi-ratelimit-headers
 * version 10), for buckets of its own; `t` is when all of it will be back. With the bucket that is
 * used up, when to try again, in whole seconds and at least one: who comes earlier is refused again.
 */
export function limitFields(
  buckets: readonly Bucket[],
  exhausted: Bucket | null,
  nowMs: number,
): readonly string[] {
  const fields: string[] = []
  let policies = ''
  let states = ''
  for (const bucket of buckets) {
    const separator = policies === '' ? '' : ', '
    const backInS = Math.ceil(bucket.spentMs(nowMs) / 1_000)
    policies += separator + bucket.policy
    states += `${separator}"${bucket.limit}";r=${bucket.left(nowMs)};t=${backInS}`
  }
  if (policies !== '') fields.push('RateLimit-Policy', policies, 'RateLimit', states)
  if (exhausted !== null) {
    const waitS = Math.max(1, Math.ceil(exhausted.waitMs(nowMs) / 1_000))
    fields.push('Retry-After', String(waitS))
  }
  return fields
}
