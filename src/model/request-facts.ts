import type { ClientCertificate } from './client-certificate.ts'

/** In place of the address of whoever comes over a Unix socket; no address can be mistaken for it. */
export const unixPeer = 'unix'

export interface ClientAddress {
  /**
   * The client as far as trusted proxies vouch for it; without a trusted proxy, the peer. `unix` for
   * whoever came over a Unix socket.
   */
  readonly ip: string
  /** The other end of the connection, or who a PROXY protocol header says it is. */
  readonly peerIp: string
  readonly viaTrustedProxy: boolean
  /** What the client proved on this connection; absent without mutual TLS. */
  readonly certificate?: ClientCertificate
  /** Its end, seconds since the Unix epoch. */
  readonly certificateExpiresAtS?: number
}

/** What is true of one request, derived once by `listen` and never derived again. */
export interface RequestFacts {
  /** Minted here, unique; names the decision in the record, the refusal and the upstream's header. */
  readonly id: string
  /** The client's X-Request-ID when it is well formed, else `id`. */
  readonly requestId: string
  /** Wall clock, for records. */
  readonly receivedAtMs: number
  /** Monotonic clock (`performance.now()`), for durations. */
  readonly startedAtMs: number
  readonly method: string
  readonly scheme: 'http' | 'https'
  /** Lower case, without port, after the trusted-proxy rules. */
  readonly host: string
  /** Host with port as the client named it, after the trusted-proxy rules. */
  readonly authority: string
  /** Normalised: matched, decided, recorded and forwarded alike. */
  readonly path: string
  /** Raw, without the question mark; empty when there is none. */
  readonly query: string
  /** Name, value, name, value as received; duplicates and forbidden names already judged. */
  readonly rawHeaders: readonly string[]
  /** The Authorization field, or null. */
  readonly authorization: string | null
  /** How many Authorization fields came in; more than one is refused by `authenticate`. */
  readonly authorizationCount: number
  /** The DPoP field (RFC 9449), or null. */
  readonly dpop: string | null
  readonly dpopCount: number
  /** The X-API-Key field, or null. */
  readonly apiKey: string | null
  readonly apiKeyCount: number
  readonly client: ClientAddress
  readonly hasBody: boolean
  /** Bytes announced by Content-Length; null when chunked or without body. */
  readonly contentLength: number | null
}
