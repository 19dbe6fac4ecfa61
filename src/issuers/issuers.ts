import type { IntrospectionSource } from '../authenticate/introspection.ts'
import type { KeySource } from '../authenticate/key-source.ts'
import type { IssuerOptions } from '../authenticate/options.ts'
import type { Clock } from '../model/clock.ts'
import type { Log } from '../telemetry/log.ts'
import { createIntrospectionClients } from './introspection-client.ts'
import { IssuerKeyReader, type IssuerNews } from './issuer-key-reader.ts'
import type { IssuersMetrics } from './metrics.ts'
import type { SharedKeyDocuments } from './shared-keys.ts'
import { defaultKeyFetchOptions, type KeyFetchOptions } from './options.ts'

interface IssuerReadiness {
  readonly issuer: string
  readonly ready: boolean
  /** Why not, in words for an operator; null when ready. */
  readonly reason: string | null
}

export interface Issuers extends KeySource, IntrospectionSource {
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
  readonly announce?: (news: IssuerNews) => void
  readonly shared?: SharedKeyDocuments | null
}

/** Nothing is fetched before `start` or before a token asks for a key. */
export function createIssuers(
  options: readonly IssuerOptions[],
  { log, clock, metrics, fetchOptions = defaultKeyFetchOptions, announce, shared }: IssuersContext,
): Issuers {
  const context = {
    log,
    clock,
    metrics: metrics ?? null,
    fetchOptions,
    announce: announce ?? null,
    shared: shared ?? null,
  }
  const readers = new Map(
    options
      .filter(hasKeys)
      .map((issuer) => [issuer.issuer, new IssuerKeyReader(issuer, context)] as const),
  )
  const endpoints = createIntrospectionClients(options, clock, log)
  return {
    endpointOf: (issuer) => endpoints.get(issuer) ?? null,
    keysOf: (issuer) => readers.get(issuer) ?? null,
    async start() {
      await Promise.all(readers.values().map((reader) => reader.read()))
    },
    ready() {
      return Array.from(readers.values(), (reader) => {
        const reason = reader.unreadyReason
        return { issuer: reader.issuer, ready: reason === null, reason }
      })
    },
    close() {
      for (const reader of readers.values()) reader.close()
      for (const endpoint of endpoints.values()) endpoint.close()
    },
  }
}

/** One that is asked about every token needs none, and may have none. */
function hasKeys({ introspection }: IssuerOptions): boolean {
  return introspection?.tokens !== 'all'
}
