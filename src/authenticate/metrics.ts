import type { Registry } from 'prom-client'

export interface AuthenticateMetrics {
  readonly registry: Registry
}

export function createAuthenticateMetrics(registry: Registry): AuthenticateMetrics {
  return { registry }
}
