/** The gateway's own listener. Sizes in bytes, times in milliseconds. */
export interface ListenOptions {
  readonly host: string
  readonly port: number
  /** Path of a Unix socket to listen on, in place of host and port. */
  readonly socket: string | null
  /** Who may connect to it, as the permission bits of a file. */
  readonly socketMode: number
  /** Peers that begin each connection with a PROXY protocol header, which says who the client is. */
  readonly proxyProtocol: readonly string[]
  /** Null: without TLS. */
  readonly tls: ListenTlsOptions | null
  /** Addresses or CIDR ranges whose X-Forwarded-* and Forwarded are believed; never all of them. */
  readonly trustedProxies: readonly string[]
  /** Request line and header fields together. */
  readonly maxHeaderBytes: number
  readonly maxHeaderCount: number
  /** 0: unlimited. */
  readonly maxBodyBytes: number
  /** From the first byte of a request to the end of its header. */
  readonly headersTimeoutMs: number
  /** Longest silence while a request body is coming in, or while the client does not read. */
  readonly bodyIdleTimeoutMs: number
  /** Slowest a request body may come once `bodyIdleTimeoutMs` was spent waiting for it; 0: any. */
  readonly minBodyBytesPerS: number
  /** Longest silence between two requests on one connection. */
  readonly keepAliveTimeoutMs: number
  readonly maxConnections: number
  /** Of one address that is no trusted proxy; 0: as many as there may be at all. */
  readonly maxClientConnections: number
  /** A request kept waiting for longer by those before it is refused; 0: never. */
  readonly overloadDelayMs: number
  /** Connections that were switched to another protocol, at the same time. */
  readonly maxUpgrades: number
  /** Longest silence, both ways, on a connection that was switched to another protocol. */
  readonly upgradeIdleTimeoutMs: number
  /** Origins whose pages may switch protocols, besides the one that is asked itself. */
  readonly upgradeOrigins: readonly string[]
  /** How often it is asked again whether what is open long is still permitted. */
  readonly recheckIntervalMs: number
  /** Processes that serve; 0: one for each processor. One serves by itself, without a primary. */
  readonly workers: number
  /** Another process may listen there as well, to take over (SO_REUSEPORT). */
  readonly reusePort: boolean
  /** How long a shutdown leaves an idle connection open for a request that may be under way. */
  readonly drainIdleTimeoutMs: number
  /** How long a shutdown waits for requests in flight. */
  readonly drainTimeoutMs: number
}

/** TLS towards clients. Paths of PEM files. */
export interface ListenTlsOptions {
  /** The first is shown to whoever names no server. */
  readonly certificates: readonly { readonly certificate: string; readonly key: string }[]
  readonly minVersion: '1.2' | '1.3'
  /** What a client gets that names a server no certificate is for, or none. */
  readonly unknownNames: 'first' | 'refuse'
  /** Issuers of client certificates; null: nobody is asked for one. */
  readonly clientAuthorities: string | null
  readonly clientCertificates: 'required' | 'optional'
  readonly handshakeTimeoutMs: number
  /** Handshakes at the same time; more are closed at once. */
  readonly maxHandshakes: number
  /** Of one address that is no trusted proxy; 0: as many as there may be at all. */
  readonly maxClientHandshakes: number
  /** Begun by one such address within a second, in each process; 0: as many as it likes. */
  readonly clientHandshakesPerS: number
}

export const defaultListenTlsOptions: ListenTlsOptions = {
  certificates: [],
  minVersion: '1.3',
  unknownNames: 'first',
  clientAuthorities: null,
  clientCertificates: 'required',
  handshakeTimeoutMs: 10_000,
  maxHandshakes: 1_000,
  maxClientHandshakes: 250,
  clientHandshakesPerS: 200,
}

export const defaultListenOptions: ListenOptions = {
  host: '127.0.0.1',
  port: 8080,
  socket: null,
  socketMode: 0o660,
  proxyProtocol: [],
  tls: null,
  trustedProxies: [],
  maxHeaderBytes: 16_384,
  maxHeaderCount: 100,
  maxBodyBytes: 1_073_741_824,
  headersTimeoutMs: 10_000,
  bodyIdleTimeoutMs: 30_000,
  minBodyBytesPerS: 512,
  keepAliveTimeoutMs: 65_000,
  maxConnections: 10_000,
  maxClientConnections: 5_000,
  overloadDelayMs: 500,
  maxUpgrades: 5_000,
  upgradeIdleTimeoutMs: 600_000,
  upgradeOrigins: [],
  recheckIntervalMs: 10_000,
  workers: 0,
  reusePort: false,
  drainIdleTimeoutMs: 1_000,
  drainTimeoutMs: 20_000,
}

/** How browsers write an origin. */
export const originPattern = /^(https?):\/\/([a-z0-9.-]{1,253}|\[[0-9a-f:.]{2,45}\])(:[0-9]{1,5})?$/
