import { defaultConfig } from './config.ts'
import { credentialSettings } from './credential-settings.ts'
import { limitSettings } from './limit-settings.ts'
import { redisSettings } from './redis-settings.ts'

/** How a value is written in the file, and in which unit it is kept. */
type SettingKind =
  | 'text'
  | 'path'
  | 'flag'
  | 'rate'
  | 'mode'
  | 'count'
  | 'count-or-auto'
  | 'port'
  | 'texts'
  | 'duration-ms'
  | 'duration-s'
  | 'size'
  | 'size-or-unlimited'

export interface Setting {
  /** The property of the area's options. */
  readonly property: string
  readonly kind: SettingKind
  /** In the unit the value is kept in. */
  readonly min?: number
  readonly max?: number
  readonly allowed?: readonly string[]
  /** The environment variable that wins over the file. */
  readonly variable?: string
}

export interface SettingGroup {
  readonly part: keyof typeof defaultConfig
  readonly defaults: object
  readonly settings: Readonly<Record<string, Setting>>
}

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour
const kibibyte = 1_024
const mebibyte = 1_024 * kibibyte

/**
 * Every plain option: key in the file, property in the code, range. The schema says the same to
 * editors and `docs/configuration.md` to people; a test keeps the three in step.
 */
export const settingGroups = {
  gateway: {
    part: 'gateway',
    defaults: defaultConfig.gateway,
    settings: {
      host: { property: 'host', kind: 'text', variable: 'SALLYPORT_GATEWAY_HOST' },
      port: { property: 'port', kind: 'port', variable: 'SALLYPORT_GATEWAY_PORT' },
      socket: { property: 'socket', kind: 'path', variable: 'SALLYPORT_GATEWAY_SOCKET' },
      socket_mode: { property: 'socketMode', kind: 'mode' },
      proxy_protocol: { property: 'proxyProtocol', kind: 'texts' },
      trusted_proxies: { property: 'trustedProxies', kind: 'texts' },
      max_header_size: {
        property: 'maxHeaderBytes',
        kind: 'size',
        min: kibibyte,
        max: 256 * kibibyte,
      },
      max_header_count: { property: 'maxHeaderCount', kind: 'count', min: 16, max: 2_000 },
      max_body_size: { property: 'maxBodyBytes', kind: 'size-or-unlimited', min: 1 },
      headers_timeout: {
        property: 'headersTimeoutMs',
        kind: 'duration-ms',
        min: second,
        max: hour,
      },
      body_idle_timeout: {
        property: 'bodyIdleTimeoutMs',
        kind: 'duration-ms',
        min: second,
        max: hour,
      },
      keep_alive_timeout: {
        property: 'keepAliveTimeoutMs',
        kind: 'duration-ms',
        min: second,
        max: hour,
      },
      max_connections: { property: 'maxConnections', kind: 'count', min: 1, max: 1_000_000 },
      max_client_connections: {
        property: 'maxClientConnections',
        kind: 'count',
        min: 0,
        max: 1_000_000,
      },
      min_body_rate: { property: 'minBodyBytesPerS', kind: 'size', min: 0, max: mebibyte },
      overload_delay: { property: 'overloadDelayMs', kind: 'duration-ms', min: 0, max: minute },
      max_upgrades: { property: 'maxUpgrades', kind: 'count', min: 0, max: 1_000_000 },
      upgrade_idle_timeout: {
        property: 'upgradeIdleTimeoutMs',
        kind: 'duration-ms',
        min: second,
        max: day,
      },
      upgrade_origins: { property: 'upgradeOrigins', kind: 'texts' },
      recheck_interval: {
        property: 'recheckIntervalMs',
        kind: 'duration-ms',
        min: second,
        max: hour,
      },
      workers: {
        property: 'workers',
        kind: 'count-or-auto',
        min: 1,
        max: 256,
        variable: 'SALLYPORT_GATEWAY_WORKERS',
      },
      reuse_port: { property: 'reusePort', kind: 'flag' },
      drain_idle_timeout: {
        property: 'drainIdleTimeoutMs',
        kind: 'duration-ms',
        min: 0,
        max: minute,
      },
      drain_timeout: { property: 'drainTimeoutMs', kind: 'duration-ms', min: 0, max: hour },
    },
  },
  upstreams: {
    part: 'upstreams',
    defaults: defaultConfig.upstreams,
    settings: {
      connect_timeout: {
        property: 'connectTimeoutMs',
        kind: 'duration-ms',
        min: 10,
        max: 5 * minute,
      },
      headers_timeout: { property: 'headersTimeoutMs', kind: 'duration-ms', min: 10, max: hour },
      body_idle_timeout: { property: 'bodyIdleTimeoutMs', kind: 'duration-ms', min: 10, max: hour },
      max_connections: { property: 'maxConnections', kind: 'count', min: 1, max: 65_536 },
      keep_alive_timeout: {
        property: 'keepAliveTimeoutMs',
        kind: 'duration-ms',
        min: second,
        max: hour,
      },
      max_header_size: {
        property: 'maxHeaderBytes',
        kind: 'size',
        min: kibibyte,
        max: 256 * kibibyte,
      },
      allowed_addresses: { property: 'allowedAddresses', kind: 'texts' },
      denied_addresses: { property: 'deniedAddresses', kind: 'texts' },
      identity_headers: { property: 'identityHeaders', kind: 'flag' },
    },
  },
  authentication: {
    part: 'authentication',
    defaults: defaultConfig.authentication,
    settings: {
      clock_skew: { property: 'clockSkewS', kind: 'duration-s', min: 0, max: 300 },
      max_token_size: {
        property: 'maxTokenBytes',
        kind: 'size',
        min: 512,
        max: 64 * kibibyte,
      },
      token_cache_entries: {
        property: 'tokenCacheEntries',
        kind: 'count',
        min: 1,
        max: 1_000_000,
      },
      token_cache_max_age: {
        property: 'tokenCacheMaxAgeS',
        kind: 'duration-s',
        min: 1,
        max: 3_600,
      },
      max_failures_per_address: {
        property: 'maxFailuresPerAddress',
        kind: 'count',
        min: 1,
        max: 100_000,
      },
      max_failures: { property: 'maxFailures', kind: 'count', min: 1, max: 1_000_000 },
    },
  },
  ...credentialSettings,
  issuer_keys: {
    part: 'issuerKeys',
    defaults: defaultConfig.issuerKeys,
    settings: {
      timeout: { property: 'timeoutMs', kind: 'duration-ms', min: 100, max: minute },
      refresh_interval: {
        property: 'refreshIntervalMs',
        kind: 'duration-ms',
        min: 10 * second,
        max: day,
      },
      cooldown: { property: 'cooldownMs', kind: 'duration-ms', min: second, max: hour },
      stale_use: { property: 'staleUseMs', kind: 'duration-ms', min: 0, max: 7 * day },
      min_backoff: { property: 'minBackoffMs', kind: 'duration-ms', min: 100, max: hour },
      max_backoff: { property: 'maxBackoffMs', kind: 'duration-ms', min: 100, max: hour },
      max_response_size: {
        property: 'maxResponseBytes',
        kind: 'size',
        min: kibibyte,
        max: 16 * mebibyte,
      },
      max_keys: { property: 'maxKeys', kind: 'count', min: 1, max: 1_000 },
    },
  },
  check: {
    part: 'check',
    defaults: defaultConfig.check,
    settings: {
      host: { property: 'host', kind: 'text', variable: 'SALLYPORT_CHECK_HOST' },
      port: { property: 'port', kind: 'port', variable: 'SALLYPORT_CHECK_PORT' },
      public_url: { property: 'publicUrl', kind: 'text', variable: 'SALLYPORT_CHECK_PUBLIC_URL' },
      token_subjects: { property: 'tokenSubjects', kind: 'texts' },
      allow_unauthenticated: { property: 'allowUnauthenticated', kind: 'flag' },
      max_body_size: {
        property: 'maxBodyBytes',
        kind: 'size',
        min: kibibyte,
        max: 64 * mebibyte,
      },
      max_json_depth: { property: 'maxJsonDepth', kind: 'count', min: 4, max: 256 },
      max_evaluations: { property: 'maxEvaluations', kind: 'count', min: 1, max: 100_000 },
      complete_entities: { property: 'completeEntities', kind: 'flag' },
    },
  },
  operations: {
    part: 'operations',
    defaults: defaultConfig.operations,
    settings: {
      host: { property: 'host', kind: 'text', variable: 'SALLYPORT_OPERATIONS_HOST' },
      port: { property: 'port', kind: 'port', variable: 'SALLYPORT_OPERATIONS_PORT' },
    },
  },
  records: {
    part: 'records',
    defaults: defaultConfig.records,
    settings: {
      sink: {
        property: 'sink',
        kind: 'text',
        allowed: ['stdout', 'file', 'none'],
        variable: 'SALLYPORT_RECORDS_SINK',
      },
      file: { property: 'file', kind: 'path', variable: 'SALLYPORT_RECORDS_FILE' },
      queue_capacity: { property: 'queueCapacity', kind: 'count', min: 1_024, max: 1_048_576 },
      flush_interval: { property: 'flushIntervalMs', kind: 'duration-ms', min: 1, max: 10_000 },
    },
  },
  policies: {
    part: 'policies',
    defaults: defaultConfig.policies,
    settings: {
      dir: { property: 'dir', kind: 'path', variable: 'SALLYPORT_POLICIES_DIR' },
      settle: { property: 'settleMs', kind: 'duration-ms', min: 10, max: 10_000 },
      poll_interval: { property: 'pollMs', kind: 'duration-ms', min: 100, max: hour },
    },
  },
  limits: limitSettings,
  redis: redisSettings,
  log: {
    part: 'log',
    defaults: defaultConfig.log,
    settings: {
      level: {
        property: 'level',
        kind: 'text',
        allowed: ['debug', 'info', 'warn', 'error', 'silent'],
        variable: 'SALLYPORT_LOG_LEVEL',
      },
    },
  },
} as const satisfies Readonly<Record<string, SettingGroup>>
