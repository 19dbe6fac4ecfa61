/** A key that values in Redis are sealed with. */
export interface SealKey {
  readonly id: string
  /** 32 octets or more, from a random source. */
  readonly secret: Uint8Array
}

/** What has to be kept secret, or comes from files; read with the configuration. */
export interface RedisSecrets {
  readonly password: string | null
  readonly sentinelPassword: string | null
  /** The first one seals, all of them open. Never empty where Redis is used. */
  readonly sealKeys: readonly SealKey[]
  /** PEM texts. */
  readonly authorities: string | null
  readonly certificate: string | null
  readonly key: string | null
}

/** Of those, what connections are opened with; may change while the process runs. */
export type RedisTls = Pick<RedisSecrets, 'authorities' | 'certificate' | 'key'>

/** The shared cache. Times in milliseconds, sizes in bytes. */
export interface RedisOptions {
  readonly mode: 'single' | 'sentinel' | 'cluster'
  /** `host:port`: the server, the Sentinels, or some nodes of the Cluster. Empty: no Redis. */
  readonly nodes: readonly string[]
  /** Path of a Unix socket in place of a node. */
  readonly socket: string | null
  readonly sentinelName: string
  readonly sentinelUsername: string | null
  readonly sentinelPasswordFile: string | null
  readonly username: string | null
  readonly passwordFile: string | null
  readonly database: number
  readonly tls: boolean
  readonly authoritiesFile: string | null
  readonly certificateFile: string | null
  readonly keyFile: string | null
  readonly serverName: string | null
  readonly sealKeysFile: string | null
  /** The beginning of every key, so that several installations can share one server. */
  readonly namespace: string
  /** What a request waits for one command at most. */
  readonly timeoutMs: number
  readonly connectTimeoutMs: number
  /** Commands without an answer yet; past it Redis counts as away. */
  readonly maxInFlight: number
  /** A longer value is neither written nor read. */
  readonly maxValueBytes: number
  /** What a request waits at most for another process that is asking the same question. */
  readonly leaseWaitMs: number
  /** How long a value is used from memory without looking whether Redis still has it. */
  readonly localMaxAgeMs: number
  /** Values kept in memory, of each kind. */
  readonly localEntries: number
  readonly secrets: RedisSecrets
}

export const noRedisSecrets: RedisSecrets = {
  password: null,
  sentinelPassword: null,
  sealKeys: [],
  authorities: null,
  certificate: null,
  key: null,
}

export const defaultRedisOptions: RedisOptions = {
  mode: 'single',
  nodes: [],
  socket: null,
  sentinelName: 'mymaster',
  sentinelUsername: null,
  sentinelPasswordFile: null,
  username: null,
  passwordFile: null,
  database: 0,
  tls: false,
  authoritiesFile: null,
  certificateFile: null,
  keyFile: null,
  serverName: null,
  sealKeysFile: null,
  namespace: 'sallyport',
  timeoutMs: 10,
  connectTimeoutMs: 1_000,
  maxInFlight: 1_000,
  maxValueBytes: 65_536,
  leaseWaitMs: 500,
  localMaxAgeMs: 10_000,
  localEntries: 10_000,
  secrets: noRedisSecrets,
}

/** The same, with what is known to be good in place of what was read with the configuration. */
export function withTls(options: RedisOptions, tls: RedisTls): RedisOptions {
  return { ...options, secrets: { ...options.secrets, ...tls } }
}

/** Whether there is a Redis at all. */
export function usesRedis({ nodes, socket }: RedisOptions): boolean {
  return nodes.length > 0 || socket !== null
}
