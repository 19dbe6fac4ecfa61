import { Counter, Gauge, type Registry } from 'prom-client'

export interface IssuersMetrics {
  countRead(issuer: string, result: 'ok' | 'failed'): void
  setKeys(issuer: string, usableKeys: number, readAtMs: number): void
}

export function createIssuersMetrics(registry: Registry): IssuersMetrics {
  const reads = new Counter({
    name: 'sallyport_issuers_reads_total',
    help: "Times an issuer's keys were read, by result",
    labelNames: ['issuer', 'result'] as const,
    registers: [registry],
  })
  const keys = new Gauge({
    name: 'sallyport_issuers_usable_keys',
    help: 'Keys of an issuer that can verify a token',
    labelNames: ['issuer'] as const,
    registers: [registry],
  })
  const readAt = new Gauge({
    name: 'sallyport_issuers_last_read_timestamp_seconds',
    help: "When an issuer's keys were last read with success",
    labelNames: ['issuer'] as const,
    registers: [registry],
  })
  return {
    countRead: (issuer, result) => reads.inc({ issuer, result }),
    setKeys: (issuer, usableKeys, readAtMs) => {
      keys.set({ issuer }, usableKeys)
      readAt.set({ issuer }, readAtMs / 1_000)
    },
  }
}
