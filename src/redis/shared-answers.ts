import type { AskedAnswer, SharedAnswers } from '../authenticate/introspection.ts'
import { type CacheKind, SharedCache, type SharedCacheContext } from './shared-cache.ts'

/** The greatest `max_age` there is. */
const maxLifetimeMs = 3_600_000
/** Longer than an endpoint may take; who waits for the answer does so for `redis.lease_wait`. */
const loadTimeoutMs = 10_000

const kind: CacheKind<AskedAnswer> = {
  kind: 'introspection',
  maxLifetimeMs,
  loadTimeoutMs,
  encode: ({ introspected, askedAtMs, keptUntilMs }) =>
    JSON.stringify([
      introspected.kind === 'answer' ? introspected.text : '',
      askedAtMs,
      keptUntilMs,
    ]),
  decode: (encoded) => {
    // Sealed by a sidecar, and so in the form above.
    const [text, askedAtMs, keptUntilMs] = JSON.parse(encoded) as [string, number, number]
    return { introspected: { kind: 'answer', text }, askedAtMs, keptUntilMs }
  },
}

/** What introspection endpoints said, shared by all sidecars on one Redis. */
export function createSharedAnswers(context: SharedCacheContext): SharedAnswers {
  const cache = new SharedCache(kind, context)
  return {
    get: (parts, ask, isCurrent) => {
      const load = async () => {
        const value = await ask()
        return { value, expiresAtMs: value.keptUntilMs }
      }
      return cache.get(parts, load, isCurrent)
    },
  }
}
