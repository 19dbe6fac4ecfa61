import type { Recorder } from '../audit/audit.ts'
import type { Authenticator } from '../authenticate/authenticate.ts'
import type { ForwardLimits } from '../enforce/forward-request.ts'
import type { IdentityTokenMinter } from '../enforce/identity-token.ts'
import type { UpstreamCredentials } from '../enforce/upstream-credential.ts'
import type { Upstreams } from '../upstream/upstreams.ts'
import type { ListenRules } from '../listen/listen.ts'
import type { RateLimiter } from '../limit/rate-limiter.ts'
import type { Clock } from '../model/clock.ts'
import type { Log } from '../telemetry/log.ts'
import type { LogGate } from './log-gate.ts'
import type { GatewayMetrics } from './metrics.ts'
import type { OpenStreams } from './open-streams.ts'
import type { ResourceMetadata } from './resource-metadata.ts'
import type { SnapshotHolder } from './snapshot.ts'
import type { TurnLimit } from './turn-limit.ts'

/** What the pipeline works with; made once. */
export interface Services {
  readonly holder: SnapshotHolder
  readonly rules: ListenRules
  readonly authenticator: Authenticator
  /** Null: nobody is counted. */
  readonly limiter: RateLimiter | null
  readonly minter: IdentityTokenMinter
  readonly credentials: UpstreamCredentials
  readonly upstreams: Upstreams
  readonly limits: GatewayLimits
  readonly streams: OpenStreams
  readonly recorder: Recorder
  readonly metrics: GatewayMetrics
  readonly log: Log
  readonly gate: LogGate
  readonly clock: Clock
  /** Null: clients are told nothing of where tokens come from. */
  readonly metadata: ResourceMetadata | null
  readonly turn: TurnLimit
  readonly state: GatewayState
}

interface GatewayLimits extends ForwardLimits {
  readonly maxUpgrades: number
  readonly upgradeIdleTimeoutMs: number
  /** Plain fields beside the identity token, where the route does not say. */
  readonly identityHeaders: boolean
  /** The field in which API keys come, lower case; null: there are none. */
  readonly apiKeyField: string | null
}

interface GatewayState {
  inFlight: number
  /** Responses are the last of their connection. */
  draining: boolean
}
