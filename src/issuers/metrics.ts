import type { Registry } from 'prom-client'

export interface IssuersMetrics {
  readonly registry: Registry
}

export function createIssuersMetrics(registry: Registry): IssuersMetrics {
  return { registry }
}
