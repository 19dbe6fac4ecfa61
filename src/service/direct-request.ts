import { IncomingMessage } from 'node:http'
import type { DirectHead } from './direct-head.ts'

/** A request that may have been read directly. */
export class DirectRequest extends IncomingMessage {
  /** The body, where all of it came with the header; null: it is a stream. */
  wholeBody: Buffer | null = null

  /** `bytes` are somebody else's in a moment. */
  readDirectly(head: DirectHead, bytes: Buffer, length: number): void {
    this.httpVersionMajor = 1
    this.httpVersionMinor = 1
    this.httpVersion = '1.1'
    this.method = head.method
    this.url = head.target
    this.rawHeaders = head.rawHeaders
    this.complete = true
    this.wholeBody =
      head.bodyStart === length ? noBody : Buffer.from(bytes.subarray(head.bodyStart, length))
    // What node:http does with one that has no body: there is nothing to read, and nothing is told.
    const message = this as unknown as { _dumpAndCloseReadable(): void }
    message._dumpAndCloseReadable()
  }
}

const noBody = Buffer.alloc(0)
