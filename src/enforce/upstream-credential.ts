import type { Clock } from '../model/clock.ts'
import type { Fault } from '../model/fault.ts'
import { type Identity, isAnonymous } from '../model/identity.ts'
import type { RequestFacts } from '../model/request-facts.ts'
import type { TokenExchangeOptions } from '../upstream/options.ts'
import { TokenExchange } from './token-exchange.ts'

/** What of a route says what its upstream gets. */
export interface CredentialRoute {
  readonly upstream: string
  readonly audience: string
  readonly passToken?: boolean
}

/**
 * The Authorization field of the request to the upstream: none, unless the route passes the client's
 * token on or the upstream has tokens of its own. An API key is never passed on.
 */
export class UpstreamCredentials {
  readonly #exchanges: ReadonlyMap<string, TokenExchange>

  constructor(options: readonly TokenExchangeOptions[], clock: Clock) {
    this.#exchanges = new Map(
      options.map((one) => [one.upstream, new TokenExchange(one, clock)] as const),
    )
  }

  /** Null: none. A Fault: the request cannot be forwarded. */
  of(
    route: CredentialRoute,
    facts: RequestFacts,
    identity: Identity,
  ): string | null | Fault | Promise<string | Fault> {
    if (route.passToken === true) return isOfToken(identity) ? facts.authorization : null
    const exchange = this.#exchanges.get(route.upstream)
    // Nobody is told to the upstream as nobody: there is nothing to exchange.
    if (exchange === undefined || isAnonymous(identity)) return null
    const token = isOfToken(identity) ? tokenOf(facts.authorization) : null
    return exchange.authorization(identity, token, route.audience)
  }
}

function isOfToken({ credential }: Identity): boolean {
  return credential === 'bearer' || credential === 'dpop'
}

/** After the scheme and the spaces that follow it. */
function tokenOf(authorization: string | null): string | null {
  const [, token = null] = /^[A-Za-z]+ +(\S+)$/.exec(authorization ?? '') ?? []
  return token
}
