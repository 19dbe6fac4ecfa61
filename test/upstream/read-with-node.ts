import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { Duplex } from 'node:stream'

export interface NodeReading {
  readonly status: number | undefined
  readonly phrase: string | undefined
  readonly fields: readonly string[]
  readonly body: string
  readonly trailers: readonly string[]
}

/** What the HTTP client of Node.js makes of the octets, sent in one piece and followed by the end. */
export async function readWithNode(bytes: string, method: string): Promise<NodeReading | string> {
  const connection = new Duplex({ read: () => {}, write: (_chunk, _encoding, done) => done() })
  const req = request({ method, maxHeaderSize: 65_536, createConnection: () => connection })
  req.on('error', () => {})
  req.end()
  try {
    const answered = once(req, 'response') as Promise<[IncomingMessage]>
    setImmediate(() => {
      connection.push(Buffer.from(bytes, 'latin1'))
      connection.push(null)
    })
    const [res] = await answered
    let body = ''
    res.setEncoding('latin1')
    for await (const part of res) body += String(part)
    return {
      status: res.statusCode,
      phrase: res.statusMessage,
      fields: res.rawHeaders,
      body,
      trailers: res.rawTrailers,
    }
  } catch (error) {
    return String(error)
  }
}
