import type { Server, ServerOptions } from 'node:http'
import type { Socket } from 'node:net'
import { refuse, type Refusal } from '../model/refusal.ts'
import { writeNow } from '../service/end-of-turn.ts'
import { NotedResponse, sayKeepAlive } from '../service/connection-use.ts'
import { checkingIntervalMs, DirectConnections } from '../service/direct-connections.ts'
import { IdleConnections } from '../service/idle-connections.ts'
import { AcceptFirst } from './accept-first.ts'
import { AcceptQueues } from './accept-queues.ts'
import { compileTrustedProxies, type TrustedProxies } from './client-address.ts'
import { endAfterResponse, isAnswered, isBehindRequests, readClientError } from './client-error.ts'
import { Connection } from './connection.ts'
import { ConnectionBook } from './connection-book.ts'
import { cutOff } from './cut-off.ts'
import { GatewayRequest } from './gateway-request.ts'
import { listenOn } from './listen-on.ts'
import type { ListenOptions } from './options.ts'
import type { TlsSource } from './tls-source.ts'
import {
  type ConnectionRefusal,
  openTransport,
  type Peer,
  secureOptions,
  type Transport,
} from './transport.ts'
import {
  awaitAccepted,
  awaitTurn,
  isLastRequest,
  mayWait,
  type Response,
  type TurnEvents,
} from './turn.ts'
import { readUpgradeProtocol, type Upgrade } from './upgrade.ts'

type ParsedResponse = NotedResponse<GatewayRequest>

export interface ServerEvents extends TurnEvents {
  /** Whether some route may switch to this protocol; without one the request stays HTTP. */
  offersUpgrade(protocol: string): boolean
  /** The response is to be written to a connection that carries nothing else any more. */
  upgrade(req: GatewayRequest, upgrade: Upgrade, connection: Connection): void
  /** Bytes that never became a request; the socket is for the listener to answer and close. */
  unreadable(refusal: Refusal, socket: Socket, connection: Connection): void
  /** No connection could be accepted: file descriptors have run out, most likely. */
  acceptFailed(error: Error): void
  /** A connection beyond `maxConnections` was closed unanswered. */
  dropped(): void
  /** A connection was closed before it could carry a request. */
  connectionRefused(reason: ConnectionRefusal, peerIp: string, detail: string): void
}

export interface ServerDrain {
  /** Connections that had to be cut because their request did not end in time. */
  readonly cutConnections: number
}

/**
 * The gateway's node:http server: one place that knows its limits and how it ends. Requests come out
 * with the `Connection` they arrived on.
 */
export class GatewayServer {
  readonly #options: ListenOptions
  readonly #server: Server<typeof GatewayRequest, typeof NotedResponse>
  readonly #queues: AcceptQueues
  readonly #first = new AcceptFirst()
  readonly #transport: Transport
  readonly #connections: ConnectionBook
  readonly #idle: IdleConnections
  readonly #direct: DirectConnections<GatewayRequest>
  readonly #events: ServerEvents
  #closed: Promise<void> | null = null

  constructor(
    options: ListenOptions,
    trusted: TrustedProxies | null,
    tls: TlsSource | null,
    events: ServerEvents,
  ) {
    this.#options = options
    this.#events = events
    this.#connections = new ConnectionBook(options)
    this.#idle = new IdleConnections(options.keepAliveTimeoutMs)
    const http: ServerOptions<typeof GatewayRequest, typeof NotedResponse> = {
      IncomingMessage: GatewayRequest,
      ServerResponse: NotedResponse,
      insecureHTTPParser: false,
      maxHeaderSize: options.maxHeaderBytes,
      headersTimeout: options.headersTimeoutMs,
      // A body may take as long as it keeps coming: `bodyIdleTimeoutMs` watches over it.
      requestTimeout: 0,
      connectionsCheckingInterval: checkingIntervalMs(options.headersTimeoutMs),
      // One timer goes through all connections instead of one that is set and cleared for each request.
      keepAliveTimeout: 0,
      // `readRequestFacts` asks for exactly one, and refuses with a code and a record.
      requireHostHeader: false,
      // Spares the stream life cycle of requests that announce no body.
      optimizeEmptyRequests: true,
      shouldUpgradeCallback: (req) => this.#upgradeProtocolOf(req) !== null,
    }
    this.#transport = openTransport({
      http,
      proxies: compileTrustedProxies(options.proxyProtocol),
      proxyTimeoutMs: options.headersTimeoutMs,
      trusted,
      isUnix: options.socket !== null,
      tls: secureOptions(options.tls, tls),
      refuses: (socket, ip) => this.#refuses(socket, ip, trusted?.has(ip) === true),
      opened: (socket, peer, parse) => this.#accept(socket, peer, trusted, parse),
      refused: (reason, peerIp, detail) => events.connectionRefused(reason, peerIp, detail),
    })
    this.#server = this.#transport.server
    this.#direct = new DirectConnections(this.#server, GatewayRequest, options)
    this.#queues = new AcceptQueues(this.#server)
    // node:http drops the fields beyond its own limit without a word; ours refuses the request.
    this.#server.maxHeadersCount = 0
    // Room to look whether one that carries nothing can go instead.
    this.#server.maxConnections = options.maxConnections + spareConnections
    this.#server.on('drop', () => events.dropped())
    this.#server.on('connection', () => this.#first.accepted())
    const take = (req: GatewayRequest, res: ParsedResponse, continues: boolean): void => {
      const connection = this.#connections.get(req.socket)
      if (connection === undefined) req.socket.destroy()
      // What follows a message whose end was in doubt must not reach anybody.
      else if (!connection.closing) {
        connection.use.note(res)
        sayKeepAlive(res, options.keepAliveTimeoutMs)
        if (isLastRequest(req, continues) || connection.isOutdated(tls)) connection.endWith(req)
        if (res.socket === null) awaitTurn(req, res, connection, continues, events)
        else this.#begin(req, res, connection, continues)
      }
    }
    this.#server.on('request', (req, res) => take(req, res, false))
    this.#server.on('checkContinue', (req, res) => take(req, res, true))
    // Judged by `readRequestFacts`, like everything else in the header.
    this.#server.on('checkExpectation', (req, res) => take(req, res, false))
    // Whoever writes to a connection past the response under way does so behind it.
    this.#server.on('upgrade', (req, stream, head) => {
      writeNow()
      const connection = this.#connections.get(req.socket)
      const protocol = this.#upgradeProtocolOf(req)
      // Another stream than the connection itself stands for a body that is still coming.
      if (connection === undefined || protocol === null || stream !== req.socket) stream.destroy()
      else {
        connection.use.hasBegun = true
        this.#idle.remove(req.socket)
        events.upgrade(req, { protocol, socket: req.socket, head }, connection)
      }
    })
    this.#server.on('connect', (req, socket) => {
      writeNow()
      const connection = this.#connections.get(req.socket)
      // It is behind answers that are owed, and node:http has let go of what they go out on.
      const isBehind = connection?.response?.writableEnded === false
      if (connection === undefined || isBehind) socket.destroy()
      else events.unreadable(refuse('method_not_supported', 'CONNECT'), req.socket, connection)
    })
    this.#server.on('clientError', (error: NodeJS.ErrnoException, stream) => {
      writeNow()
      const socket = stream as Socket
      const connection = this.#connections.get(socket)
      const refusal = readClientError(error, socket)
      if (connection?.closing === true) {
        // The answer under way ends the connection by itself, unless it waits for a body that is broken.
        if (connection.pendingCount > 0 && connection.latest?.complete === false) socket.destroy()
        return
      }
      if (connection !== undefined && isBehindRequests(error, connection)) {
        connection.closing = true
        endAfterResponse(socket, connection.response)
      } else if (connection === undefined || refusal === null) {
        socket.destroy()
      } else if (isAnswered(connection)) {
        connection.closing = true
        if (!connection.breakBody(refusal)) socket.destroy()
      } else if (!socket.writableEnded) {
        connection.closing = true
        events.unreadable(refusal, socket, connection)
      }
    })
  }

  #readDirectly(socket: Socket, connection: Connection, parse: (socket: Socket) => void): void {
    this.#direct.read(socket, parse, {
      takes: () => true,
      request: (req, res) => {
        // What follows a message whose end was in doubt must not reach anybody.
        if (connection.closing) return void socket.destroy()
        connection.use.note(res)
        sayKeepAlive(res, this.#options.keepAliveTimeoutMs)
        return this.#begin(req, res, connection, false)
      },
      unserved: (req, res) => {
        if (!connection.closing) this.#events.unserved(req, res, connection, null)
      },
    })
  }

  #begin(req: GatewayRequest, res: Response, connection: Connection, continues: boolean): void {
    if (this.#first.isHolding && mayWait(req)) {
      awaitAccepted(req, res, connection, this.#first, this.#events)
    } else this.#events.request(req, res, connection, continues)
  }

  async listen(): Promise<{ host: string; port: number }> {
    const address = await listenOn(this.#server, this.#options)
    const { reusePort, socket } = this.#options
    if (reusePort && socket === null) {
      await this.#queues.open({ ...this.#options, port: address.port })
    }
    this.#server.on('error', (error) => this.#events.acceptFailed(error))
    return address
  }

  get connectionCount(): number {
    return this.#connections.size
  }

  /** Accepts no more connections; those there are end with their next response. */
  stopAccepting(): void {
    this.#closed ??= this.#queues.close()
  }

  /** Waits for the open connections to end, and cuts those that do not within the time given. */
  async drain(timeoutMs: number): Promise<ServerDrain> {
    this.stopAccepting()
    let cutConnections = 0
    const cutAll = (): void => {
      for (const [socket, connection] of this.#connections) {
        if (!connection.isFree) cutConnections += 1
        connection.closed()
        cutOff(socket)
      }
      this.#transport.cutUnopened()
    }
    // Whoever is accepted later would never be cut.
    const deadline = setTimeout(() => void this.#queues.stopped.then(cutAll), timeoutMs)
    const startedAtMs = performance.now()
    // Every response is the last of its connection by now: what is idle then has been so all along.
    const closeIdle = (): void => {
      if (performance.now() - startedAtMs < this.#options.drainIdleTimeoutMs) return
      // After a round of reading: after a pause timers come first, and a request may lie there unread.
      setImmediate(() => {
        // To node:http a connection is idle whose answer is complete, taken or not. The others have time.
        for (const [, connection] of this.#connections) if (connection.isSending) return
        this.#direct.closeIdle()
        this.#server.closeIdleConnections()
      })
    }
    closeIdle()
    const sweep = setInterval(closeIdle, idleSweepMs)
    await this.#closed
    clearTimeout(deadline)
    clearInterval(sweep)
    this.#server.close()
    return { cutConnections }
  }

  #upgradeProtocolOf(req: GatewayRequest): string | null {
    const connection = this.#connections.get(req.socket)
    const protocol = connection === undefined ? null : readUpgradeProtocol(req, connection)
    return protocol !== null && this.#events.offersUpgrade(protocol) ? protocol : null
  }

  /** Has closed it if its client has as many as it may have. */
  #refuses(socket: Socket, ip: string, isTrusted: boolean): boolean {
    if (!this.#connections.isClientFull(ip, isTrusted)) return false
    socket.destroy()
    this.#events.connectionRefused('client_connections', ip, 'Too many of one address')
    return true
  }

  #accept(
    socket: Socket,
    peer: Peer,
    trusted: TrustedProxies | null,
    parse: ((socket: Socket) => void) | null,
  ): void {
    const connection = new Connection(peer, trusted)
    if (this.#refuses(socket, peer.ip, connection.trusted)) return
    if (this.#connections.isFull && !this.#connections.makeRoom()) {
      socket.destroy()
      this.#events.dropped()
      return
    }
    if (parse !== null) this.#readDirectly(socket, connection, parse)
    this.#connections.add(socket, connection)
    this.#idle.add(socket, connection.use)
    socket.once('close', () => {
      this.#connections.remove(socket)
      connection.closed()
    })
  }
}

const idleSweepMs = 100
/** May be closing already when as many others come in. */
const spareConnections = 64
