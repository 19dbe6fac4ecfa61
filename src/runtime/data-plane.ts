import type { Registry } from 'prom-client'
import type { Recorder } from '../audit/audit.ts'
import type { ApiKeySource } from '../authenticate/api-keys.ts'
import { createAuthenticator } from '../authenticate/authenticate.ts'
import { DpopNonces } from '../authenticate/dpop-nonce.ts'
import type { IntrospectionSource, SharedAnswers } from '../authenticate/introspection.ts'
import type { KeySource } from '../authenticate/key-source.ts'
import { createAuthenticateMetrics } from '../authenticate/metrics.ts'
import { Possession } from '../authenticate/possession.ts'
import type { ReplayWindow } from '../authenticate/replay-window.ts'
import { createCheck } from '../check/check.ts'
import type { Config } from '../config/config.ts'
import type { Certificates } from '../certificates/certificates.ts'
import type { IdentityTokenMinter } from '../enforce/identity-token.ts'
import { createGateway } from '../gateway/gateway.ts'
import type { ResourceMetadata } from '../gateway/resource-metadata.ts'
import { normalisePath } from '../listen/path.ts'
import type { SnapshotHolder } from '../gateway/snapshot.ts'
import type { RateLimiter } from '../limit/rate-limiter.ts'
import type { Clock } from '../model/clock.ts'
import { createCacheMetrics } from '../redis/cache-metrics.ts'
import type { SharedRedis } from '../redis/redis.ts'
import { createSharedAnswers } from '../redis/shared-answers.ts'
import type { Log } from '../telemetry/log.ts'
import { type Address, bind } from './listening.ts'

export interface DataPlaneParts {
  readonly config: Config
  readonly holder: SnapshotHolder
  readonly keys: KeySource
  readonly introspection: IntrospectionSource
  /** Null: there are none. */
  readonly apiKeys: ApiKeySource | null
  /** Shared by all processes that serve as one. */
  readonly nonceKey: Uint8Array
  readonly replay: ReplayWindow
  /** Null: there is none. */
  readonly redis: SharedRedis | null
  readonly certificates: Certificates
  readonly limiter: RateLimiter
  readonly minter: IdentityTokenMinter
  readonly recorder: Recorder
  readonly log: Log
  readonly registry: Registry
  readonly clock: Clock
}

/** What answers requests: the gateway and the decision API, on one snapshot and one authenticator. */
export interface DataPlane {
  /** Throws a Fault when a port cannot be bound. */
  listen(): Promise<{ readonly check: Address; readonly gateway: Address }>
  /** Lets requests in flight end within the drain time-out. */
  drain(): Promise<void>
}

export function createDataPlane(parts: DataPlaneParts): DataPlane {
  const { config, keys, certificates, clock, registry, apiKeys } = parts
  const possession = new Possession({
    options: config.dpop,
    clockSkewS: config.authentication.clockSkewS,
    nonces: new DpopNonces(parts.nonceKey, config.dpop.nonceLifetimeMs),
    replay: parts.replay,
    normalisePath,
  })
  const authenticator = createAuthenticator(
    config.authentication,
    keys,
    clock,
    createAuthenticateMetrics(registry),
    {
      introspection: parts.introspection,
      sharedAnswers: sharedAnswersOf(parts),
      possession,
      apiKeys,
      clientIdentity: config.clientIdentity,
    },
  )
  const gateway = createGateway({
    ...parts,
    listen: config.gateway,
    upstream: config.upstreams,
    tls: certificates.gateway,
    upstreamTls: certificates.upstreams,
    authenticator,
    clockSkewMs: config.authentication.clockSkewS * 1_000,
    metadata: metadataOf(config),
    apiKeyField: apiKeys === null ? null : config.apiKeys.header.toLowerCase(),
  })
  const { drainIdleTimeoutMs, reusePort } = config.gateway
  const check = createCheck({
    ...parts,
    options: config.check,
    authenticator,
    failures: config.authentication,
    drainIdleTimeoutMs,
    reusePort,
  })
  return {
    listen: async () => ({
      check: await bind('check', config.check, check),
      gateway: await bind('gateway', config.gateway, gateway),
    }),
    drain: async () => {
      await Promise.all([gateway.drain(), check.close()])
    },
  }
}

function metadataOf({ authentication }: Config): ResourceMetadata | null {
  const authorizationServers = authentication.issuers.map(({ issuer }) => issuer)
  return authorizationServers.length === 0 ? null : { authorizationServers }
}

function sharedAnswersOf({ redis, clock, registry }: DataPlaneParts): SharedAnswers | null {
  if (redis === null) return null
  const { client } = redis
  return createSharedAnswers({ client, clock, metrics: createCacheMetrics(registry) })
}
