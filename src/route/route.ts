import type { AccessRequest } from '../model/access-request.ts'
import { type Attributes, noAttributes } from '../model/attributes.ts'
import type { Identity } from '../model/identity.ts'
import { type Refusal, refuse } from '../model/refusal.ts'
import type { RequestFacts } from '../model/request-facts.ts'
import { decodePercent, hasOtherSpelling, parseQuery } from './query.ts'
import { findLookAlike } from './look-alike.ts'
import { RouteFrame } from './route-frame.ts'
import { type RouteValue, RouteValueFailure } from './route-spec.ts'
import type { RouteLeaf } from './route-leaf.ts'
import { findLeaf, parameterEnds, parameterStarts, search } from './route-node.ts'
import type { Route, RouteTable } from './route-table.ts'

export interface RouteMatch {
  readonly kind: 'match'
  readonly route: Route
  /** Path parameters in order, as they stand in the path. */
  readonly values: readonly string[]
}

export interface RouteMiss {
  readonly kind: 'miss'
  readonly code: 'route_unknown' | 'method_unknown'
  /** With `method_unknown`, the methods the path has, for the Allow field. */
  readonly methods: readonly string[]
  /** The template of a narrower route whose path this may be in another spelling, for the log. */
  readonly resembles: string | null
}

const noValues: readonly string[] = Object.freeze([])
const routeUnknown: RouteMiss = Object.freeze({
  kind: 'miss',
  code: 'route_unknown',
  methods: noValues,
  resembles: null,
})

/**
 * The route of a request, or why there is none. `host` is lower case without port, `path` is the
 * normalised path, matched as it stands.
 */
export function matchRoute(
  table: RouteTable,
  method: string,
  host: string,
  path: string,
): RouteMatch | RouteMiss {
  const routes = table.hostRoutes(host)
  if (routes === null || !path.startsWith('/')) return routeUnknown
  const exact = routes.exact.get(path)
  if (exact !== undefined) return matchMethod(exact, method, path)
  search.isDoubtful = routes.hasUnfolded || path.endsWith('/')
  const leaf = findLeaf(routes.root, path, 1, 0)
  if (leaf === null) return routeUnknown
  // Read before anything else is looked for: there is one scratch space for the parameters.
  const answer = matchMethod(leaf, method, path)
  if (!search.isDoubtful) return answer
  const narrower = findLookAlike(routes.folded, leaf, path)
  return narrower === null ? answer : { ...routeUnknown, resembles: narrower.template }
}

function matchMethod(leaf: RouteLeaf, method: string, path: string): RouteMatch | RouteMiss {
  const route = leaf.find(method)
  if (route === null) {
    return { kind: 'miss', code: 'method_unknown', methods: leaf.methods, resembles: null }
  }
  return { kind: 'match', route, values: parameterValues(path, route.parameters.length) }
}

/** Written out for the usual counts: an array that grows by `push` reserves far more than it needs. */
function parameterValues(path: string, count: number): readonly string[] {
  switch (count) {
    case 0:
      return noValues
    case 1:
      return [parameterValue(path, 0)]
    case 2:
      return [parameterValue(path, 0), parameterValue(path, 1)]
    default:
      return Array.from({ length: count }, (_, index) => parameterValue(path, index))
  }
}

function parameterValue(path: string, index: number): string {
  return path.slice(parameterStarts[index], parameterEnds[index])
}

/** What a matched request asks for; a refusal when a value the decision needs cannot be had. */
export function buildAccessRequest(
  match: RouteMatch,
  facts: RequestFacts,
  identity: Identity,
  nowMs: number,
): AccessRequest | Refusal {
  const { route } = match
  if (route.queryNames === null || route.queryNames.length > 0) {
    const refusal = refuseAmbiguousQuery(route, facts.query)
    if (refusal !== null) return refusal
  }
  const frame = new RouteFrame(facts, route.parameters, match.values)
  let id = ''
  if (route.resourceId !== null) {
    const value = readValue(route.resourceId, frame, match.values)
    if (typeof value !== 'string' || value === '') return refuseValue(route, 'id', value)
    id = value
  }
  let properties: Attributes = noAttributes
  if (route.properties.length > 0 || route.scope !== undefined) {
    const read = Object.create(null) as Record<string, unknown>
    for (const [name, source] of route.properties) {
      const value = readValue(source, frame, match.values)
      if (value instanceof RouteValueFailure) return refuseValue(route, name, value)
      read[name] = value
    }
    if (route.scope !== undefined) {
      const value = readValue(route.scope, frame, match.values)
      // Empty would be the root, whose rules may permit what those of a tenant deny.
      if (typeof value !== 'string' || value === '') return refuseValue(route, 'scope', value)
      read['scope'] = value
    }
    properties = read
  }
  const context = {
    method: facts.method,
    scheme: facts.scheme,
    host: facts.host,
    path: facts.path,
    query: facts.query,
    client_ip: facts.client.ip,
    issuer: identity.issuer,
    acr: identity.acr,
  }
  return {
    subject: identity.subject,
    action: { name: route.action, properties: noAttributes },
    resource: { type: route.resourceType, id, properties },
    context: completeContext(context, route, facts),
    timeMs: nowMs,
  }
}

/** With what only some routes and some connections have. */
function completeContext(context: Attributes, route: Route, { client }: RequestFacts): Attributes {
  const { policyVersion } = route
  if (policyVersion === undefined && client.certificate === undefined) return context
  return {
    ...context,
    ...(policyVersion === undefined ? null : { policy_version: policyVersion }),
    ...(client.certificate === undefined ? null : { client_certificate: client.certificate }),
  }
}

const undecodable = new RouteValueFailure('the path parameter is not percent-encoded UTF-8')

function readValue(value: RouteValue, frame: RouteFrame, values: readonly string[]): unknown {
  switch (value.kind) {
    case 'parameter':
      return decodePercent(values[value.index] ?? '') ?? undecodable
    case 'constant':
      return value.value
    case 'expression':
      return value.evaluate(frame)
  }
}

/**
 * A parameter given twice is read as the first by one program and as the last by another: deciding
 * on one of them would let the upstream act on the other. So would another spelling of its name.
 */
function refuseAmbiguousQuery(route: Route, query: string): Refusal | null {
  if (query === '') return null
  const { values, repeated, isMalformed } = parseQuery(query)
  if (isMalformed) {
    return refuse('resource_incomplete', `${route.id}: the query cannot be decoded`)
  }
  const given = [...Object.keys(values), ...repeated]
  const read = route.queryNames ?? given.filter((name) => !name.includes('['))
  if (read.some((name) => repeated.has(name))) {
    return refuse('resource_incomplete', `${route.id}: query parameter given more than once`)
  }
  if (hasOtherSpelling(given, read)) {
    return refuse('resource_incomplete', `${route.id}: query parameter in another spelling`)
  }
  return null
}

function refuseValue(route: Route, name: string, value: unknown): Refusal {
  const why = value instanceof RouteValueFailure ? value.message : 'not a text, or empty'
  return refuse('resource_incomplete', `${route.id}: no value for "${name}": ${why}`)
}
