import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { type AddressInfo, Server as NetServer, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'

import { Fault } from '../model/fault.ts'
import type { Reply } from '../model/reply.ts'
import { ConnectionUse, NotedResponse } from './connection-use.ts'
import { DirectConnections } from './direct-connections.ts'
import type { DirectHead } from './direct-head.ts'
import { DirectRequest } from './direct-request.ts'
import { writeNow } from './end-of-turn.ts'
import { IdleConnections } from './idle-connections.ts'
import { takeOver } from './take-over.ts'

/** Sizes in bytes, times in milliseconds. */
export interface ServiceLimits {
  readonly maxHeaderBytes: number
  readonly headersTimeoutMs: number
  /** From the first byte of a request to the last of its body. */
  readonly requestTimeoutMs: number
  readonly keepAliveTimeoutMs: number
  readonly maxConnections: number
  /** How long closing leaves an idle connection open for a request that may be under way. */
  readonly closeIdleAfterMs: number
  /** How long closing waits for requests in flight. */
  readonly closeTimeoutMs: number
}

export interface ServiceAddress {
  readonly host: string
  readonly port: number
}

export interface ServicePlace extends ServiceAddress {
  /** Another process may listen there as well. */
  readonly reusePort?: boolean
}

/** For whom requests are read directly, where that can be done. */
export interface DirectListener {
  /** Whether it answers such a request; all others are for the other listener. */
  takes(head: DirectHead): boolean
  answer(req: DirectRequest, res: Reply): void
}

const timeoutsCheckedEveryMs = 1_000
const idleSweepMs = 50

/** A node:http server for services, with limits, plain answers to broken requests, a bounded end. */
export class HttpService {
  readonly #name: string
  readonly #address: ServicePlace
  readonly #limits: ServiceLimits
  readonly #server: Server<typeof IncomingMessage, typeof NotedResponse>
  readonly #idle: IdleConnections
  readonly #direct: DirectConnections<DirectRequest>
  #isClosing = false
  #closed: Promise<void> | null = null

  constructor(
    name: string,
    address: ServicePlace,
    limits: ServiceLimits,
    listener: (req: IncomingMessage, res: ServerResponse) => void,
    direct: DirectListener | null = null,
  ) {
    this.#name = name
    this.#address = address
    this.#limits = limits
    this.#server = createServer(
      {
        ServerResponse: NotedResponse,
        maxHeaderSize: limits.maxHeaderBytes,
        headersTimeout: limits.headersTimeoutMs,
        requestTimeout: limits.requestTimeoutMs,
        connectionsCheckingInterval: timeoutsCheckedEveryMs,
        // One timer for all connections, below: one that is set and cleared for every request takes a
        // tenth of the time of answering it.
        keepAliveTimeout: 0,
      },
      (req, res) => {
        if (this.#isClosing) res.shouldKeepAlive = false
        this.#idle.note(req.socket, res)
        listener(req, res)
      },
    )
    this.#server.maxConnections = limits.maxConnections
    this.#server.on('clientError', (error: NodeJS.ErrnoException, stream) => {
      const socket = stream as Socket
      // Behind the answers to what came before, in the same piece perhaps.
      setImmediate(() => {
        writeNow()
        if (this.#idle.owes(socket)) socket.destroy()
        else answerBrokenRequest(error, socket)
      })
    })
    this.#idle = new IdleConnections(limits.keepAliveTimeoutMs)
    this.#direct = new DirectConnections(this.#server, DirectRequest, limits)
    const parse = takeOver(this.#server, 'connection')
    this.#server.on('connection', (socket) => {
      const use = new ConnectionUse()
      if (direct === null) parse(socket)
      else this.#readDirectly(socket, parse, use, direct)
      this.#idle.add(socket, use)
    })
  }

  #readDirectly(
    socket: Socket,
    parse: (socket: Socket) => void,
    use: ConnectionUse,
    direct: DirectListener,
  ): void {
    this.#direct.read(socket, parse, {
      takes: (head) => direct.takes(head),
      request: (req, res) => {
        if (this.#isClosing) res.shouldKeepAlive = false
        use.note(res)
        direct.answer(req, res)
      },
      // As with node:http: it has not begun.
      unserved: () => {},
    })
  }

  async listen(): Promise<ServiceAddress> {
    const { host, port, reusePort = false } = this.#address
    await new Promise<void>((resolve, reject) => {
      const fail = (cause: Error): void => {
        const message = `Cannot start ${this.#name} on ${host}:${port}: ${cause.message}`
        reject(new Fault('ERR_LISTEN', message, { cause }))
      }
      this.#server.once('error', fail)
      this.#server.listen({ host, port, reusePort }, () => {
        this.#server.off('error', fail)
        resolve()
      })
    })
    const bound = this.#server.address() as AddressInfo
    return { host: bound.address, port: bound.port }
  }

  /** Accepts no more; requests in flight have `closeTimeoutMs` to end, then they are cut. */
  close(): Promise<void> {
    if (!this.#isClosing && !this.#server.listening) return Promise.resolve()
    this.#closed ??= this.#end()
    return this.#closed
  }

  async #end(): Promise<void> {
    this.#isClosing = true
    const closed = new Promise<void>((resolve) => {
      // That of node:http would also close idle connections, on which a request may be under way.
      NetServer.prototype.close.call(this.#server, () => resolve())
    })
    const startedAtMs = performance.now()
    // Every response is the last of its connection by now: what is idle then has been so all along.
    const closeIdle = (): void => {
      if (performance.now() - startedAtMs < this.#limits.closeIdleAfterMs) return
      // After a round of reading: after a pause timers come first, and a request may lie there unread.
      setImmediate(() => {
        // To node:http a connection is idle whose answer is complete, taken or not.
        if (this.#idle.isSending) return
        this.#direct.closeIdle()
        this.#server.closeIdleConnections()
      })
    }
    closeIdle()
    const sweep = setInterval(closeIdle, idleSweepMs)
    const timeout = new AbortController()
    const { closeTimeoutMs } = this.#limits
    await Promise.race([
      closed,
      sleep(closeTimeoutMs, undefined, { signal: timeout.signal }).catch(() => {}),
    ])
    timeout.abort()
    this.#direct.closeAll()
    this.#server.closeAllConnections()
    await closed
    clearInterval(sweep)
    this.#server.close()
  }
}

const brokenRequests: Readonly<Record<string, readonly [string, string]>> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'The header is too large'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: ['413 Content Too Large', 'Chunk extensions are too large'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'The request came in too slowly'],
}
const malformedRequest = ['400 Bad Request', 'The request is not valid HTTP/1.1'] as const

function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy()
    return
  }
  const [status, message] = brokenRequests[error.code ?? ''] ?? malformedRequest
  const body = JSON.stringify(message)
  const header = [
    `HTTP/1.1 ${status}`,
    'Content-Type: application/json',
    `Content-Length: ${body.length}`,
    'Connection: close',
  ]
  socket.end(`${header.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy())
}
