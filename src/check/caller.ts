import assert from 'node:assert/strict'
import { hash, timingSafeEqual } from 'node:crypto'

import type { AttemptBudget } from '../authenticate/attempt-budget.ts'
import type { Authenticator } from '../authenticate/authenticate.ts'
import { fieldAlone } from '../authenticate/credentials.ts'
import type { Authenticated } from '../authenticate/method.ts'
import type { ClientAddress } from '../model/request-facts.ts'
import { refuse } from '../model/refusal.ts'
import type { Refusal } from '../model/refusal.ts'
import type { CheckOptions } from './options.ts'

/** The service that asks: the id of its key, or the subject of its token. */
export type Caller = string

export type FindCaller = (
  authorization: string | null,
  authorizationCount: number,
  ip: string,
) => Caller | Refusal | Promise<Caller | Refusal>

interface KnownKey {
  readonly id: string
  readonly digest: Buffer
}

const longestKey = 4_096
const keptSpellings = 1_024
const bearerPrefix = /^bearer +/i

/**
 * Knows a caller by a key, sent as `Bearer KEY` or as it is, or by a verified bearer token of a
 * subject that may ask. A caller that sends no credential is let in only when that is configured. An
 * address that sends too many that are none is told so.
 */
export function createFindCaller(
  options: Pick<CheckOptions, 'keys' | 'tokenSubjects' | 'allowUnauthenticated'>,
  authenticator: Authenticator,
  budget: AttemptBudget,
): FindCaller {
  const keys = options.keys.map(({ id, sha256 }) => ({ id, digest: Buffer.from(sha256, 'hex') }))
  for (const { id, digest } of keys) assert(digest.length === 32, `Key "${id}" is no SHA-256`)
  const subjects = new Set(options.tokenSubjects)
  // Field values that named a key before, so that a digest is computed once a spelling.
  const known = new Map<string, Caller>()

  return (authorization, authorizationCount, ip) => {
    if (authorization === null) {
      return options.allowUnauthenticated ? 'unauthenticated' : noCredential
    }
    if (authorizationCount > 1) return severalCredentials
    const caller = known.get(authorization)
    if (caller !== undefined) return caller
    const credential = authorization.replace(bearerPrefix, '')
    const byKey = findByKey(keys, credential)
    if (byKey !== null) {
      if (known.size >= keptSpellings) known.clear()
      known.set(authorization, byKey)
      return byKey
    }
    const client = { ip, peerIp: ip, viaTrustedProxy: false }
    if (subjects.size === 0) return refuseKey(client)
    const answer = authenticator.authenticate(fieldAlone(authorization, authorizationCount, client))
    if (answer instanceof Promise) return answer.then(byToken)
    // Nothing that a token comes with: a key that is none, sent as it is.
    return 'kind' in answer && answer.code === 'credential_missing'
      ? refuseKey(client)
      : byToken(answer)
  }

  /** A look-up costs no more than refusing it: a good key is never held up. */
  function refuseKey(client: ClientAddress): Refusal {
    const exhausted = budget.refuseAttempt(client)
    if (exhausted !== null) return exhausted
    budget.failed(client)
    return unknownKey
  }

  function byToken(answer: Authenticated): Caller | Refusal {
    if ('kind' in answer) return answer
    const { id } = answer.subject
    return subjects.has(id) ? id : refuse('caller_not_allowed', `The subject "${id}" may not ask`)
  }
}

const noCredential = refuse('credential_missing', 'No Authorization field')
const severalCredentials = refuse('credentials_multiple', 'More than one Authorization field')
const unknownKey = refuse('caller_unknown', 'No key with this digest')

/** Compares with every key, so that the time taken does not tell which one came close. */
function findByKey(keys: readonly KnownKey[], credential: string): string | null {
  if (keys.length === 0 || credential.length > longestKey) return null
  const digest = hash('sha256', credential, 'buffer')
  let found: string | null = null
  for (const key of keys) {
    if (timingSafeEqual(key.digest, digest)) found = key.id
  }
  return found
}
