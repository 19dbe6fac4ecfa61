import { Counter, Gauge, type Registry } from 'prom-client'
import type { RefusalCode } from '../model/refusal.ts'

export interface AuthenticateMetrics {
  /** On every request: an addition, nothing else. */
  countCacheHit(): void
  /** A token that had to be read: verified, or refused with this code. */
  countRead(result: 'verified' | RefusalCode): void
  observe(source: AuthenticateGauges): void
}

interface AuthenticateGauges {
  cachedTokens(): number
  refusedTokens(): number
  failingAddresses(): number
  pendingVerifications(): number
}

export function createAuthenticateMetrics(registry: Registry): AuthenticateMetrics {
  let cacheHits = 0
  let gauges: AuthenticateGauges | null = null
  const reads = new Counter({
    name: 'sallyport_authenticate_reads_total',
    help: 'Credentials that had to be read, by result: verified, or the code of the refusal',
    labelNames: ['result'] as const,
    registers: [registry],
  })
  const hits = new Counter({
    name: 'sallyport_authenticate_cache_hits_total',
    help: 'Requests whose token had been verified before',
    registers: [registry],
    collect: () => {
      hits.reset()
      hits.inc(cacheHits)
    },
  })
  const cached: Gauge = new Gauge({
    name: 'sallyport_authenticate_cached_tokens',
    help: 'Verified tokens kept in memory',
    registers: [registry],
    collect: () => {
      cached.set(gauges?.cachedTokens() ?? 0)
    },
  })
  const refused: Gauge = new Gauge({
    name: 'sallyport_authenticate_refused_tokens',
    help: 'Tokens remembered for having been refused a moment ago',
    registers: [registry],
    collect: () => {
      refused.set(gauges?.refusedTokens() ?? 0)
    },
  })
  const failing: Gauge = new Gauge({
    name: 'sallyport_authenticate_failing_addresses',
    help: 'Client addresses remembered for tokens that were refused',
    registers: [registry],
    collect: () => {
      failing.set(gauges?.failingAddresses() ?? 0)
    },
  })
  const pending: Gauge = new Gauge({
    name: 'sallyport_authenticate_pending_verifications',
    help: 'Tokens being verified or waiting for keys',
    registers: [registry],
    collect: () => {
      pending.set(gauges?.pendingVerifications() ?? 0)
    },
  })
  return {
    countCacheHit: () => {
      cacheHits += 1
    },
    countRead: (result) => reads.inc({ result }),
    observe: (source) => {
      gauges = source
    },
  }
}
