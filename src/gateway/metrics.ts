import { Counter, Gauge, type Registry } from 'prom-client'
import type { Effect } from '../model/decision.ts'
import type { Outcome } from '../model/outcome.ts'
import type { Route } from '../route/route-table.ts'
import { LeanHistogram } from '../telemetry/lean-histogram.ts'

/** Plain numbers counted on the request path and written out when somebody asks for them. */
export interface GatewayMetrics {
  decided(route: Route, effect: Effect): void
  /** A request is over. */
  ended(outcome: Outcome, totalMs: number): void
  /** From the decision to the end of the upstream's answer. */
  upstreamEnded(durationMs: number): void
  connectionDropped(): void
  /** Refused because there was too much to do at this stage. */
  shed(stage: ShedStage): void
  /** Closed before it could carry a request. */
  connectionRefused(reason: string): void
  /** Something open was no longer permitted. */
  streamCut(code: string): void
}

/** Where a request was when it turned out that it would have to wait too long. */
export type ShedStage = 'arrival' | 'authentication' | 'upstream'

/** How far a request came that was shed. */
export function shedStageOf({
  facts,
  identity,
}: {
  readonly facts: object | null
  readonly identity: object | null
}): ShedStage {
  if (facts === null) return 'arrival'
  return identity === null ? 'authentication' : 'upstream'
}

export interface GatewayGauges {
  inFlight(): number
  connections(): number
  /** Responses that have been under way for a while. */
  openResponses(): number
  upgrades(): number
}

const bounds = [
  0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60,
]

interface RouteCounts {
  permit: number
  deny: number
}

export function createGatewayMetrics(registry: Registry, gauges: GatewayGauges): GatewayMetrics {
  const registers = [registry]
  const outcomes = new Map<string, number>()
  const refusals = new Map<string, number>()
  const faults = new Map<string, number>()
  const sheds = new Map<string, number>()
  const cuts = new Map<string, number>()
  const refusedConnections = new Map<string, number>()
  const routes = new Map<string, RouteCounts>()
  const known = new WeakMap<Route, RouteCounts>()
  let dropped = 0
  countedBy(
    registers,
    'sallyport_gateway_requests_total',
    'Requests by outcome',
    'outcome',
    outcomes,
  )
  countedBy(
    registers,
    'sallyport_gateway_refusals_total',
    'Requests refused before a decision, by code',
    'code',
    refusals,
  )
  countedBy(
    registers,
    'sallyport_gateway_faults_total',
    'Requests that failed because the world did, by code',
    'code',
    faults,
  )
  countedBy(
    registers,
    'sallyport_gateway_streams_cut_total',
    'Responses and switched connections cut because they were no longer permitted, by code',
    'reason',
    cuts,
  )
  const streams: Gauge<'kind'> = new Gauge({
    name: 'sallyport_gateway_open_streams',
    help: 'Open streams: responses that take over a second, and connections switched over',
    labelNames: ['kind'] as const,
    registers,
    collect: () => {
      streams.set({ kind: 'response' }, gauges.openResponses())
      streams.set({ kind: 'upgrade' }, gauges.upgrades())
    },
  })
  countedBy(
    registers,
    'sallyport_gateway_refused_connections_total',
    'Connections closed before they could carry a request, by reason',
    'reason',
    refusedConnections,
  )
  countedBy(
    registers,
    'sallyport_gateway_shed_total',
    'Requests refused because of too much load, by the stage they were at',
    'stage',
    sheds,
  )
  const decisions: Counter<'route' | 'effect'> = new Counter({
    name: 'sallyport_gateway_decisions_total',
    help: 'Decisions by route and effect',
    labelNames: ['route', 'effect'] as const,
    registers,
    collect: () => {
      decisions.reset()
      for (const [route, { permit, deny }] of routes) {
        decisions.inc({ route, effect: 'permit' }, permit)
        decisions.inc({ route, effect: 'deny' }, deny)
      }
    },
  })
  const drops: Counter = new Counter({
    name: 'sallyport_gateway_dropped_connections_total',
    help: 'Connections closed unanswered because there were too many',
    registers,
    collect: () => {
      drops.reset()
      drops.inc(dropped)
    },
  })
  const inFlight: Gauge = new Gauge({
    name: 'sallyport_gateway_in_flight_requests',
    help: 'Requests taken and not over yet',
    registers,
    collect: () => inFlight.set(gauges.inFlight()),
  })
  const connections: Gauge = new Gauge({
    name: 'sallyport_gateway_connections',
    help: 'Open client connections',
    registers,
    collect: () => connections.set(gauges.connections()),
  })
  const duration = new LeanHistogram({
    name: 'sallyport_gateway_request_duration_seconds',
    help: 'From the request read to its end, whatever the outcome',
    bounds,
    registry,
  })
  const upstream = new LeanHistogram({
    name: 'sallyport_gateway_upstream_duration_seconds',
    help: 'From the decision to the end of the answer of the upstream',
    bounds,
    registry,
  })

  function countsOf(route: Route): RouteCounts {
    let counts = known.get(route)
    if (counts === undefined) {
      // A reload makes new route objects; their counts go on by id.
      counts = routes.get(route.id) ?? { permit: 0, deny: 0 }
      routes.set(route.id, counts)
      known.set(route, counts)
    }
    return counts
  }

  return {
    decided: (route, effect) => {
      countsOf(route)[effect] += 1
    },
    ended: (outcome, totalMs) => {
      add(outcomes, outcome.kind)
      if (outcome.kind === 'refused') add(refusals, outcome.code)
      else if (outcome.kind === 'failed') add(faults, outcome.code)
      duration.observe(totalMs / 1_000)
    },
    upstreamEnded: (durationMs) => upstream.observe(durationMs / 1_000),
    shed: (stage) => add(sheds, stage),
    connectionDropped: () => {
      dropped += 1
    },
    connectionRefused: (reason) => add(refusedConnections, reason),
    streamCut: (code) => add(cuts, code),
  }
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

function countedBy(
  registers: Registry[],
  name: string,
  help: string,
  label: string,
  counts: ReadonlyMap<string, number>,
): void {
  const counter: Counter = new Counter({
    name,
    help,
    labelNames: [label],
    registers,
    collect: () => {
      counter.reset()
      for (const [value, count] of counts) counter.inc({ [label]: value }, count)
    },
  })
}
