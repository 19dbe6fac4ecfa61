import { redactWithin } from '../audit/redact.ts'
import type { Decision, ReasonCode } from '../model/decision.ts'
import type { Fault } from '../model/fault.ts'
import type { Refusal, RefusalCode } from '../model/refusal.ts'
import { nearestRoutes } from '../route/nearest-routes.ts'
import type { Exchange } from './exchange.ts'
import type { Services } from './services.ts'

/** What the client is not told: the why of a refusal, found by the decision id it was given. */
export function logRefusal(services: Services, exchange: Exchange, refusal: Refusal): void {
  const suppressed = passGate(services)
  if (suppressed === null) return
  const { facts, snapshot } = exchange
  const missed = refusal.code === 'route_unknown' || refusal.code === 'method_unknown'
  const nearest =
    missed && facts !== null
      ? { nearest: nearestRoutes(snapshot.routes, facts.method, facts.host, facts.path) }
      : null
  services.log.info(
    { ...describe(exchange, suppressed), code: refusal.code, reason: refusal.detail, ...nearest },
    'Refused a request',
  )
}

export function logDenial(services: Services, exchange: Exchange, decision: Decision): void {
  const suppressed = passGate(services)
  if (suppressed === null) return
  const { request } = exchange
  services.log.info(
    {
      ...describe(exchange, suppressed),
      code: decision.reason,
      rules: decision.rules,
      errors: decision.errors.map(({ rule, message }) => ({
        rule,
        message: redactWithin(message, maxTextCharacters),
      })),
      subject: request === null ? null : redactWithin(request.subject.id, maxTextCharacters),
      action: request?.action.name,
      resource:
        request === null
          ? null
          : redactWithin(`${request.resource.type}/${request.resource.id}`, maxTextCharacters),
    },
    'Denied a request',
  )
}

export function logFault(services: Services, exchange: Exchange, fault: Fault): void {
  if (fault.code === 'ERR_INTERNAL') {
    services.log.error(
      { ...describe(exchange, 0), code: fault.code, err: fault.cause },
      fault.message,
    )
    return
  }
  const suppressed = passGate(services)
  if (suppressed === null) return
  services.log.warn(
    { ...describe(exchange, suppressed), code: fault.code, reason: fault.message },
    'A request failed at its upstream',
  )
}

/** What had been permitted is no longer, and was ended before its time. */
export function logCut(services: Services, cut: CutStream, code: RefusalCode | ReasonCode): void {
  const suppressed = passGate(services)
  if (suppressed === null) return
  const { id, facts, route, request } = cut
  services.log.info(
    {
      decision: id,
      ...(facts === null ? null : { client: facts.client.ip, host: facts.host }),
      route,
      code,
      subject: request === null ? null : redactWithin(request.subject.id, maxTextCharacters),
      ...(suppressed === 0 ? null : { suppressed }),
    },
    'Cut what is no longer permitted',
  )
}

type CutStream = Pick<Exchange, 'id' | 'facts' | 'route' | 'request'>

/** How many lines were held back before this one; null when this one is to be held back. */
function passGate({ log, gate, clock }: Services): number | null {
  return log.isLevelEnabled('info') ? gate.pass(clock.nowMs()) : null
}

/** What clients wrote is logged no longer than this. */
const maxTextCharacters = 2_048

/** Never the query: it may hold what is secret. So may a path: its tokens are taken out. */
function describe(exchange: Exchange, suppressed: number): object {
  const { facts } = exchange
  return {
    decision: exchange.id,
    client: facts?.client.ip ?? exchange.connection.client.ip,
    ...(facts === null
      ? null
      : {
          method: facts.method,
          host: facts.host,
          path: redactWithin(facts.path, maxTextCharacters),
        }),
    ...(exchange.route === null ? null : { route: exchange.route }),
    ...(suppressed === 0 ? null : { suppressed }),
  }
}
