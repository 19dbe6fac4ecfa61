import type { IssuerKeys, KeySource } from '../authenticate/key-source.ts'
import type { IssuerOptions } from '../authenticate/options.ts'
import type { Clock } from '../model/clock.ts'
import type { Log } from '../telemetry/log.ts'
import type { IssuersMetrics } from './metrics.ts'
import type { KeyFetchOptions } from './options.ts'

export interface IssuerReadiness {
  readonly issuer: string
  readonly ready: boolean
  /** Why not, in words for an operator; null when ready. */
  readonly reason: string | null
}

export interface Issuers extends KeySource {
  /** Fetches in the background from now on; settles after the first attempt of every issuer, never rejects. */
  start(): Promise<void>
  ready(): readonly IssuerReadiness[]
  close(): void
}

export interface IssuersContext {
  readonly log: Log
  readonly clock: Clock
  readonly metrics?: IssuersMetrics
  readonly fetchOptions?: KeyFetchOptions
}

export function createIssuers(
  _options: readonly IssuerOptions[],
  _context: IssuersContext,
): Issuers {
  return {
    keysOf: (): IssuerKeys | null => null,
    start: () => Promise.resolve(),
    ready: () => [],
    close: () => undefined,
  }
}
