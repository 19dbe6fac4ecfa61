import { createHash, randomBytes } from 'node:crypto'
import type { IncomingMessage, Server } from 'node:http'
import { connect, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'

/** RFC 6455 section 1.3. */
export function acceptOf(key: string): string {
  return createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')
}

/** An upstream that takes every handshake, and says back what it is told unless told otherwise. */
export function acceptSockets(
  server: Server,
  take: (socket: Duplex, req: IncomingMessage, head: Buffer) => void = (socket, _req, head) => {
    socket.write(head)
    socket.pipe(socket)
  },
): void {
  server.on('upgrade', (req, socket, head) => {
    socket.on('error', () => socket.destroy())
    const accept = acceptOf(req.headers['sec-websocket-key'] ?? '')
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    )
    take(socket, req, head)
  })
}

export interface Handshake {
  readonly path?: string
  readonly name?: string
  /** More fields, each with its line end. */
  readonly fields?: string
  /** In place of the usual ones. */
  readonly upgrade?: string
  readonly requestLine?: string
  readonly sentAhead?: Buffer | string
}

export function handshakeText(options: Handshake = {}): string {
  const { path = '/sockets/a', name = 'alice', fields = '' } = options
  const upgrade =
    options.upgrade ??
    `Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n`
  return `${options.requestLine ?? `GET ${path} HTTP/1.1`}\r\nHost: app.test\r\nAuthorization: Bearer ${name}\r\n${upgrade}${fields}\r\n`
}

/** The client's end of a connection, of which everything that came is kept. */
export interface RawClient {
  readonly socket: Socket
  /** What came, as latin1. */
  text(): string
  /** Everything after the header of the answer. */
  body(): Buffer
  status(): number
  readonly closed: boolean
}

export function openRaw(port: number, text: string, sentAhead: Buffer | string = ''): RawClient {
  const socket = connect(port, '127.0.0.1')
  const chunks: Buffer[] = []
  let closed = false
  socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  socket.on('error', () => {})
  socket.on('close', () => {
    closed = true
  })
  socket.write(Buffer.concat([Buffer.from(text, 'latin1'), Buffer.from(sentAhead)]))
  const all = (): Buffer => Buffer.concat(chunks)
  return {
    socket,
    text: () => all().toString('latin1'),
    body: () => {
      const start = all().indexOf('\r\n\r\n')
      return start < 0 ? Buffer.alloc(0) : all().subarray(start + 4)
    },
    status: () => Number(all().toString('latin1').slice(9, 12)),
    get closed() {
      return closed
    },
  }
}

export function openWebSocket(port: number, options: Handshake = {}): RawClient {
  return openRaw(port, handshakeText(options), options.sentAhead)
}

/** A text frame as clients send it; the mask is zero, so that the text can be read. */
export function clientFrame(text: string): Buffer {
  const payload = Buffer.from(text)
  if (payload.length > 125) throw new Error('A frame of a test is short')
  return Buffer.concat([Buffer.from([0x81, 0x80 | payload.length, 0, 0, 0, 0]), payload])
}

/** A text frame as servers send it. */
export function serverFrame(text: string): Buffer {
  const payload = Buffer.from(text)
  const head =
    payload.length < 126
      ? Buffer.from([0x81, payload.length])
      : Buffer.from([0x81, 126, payload.length >> 8, payload.length & 0xff])
  return Buffer.concat([head, payload])
}
