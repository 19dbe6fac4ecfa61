import { decide } from '../decide/decide.ts'
import { rolesTowards } from '../decide/roles.ts'
import { requestFields } from '../enforce/forward-headers.ts'
import { Forwarding } from '../enforce/forward.ts'
import { meetObligations } from '../enforce/obligations.ts'
import { readRequestFacts } from '../listen/listen.ts'
import { Fault } from '../model/fault.ts'
import type { Identity } from '../model/identity.ts'
import { refuse, type Refusal } from '../model/refusal.ts'
import type { RequestFacts } from '../model/request-facts.ts'
import { buildAccessRequest, matchRoute, type RouteMatch, type RouteMiss } from '../route/route.ts'
import type { Exchange } from './exchange.ts'
import { isReserved, serveReserved } from './reserved.ts'
import { asksForMetadata, serveMetadata } from './resource-metadata.ts'
import type { Services } from './services.ts'

/**
 * The life of a request: listen, route, authenticate, decide, enforce. Each step hands a value to
 * the next or ends the exchange; with a token seen before all of it happens in one turn of the event
 * loop.
 */
export function serve(exchange: Exchange, services: Services): void {
  try {
    admit(exchange, services)
  } catch (error) {
    exchange.crashed(error)
  }
}

function admit(exchange: Exchange, services: Services): void {
  const { req, connection, snapshot } = exchange
  if (services.turn.isOver(exchange.startedAtMs)) {
    return exchange.refused(refuse('overloaded', 'The process is busy with what came before'))
  }
  const facts = readRequestFacts(req, connection, services.rules, exchange)
  if ('kind' in facts) return exchange.refused(facts)
  exchange.facts = facts
  const { limiter } = services
  const { ip } = facts.client
  if (limiter !== null) {
    const exhausted = limiter.takeByAddress(ip, exchange.taken, exchange.startedAtMs)
    if (exhausted !== null) return exchange.limited(exhausted)
  }
  if (isReserved(facts.path)) return serveReserved(exchange, facts, services)
  const match = matchRoute(snapshot.routes, facts.method, facts.host, facts.path)
  if (asksForMetadata(facts, match)) return serveMetadata(exchange, facts, services)
  if (match.kind === 'miss') {
    const allow = match.code === 'method_unknown' ? match.methods : null
    return exchange.refused(refuse(match.code, whyMissed(match)), allow)
  }
  exchange.route = match.route.id
  const { protocol } = exchange
  if (protocol !== null) {
    const refusal = refuseUpgrade(protocol, match, services)
    if (refusal !== null) return exchange.refused(refusal)
  }
  if (limiter !== null) {
    const { startedAtMs, taken } = exchange
    const exhausted = limiter.takeByRouteAddress(match.route, ip, taken, startedAtMs)
    if (exhausted !== null) return exchange.limited(exhausted)
  }
  const identity = services.authenticator.authenticate(facts, match.route.authentication)
  if (identity instanceof Promise) {
    identity
      .then((settled) =>
        authorise(exchange, services, facts, match, settled, services.clock.nowMs()),
      )
      .catch((error: unknown) => exchange.crashed(error))
    return undefined
  }
  return authorise(exchange, services, facts, match, identity, exchange.receivedAtMs)
}

function refuseUpgrade(
  protocol: string,
  { route }: RouteMatch,
  { streams, limits }: Services,
): Refusal | null {
  if (route.upgrades?.includes(protocol) !== true) {
    return refuse('upgrade_not_supported', `${route.id} does not switch to ${protocol}`)
  }
  if (!streams.isFull(limits)) return null
  return refuse('overloaded', `${limits.maxUpgrades} connections are switched over already`)
}

function whyMissed({ resembles }: RouteMiss): string {
  return resembles === null
    ? 'No route matches the request'
    : `The path may be another spelling of ${resembles}`
}

function authorise(
  exchange: Exchange,
  services: Services,
  facts: RequestFacts,
  match: RouteMatch,
  identity: Identity | Refusal,
  nowMs: number,
): void {
  if (exchange.over) return undefined
  if ('kind' in identity) return exchange.refused(identity)
  exchange.identity = identity
  const { limiter } = services
  if (limiter !== null) {
    const { taken } = exchange
    const exhausted = limiter.takeByIdentity(match.route, identity, taken, performance.now())
    if (exhausted !== null) return exchange.limited(exhausted)
  }
  const request = buildAccessRequest(match, facts, identity, nowMs)
  if ('kind' in request) return exchange.refused(request)
  exchange.request = request
  const { policies } = exchange.snapshot
  const startedAtMs = performance.now()
  const decision = meetObligations(decide(policies, request))
  exchange.decidedAtMs = performance.now()
  exchange.decideMs = exchange.decidedAtMs - startedAtMs
  exchange.decision = decision
  services.metrics.decided(match.route, decision.effect)
  if (decision.effect !== 'permit') return exchange.denied(decision)
  if (limiter !== null) {
    const exhausted = limiter.takeOfRoute(match.route, exchange.decidedAtMs)
    if (exhausted !== null) return exchange.limited(exhausted)
  }
  const roles = rolesTowards(policies, request)
  const token = services.minter.token(identity, roles, match.route.audience)
  const authorization = services.credentials.of(match.route, facts, identity)
  if (!(authorization instanceof Promise)) {
    return forward(exchange, services, facts, match, roles, token, authorization)
  }
  authorization
    .then((given) => forward(exchange, services, facts, match, roles, token, given))
    .catch((error: unknown) => exchange.crashed(error))
  return undefined
}

function forward(
  exchange: Exchange,
  services: Services,
  facts: RequestFacts,
  match: RouteMatch,
  roles: readonly string[],
  token: string,
  authorization: string | Fault | null,
): void {
  const { identity, req, res } = exchange
  if (exchange.over || identity === null) return
  if (authorization instanceof Fault) {
    exchange.failed(authorization)
    return
  }
  const { route } = match
  const upstream = services.upstreams.get(route.upstream)
  if (upstream === null) {
    exchange.refused(refuse('draining', 'Upstream connections are closed'))
    return
  }
  const assertion = {
    identity,
    roles,
    token,
    authorization,
    isPlain: route.identityHeaders ?? services.limits.identityHeaders,
    apiKeyField: services.limits.apiKeyField,
  }
  const request = {
    method: facts.method,
    target: facts.query === '' ? facts.path : `${facts.path}?${facts.query}`,
    fields: requestFields(facts, assertion),
    hasBody: facts.hasBody,
    contentLength: facts.contentLength,
    continues: exchange.continues,
    upgrade: exchange.protocol,
  }
  const forwarding = new Forwarding(upstream, req, res, request, services.limits, exchange)
  exchange.forward(forwarding, upstream.origin)
  if (upstream.waitingCount > 0) services.streams.makeRoom(upstream)
}
