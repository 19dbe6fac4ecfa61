import type { Socket } from 'node:net'
import { lingerAndClose } from './linger.ts'
import { DirectHead } from './direct-head.ts'
import { DirectResponse, type ResponseEnd } from './direct-response.ts'
import type { DirectRequest } from './direct-request.ts'
import { landing, pauseAsStream, readThere } from './landing-reads.ts'

/** Told what comes in on a connection. */
export interface DirectEvents<Req extends DirectRequest> {
  /** False: node:http is to read it, and all that follows. */
  takes(head: DirectHead): boolean
  request(req: Req, res: DirectResponse): void
  /** It came ahead of its turn, and the connection is gone. */
  unserved(req: Req, res: DirectResponse): void
  /** node:http is to read what comes; these octets have come already. */
  handedOver(bytes: Buffer): void
}

/** Of what comes ahead of its turn; then no more is read. */
const maxEarlyBytes = 65_536
/** What a piece of it takes besides its octets. */
const pieceBytes = 256

/**
 * A connection whose requests are read here as long as each comes in one piece and is as `DirectHead`
 * reads it: read by node:http they cost a quarter more. With the first that is not, the connection
 * becomes one of node:http for good. One request at a time: whatever comes ahead of its turn waits.
 */
export class DirectConnection<Req extends DirectRequest> implements ResponseEnd {
  readonly #socket: Socket
  readonly #Request: new (socket: Socket) => Req
  readonly #head = new DirectHead()
  readonly #maxHeaderBytes: number
  readonly #events: DirectEvents<Req>
  readonly #openedMs = performance.now()
  #response: DirectResponse | null = null
  /** What came ahead of its turn, in the pieces in which it came. */
  #early: Buffer[] = []
  #earlyBytes = 0
  /** The response under way is the last one. */
  #isLast = false
  /** Something came behind the last request. */
  #hasMore = false
  /** What comes is a stream to somebody else. */
  #isOver = false
  #hasBegun = false

  constructor(
    socket: Socket,
    Request: new (socket: Socket) => Req,
    maxHeaderBytes: number,
    events: DirectEvents<Req>,
  ) {
    this.#socket = socket
    this.#Request = Request
    this.#maxHeaderBytes = maxHeaderBytes
    this.#events = events
  }

  /** False: nothing was done, and it is to be read otherwise. */
  start(): boolean {
    const socket = this.#socket
    if (!readThere(socket, (length) => this.#receive(length))) return false
    socket.on('end', this.#onEnd)
    socket.on('error', this.#onError)
    socket.on('drain', this.#onDrain)
    socket.on('close', this.#onClose)
    return true
  }

  /** Nothing has come for so long, and nothing ever did. */
  isSilentSince(timeMs: number): boolean {
    return !this.#hasBegun && this.#openedMs <= timeMs
  }

  /** It carries nothing. */
  get isIdle(): boolean {
    return !this.#isOver && this.#response === null && this.#earlyBytes === 0
  }

  responded(isLast: boolean): void {
    this.#response = null
    if (!isLast) {
      if (this.#earlyBytes > 0) this.#readEarly()
      return
    }
    const hasMore = this.#hasMore || this.#earlyBytes > 0
    this.#isOver = true
    this.#early = []
    this.#earlyBytes = 0
    // With octets unread it would be reset, and the answer lost with it.
    if (hasMore) lingerAndClose(this.#socket)
    else this.#socket.destroySoon()
  }

  #receive(length: number): boolean {
    if (this.#isOver) return this.#socket.push(Buffer.from(landing.subarray(0, length)))
    if (this.#isLast) {
      this.#hasMore = true
      return true
    }
    if (this.#response === null && this.#earlyBytes === 0) {
      if (isNothing(landing, length)) return true
      this.#hasBegun = true
      this.#read(landing, length)
      return true
    }
    this.#early.push(Buffer.from(landing.subarray(0, length)))
    this.#earlyBytes += length + pieceBytes
    if (this.#earlyBytes < maxEarlyBytes) return true
    this.#socket.pause()
    return false
  }

  #readEarly(): void {
    const piece = this.#early.shift()
    if (piece === undefined) return
    this.#earlyBytes -= piece.length + pieceBytes
    this.#socket.resume()
    if (isNothing(piece, piece.length)) this.#readEarly()
    else this.#read(piece, piece.length)
  }

  #read(bytes: Buffer, length: number): void {
    if (this.#take(bytes, length)) {
      const { req, res } = this.#begin(bytes, length)
      this.#response = res
      this.#isLast = !res.shouldKeepAlive
      this.#events.request(req, res)
      return
    }
    const all = [bytes.subarray(0, length), ...this.#early]
    this.#early = []
    this.#earlyBytes = 0
    this.#handOver(Buffer.concat(all))
  }

  #take(bytes: Buffer, length: number): boolean {
    const head = this.#head
    return (
      head.read(bytes, length) && head.bodyStart <= this.#maxHeaderBytes && this.#events.takes(head)
    )
  }

  #begin(bytes: Buffer, length: number): { readonly req: Req; readonly res: DirectResponse } {
    const req = new this.#Request(this.#socket)
    req.readDirectly(this.#head, bytes, length)
    return { req, res: new DirectResponse(req, this.#head.isKept, this) }
  }

  #handOver(bytes: Buffer): void {
    const socket = this.#socket
    this.#isOver = true
    socket.off('end', this.#onEnd)
    socket.off('error', this.#onError)
    socket.off('drain', this.#onDrain)
    socket.off('close', this.#onClose)
    pauseAsStream(socket)
    this.#events.handedOver(bytes)
  }

  /** Nobody who has said all that he had to say is owed more than what is on its way, as with node:http. */
  readonly #onEnd = (): void => {
    this.#socket.end()
  }

  readonly #onError = (): void => {
    this.#socket.destroy()
  }

  readonly #onDrain = (): void => {
    this.#response?.drained()
  }

  readonly #onClose = (): void => {
    this.#response?.closedEarly()
    for (const piece of this.#early) {
      if (!this.#take(piece, piece.length)) break
      const { req, res } = this.#begin(piece, piece.length)
      this.#events.unserved(req, res)
    }
  }
}

/** Empty lines ahead of a request (RFC 9112 section 2.2). */
function isNothing(bytes: Buffer, length: number): boolean {
  if (bytes[0] !== carriageReturn) return false
  for (let at = 0; at < length; at += 2) {
    if (bytes[at] !== carriageReturn || at + 1 === length || bytes[at + 1] !== lineFeed)
      return false
  }
  return true
}

const carriageReturn = 0x0d
const lineFeed = 0x0a
