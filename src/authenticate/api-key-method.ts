import type { Clock } from '../model/clock.ts'
import { refuse } from '../model/refusal.ts'
import { apiKeyPrefix } from './api-key.ts'
import type { ApiKeySource } from './api-keys.ts'
import { isBearer, readBearer } from './bearer.ts'
import { type Credentials, schemeEnd } from './credentials.ts'
import type { AuthenticationMethod } from './method.ts'

const scheme = 'apikey'

/** `X-API-Key: KEY`, `Authorization: ApiKey KEY`, or `Authorization: Bearer sp_…`. */
export function createApiKeyMethod(keys: ApiKeySource, clock: Clock): AuthenticationMethod {
  return {
    kind: 'api_key',
    isOfConnection: false,
    finds: ({ apiKeyCount, authorization }) =>
      apiKeyCount > 0 || (authorization !== null && findKey(authorization) !== null),
    authenticate({ apiKey, apiKeyCount, authorization }: Credentials) {
      const inAuthorization = authorization === null ? null : findKey(authorization)
      if (apiKeyCount > 1 || (apiKeyCount > 0 && authorization !== null)) {
        return refuse('credentials_multiple', 'More than one API key, or one beside Authorization')
      }
      return keys.current.identify(apiKey ?? inAuthorization ?? '', clock.nowMs())
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
