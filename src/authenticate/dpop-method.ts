import type { Clock } from '../model/clock.ts'
import type { Authenticated, AuthenticationMethod } from './method.ts'
import { type Credentials, schemeEnd } from './credentials.ts'
import type { Possession } from './possession.ts'
import type { VerifiedTokens } from './verified-tokens.ts'

const scheme = 'dpop'

/** `Authorization: DPoP TOKEN` with a proof in `DPoP` (RFC 9449 section 7.1). */
export function createDpopMethod(
  tokens: VerifiedTokens,
  possession: Possession,
  clock: Clock,
): AuthenticationMethod {
  return {
    kind: 'dpop',
    isOfConnection: false,
    finds: ({ authorization }) => authorization !== null && schemeEnd(authorization, scheme) !== -1,
    authenticate(credentials) {
      const authorization = credentials.authorization ?? ''
      const token = authorization.slice(schemeEnd(authorization, scheme))
      const answer = tokens.verify(token, credentials.client)
      return answer instanceof Promise
        ? answer.then((settled) => proven(settled, token, credentials))
        : proven(answer, token, credentials)
    },
  }

  function proven(
    answer: Authenticated,
    token: string,
    credentials: Credentials,
  ): Authenticated | Promise<Authenticated> {
    if ('kind' in answer) return answer
    const refusal = possession.prove(answer, token, credentials, clock.nowMs())
    if (refusal instanceof Promise) return refusal.then((settled) => settled ?? answer)
    return refusal ?? answer
  }
}
