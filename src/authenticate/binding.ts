import type { Identity } from '../model/identity.ts'
import { refuse, type Refusal } from '../model/refusal.ts'

/**
 * Whether the sender may use this credential: who has a token that is bound to a key (RFC 7800) has
 * to prove that he has the key as well. Asked on every request, also where the token is known.
 */
export function refuseBinding({ confirmation }: Identity): Refusal | null {
  if (confirmation === null) return null
  return refuse(
    'token_claims_invalid',
    'The token is bound to a key ("cnf") and came as a bearer token without proof of possession',
  )
}
