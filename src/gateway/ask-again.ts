import { decide } from '../decide/decide.ts'
import { meetObligations } from '../enforce/obligations.ts'
import type { AccessRequest } from '../model/access-request.ts'
import type { Identity } from '../model/identity.ts'
import { refuse, type Refusal } from '../model/refusal.ts'
import { identityTowards } from '../route/route-authentication.ts'
import { buildAccessRequest, matchRoute } from '../route/route.ts'
import type { OpenStream, PermissionEnd } from './open-stream.ts'
import type { Snapshot } from './snapshot.ts'

/**
 * Whether the request that opened a stream would be permitted if it came now, by this snapshot and
 * at this time; null: it would. Not to know is a no.
 */
export function askAgain(
  stream: OpenStream,
  snapshot: Snapshot,
  nowMs: number,
  clockSkewMs: number,
): PermissionEnd | null {
  const { identity } = stream
  if (identity === null) return refuse('credential_missing', 'Nobody is known to be signed in')
  const request = currentRequest(stream, identity, snapshot, nowMs)
  if ('kind' in request) return request
  // On a route that has become public meanwhile it is about nobody in particular.
  const isIdentified = request.subject === identity.subject
  if (isIdentified && nowMs >= identity.expiresAtS * 1_000 + clockSkewMs) {
    return refuse('token_expired', 'The token expired while it was in use')
  }
  const decision = meetObligations(decide(snapshot.policies, request))
  if (decision.effect !== 'permit') return decision
  stream.asked = snapshot
  stream.question = request
  return null
}

/** The question as the routes of this snapshot put it. */
function currentRequest(
  stream: OpenStream,
  identity: Identity,
  snapshot: Snapshot,
  nowMs: number,
): AccessRequest | Refusal {
  const { facts, request, protocol, asked, question } = stream
  if (facts === null || request === null) {
    return refuse('route_unknown', 'Nothing was asked')
  }
  if (asked.routes === snapshot.routes) return { ...(question ?? request), timeMs: nowMs }
  const match = matchRoute(snapshot.routes, facts.method, facts.host, facts.path)
  if (match.kind === 'miss') return refuse(match.code, 'The route is gone')
  if (protocol !== null && match.route.upgrades?.includes(protocol) !== true) {
    return refuse('upgrade_not_supported', 'The route switches to this protocol no longer')
  }
  const known = identityTowards(match.route, identity)
  return 'kind' in known ? known : buildAccessRequest(match, facts, known, nowMs)
}
