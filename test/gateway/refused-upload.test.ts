import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually, type FrontDoor, openFrontDoor, readAll } from './front-door.ts'
import { collect, sendRaw } from './raw-client.ts'

const mebibyte = 1_048_576
/** More than the system keeps for either side. */
const size = 16 * mebibyte
const piece = Buffer.alloc(65_536, 'x')
const seen: string[] = []
let door: FrontDoor
let narrow: FrontDoor

beforeAll(async () => {
  door = await openFrontDoor((req, res) => {
    seen.push(`${req.method} ${req.url}`)
    if (req.url === '/files/hasty') {
      res.writeHead(200, { 'content-length': 5 }).end('hasty')
      return
    }
    req.resume().on('end', () => res.end('read'))
  })
  narrow = await openFrontDoor((req) => void req.resume(), {
    listen: { maxBodyBytes: 8 * mebibyte },
  })
})
afterAll(() => Promise.all([door.close(), narrow.close()]))

const portFor = (status: number): number => (status === 413 ? narrow : door).port

const head = (path: string, fields: string): string =>
  `PUT ${path} HTTP/1.1\r\nHost: app.test\r\n${fields}\r\n`
const alice = 'Authorization: Bearer alice\r\n'
const announced = `Content-Length: ${size}\r\n`
const chunked = 'Transfer-Encoding: chunked\r\n'

/** As many clients do it: not a look at what comes back before everything is written. */
async function writeThenRead(port: number, header: string, isChunked: boolean): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  const errors: Error[] = []
  socket.on('error', (error) => errors.push(error))
  await write(socket, Buffer.from(header))
  for (let sent = 0; sent < size && errors.length === 0; sent += piece.length) {
    if (isChunked) await write(socket, Buffer.from('10000\r\n'))
    await write(socket, piece)
    if (isChunked) await write(socket, Buffer.from('\r\n'))
  }
  if (isChunked) await write(socket, Buffer.from('0\r\n\r\n'))
  const { text, closed } = await collect(socket, 1_000)
  expect([errors, closed]).toEqual([[], true])
  return text
}

/** Settles when the kernel has taken it, or will take no more. */
async function write(socket: Socket, octets: Buffer): Promise<void> {
  await new Promise<void>((resolve) => {
    socket.write(octets, () => resolve())
  })
}

const refusals: readonly [number, string, string][] = [
  [401, '/files/a', ''],
  [401, '/files/a', 'Authorization: Bearer expired\r\n'],
  [403, '/files/vault', alice],
  [404, '/nowhere', alice],
  [413, '/files/a', alice],
]

describe('an upload that is refused', () => {
  it.each(refusals)('shows its %i to who writes everything before reading', async (...refusal) => {
    const [status, path, fields] = refusal
    for (const isChunked of [false, true]) {
      const header = head(path, fields + (isChunked ? chunked : announced))
      const text = await writeThenRead(portFor(status), header, isChunked)
      expect(text).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
      expect(text).toMatch(/^Connection: close\r$/m)
      expect(text.match(/HTTP\/1\.1 /g)).toHaveLength(1)
    }
    expect(seen.filter((line) => !line.includes('/files/a'))).toEqual([])
  })

  it.each([
    { 'content-length': size },
    { 'transfer-encoding': 'chunked' },
    { 'content-length': size, expect: '100-continue' },
    { 'transfer-encoding': 'chunked', expect: '100-continue' },
  ])('shows its answer to node:http: %j', async (framing) => {
    for (const [status, path, fields] of refusals) {
      // Of a body that may be sent, only the length is refused.
      if (status === 413 && !('content-length' in framing)) continue
      const authorization = fields.match(/Authorization: (.*)\r/)?.[1]
      const req = request({
        port: portFor(status),
        path,
        method: 'PUT',
        headers: { ...framing, ...(authorization === undefined ? null : { authorization }) },
      })
      // Once there is an answer nobody needs to hear that the rest cannot be sent.
      let answered = false
      const failed = new Promise<never>((_resolve, reject) => {
        req.on('error', (error) => {
          if (!answered) reject(error)
        })
      })
      failed.catch(() => {})
      const response = once(req, 'response')
      if (!('expect' in framing)) pour(req)
      const [res] = (await Promise.race([response, failed])) as [IncomingMessage]
      answered = true
      expect([res.statusCode, res.headers.connection]).toEqual([status, 'close'])
      expect((await readAll(res)).toString()).toContain('decision_id')
      req.destroy()
    }
  })

  it('shows the 503 of a process that does no more', async () => {
    const small = await openFrontDoor(() => {}, {
      upstream: { maxConnections: 1, connectTimeoutMs: 1_000 },
    })
    const held = connect(small.port, '127.0.0.1')
    held.write(`GET /files/a HTTP/1.1\r\nHost: app.test\r\n${alice}\r\n`)
    await eventually(() => small.gateway.inFlight === 1, 'a request')
    const socket = connect(small.port, '127.0.0.1')
    socket.on('error', () => {})
    await write(socket, Buffer.from(head('/files/a', alice + announced)))
    for (let sent = 0; sent < size; sent += piece.length) await write(socket, piece)
    expect((await collect(socket, 1_000)).text).toMatch(/^HTTP\/1\.1 503 /)
    held.destroy()
    await small.close()
  })

  it('keeps its connection when the body is short', async () => {
    const body = 'x'.repeat(200_000)
    const answer = await sendRaw(
      door.port,
      `${head('/files/vault', `${alice}Content-Length: 200000\r\n`)}${body}${head('/files/next', alice)}`,
    )
    expect(answer.text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 403', 'HTTP/1.1 200'])
    expect(answer.closed).toBe(false)
  })

  it('never becomes a request, whatever it contains', async () => {
    seen.length = 0
    const smuggled = head('/files/smuggled', `${alice}Content-Length: 0\r\n`)
    const fill = smuggled.repeat(5_000)
    const answer = await sendRaw(
      door.port,
      `${head('/files/vault', `${alice}Content-Length: ${fill.length}\r\n`)}${fill}${smuggled}`,
      1_000,
    )
    expect([answer.status, answer.responses, answer.closed]).toEqual([403, 1, true])
    expect(seen).toEqual([])
  })
})

describe('an upload that is answered before it is over', () => {
  it('shows the answer of the upstream to who writes everything before reading', async () => {
    const header = head('/files/hasty', `${alice}Content-Length: ${12 * mebibyte}\r\n`)
    const socket = connect(door.port, '127.0.0.1')
    await write(socket, Buffer.from(header))
    for (let sent = 0; sent < 12 * mebibyte; sent += piece.length) await write(socket, piece)
    const { text, closed } = await collect(socket, 1_000)
    expect(text).toMatch(/^HTTP\/1\.1 200 [^]*hasty$/)
    expect(closed).toBe(true)
  })
})

describe('a connection that waits for its client to read the answer', () => {
  it('waits for nobody who dribbles', async () => {
    const socket = connect(door.port, '127.0.0.1')
    socket.on('error', () => {}).resume()
    socket.write(head('/files/vault', alice + chunked))
    const dribble = setInterval(() => socket.write('1\r\na\r\n'), 100)
    const startedAtMs = performance.now()
    await once(socket, 'close')
    clearInterval(dribble)
    expect(performance.now() - startedAtMs).toBeLessThan(10_000)
  })

  it('takes no more than so much', async () => {
    const socket = connect(door.port, '127.0.0.1')
    let written = 0
    socket.on('error', () => {}).resume()
    socket.write(head('/files/vault', `${alice}Content-Length: ${1_024 * mebibyte}\r\n`))
    while (!socket.destroyed && written < 512 * mebibyte) {
      await write(socket, piece)
      written += piece.length
    }
    // The bound, and what the system holds in its buffers.
    expect(written).toBeLessThan(96 * mebibyte)
  })

  it('gives way to those that are used', async () => {
    const small = await openFrontDoor((_req, res) => void res.end(), {
      listen: { maxConnections: 2 },
    })
    const idle = [1, 2].map(() => {
      const socket = connect(small.port, '127.0.0.1')
      socket.on('error', () => {})
      socket.write(head('/files/vault', alice + announced))
      return socket
    })
    await Promise.all(idle.map((socket) => once(socket, 'data')))
    const answer = await sendRaw(small.port, head('/files/a', `${alice}Content-Length: 0\r\n`))
    expect(answer.status).toBe(200)
    for (const socket of idle) socket.destroy()
    await small.close()
  })
})

function pour(req: ReturnType<typeof request>): void {
  let left = size
  const more = (): void => {
    while (left > 0 && !req.destroyed) {
      left -= piece.length
      if (!req.write(piece)) {
        req.once('drain', more)
        return
      }
    }
    if (!req.destroyed) req.end()
  }
  more()
}
