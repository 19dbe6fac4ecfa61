import type { LookupFunction } from 'node:net'

/** How the gateway talks to upstreams. Times in milliseconds. */
export interface UpstreamOptions {
  readonly connectTimeoutMs: number
  /** From the request sent to the response header; past it the client gets 504. */
  readonly headersTimeoutMs: number
  /** Longest silence within a response body. */
  readonly bodyIdleTimeoutMs: number
  /** Connections kept to one upstream origin. */
  readonly maxConnections: number
  readonly keepAliveTimeoutMs: number
  readonly maxHeaderBytes: number
  /** Addresses or CIDR ranges; empty: see `UpstreamAddresses`. */
  readonly allowedAddresses: readonly string[]
  readonly deniedAddresses: readonly string[]
  readonly tls: readonly UpstreamTlsOptions[]
  readonly tokenExchange: readonly TokenExchangeOptions[]
  /** Subject, issuer and roles as plain fields beside the identity token, unless a route says. */
  readonly identityHeaders: boolean
  /** Origins to connect to in place of those that routes name, by the latter. */
  readonly connectTo?: ReadonlyMap<string, string>
  /** How names become addresses; default: as the machine resolves them. */
  readonly resolve?: LookupFunction
}

export const defaultUpstreamOptions: UpstreamOptions = {
  connectTimeoutMs: 3_000,
  headersTimeoutMs: 60_000,
  bodyIdleTimeoutMs: 60_000,
  maxConnections: 256,
  keepAliveTimeoutMs: 30_000,
  maxHeaderBytes: 32_768,
  allowedAddresses: [],
  deniedAddresses: [],
  tls: [],
  tokenExchange: [],
  identityHeaders: true,
}

/** How one upstream is verified, and who we are to it. Paths of PEM files. */
export interface UpstreamTlsOptions {
  /** Its origin as routes write it; null: every one that has no entry of its own. */
  readonly upstream: string | null
  /** Asked for and verified; null: the host of the origin. */
  readonly serverName: string | null
  /** Null: those Node.js knows. */
  readonly authorities: string | null
  readonly certificate: string | null
  readonly key: string | null
  readonly minVersion: '1.2' | '1.3'
}

/** One upstream that wants a token of its own (RFC 8693). */
export interface TokenExchangeOptions {
  /** Its origin as routes write it. */
  readonly upstream: string
  /** https, or http on loopback. */
  readonly tokenEndpoint: string
  readonly clientId: string
  readonly clientSecret: string
  /** Null: the audience of the route. */
  readonly audience: string | null
  readonly resource: string | null
  readonly scope: string | null
  readonly timeoutMs: number
}

export const defaultTokenExchangeTimeoutMs = 3_000
