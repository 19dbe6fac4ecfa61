import type { Server, Socket } from 'node:net'
import { DirectConnection, type DirectEvents } from './direct-connection.ts'
import type { DirectRequest } from './direct-request.ts'

export interface DirectLimits {
  readonly maxHeaderBytes: number
  /** A connection on which nothing comes for so long is closed. */
  readonly headersTimeoutMs: number
}

/**
 * The connections of a server that node:http does not read, or not yet. What node:http does for its
 * own as time goes by is done for them here.
 */
export class DirectConnections<Req extends DirectRequest> {
  readonly #open = new Map<Socket, DirectConnection<Req>>()
  readonly #Request: new (socket: Socket) => Req
  readonly #limits: DirectLimits

  constructor(server: Server, Request: new (socket: Socket) => Req, limits: DirectLimits) {
    this.#Request = Request
    this.#limits = limits
    const sweep = setInterval(
      () => this.#closeSilent(),
      checkingIntervalMs(limits.headersTimeoutMs),
    ).unref()
    server.once('close', () => clearInterval(sweep))
  }

  /** Reads it as long as that is simple, and has node:http read it from then on (`parse`). */
  read(
    socket: Socket,
    parse: (socket: Socket) => void,
    events: Omit<DirectEvents<Req>, 'handedOver'>,
  ): void {
    const direct = new DirectConnection(socket, this.#Request, this.#limits.maxHeaderBytes, {
      ...events,
      handedOver: (bytes) => {
        this.#open.delete(socket)
        parse(socket)
        socket.emit('data', bytes)
      },
    })
    if (!direct.start()) {
      parse(socket)
      return
    }
    this.#open.set(socket, direct)
    socket.once('close', () => this.#open.delete(socket))
  }

  /** Those that carry nothing. */
  closeIdle(): void {
    for (const [socket, direct] of this.#open) if (direct.isIdle) socket.destroy()
  }

  closeAll(): void {
    for (const socket of this.#open.keys()) socket.destroy()
  }

  #closeSilent(): void {
    const sinceMs = performance.now() - this.#limits.headersTimeoutMs
    for (const [socket, direct] of this.#open) if (direct.isSilentSince(sinceMs)) socket.destroy()
  }
}

/** Fine enough that the time-out is met within a quarter, coarse enough to cost nothing. */
export function checkingIntervalMs(headersTimeoutMs: number): number {
  return Math.min(Math.max(Math.floor(headersTimeoutMs / 4), 50), 5_000)
}
