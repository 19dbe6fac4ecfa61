import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { createServer as createHttpServer, type Server, type ServerOptions } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { Socket } from 'node:net'
import { unixPeer } from '../model/request-facts.ts'
import { normaliseIp, type TrustedProxies } from './client-address.ts'
import { ClientHandshakes } from './client-handshakes.ts'
import type { GatewayRequest } from './gateway-request.ts'
import type { ListenTlsOptions } from './options.ts'
import { takeProxyHeader } from './proxied-peer.ts'
import { readSecureChannel, type SecureChannel } from './secure-channel.ts'
import type { TlsSource } from './tls-source.ts'
import { takeOver } from '../service/take-over.ts'

/** Why a connection was closed before it carried a request. */
export type ConnectionRefusal =
  | 'client_connections'
  | 'proxy_header'
  | 'tls_handshake'
  | 'tls_handshakes_full'
  | 'tls_client_handshakes'
  | 'tls_name_unknown'

/** The other end of a connection. */
export interface Peer {
  /** As a PROXY protocol header says, else of the connection; `unix` over a Unix socket. */
  readonly ip: string
  readonly secure: SecureChannel | null
}

export interface SecureOptions {
  readonly options: ListenTlsOptions
  readonly source: TlsSource
}

/** What is to be encrypted must not go out in clear because somebody forgot to hand over the keys. */
export function secureOptions(
  options: ListenTlsOptions | null,
  source: TlsSource | null,
): SecureOptions | null {
  assert.equal(options === null, source === null, 'TLS is configured but there is no certificate')
  return options === null || source === null ? null : { options, source }
}

export interface TransportOptions {
  readonly http: ServerOptions<typeof GatewayRequest>
  /** Peers that begin with a PROXY protocol header; null: nobody does. */
  readonly proxies: TrustedProxies | null
  readonly proxyTimeoutMs: number
  /** Whose connections are those of many clients. */
  readonly trusted: TrustedProxies | null
  /** Connections come over a Unix socket. */
  readonly isUnix: boolean
  readonly tls: SecureOptions | null
  /** Has closed it, before anything was built for it. */
  readonly refuses: (socket: Socket, ip: string) => boolean
  /** `parse` has node:http read it; null: it does already. */
  readonly opened: (socket: Socket, peer: Peer, parse: ((socket: Socket) => void) | null) => void
  readonly refused: (reason: ConnectionRefusal, peerIp: string, detail: string) => void
}

export interface Transport {
  readonly server: Server<typeof GatewayRequest>
  /** Ends those as well that have not come as far as `opened`. */
  cutUnopened(): void
}

/**
 * What lies beneath HTTP: the PROXY protocol, then TLS. Both are put between the listening server and
 * what node:http does with a connection, so that without them nothing is in the way.
 */
export function openTransport(options: TransportOptions): Transport {
  const { tls, proxies } = options
  if (tls !== null) return openSecure(tls, options)
  const server = createHttpServer(options.http)
  const begun = new Set<Socket>()
  const parse = takeOver(server, 'connection')
  if (proxies === null) {
    server.on('connection', (socket: Socket) => {
      const ip = ipOf(socket, options)
      if (!options.refuses(socket, ip)) options.opened(socket, { ip, secure: null }, parse)
    })
  } else {
    const serve = (socket: Socket, ip: string): void => {
      if (options.refuses(socket, ip)) return
      parse(socket)
      options.opened(socket, { ip, secure: null }, null)
    }
    server.on('connection', (socket: Socket) => {
      hold(begun, socket)
      begin(socket, proxies, options, (ip) => {
        begun.delete(socket)
        serve(socket, ip)
      })
    })
  }
  return { server, cutUnopened: () => cut(begun) }
}

function openSecure(
  { options: tlsOptions, source }: SecureOptions,
  options: TransportOptions,
): Transport {
  const asks = tlsOptions.clientAuthorities !== null
  const unknown = Object.assign(new Error('No certificate has this name'), { code: unknownName })
  const server = createHttpsServer({
    ...options.http,
    ...source.current.fallback,
    ALPNProtocols: ['http/1.1'],
    handshakeTimeout: tlsOptions.handshakeTimeoutMs,
    requestCert: asks,
    // Judged by `readSecureChannel`, so that a client is told what was wrong with its certificate.
    rejectUnauthorized: false,
    SNICallback: (name, callback) => {
      const { current } = source
      const context = current.find(name)
      if (context === null && tlsOptions.unknownNames === 'refuse') callback(unknown)
      else callback(null, context ?? undefined)
    },
  })
  source.onSwap(() => server.setSecureContext(source.current.fallback))
  // A ticket that is stolen with its key is of use no longer than until the next change.
  const rotation = setInterval(() => server.setTicketKeys(randomBytes(48)), ticketKeysMs).unref()
  server.once('close', () => clearInterval(rotation))
  server.on('tlsClientError', (error: NodeJS.ErrnoException, socket) => {
    const reason = error.code === unknownName ? 'tls_name_unknown' : 'tls_handshake'
    options.refused(reason, ipOf(socket, options), error.code ?? error.message)
  })
  const proxied = new Map<string, { readonly ip: string }>()
  // Beneath TLS; which of them a secured connection runs on, nobody tells.
  const connections = new Set<Socket>()
  const secured = new Set<Socket>()
  const clients = new ClientHandshakes(tlsOptions, options.trusted)
  const handshake = takeOver(server, 'connection')
  const start = (socket: Socket, ip: string): void => {
    if (options.refuses(socket, ip)) return
    const refusal = clients.refuse(ip)
    if (refusal !== null) {
      options.refused('tls_client_handshakes', ip, refusal)
      socket.destroy()
      return
    }
    clients.begin(socket, ip)
    handshake(socket)
  }
  server.on('connection', (socket: Socket) => {
    const underWay = connections.size - secured.size
    if (underWay >= tlsOptions.maxHandshakes) {
      options.refused('tls_handshakes_full', ipOf(socket, options), `${underWay} are under way`)
      socket.destroy()
      return undefined
    }
    hold(connections, socket)
    if (options.proxies === null) return start(socket, ipOf(socket, options))
    return begin(socket, options.proxies, options, (ip) => {
      const key = keyOf(socket)
      const peer = { ip }
      proxied.set(key, peer)
      socket.once('close', () => {
        if (proxied.get(key) === peer) proxied.delete(key)
      })
      start(socket, ip)
    })
  })
  server.on('secureConnection', (socket) => {
    hold(secured, socket)
    const ip = options.proxies === null ? ipOf(socket, options) : proxied.get(keyOf(socket))?.ip
    if (ip === undefined) socket.destroy()
    else {
      clients.complete(socket, ip)
      const secure = readSecureChannel(socket, tlsOptions, source.current.authorities)
      options.opened(socket, { ip, secure }, null)
    }
  })
  return { server, cutUnopened: () => cut(connections) }
}

function hold(sockets: Set<Socket>, socket: Socket): void {
  sockets.add(socket)
  socket.once('close', () => sockets.delete(socket))
}

function cut(sockets: ReadonlySet<Socket>): void {
  for (const socket of sockets) socket.destroy()
}

const ticketKeysMs = 12 * 3_600_000
const unknownName = 'ERR_TLS_NAME_UNKNOWN'

/** Calls `next` once the address of the client is known; a connection that may not say is closed. */
function begin(
  socket: Socket,
  proxies: TrustedProxies,
  options: TransportOptions,
  next: (ip: string) => void,
): void {
  const peerIp = ipOf(socket, options)
  if (!proxies.has(peerIp)) return next(peerIp)
  return takeProxyHeader(socket, options.proxyTimeoutMs, (header) => {
    if (typeof header !== 'string') return next(header.ip ?? peerIp)
    options.refused('proxy_header', peerIp, header)
    return socket.destroy()
  })
}

/** Empty when the connection is closed already: nobody whom anything is believed. */
function ipOf({ remoteAddress }: Socket, { isUnix }: TransportOptions): string {
  return isUnix ? unixPeer : normaliseIp(remoteAddress ?? '')
}

/** The same for a TCP connection and for the TLS on it, and for no other as long as it is open. */
function keyOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`
}
