import { createServer as createHttpServer, type Server, type ServerOptions } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { Server as NetServer, Socket } from 'node:net'
import { unixPeer } from '../model/request-facts.ts'
import { normaliseIp, type TrustedProxies } from './client-address.ts'
import type { GatewayRequest } from './gateway-request.ts'
import type { ListenTlsOptions } from './options.ts'
import { takeProxyHeader } from './proxied-peer.ts'
import { readSecureChannel, type SecureChannel } from './secure-channel.ts'
import type { TlsSource } from './tls-source.ts'

/** Why a connection was closed before it carried a request. */
export type ConnectionRefusal =
  | 'client_connections'
  | 'proxy_header'
  | 'tls_handshake'
  | 'tls_handshakes_full'
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

export interface TransportOptions {
  readonly http: ServerOptions<typeof GatewayRequest>
  /** Peers that begin with a PROXY protocol header; null: nobody does. */
  readonly proxies: TrustedProxies | null
  readonly proxyTimeoutMs: number
  readonly tls: SecureOptions | null
  readonly opened: (socket: Socket, peer: Peer) => void
  readonly refused: (reason: ConnectionRefusal, peerIp: string, detail: string) => void
}

/**
 * What lies beneath HTTP: the PROXY protocol, then TLS. Both are put between the listening server and
 * what node:http does with a connection, so that without them nothing is in the way.
 */
export function openTransport(options: TransportOptions): Server<typeof GatewayRequest> {
  const { tls, proxies } = options
  if (tls === null) {
    const server = createHttpServer(options.http)
    if (proxies === null) {
      server.on('connection', (socket) => options.opened(socket, plainPeer(ipOf(socket))))
      return server
    }
    const serve = takeOver(server, 'connection')
    server.on('connection', (socket: Socket) => {
      begin(socket, proxies, options, (ip) => {
        serve(socket)
        options.opened(socket, plainPeer(ip))
      })
    })
    return server
  }
  return openSecure(tls, options)
}

function openSecure(
  { options: tlsOptions, source }: SecureOptions,
  options: TransportOptions,
): Server<typeof GatewayRequest> {
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
  server.on('tlsClientError', (error: NodeJS.ErrnoException, socket) => {
    const reason = error.code === unknownName ? 'tls_name_unknown' : 'tls_handshake'
    options.refused(reason, ipOf(socket), error.code ?? error.message)
  })
  const proxied = new Map<string, string>()
  let connections = 0
  let secured = 0
  const start = takeOver(server, 'connection')
  server.on('connection', (socket: Socket) => {
    if (connections - secured >= tlsOptions.maxHandshakes) {
      options.refused('tls_handshakes_full', ipOf(socket), `${connections - secured} under way`)
      socket.destroy()
      return
    }
    connections += 1
    socket.once('close', () => {
      connections -= 1
    })
    if (options.proxies === null) return start(socket)
    return begin(socket, options.proxies, options, (ip) => {
      const key = keyOf(socket)
      proxied.set(key, ip)
      socket.once('close', () => proxied.delete(key))
      start(socket)
    })
  })
  server.on('secureConnection', (socket) => {
    secured += 1
    socket.once('close', () => {
      secured -= 1
    })
    const ip = options.proxies === null ? ipOf(socket) : proxied.get(keyOf(socket))
    if (ip === undefined) socket.destroy()
    else options.opened(socket, { ip, secure: readSecureChannel(socket, tlsOptions) })
  })
  return server
}

const unknownName = 'ERR_TLS_NAME_UNKNOWN'

/** Calls `next` once the address of the client is known; a connection that may not say is closed. */
function begin(
  socket: Socket,
  proxies: TrustedProxies,
  { proxyTimeoutMs, refused }: TransportOptions,
  next: (ip: string) => void,
): void {
  const peerIp = ipOf(socket)
  if (!proxies.has(peerIp)) return next(peerIp)
  return takeProxyHeader(socket, proxyTimeoutMs, (header) => {
    if (typeof header !== 'string') return next(header.ip ?? peerIp)
    refused('proxy_header', peerIp, header)
    return socket.destroy()
  })
}

/** What node:http or node:https does with an event, for us to do when its time has come. */
function takeOver(server: NetServer, event: string): (socket: Socket) => void {
  const listeners = server.listeners(event)
  server.removeAllListeners(event)
  return (socket) => {
    for (const listener of listeners) listener.call(server, socket)
  }
}

function plainPeer(ip: string): Peer {
  return { ip, secure: null }
}

/** Over a Unix socket there is no address. */
function ipOf({ remoteAddress }: Socket): string {
  return remoteAddress === undefined ? unixPeer : normaliseIp(remoteAddress)
}

/** The same for a TCP connection and for the TLS on it, and for no other as long as it is open. */
function keyOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`
}
