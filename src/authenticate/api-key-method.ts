import type { Clock } from '../model/clock.ts'
import { refuse } from '../model/refusal.ts'
import { apiKeyPrefix } from './api-key.ts'
import type { ApiKeySource } from './api-keys.ts'
import type { AttemptBudget } from './attempt-budget.ts'
import { isBearer, readBearer } from './bearer.ts'
import { type Credentials, schemeEnd } from './credentials.ts'
import type { AuthenticationMethod } from './method.ts'

const scheme = 'apikey'

/**
 * `X-API-Key: KEY`, `Authorization: ApiKey KEY`, or `Authorization: Bearer sp_…`. A key that is none
 * takes from the budget of its address. One is looked up even where that is spent: a look-up costs no
 * more than refusing, and a good key is held up by nobody.
 */
export function createApiKeyMethod(
  keys: ApiKeySource,
  budget: AttemptBudget,
  clock: Clock,
): AuthenticationMethod {
  return {
    kind: 'api_key',
    isOfConnection: false,
    finds: ({ apiKeyCount, authorization }) =>
      apiKeyCount > 0 || (authorization !== null && findKey(authorization) !== null),
    authenticate({ apiKey, apiKeyCount, authorization, client }: Credentials) {
      const inAuthorization = authorization === null ? null : findKey(authorization)
      if (apiKeyCount > 1 || (apiKeyCount > 0 && authorization !== null)) {
        return refuse('credentials_multiple', 'More than one API key, or one beside Authorization')
      }
      const answer = keys.current.identify(apiKey ?? inAuthorization ?? '', clock.nowMs())
      if (!('kind' in answer) || answer.code !== 'api_key_invalid') return answer
      const exhausted = budget.refuseAttempt(client)
      if (exhausted !== null) return exhausted
      budget.failed(client)
      return answer
    },
  }
}

/** Whether a bearer credential is an API key: no token of three segments begins like one. */
export function isBearerApiKey(authorization: string): boolean {
  return isBearer(authorization) && readBearer(authorization).startsWith(apiKeyPrefix)
}

function findKey(authorization: string): string | null {
  if (isBearerApiKey(authorization)) return readBearer(authorization)
  const start = schemeEnd(authorization, scheme)
  return start === -1 ? null : authorization.slice(start)
}
