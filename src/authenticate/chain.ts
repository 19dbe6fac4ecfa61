import { requiredAuthentication, type RouteAuthentication } from '../model/authentication.ts'
import { anonymous, type Identity, unidentified } from '../model/identity.ts'
import { refuse, type Refusal } from '../model/refusal.ts'
import { type Credentials, refuseAmbiguous, refuseScheme } from './credentials.ts'
import type { CutOffs } from './cut-offs.ts'
import type { Authenticated, AuthenticationMethod } from './method.ts'

export interface Authenticator {
  /**
   * Who sent the request, or why that cannot be said; never throws or rejects. At once when the
   * credential was verified before or cannot be accepted; a promise when something has to be
   * verified or asked for. Without a route's word a credential is required.
   */
  authenticate(
    credentials: Credentials,
    route?: RouteAuthentication,
  ): Authenticated | Promise<Authenticated>
}

export interface ChainOptions {
  /** Told of what is refused before a method has the word. */
  readonly refused?: (refusal: Refusal) => void
  readonly cutOffs?: CutOffs
}

/**
 * The methods in their order: those whose credential is in the request, then those of the
 * connection, then nobody. A request brings one credential; the method that finds it has the last
 * word, and a bad credential falls through neither to the next method nor to anonymous.
 */
export function createChain(
  methods: readonly AuthenticationMethod[],
  { refused, cutOffs }: ChainOptions = {},
): Authenticator {
  const ofRequest = methods.filter(({ isOfConnection }) => !isOfConnection)
  const ofConnection = methods.filter(({ isOfConnection }) => isOfConnection)

  function authenticate(
    credentials: Credentials,
    route: RouteAuthentication = requiredAuthentication,
  ): Authenticated | Promise<Authenticated> {
    if (route.mode === 'public') return unidentified
    const method = chooseMethod(credentials)
    if (method === null) return withoutCredential(credentials, route)
    if ('code' in method) return counted(method)
    if (route.credentials !== null && !route.credentials.includes(method.kind)) {
      return counted(refuse('credential_not_accepted', `The route accepts no ${method.kind}`))
    }
    const answer = method.authenticate(credentials)
    if (cutOffs === undefined) return answer
    return answer instanceof Promise ? answer.then(unlessRevoked) : unlessRevoked(answer)
  }

  function unlessRevoked(answer: Authenticated): Authenticated {
    return 'kind' in answer ? answer : (cutOffs?.refuseRevoked(answer) ?? answer)
  }

  function chooseMethod(credentials: Credentials): AuthenticationMethod | Refusal | null {
    const ambiguous = refuseAmbiguous(credentials)
    if (ambiguous !== null) return ambiguous
    let chosen: AuthenticationMethod | null = null
    for (const method of ofRequest) {
      if (!method.finds(credentials)) continue
      if (chosen !== null) {
        return refuse(
          'credentials_multiple',
          `A credential of ${chosen.kind} and of ${method.kind}`,
        )
      }
      chosen = method
    }
    if (chosen !== null) return chosen
    // It is no credential of the connection's owner, whatever else he has shown.
    if (credentials.authorization !== null) return refuseScheme(credentials.authorization)
    return ofConnection.find((method) => method.finds(credentials)) ?? null
  }

  function withoutCredential(
    { authorization }: Credentials,
    route: RouteAuthentication,
  ): Identity | Refusal {
    if (route.mode === 'optional' && authorization === null) return anonymous
    return counted(refuse('credential_missing', 'No credential'))
  }

  function counted(refusal: Refusal): Refusal {
    refused?.(refusal)
    return refusal
  }

  return { authenticate }
}
