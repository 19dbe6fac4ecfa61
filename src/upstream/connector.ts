import { lookup as resolveName } from 'node:dns'
import { connect as connectTcp, isIP, type LookupFunction, type OnReadOpts, Socket } from 'node:net'
import {
  checkServerIdentity,
  connect as connectTls,
  type SecureContext,
  type TLSSocket,
} from 'node:tls'
import type { UpstreamAddresses } from './addresses.ts'

/** What a connection to one upstream over TLS proves itself with and checks the other side by. */
export interface UpstreamTls {
  /** Null: the authorities Node.js knows, and no certificate of our own. */
  readonly context: SecureContext | null
  /** The name asked for and verified; null: the host of the origin. */
  readonly serverName: string | null
}

export interface UpstreamTlsSource {
  /** The same object as long as nothing has changed. */
  for(origin: string): UpstreamTls
}

const plain: UpstreamTls = { context: null, serverName: null }
/** Nothing configured: what Node.js trusts. */
export const plainUpstreamTls: UpstreamTlsSource = { for: () => plain }

/** Where connections lead: TCP, TCP with TLS, or a Unix socket. */
export interface UpstreamEndpoint {
  /** As routes name it: `https://payments.internal:8443`, `unix:/run/app.sock`. */
  readonly origin: string
  readonly connectTimeoutMs: number
  readonly addresses: UpstreamAddresses
  /** Asked for each connection, so that changed files count for the next one. */
  readonly tls: () => UpstreamTls
  /** An origin to connect to in place of `origin`, whose certificate is still the one asked for. */
  readonly connectTo?: string | undefined
  readonly resolve?: LookupFunction | undefined
}

/** Told once. With an error there is no socket, and nothing of it is left open. */
export type Connected = (
  ...result: [error: Error, socket: null] | [error: null, socket: Socket]
) => void

/**
 * Opens connections to one upstream. Names are resolved for each connection, and the address is
 * judged each time: a name that is made to point elsewhere leads nowhere. The socket returned may be
 * destroyed to give up; the callback then gets an error.
 */
export class UpstreamConnector {
  readonly #endpoint: UpstreamEndpoint
  readonly #path: string | null
  readonly isSecure: boolean
  readonly #host: string
  readonly #port: number
  /** Whose certificate is asked for, whatever Host the client names. */
  readonly #hostname: string
  #session: { readonly tls: UpstreamTls; readonly ticket: Buffer } | null = null

  constructor(endpoint: UpstreamEndpoint) {
    const { origin, connectTo = origin } = endpoint
    this.#endpoint = endpoint
    this.#path = connectTo.startsWith(unixPrefix) ? connectTo.slice(unixPrefix.length) : null
    this.#hostname = origin.startsWith(unixPrefix) ? 'localhost' : hostOf(new URL(origin))
    const url = this.#path === null ? new URL(connectTo) : null
    this.isSecure = url?.protocol === 'https:'
    this.#host = url === null ? 'localhost' : hostOf(url)
    this.#port = Number(url?.port) || (this.isSecure ? 443 : 80)
  }

  /** `onread`: where its octets go; null: it is a stream like any other. */
  connect(onread: OnReadOpts | null, connected: Connected): Socket {
    const socket = this.#open(onread === null ? null : { onread })
    const timer = setTimeout(() => {
      const { connectTimeoutMs } = this.#endpoint
      socket.destroy(new Error(`No connection within ${connectTimeoutMs} ms`))
    }, this.#endpoint.connectTimeoutMs)
    let failure: Error | null = null
    const fail = (error: Error): void => {
      failure = error
    }
    const close = (): void => {
      clearTimeout(timer)
      connected(describe(failure ?? new Error('The connection was given up')), null)
    }
    socket.once('error', fail)
    socket.once('close', close)
    socket.once(this.isSecure ? 'secureConnect' : 'connect', () => {
      clearTimeout(timer)
      socket.off('error', fail)
      socket.off('close', close)
      connected(null, socket)
    })
    return socket
  }

  #open(reading: { readonly onread: OnReadOpts } | null): Socket {
    if (this.#path !== null) return connectTcp({ ...reading, path: this.#path })
    const { addresses, resolve = resolveName } = this.#endpoint
    const refused = isIP(this.#host) === 0 ? null : addresses.refuse(this.#host, null)
    if (refused !== null) return new Socket().destroy(new Error(refused))
    const place = {
      ...reading,
      host: this.#host,
      port: this.#port,
      lookup: addresses.judging(resolve),
      noDelay: true,
      keepAlive: true,
      keepAliveInitialDelay: keepAliveDelayMs,
    }
    return this.isSecure ? this.#openTls(place) : connectTcp(place)
  }

  #openTls(place: { readonly host: string; readonly port: number }): TLSSocket {
    const tls = this.#endpoint.tls()
    const name = tls.serverName ?? this.#hostname
    const session = this.#session?.tls === tls ? this.#session.ticket : undefined
    const socket = connectTls({
      ...place,
      // RFC 6066 section 3: an address is no server name.
      servername: isIP(name) === 0 ? name : '',
      // Verified against the name asked for also where that is an address.
      checkServerIdentity: (_, certificate) => checkServerIdentity(name, certificate),
      ALPNProtocols: ['http/1.1'],
      ...(tls.context === null ? null : { secureContext: tls.context }),
      ...(session === undefined ? null : { session }),
    })
    // A session stands for a verification: one made by other files is not resumed.
    socket.on('session', (ticket) => {
      this.#session = { tls, ticket }
    })
    return socket
  }
}

/** Address and port a connection leads to; null where the origin says it, or there are none. */
export function addressOf({ remoteAddress, remotePort }: Socket, origin: string): string | null {
  if (remoteAddress === undefined) return null
  const host = remoteAddress.includes(':') ? `[${remoteAddress}]` : remoteAddress
  const address = `${host}:${remotePort}`
  return origin.endsWith(`//${address}`) ? null : address
}

const unixPrefix = 'unix:'
const keepAliveDelayMs = 60_000

function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '')
}

/** Where several addresses were tried, Node.js leaves the message empty. */
function describe(error: Error): Error {
  if (!(error instanceof AggregateError) || error.message !== '') return error
  const causes = error.errors.map((cause) => (cause instanceof Error ? cause.message : ''))
  return Object.assign(new Error(causes.join('; '), { cause: error }), {
    code: (error as NodeJS.ErrnoException).code,
  })
}
