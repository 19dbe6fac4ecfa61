import { type AuditOptions, defaultAuditOptions } from '../audit/options.ts'
import {
  type ApiKeyOptions,
  type AuthenticateOptions,
  type ClientIdentityOptions,
  defaultApiKeyOptions,
  defaultAuthenticateOptions,
  defaultClientIdentityOptions,
  defaultDpopOptions,
  type DpopOptions,
} from '../authenticate/options.ts'
import { type CheckOptions, defaultCheckOptions } from '../check/options.ts'
import { defaultIdentityTokenOptions, type IdentityTokenOptions } from '../enforce/options.ts'
import { defaultLimitOptions, type LimitOptions } from '../limit/options.ts'
import { defaultKeyFetchOptions, type KeyFetchOptions } from '../issuers/options.ts'
import { defaultListenOptions, type ListenOptions } from '../listen/options.ts'
import { defaultOperationsOptions, type OperationsOptions } from '../operations/options.ts'
import { defaultPolicyOptions, type PolicyOptions } from '../policy/options.ts'
import { defaultRedisOptions, type RedisOptions } from '../redis/options.ts'
import type { LogLevel } from '../telemetry/log.ts'
import { defaultUpstreamOptions, type UpstreamOptions } from '../upstream/options.ts'

/** Every area's options, complete and checked. Paths are absolute or relative to the process. */
export interface Config {
  readonly gateway: ListenOptions
  readonly upstreams: UpstreamOptions
  readonly authentication: AuthenticateOptions
  readonly dpop: DpopOptions
  readonly clientIdentity: ClientIdentityOptions
  readonly apiKeys: ApiKeyOptions
  readonly issuerKeys: KeyFetchOptions
  readonly identityToken: IdentityTokenOptions
  readonly check: CheckOptions
  readonly operations: OperationsOptions
  readonly records: AuditOptions
  readonly policies: PolicyOptions
  readonly limits: LimitOptions
  readonly redis: RedisOptions
  readonly log: { readonly level: LogLevel }
}

/** What an empty file means, but for the checks that a process has to pass to start. */
export const defaultConfig: Config = {
  gateway: defaultListenOptions,
  upstreams: defaultUpstreamOptions,
  authentication: defaultAuthenticateOptions,
  dpop: defaultDpopOptions,
  clientIdentity: defaultClientIdentityOptions,
  apiKeys: defaultApiKeyOptions,
  issuerKeys: defaultKeyFetchOptions,
  identityToken: defaultIdentityTokenOptions,
  check: defaultCheckOptions,
  operations: defaultOperationsOptions,
  records: defaultAuditOptions,
  policies: defaultPolicyOptions,
  limits: defaultLimitOptions,
  redis: defaultRedisOptions,
  log: { level: 'info' },
}
