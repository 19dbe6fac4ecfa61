import { Counter, Gauge, type Registry } from 'prom-client'

export interface LimitMetrics {
  refused(limit: string): void
  observe(buckets: () => number): void
}

export function createLimitMetrics(registry: Registry): LimitMetrics {
  const registers = [registry]
  const refusals = new Counter({
    name: 'sallyport_limit_refusals_total',
    help: 'Requests refused because a limit was used up, by limit',
    labelNames: ['limit'] as const,
    registers,
  })
  return {
    refused: (limit) => refusals.inc({ limit }),
    observe: (buckets) => {
      const gauge: Gauge = new Gauge({
        name: 'sallyport_limit_buckets',
        help: 'Buckets in memory: who was counted lately',
        registers,
        collect: () => gauge.set(buckets()),
      })
    },
  }
}
