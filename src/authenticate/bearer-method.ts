import type { Identity } from '../model/identity.ts'
import { isBearer, readBearer } from './bearer.ts'
import { refuseBinding } from './binding.ts'
import type { Authenticated, AuthenticationMethod } from './method.ts'
import type { VerifiedTokens } from './verified-tokens.ts'

/** `Authorization: Bearer TOKEN` (RFC 6750). */
export function createBearerMethod(tokens: VerifiedTokens): AuthenticationMethod {
  return {
    kind: 'bearer',
    isOfConnection: false,
    finds: ({ authorization }) => authorization !== null && isBearer(authorization),
    authenticate({ authorization, client }) {
      const answer = tokens.verify(readBearer(authorization ?? ''), client)
      return answer instanceof Promise ? answer.then(bound) : bound(answer)
    },
  }
}

function bound(answer: Authenticated): Authenticated {
  return 'kind' in answer ? answer : (refuseBinding(answer) ?? (answer satisfies Identity))
}
