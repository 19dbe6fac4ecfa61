import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'

/** What is used of a response: one of node:http's, or one that stands in for it. */
export interface Reply {
  readonly req: IncomingMessage
  /** Null once it is out, or as long as others are ahead of it. */
  readonly socket: Socket | null
  readonly headersSent: boolean
  readonly closed: boolean
  readonly destroyed: boolean
  readonly writableEnded: boolean
  readonly writableFinished: boolean
  statusCode: number
  shouldKeepAlive: boolean
  chunkedEncoding: boolean
  writeHead(status: number, reason: string, fields: string[]): unknown
  writeContinue(): void
  /** False: no more until `drain`. */
  write(content: string, encoding: BufferEncoding): boolean
  write(content: Buffer, done: (error?: Error | null) => void): boolean
  addTrailers(trailers: [string, string][]): void
  end(): unknown
  end(content: string, encoding?: BufferEncoding): unknown
  end(content: Buffer, done: () => void): unknown
  destroy(): unknown
  once(event: 'drain' | 'finish' | 'close', listener: () => void): unknown
}
