import type { Identity } from '../../src/model/identity.ts'
import type { RequestFacts } from '../../src/model/request-facts.ts'
import { type RouteSpec, templateSegments } from '../../src/route/route-spec.ts'
import { buildRouteTable, type RouteTable } from '../../src/route/route-table.ts'

/** `GET /a/{b}` or `GET host/a/{b}`. */
export function routeSpec(text: string, changes: Partial<RouteSpec> = {}): RouteSpec {
  const [method = '', target = ''] = text.split(' ')
  const slash = target.indexOf('/')
  const template = target.slice(slash)
  const parameters = templateSegments(template).flatMap((segment) =>
    segment.kind === 'literal' ? [] : [segment.name],
  )
  return {
    id: text,
    host: slash === 0 ? null : target.slice(0, slash),
    method,
    template,
    parameters,
    upstream: 'http://127.0.0.1:9500',
    audience: 'http://127.0.0.1:9500',
    resourceType: 'thing',
    action: 'view',
    resourceId: null,
    properties: [],
    queryNames: [],
    location: 'routes.yaml:1:1',
    ...changes,
  }
}

export function tableOf(...routes: readonly string[]): RouteTable {
  return buildRouteTable(routes.map((text) => routeSpec(text)))
}

export function factsOf(changes: Partial<RequestFacts> = {}): RequestFacts {
  return {
    id: 'r-1',
    requestId: 'r-1',
    receivedAtMs: 0,
    startedAtMs: 0,
    method: 'GET',
    scheme: 'http',
    host: 'app.example.com',
    authority: 'app.example.com:8080',
    path: '/',
    query: '',
    rawHeaders: [],
    authorization: null,
    authorizationCount: 0,
    dpop: null,
    dpopCount: 0,
    apiKey: null,
    apiKeyCount: 0,
    client: { ip: '192.0.2.1', peerIp: '192.0.2.1', viaTrustedProxy: false },
    hasBody: false,
    contentLength: null,
    ...changes,
  }
}

export const ann: Identity = {
  subject: { type: 'user', id: 'ann', properties: {} },
  issuer: 'https://id.example.com',
  credential: 'bearer',
  confirmation: null,
  tokenId: null,
  sessionId: null,
  issuedAtS: null,
  expiresAtS: 0,
  acr: null,
  claims: {},
}
