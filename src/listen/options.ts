/** The gateway's own listener. Sizes in bytes, times in milliseconds. */
export interface ListenOptions {
  readonly host: string
  readonly port: number
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
  /** Longest silence between two requests on one connection. */
  readonly keepAliveTimeoutMs: number
  readonly maxConnections: number
  /** How long a shutdown waits for requests in flight. */
  readonly drainTimeoutMs: number
}

export const defaultListenOptions: ListenOptions = {
  host: '127.0.0.1',
  port: 8080,
  trustedProxies: [],
  maxHeaderBytes: 16_384,
  maxHeaderCount: 100,
  maxBodyBytes: 1_073_741_824,
  headersTimeoutMs: 10_000,
  bodyIdleTimeoutMs: 30_000,
  keepAliveTimeoutMs: 65_000,
  maxConnections: 10_000,
  drainTimeoutMs: 20_000,
}
