import { ChunkExtension } from './chunk-extension.ts'
import { hexValue, octet } from './octets.ts'
import { KeptOctets } from './kept-octets.ts'
import { LastHead } from './last-head.ts'
import { readFields } from './read-fields.ts'
import { type FoundHead, readHead, type ResponseHead } from './response-head.ts'

/** Told what a response says, in the order in which it says it. */
export interface ResponseEvents {
  /** An answer before the answer (RFC 9110 section 15.2). */
  interim(head: ResponseHead): void
  /** The answer itself; with status 101 nothing follows that is HTTP. */
  begun(head: ResponseHead): void
  /** Octets `start` to `end` of `bytes`, which are somebody else's once this returns. */
  content(bytes: Buffer, start: number, end: number): void
}

/** More interim answers to one request than any application sends. */
export const maxInterim = 32
/** A chunk size with its extensions, which are read over and dropped. */
export const maxChunkLineBytes = 1_024
export const maxTrailerBytes = 16_384

const state = {
  head: 0,
  length: 1,
  chunkSize: 2,
  chunkExtension: 3,
  chunkSizeFeed: 4,
  chunkContent: 5,
  chunkEnd: 6,
  chunkEndFeed: 7,
  trailers: 8,
  untilClose: 9,
  done: 10,
  broken: 11,
} as const

/**
 * Reads the responses of one connection by the letter of RFC 9112, in pieces of any size. Whatever
 * can be read in two ways breaks it off for good: `fault` says why.
 */
export class ResponseReader {
  readonly #maxHeadBytes: number
  readonly #keptHead: KeptOctets
  readonly #lastHead = new LastHead()
  #keptTrailers: KeptOctets | null = null
  #extension: ChunkExtension | null = null
  #events: ResponseEvents = deaf
  #isHead = false
  #state: number = state.done
  #interim = 0
  /** Octets still to come, of the body or of the chunk. */
  #left = 0
  #digits = 0
  #lineBytes = 0
  #fault: string | null = null
  #trailers: readonly string[] = none

  constructor(maxHeadBytes: number) {
    this.#maxHeadBytes = maxHeadBytes
    this.#keptHead = new KeptOctets(maxHeadBytes)
  }

  /** The response has come to its end. */
  get isDone(): boolean {
    return this.#state === state.done
  }

  /** Octets of a response have come in. */
  get hasBegun(): boolean {
    return this.#state !== state.head || this.#keptHead.length > 0 || this.#interim > 0
  }

  get fault(): string | null {
    return this.#fault
  }

  /** Name, value, name, value of the fields after the body. */
  get trailers(): readonly string[] {
    return this.#trailers
  }

  /** The answer to a request with this method is next. */
  expect(method: string, events: ResponseEvents): void {
    this.#isHead = method === 'HEAD'
    this.#events = events
    this.#state = state.head
    this.#interim = 0
    this.#trailers = none
  }

  /** Forgets whom it tells. */
  rest(): void {
    this.#events = deaf
  }

  /** The offset of the first octet that does not belong to the response; less than `end` when done. */
  read(bytes: Buffer, start: number, end: number): number {
    let at = start
    while (at < end && this.#state < state.done) at = this.#step(bytes, at, end)
    return at
  }

  /** The connection was ended, and not reset: true when that is the end of the response. */
  finish(): boolean {
    if (this.#state !== state.untilClose) return this.#state === state.done
    this.#state = state.done
    return true
  }

  #step(bytes: Buffer, at: number, end: number): number {
    switch (this.#state) {
      case state.head:
        return this.#readHead(bytes, at, end)
      case state.length:
        return this.#readContent(bytes, at, end, state.done)
      case state.chunkContent:
        return this.#readContent(bytes, at, end, state.chunkEnd)
      case state.untilClose:
        this.#events.content(bytes, at, end)
        return end
      case state.trailers:
        return this.#readTrailers(bytes, at, end)
      default:
        this.#readChunkLine(bytes[at] as number)
        return at + 1
    }
  }

  /** Nothing more is read. */
  #break(why: string): void {
    this.#state = state.broken
    this.#fault = why
    this.#events = deaf
  }

  #readHead(bytes: Buffer, at: number, end: number): number {
    const kept = this.#keptHead
    if (kept.length === 0) {
      const known = this.#lastHead.find(bytes, at, end, this.#isHead)
      if (known !== null) return this.#begin(known, at + this.#lastHead.length)
      const found = readHead(bytes, at, end, this.#isHead)
      const length = (typeof found === 'object' && found !== null ? found.end : end) - at
      if (this.#refuses(found, length)) return end
      if (found !== null) {
        this.#lastHead.keep(bytes, at, found, this.#isHead)
        return this.#begin(found.head, found.end)
      }
      kept.add(bytes, at, end)
      return end
    }
    const before = kept.length
    if (!kept.add(bytes, at, end)) return end
    const found = readHead(kept.bytes, 0, kept.length, this.#isHead)
    const length = typeof found === 'object' && found !== null ? found.end : kept.length
    if (this.#refuses(found, length) || found === null) return end
    kept.clear()
    return at + this.#begin(found.head, found.end) - before
  }

  #refuses(found: FoundHead | null | string, length: number): found is string {
    if (typeof found === 'string') this.#break(found)
    else if (length > this.#maxHeadBytes) {
      this.#break(`a header of more than ${this.#maxHeadBytes} bytes`)
    }
    return this.#fault !== null
  }

  /** The offset behind the head. */
  #begin(head: ResponseHead, end: number): number {
    if (head.status < 200 && head.status !== 101) {
      this.#interim += 1
      if (this.#interim > maxInterim) this.#break(`more than ${maxInterim} interim answers`)
      else this.#events.interim(head)
      return end
    }
    this.#left = head.contentLength ?? 0
    this.#state = this.#stateAfter(head)
    this.#events.begun(head)
    return end
  }

  #stateAfter({ framing }: ResponseHead): number {
    switch (framing) {
      case 'none':
        return state.done
      case 'length':
        return this.#left === 0 ? state.done : state.length
      case 'chunked':
        this.#expectChunk()
        return state.chunkSize
      case 'close':
        return state.untilClose
    }
  }

  #readContent(bytes: Buffer, at: number, end: number, next: number): number {
    const until = Math.min(end, at + this.#left)
    this.#left -= until - at
    // First, so that whoever is told knows whether this was the last of it.
    if (this.#left === 0) this.#state = next
    this.#events.content(bytes, at, until)
    return until
  }

  #expectChunk(): void {
    this.#left = 0
    this.#digits = 0
    this.#lineBytes = 0
  }

  /** One octet of what stands between the contents of chunks (RFC 9112 section 7.1). */
  #readChunkLine(code: number): void {
    this.#lineBytes += 1
    if (this.#lineBytes > maxChunkLineBytes) {
      this.#break(`a chunk size of more than ${maxChunkLineBytes} bytes`)
      return
    }
    switch (this.#state) {
      case state.chunkSize:
        return this.#readChunkSize(code)
      case state.chunkExtension:
        return this.#readExtension(code)
      case state.chunkSizeFeed:
        if (code !== octet.feed) this.#break('a CR without LF')
        else this.#state = this.#left === 0 ? state.trailers : state.chunkContent
        return undefined
      case state.chunkEnd:
        if (code !== octet.carriage) this.#break('a chunk longer than its size')
        else this.#state = state.chunkEndFeed
        return undefined
      default:
        if (code !== octet.feed) this.#break('a CR without LF')
        else {
          this.#expectChunk()
          this.#state = state.chunkSize
        }
        return undefined
    }
  }

  #readChunkSize(code: number): void {
    const value = hexValue(code)
    if (value >= 0) {
      this.#left = this.#left * 16 + value
      this.#digits += 1
      if (this.#left > Number.MAX_SAFE_INTEGER) this.#break('a chunk size beyond all measure')
    } else if (this.#digits > 0 && code === octet.carriage) {
      this.#state = state.chunkSizeFeed
    } else if (this.#digits > 0 && code === octet.semicolon) {
      this.#extension ??= new ChunkExtension()
      this.#extension.begin()
      this.#state = state.chunkExtension
    } else {
      this.#break('a malformed chunk size')
    }
  }

  #readExtension(code: number): void {
    const extension = this.#extension
    const isEnd = code === octet.carriage
    if (extension === null || !(isEnd ? extension.isWhole : extension.read(code))) {
      this.#break('a malformed chunk extension')
    } else if (isEnd) {
      this.#state = state.chunkSizeFeed
    }
  }

  #readTrailers(bytes: Buffer, at: number, end: number): number {
    this.#keptTrailers ??= new KeptOctets(maxTrailerBytes)
    const kept = this.#keptTrailers
    if (kept.length === 0 && bytes[at] === octet.carriage && bytes[at + 1] === octet.feed) {
      // Nearly always there are none.
      if (at + 1 < end) {
        this.#state = state.done
        return at + 2
      }
    }
    const before = kept.length
    if (!kept.add(bytes, at, end)) return end
    const found = readFields(kept.bytes, 0, kept.length)
    if (typeof found === 'string') this.#break(`${found} in a trailer`)
    else if ((found === null ? kept.length : found.end) > maxTrailerBytes) {
      this.#break(`trailers of more than ${maxTrailerBytes} bytes`)
    }
    if (typeof found === 'string' || found === null || this.#fault !== null) return end
    kept.clear()
    this.#trailers = found.fields
    this.#state = state.done
    return at + found.end - before
  }
}

const none: readonly string[] = Object.freeze([])

const deaf: ResponseEvents = { interim: () => {}, begun: () => {}, content: () => {} }
