import { refuse } from '../model/refusal.ts'
import type { RequestFacts } from '../model/request-facts.ts'
import type { RouteMatch, RouteMiss } from '../route/route.ts'
import type { Exchange } from './exchange.ts'
import { answerJson } from './reserved.ts'
import type { Services } from './services.ts'

/** What clients are told of where tokens come from (RFC 9728 section 2). */
export interface ResourceMetadata {
  /** Issuers whose tokens are accepted. */
  readonly authorizationServers: readonly string[]
}

const wellKnown = '/.well-known/oauth-protected-resource'

/** Whether the request asks for the metadata, unless a route has a path of this name of its own. */
export function asksForMetadata({ path }: RequestFacts, match: RouteMatch | RouteMiss): boolean {
  if (!path.startsWith(wellKnown)) return false
  if (path.length > wellKnown.length && path[wellKnown.length] !== '/') return false
  return match.kind === 'miss' || !match.route.template.startsWith(wellKnown)
}

/** Where a client that was refused reads how to do better; null: nothing is said. */
export function metadataUrl(facts: RequestFacts | null, { metadata }: Services): string | null {
  if (facts === null || metadata === null) return null
  return `${facts.scheme}://${facts.authority}${wellKnown}`
}

/**
 * RFC 9728 section 3: a resource with a path has its metadata at the same path below. What is said is
 * the same for all, and says nothing of which routes there are.
 */
export function serveMetadata(exchange: Exchange, facts: RequestFacts, services: Services): void {
  const { metadata } = services
  if (metadata === null || exchange.snapshot.routes.hostRoutes(facts.host) === null) {
    return exchange.refused(refuse('route_unknown', 'Nothing is protected on this host'))
  }
  if (facts.method !== 'GET' && facts.method !== 'HEAD') {
    const refusal = refuse('method_unknown', 'The resource metadata can only be read')
    return exchange.refused(refusal, ['GET', 'HEAD'])
  }
  const document = {
    resource: `${facts.scheme}://${facts.authority}${facts.path.slice(wellKnown.length)}`,
    authorization_servers: metadata.authorizationServers,
    bearer_methods_supported: ['header'],
  }
  return answerJson(exchange, 'application/json', document)
}
