import type { AccessRequest } from '../model/access-request.ts'
import { anonymous, anonymousType, type Identity } from '../model/identity.ts'
import type { RequestFacts } from '../model/request-facts.ts'
import { nearestRoutes } from '../route/nearest-routes.ts'
import { identityTowards } from '../route/route-authentication.ts'
import { buildAccessRequest, matchRoute } from '../route/route.ts'
import type { RouteTable } from '../route/route-table.ts'
import type { RequestQuestion } from './case.ts'
import type { Coverage } from './coverage.ts'

/** A request that reached no decision. */
export interface Unrouted {
  readonly answer: string
  readonly note: string
}

/** An HTTP request as the gateway would put it to the policies. */
export function askRoute(
  question: RequestQuestion,
  routes: RouteTable,
  coverage: Coverage,
): AccessRequest | Unrouted {
  const { method, host, path, context } = question
  const match = matchRoute(routes, method, host, path)
  if (match.kind === 'miss') {
    if (match.resembles !== null) {
      return { answer: match.code, note: `the path may be another spelling of ${match.resembles}` }
    }
    const nearest = nearestRoutes(routes, method, host, path)
    const note =
      match.code === 'method_unknown'
        ? `the path has only ${match.methods.join(', ')}`
        : `no route matches${nearest.length === 0 ? '' : `; nearest: ${nearest.join(', ')}`}`
    return { answer: match.code, note }
  }
  coverage.addRoute(match.route)
  const identity = identityTowards(match.route, identityOf(question))
  if ('kind' in identity) return { answer: identity.code, note: identity.detail }
  const asked = buildAccessRequest(match, factsOf(question), identity, question.timeMs)
  if ('kind' in asked) return { answer: asked.code, note: asked.detail }
  return { ...asked, context: { ...asked.context, ...context } }
}

function factsOf(question: RequestQuestion): RequestFacts {
  const { method, scheme, host, path, query, context, timeMs } = question
  const address = context['client_ip']
  const ip = typeof address === 'string' ? address : '127.0.0.1'
  return {
    id: 'test',
    requestId: 'test',
    receivedAtMs: timeMs,
    startedAtMs: 0,
    method,
    scheme,
    host,
    authority: host,
    path,
    query,
    rawHeaders: [],
    authorization: null,
    authorizationCount: 0,
    dpop: null,
    dpopCount: 0,
    apiKey: null,
    apiKeyCount: 0,
    client: { ip, peerIp: ip, viaTrustedProxy: false },
    hasBody: false,
    contentLength: null,
  }
}

function identityOf({ subject, context }: RequestQuestion): Identity {
  if (subject.type === anonymousType) return anonymous
  const { issuer, acr } = context
  return {
    subject,
    issuer: typeof issuer === 'string' ? issuer : 'test',
    credential: 'bearer',
    confirmation: null,
    tokenId: null,
    sessionId: null,
    issuedAtS: null,
    expiresAtS: Number.MAX_SAFE_INTEGER,
    acr: typeof acr === 'string' ? acr : null,
    claims: subject.properties,
  }
}
