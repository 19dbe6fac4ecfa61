import { isBearer, readBearer } from './bearer.ts'
import { refuseBinding } from './binding.ts'
import type { Credentials } from './credentials.ts'
import type { Authenticated, AuthenticationMethod } from './method.ts'
import type { VerifiedTokens } from './verified-tokens.ts'

/** `Authorization: Bearer TOKEN` (RFC 6750), but for what is another method's. */
export function createBearerMethod(
  tokens: VerifiedTokens,
  isForeign: (authorization: string) => boolean = () => false,
): AuthenticationMethod {
  return {
    kind: 'bearer',
    isOfConnection: false,
    finds: ({ authorization }) =>
      authorization !== null && isBearer(authorization) && !isForeign(authorization),
    authenticate(credentials) {
      const answer = tokens.verify(readBearer(credentials.authorization ?? ''), credentials.client)
      if (!(answer instanceof Promise)) return bound(answer, credentials)
      return answer.then((settled) => bound(settled, credentials))
    },
  }
}

function bound(answer: Authenticated, { client }: Credentials): Authenticated {
  return 'kind' in answer ? answer : (refuseBinding(answer, client) ?? answer)
}
