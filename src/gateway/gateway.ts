import type { Socket } from 'node:net'
import type { Registry } from 'prom-client'
import type { Recorder } from '../audit/audit.ts'
import type { Authenticator } from '../authenticate/authenticate.ts'
import { openLoneResponse } from '../enforce/lone-response.ts'
import type { UpstreamTlsSource } from '../upstream/connector.ts'
import type { IdentityTokenMinter } from '../enforce/identity-token.ts'
import type { UpstreamOptions } from '../upstream/options.ts'
import { respondToUnreadable } from '../enforce/respond.ts'
import { UpstreamCredentials } from '../enforce/upstream-credential.ts'
import { Upstreams } from '../upstream/upstreams.ts'
import type { RateLimiter } from '../limit/rate-limiter.ts'
import type { Connection } from '../listen/connection.ts'
import { compileListenRules, readRequestFacts } from '../listen/listen.ts'
import type { ListenOptions } from '../listen/options.ts'
import { mintRequestId } from '../listen/request-id.ts'
import { GatewayServer, type ServerDrain } from '../listen/server.ts'
import type { TlsSource } from '../listen/tls-source.ts'
import type { Clock } from '../model/clock.ts'
import type { Refusal } from '../model/refusal.ts'
import type { Log } from '../telemetry/log.ts'
import { Exchange } from './exchange.ts'
import { LogGate } from './log-gate.ts'
import { createGatewayMetrics } from './metrics.ts'
import type { OpenStream } from './open-stream.ts'
import { OpenStreams } from './open-streams.ts'
import { serve } from './pipeline.ts'
import type { ResourceMetadata } from './resource-metadata.ts'
import type { Services } from './services.ts'
import type { SnapshotHolder } from './snapshot.ts'
import { TurnLimit } from './turn-limit.ts'

export interface GatewayParts {
  readonly listen: ListenOptions
  readonly upstream: UpstreamOptions
  /** What `listen.tls` names, read; absent: plain HTTP. */
  readonly tls?: TlsSource | null
  /** What `upstream.tls` names, read. */
  readonly upstreamTls?: UpstreamTlsSource
  readonly holder: SnapshotHolder
  readonly authenticator: Authenticator
  /** Absent: nobody is counted. */
  readonly limiter?: RateLimiter | null
  readonly minter: IdentityTokenMinter
  readonly recorder: Recorder
  readonly log: Log
  readonly registry: Registry
  readonly clock: Clock
  /** How long the authenticator takes a token for valid after it expired; absent: not at all. */
  readonly clockSkewMs?: number
  /** Absent: clients are told nothing of where tokens come from. */
  readonly metadata?: ResourceMetadata | null
  /** The field in which API keys come, lower case, and which is not passed on; absent: none. */
  readonly apiKeyField?: string | null
}

export interface Gateway {
  /** Throws a Fault (`ERR_LISTEN`) when the port cannot be bound. */
  listen(): Promise<{ host: string; port: number }>
  /** Ends: no new connections, time for the requests under way, then the rest is cut. */
  drain(): Promise<ServerDrain>
  readonly inFlight: number
  /** Responses that take over a second, and connections that were switched over. */
  readonly openStreams: number
  /** Asks again about what is open: about all of it, or about what some revocation concerns. */
  recheck(isConcerned?: (stream: OpenStream) => boolean): void
}

/** Throws a TypeError when the options cannot be honoured. */
export function createGateway(parts: GatewayParts): Gateway {
  const { listen, upstream, holder, log, clock } = parts
  const rules = compileListenRules(listen, parts.apiKeyField ?? null)
  const upstreams = new Upstreams(upstream, parts.upstreamTls)
  const state = { inFlight: 0, draining: false }
  const streams = new OpenStreams({
    holder,
    clock,
    clockSkewMs: parts.clockSkewMs ?? 0,
    recheckIntervalMs: listen.recheckIntervalMs,
  })
  const metrics = createGatewayMetrics(parts.registry, {
    openResponses: () => streams.responseCount,
    upgrades: () => streams.upgradeCount,
    inFlight: () => state.inFlight,
    connections: () => server.connectionCount,
  })
  const services: Services = {
    holder,
    rules,
    authenticator: parts.authenticator,
    limiter: parts.limiter ?? null,
    minter: parts.minter,
    credentials: new UpstreamCredentials(upstream.tokenExchange, clock),
    upstreams,
    limits: {
      maxBodyBytes: listen.maxBodyBytes,
      bodyIdleTimeoutMs: listen.bodyIdleTimeoutMs,
      minBodyBytesPerS: listen.minBodyBytesPerS,
      // As many again may wait as can be served, for as long as a connection may take to open.
      maxWaiting: upstream.maxConnections,
      waitTimeoutMs: upstream.connectTimeoutMs,
      maxUpgrades: listen.maxUpgrades,
      upgradeIdleTimeoutMs: listen.upgradeIdleTimeoutMs,
      identityHeaders: upstream.identityHeaders,
      apiKeyField: parts.apiKeyField ?? null,
    },
    streams,
    recorder: parts.recorder,
    metrics,
    log,
    gate: new LogGate(),
    clock,
    metadata: parts.metadata ?? null,
    turn: new TurnLimit(listen.overloadDelayMs),
    state,
  }
  const server = new GatewayServer(listen, rules.trusted, parts.tls ?? null, {
    request: (req, res, connection, continues) => {
      serve(new Exchange(req, res, connection, continues, services), services)
    },
    unserved: (req, res, connection, why) => {
      const exchange = new Exchange(req, res, connection, false, services)
      // Whoever hangs up at once is not to keep out of the record what was asked.
      const facts = readRequestFacts(req, connection, rules, exchange)
      if (!('kind' in facts)) exchange.facts = facts
      if (why === null) exchange.connectionClosed()
      else exchange.refused(why)
    },
    offersUpgrade: (protocol) => holder.current.routes.upgrades.has(protocol),
    upgrade: (req, upgrade, connection) => {
      connection.closing = true
      const res = openLoneResponse(req, upgrade.socket)
      serve(new Exchange(req, res, connection, false, services, upgrade), services)
    },
    unreadable: (refusal, socket, connection) => {
      refuseUnreadable(services, refusal, socket, connection)
    },
    dropped: () => metrics.connectionDropped(),
    connectionRefused: (reason, client, detail) => {
      metrics.connectionRefused(reason)
      const suppressed = log.isLevelEnabled('info') ? services.gate.pass(clock.nowMs()) : null
      if (suppressed === null) return
      const fields = { client, reason, detail, ...(suppressed === 0 ? null : { suppressed }) }
      log.info(fields, 'Refused a connection')
    },
    acceptFailed: (error) => {
      const suppressed = services.gate.pass(clock.nowMs())
      if (suppressed !== null) log.error({ suppressed, err: error }, 'Cannot accept a connection')
    },
  })

  async function drain(): Promise<ServerDrain> {
    state.draining = true
    streams.endUpgrades()
    const report = await server.drain(listen.drainTimeoutMs)
    streams.close()
    upstreams.close()
    return report
  }

  return {
    listen: () => server.listen(),
    drain,
    get openStreams() {
      return streams.responseCount + streams.upgradeCount
    },
    recheck: (isConcerned) => streams.recheck(isConcerned ?? null),
    get inFlight() {
      return state.inFlight
    },
  }
}

/** There is no request to speak of, but the attempt is answered and recorded like one. */
function refuseUnreadable(
  services: Services,
  refusal: Refusal,
  socket: Socket,
  connection: Connection,
): void {
  const { holder, recorder, metrics, log, gate, clock } = services
  const id = mintRequestId()
  const status = respondToUnreadable(socket, refusal.code, id)
  const outcome = { kind: 'refused', status, code: refusal.code } as const
  const timeMs = clock.nowMs()
  const { generation, policies } = holder.current
  metrics.ended(outcome, 0)
  recorder.record({
    source: 'gateway',
    id,
    timeMs,
    facts: null,
    requestId: null,
    clientIp: connection.client.ip,
    identity: null,
    caller: null,
    route: null,
    request: null,
    decision: null,
    refusal,
    outcome,
    generation,
    policyDigest: policies.digest,
    decideMs: null,
    totalMs: 0,
  })
  const suppressed = log.isLevelEnabled('info') ? gate.pass(timeMs) : null
  if (suppressed === null) return
  log.info(
    { decision: id, client: connection.client.ip, code: refusal.code, reason: refusal.detail },
    'Refused what is not a request',
  )
}
