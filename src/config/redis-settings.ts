import { defaultConfig } from './config.ts'
import type { SettingGroup } from './settings.ts'

const kibibyte = 1_024
const second = 1_000

/** Those of `redis`. Secrets are read from files apart. */
export const redisSettings = {
  part: 'redis',
  defaults: defaultConfig.redis,
  settings: {
    mode: { property: 'mode', kind: 'text', allowed: ['single', 'sentinel', 'cluster'] },
    nodes: { property: 'nodes', kind: 'texts' },
    socket: { property: 'socket', kind: 'path' },
    sentinel_name: { property: 'sentinelName', kind: 'text' },
    sentinel_username: { property: 'sentinelUsername', kind: 'text' },
    sentinel_password_file: { property: 'sentinelPasswordFile', kind: 'path' },
    username: { property: 'username', kind: 'text', variable: 'SALLYPORT_REDIS_USERNAME' },
    password_file: {
      property: 'passwordFile',
      kind: 'path',
      variable: 'SALLYPORT_REDIS_PASSWORD_FILE',
    },
    database: { property: 'database', kind: 'count', min: 0, max: 1_023 },
    tls: { property: 'tls', kind: 'flag' },
    authorities: { property: 'authoritiesFile', kind: 'path' },
    certificate: { property: 'certificateFile', kind: 'path' },
    key: { property: 'keyFile', kind: 'path' },
    server_name: { property: 'serverName', kind: 'text' },
    seal_keys_file: {
      property: 'sealKeysFile',
      kind: 'path',
      variable: 'SALLYPORT_REDIS_SEAL_KEYS_FILE',
    },
    namespace: { property: 'namespace', kind: 'text' },
    timeout: { property: 'timeoutMs', kind: 'duration-ms', min: 1, max: second },
    connect_timeout: {
      property: 'connectTimeoutMs',
      kind: 'duration-ms',
      min: 100,
      max: 60 * second,
    },
    max_in_flight: { property: 'maxInFlight', kind: 'count', min: 1, max: 100_000 },
    max_value_size: {
      property: 'maxValueBytes',
      kind: 'size',
      min: kibibyte,
      max: 16 * kibibyte * kibibyte,
    },
    lease_wait: { property: 'leaseWaitMs', kind: 'duration-ms', min: 0, max: 10 * second },
    local_max_age: {
      property: 'localMaxAgeMs',
      kind: 'duration-ms',
      min: 100,
      max: 3_600 * second,
    },
    local_entries: { property: 'localEntries', kind: 'count', min: 1, max: 1_000_000 },
  },
} as const satisfies SettingGroup
