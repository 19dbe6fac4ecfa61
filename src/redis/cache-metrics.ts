import { Counter, type Registry } from 'prom-client'

export interface CacheMetrics {
  looked(kind: string, result: 'local' | 'shared' | 'coalesced' | 'miss'): void
}

export function createCacheMetrics(registry: Registry): CacheMetrics {
  const lookups = new Counter({
    name: 'sallyport_cache_lookups_total',
    help: 'Questions by where the answer was: local, shared, coalesced (under way already), miss',
    labelNames: ['kind', 'result'] as const,
    registers: [registry],
  })
  return { looked: (kind, result) => lookups.inc({ kind, result }) }
}
