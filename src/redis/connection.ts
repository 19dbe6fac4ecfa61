import type { Cluster, Redis, RedisOptions as Settings } from 'ioredis'
import type { RedisOptions, RedisTls } from './options.ts'
import { scripts } from './scripts.ts'

/** What of a connection is used: few commands, so that an access list can be short. */
export interface Connection {
  readonly isReady: boolean
  getRange(key: string, maxBytes: number): Promise<Buffer>
  set(key: string, value: string | Uint8Array, ttlMs: number): Promise<unknown>
  setOnce(key: string, ttlMs: number): Promise<unknown>
  readOrLease(
    keys: readonly [string, string],
    args: readonly (string | number)[],
  ): Promise<Buffer | number>
  writeAndRelease(
    keys: readonly [string, string],
    args: readonly (string | number | Uint8Array)[],
  ): Promise<unknown>
  settleBuckets(keys: readonly string[], args: readonly number[]): Promise<readonly string[]>
  info(): Promise<string>
  /** For connections that are opened from now on; those there are go on. */
  renewTls(tls: RedisTls): void
  /** Closes what does not answer, so that it is opened anew. */
  close(): void
}

export interface ConnectionEvents {
  ready(): void
  /** Said as often as it happens. */
  failed(error: Error): void
}

/** A server that took a command and has not said a word since is given up after this long. */
const silenceMs = 1_000
const minReconnectMs = 50
const maxReconnectMs = 2_000
/** A replica answers READONLY; the connection is then opened anew, but no more often than this. */
const readOnlyPauseMs = 1_000

type Scripted = (Redis | Cluster) & {
  readOrLeaseBuffer(...args: (string | number)[]): Promise<Buffer | number>
  writeAndRelease(...args: (string | number | Buffer)[]): Promise<unknown>
  settleBuckets(...args: (string | number)[]): Promise<string[]>
}

/**
 * The only place that knows the client library. It is loaded when it is needed, queues nothing while
 * there is no connection, sends nothing twice, and connects anew by itself for as long as it takes.
 */
export async function connect(
  options: RedisOptions,
  events: ConnectionEvents,
): Promise<Connection> {
  const { Cluster: ClusterClient, Redis: Client } = await import('ioredis')
  // The library copies what is in it whenever it opens a connection.
  const tls = tlsSettings(options.secrets, options.serverName)
  const common = commonSettings(options, tls)
  let client: Redis | Cluster
  if (options.mode === 'cluster') {
    client = new ClusterClient(addresses(options), {
      lazyConnect: true,
      enableOfflineQueue: false,
      clusterRetryStrategy: reconnectDelay,
      maxRedirections: 3,
      retryDelayOnFailover: minReconnectMs,
      retryDelayOnClusterDown: minReconnectMs,
      slotsRefreshTimeout: options.connectTimeoutMs,
      slotsRefreshInterval: 2_000,
      redisOptions: common,
    })
  } else {
    client = new Client({ ...common, ...placeOf(options, tls), retryStrategy: reconnectDelay })
  }
  const { readOrLease, writeAndRelease, settleBuckets } = scripts
  client.defineCommand('readOrLease', readOrLease)
  client.defineCommand('writeAndRelease', writeAndRelease)
  client.defineCommand('settleBuckets', { lua: settleBuckets.lua })
  client.on('ready', () => events.ready())
  client.on('error', (error: Error) => events.failed(error))
  client.on('node error', (error: Error) => events.failed(error))
  // Why it fails is told by `error`; it goes on trying.
  client.connect().catch(() => undefined)
  return connectionOf(client as Scripted, (next) => {
    Object.assign(tls, tlsSettings(next, options.serverName))
  })
}

function connectionOf(client: Scripted, renewTls: Connection['renewTls']): Connection {
  return {
    get isReady() {
      return client.status === 'ready'
    },
    getRange: (key, maxBytes) => client.getrangeBuffer(key, 0, maxBytes),
    set: (key, value, ttlMs) => client.set(key, bufferOf(value), 'PX', ttlMs),
    setOnce: (key, ttlMs) => client.set(key, '1', 'PX', ttlMs, 'NX'),
    readOrLease: (keys, args) => client.readOrLeaseBuffer(...keys, ...args),
    writeAndRelease: (keys, args) => client.writeAndRelease(...keys, ...args.map(bufferOf)),
    settleBuckets: (keys, args) => client.settleBuckets(keys.length, ...keys, ...args),
    info: () => client.info(),
    renewTls,
    close: () => client.disconnect(),
  }
}

function bufferOf<Value>(value: Value | Uint8Array): Value | Buffer {
  return value instanceof Uint8Array
    ? Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    : value
}

function commonSettings(options: RedisOptions, tls: TlsSettings): Omit<Settings, 'replyMapping'> {
  const { secrets, username } = options
  let mayReconnectAtMs = 0
  return {
    lazyConnect: true,
    enableOfflineQueue: false,
    // What was under way when a connection broke may have been done: it is never sent again.
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    connectTimeout: options.connectTimeoutMs,
    socketTimeout: Math.max(silenceMs, 2 * options.timeoutMs),
    connectionName: 'sallyport',
    disableClientInfo: true,
    db: options.mode === 'cluster' ? 0 : options.database,
    ...(username === null ? null : { username }),
    ...(secrets.password === null ? null : { password: secrets.password }),
    ...(options.tls ? { tls } : null),
    reconnectOnError: (error) => {
      const nowMs = performance.now()
      if (!error.message.startsWith('READONLY') || nowMs < mayReconnectAtMs) return false
      mayReconnectAtMs = nowMs + readOnlyPauseMs
      return true
    },
  }
}

type TlsSettings = NonNullable<Settings['tls']>

function tlsSettings(
  { authorities, certificate, key }: RedisTls,
  serverName: string | null,
): TlsSettings {
  return {
    // Whatever NODE_TLS_REJECT_UNAUTHORIZED says.
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
    ...(authorities === null ? null : { ca: authorities }),
    ...(certificate === null || key === null ? null : { cert: certificate, key }),
    ...(serverName === null ? null : { servername: serverName }),
  }
}

function placeOf(options: RedisOptions, tls: TlsSettings): Omit<Settings, 'replyMapping'> {
  const { mode, socket, secrets, sentinelUsername, connectTimeoutMs } = options
  if (mode === 'sentinel') {
    return {
      sentinels: addresses(options),
      name: options.sentinelName,
      failoverDetector: true,
      sentinelCommandTimeout: connectTimeoutMs,
      sentinelRetryStrategy: reconnectDelay,
      ...(sentinelUsername === null ? null : { sentinelUsername }),
      ...(secrets.sentinelPassword === null
        ? null
        : { sentinelPassword: secrets.sentinelPassword }),
      ...(options.tls ? { enableTLSForSentinelMode: true, sentinelTLS: tls } : null),
    }
  }
  if (socket !== null) return { path: socket }
  return addresses(options)[0] ?? {}
}

function addresses({ nodes }: RedisOptions): { host: string; port: number }[] {
  return nodes.map((node) => {
    const colon = node.lastIndexOf(':')
    return {
      host: node.slice(0, colon).replace(/^\[|\]$/gu, ''),
      port: Number(node.slice(colon + 1)),
    }
  })
}

/** Spread out, so that many sidecars do not come back at one moment. */
function reconnectDelay(attempts: number): number {
  const delayMs = Math.min(minReconnectMs * 2 ** Math.min(attempts - 1, 10), maxReconnectMs)
  return delayMs * (0.5 + Math.random())
}
