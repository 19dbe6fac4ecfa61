import type { Confirmation } from '../model/identity.ts'
import { refuse, type Refusal } from '../model/refusal.ts'

const known: ReadonlySet<string> = new Set(['jkt', 'x5t#S256'])
/** SHA-256, base64url without padding. */
const thumbprint = /^[A-Za-z0-9_-]{43}$/

/** `cnf` (RFC 7800), or null; what cannot be checked is refused rather than overlooked. */
export function readConfirmation(cnf: unknown): Confirmation | Refusal | null {
  if (cnf === undefined) return null
  if (typeof cnf !== 'object' || cnf === null || Array.isArray(cnf)) return unusable()
  const members = Object.entries(cnf)
  if (members.length === 0) return unusable()
  for (const [name, value] of members) {
    if (!known.has(name) || typeof value !== 'string' || !thumbprint.test(value)) return unusable()
  }
  const { jkt = null, 'x5t#S256': x5tS256 = null } = cnf as Readonly<Record<string, string>>
  return Object.freeze({ jkt, x5tS256 })
}

function unusable(): Refusal {
  return refuse(
    'token_claims_invalid',
    'The token is bound to a key ("cnf") in a way that cannot be checked',
  )
}
