import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { Readable } from 'node:stream'
import { afterEach, describe, expect, it } from 'vitest'
import { eventually, type FrontDoor, openFrontDoor, readAll } from './front-door.ts'
import { collect, sendRaw } from './raw-client.ts'
import { openRaw } from './web-socket.ts'

let door: FrontDoor | null = null
let raw: Server | null = null
const sockets: Socket[] = []

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await door?.close()
  door = null
  raw?.close()
  raw = null
})

const head = 'Host: a\r\nAuthorization: Bearer alice\r\n'

/** An upstream of bare sockets, and everything it was sent. */
async function openRawDoor(answer: (socket: Socket, text: string) => void): Promise<{
  door: FrontDoor
  sent: () => string
}> {
  let sent = ''
  const server = createServer((socket) => {
    sockets.push(socket)
    socket.on('error', () => {})
    socket.on('data', (chunk: Buffer) => {
      const text = chunk.toString('latin1')
      sent += text
      answer(socket, text)
    })
  })
  raw = server
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  door = await openFrontDoor(() => {}, { upstreamOrigin: `http://127.0.0.1:${port}` })
  return { door, sent: () => sent }
}

const fine = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'

describe('trailers of a request', () => {
  const chunked = (trailers: string): string =>
    `POST /files/a HTTP/1.1\r\n${head}Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;ext=1\r\nde\r\n0\r\n${trailers}\r\n`

  it('follow the body', async () => {
    const opened = await openRawDoor((socket, text) => {
      if (text.endsWith('\r\n\r\n')) socket.write(fine)
    })
    const answer = await sendRaw(
      opened.door.port,
      chunked('X-Checksum: 9\r\nServer-Timing: a;dur=1\r\n'),
    )
    expect(answer.status).toBe(200)
    const [, body = ''] = opened.sent().split(/\r\n\r\n(.*)/s)
    expect(body).toMatch(/\r\n0\r\nX-Checksum: 9\r\nServer-Timing: a;dur=1\r\n\r\n$/)
  })

  it.each([
    'Authorization: Bearer eve',
    'Host: b',
    'Cookie: a=1',
    'Content-Type: text/html',
    'Sallyport-Subject: root',
    'sallyport_subject: root',
    'X-Sallyport-Roles: root',
    'X-Forwarded-User: root',
    'X-Forwarded-For: 1.1.1.1',
    'Forwarded: for=1.1.1.1',
    'X-Real-IP: 1.1.1.1',
    'X-HTTP-Method-Override: DELETE',
    'X_HTTP_Method_Override: DELETE',
    'X-Original-URL: /admin',
    'Expect: 100-continue',
    'Range: bytes=0-1',
    'Connection: close',
    'Trailer: X',
    'Upgrade: h2c',
    'Proxy-Authorization: Basic eA==',
  ])('never say what only the header may: %s', async (field) => {
    const opened = await openRawDoor((socket, text) => {
      if (text.endsWith('0\r\n\r\n') || text.endsWith('1\r\n\r\n')) socket.write(fine)
    })
    const client = openRaw(opened.door.port, chunked(`${field}\r\nX-Kept: 1\r\n`))
    await eventually(() => client.status() > 0, 'an answer')
    client.socket.destroy()
    expect(client.status()).toBe(200)
    expect(opened.sent()).toMatch(/\r\n0\r\nX-Kept: 1\r\n\r\n$/)
  })

  it.each(['Content-Length: 1', 'Transfer-Encoding: chunked'])(
    'that frame anew end the connection, and complete nothing: %s',
    async (field) => {
      const opened = await openRawDoor(() => {})
      const answer = await sendRaw(opened.door.port, chunked(`${field}\r\n`))
      expect(answer.closed).toBe(true)
      expect(opened.sent()).not.toMatch(/\r\n0\r\n/)
    },
  )

  it('leave the connection to the upstream as it was', async () => {
    const opened = await openRawDoor((socket, text) => {
      if (text.endsWith('\r\n\r\n')) socket.write(fine)
    })
    for (const trailers of ['X-A: 1\r\n', '', 'X-B: 2\r\n', '']) {
      const answer = await sendRaw(opened.door.port, chunked(trailers))
      expect(answer.status).toBe(200)
    }
    expect(opened.sent().match(/POST/g)).toHaveLength(4)
    expect(opened.sent().match(/\r\n0\r\n[^\r]*/g)).toEqual([
      '\r\n0\r\nX-A: 1',
      '\r\n0\r\n',
      '\r\n0\r\nX-B: 2',
      '\r\n0\r\n',
    ])
  })

  it('of a body without content follow it all the same', async () => {
    const opened = await openRawDoor((socket, text) => {
      if (text.endsWith('X-A: 1\r\n\r\n')) socket.write(fine)
    })
    const message = `POST /files/a HTTP/1.1\r\n${head}Transfer-Encoding: chunked\r\n\r\n0\r\nX-A: 1\r\n\r\n`
    expect((await sendRaw(opened.door.port, message)).status).toBe(200)
    expect(opened.sent()).toMatch(/\r\ntransfer-encoding: chunked\r\n\r\n0\r\nX-A: 1\r\n\r\n$/)
  })
})

describe('trailers of a response', () => {
  const answer =
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Checksum, Set-Cookie\r\n\r\n2\r\nok\r\n0\r\nX-Checksum: 9\r\nSet-Cookie: a=1\r\nSallyport-Decision: forged\r\nAge: 9\r\n\r\n'

  it('follow the body, but for what only the header may say', async () => {
    const opened = await openRawDoor((socket) => socket.write(answer))
    const { text } = await sendRaw(opened.door.port, `GET /files/a HTTP/1.1\r\n${head}\r\n`)
    expect(text).toMatch(/\r\n2\r\nok\r\n0\r\nX-Checksum: 9\r\n\r\n$/)
    expect(text).toMatch(/\r\nTrailer: X-Checksum\r\n/)
    expect(text).not.toMatch(/set-cookie|forged|age:/i)
  })

  it('are left out for a client that has no place for them', async () => {
    const opened = await openRawDoor((socket) => socket.write(answer))
    const { text } = await sendRaw(opened.door.port, `GET /files/a HTTP/1.0\r\n${head}\r\n`)
    expect(text).toMatch(/\r\n\r\nok$/)
    expect(text).not.toMatch(/trailer/i)
  })

  it.each([
    ['HEAD', answer.slice(0, answer.indexOf('\r\n\r\n') + 4)],
    ['GET', 'HTTP/1.1 304 Not Modified\r\nTrailer: X-A\r\n\r\n'],
  ])('that are announced for an answer to %s without body do no harm', async (method, bytes) => {
    const opened = await openRawDoor((socket) => socket.write(bytes))
    const { status } = await sendRaw(opened.door.port, `${method} /files/a HTTP/1.1\r\n${head}\r\n`)
    expect(status).toBe(method === 'HEAD' ? 200 : 304)
  })
})

describe('how an answer says what becomes of the connection', () => {
  const chunks = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n'
  const kept = 'Connection: keep-alive\r\nKeep-Alive: timeout=65\r\n'
  const ends = 'Connection: close\r\n'

  it.each<[string, string, string, string]>([
    ['GET', '1.1', '', `${kept}\r\nok`],
    ['GET', '1.1', 'Connection: close\r\n', `${ends}\r\nok`],
    ['GET', '1.0', '', `${ends}\r\nok`],
    ['GET', '1.0', 'Connection: keep-alive\r\n', `${kept}\r\nok`],
    ['HEAD', '1.1', '', `${kept}\r\n`],
  ])('with a length, to %s in HTTP/%s with %j', async (method, version, fields, end) => {
    const opened = await openRawDoor((socket) => {
      socket.write(method === 'HEAD' ? fine.slice(0, -2) : fine)
    })
    const request = `${method} /files/a HTTP/${version}\r\n${head}${fields}\r\n`
    const { text } = await sendRaw(opened.door.port, request)
    expect(text).toMatch(/\r\nDate: \w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT\r\n/)
    expect(text.slice(-end.length)).toBe(end)
    expect(text).not.toMatch(/transfer-encoding/i)
  })

  it.each<[string, string, string]>([
    ['1.1', '', `${kept}Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n`],
    ['1.0', 'Connection: keep-alive\r\n', `${ends}\r\nok`],
  ])('without a length, in HTTP/%s with %j', async (version, fields, end) => {
    const opened = await openRawDoor((socket) => socket.write(chunks))
    const { text } = await sendRaw(
      opened.door.port,
      `GET /files/a HTTP/${version}\r\n${head}${fields}\r\n`,
    )
    expect(text.slice(-end.length)).toBe(end)
  })

  it('keeps the date of the upstream', async () => {
    const opened = await openRawDoor((socket) => {
      socket.write(fine.replace('OK\r\n', 'OK\r\ndate: yesterday\r\n'))
    })
    const { text } = await sendRaw(opened.door.port, `GET /files/a HTTP/1.1\r\n${head}\r\n`)
    expect(text.match(/^date: .*$/gim)).toEqual(['date: yesterday'])
  })
})

describe('ranges and conditions', () => {
  it.each([
    [206, { range: 'bytes=0-1, 4-', 'if-range': '"v1"' }, { 'content-range': 'bytes 0-1/6' }],
    [416, { range: 'bytes=9-' }, { 'content-range': 'bytes */6' }],
    [
      304,
      { 'if-none-match': 'W/"v1", "v2"', 'if-modified-since': 'Thu, 01 Jan 2026 00:00:00 GMT' },
      { etag: 'W/"v1"' },
    ],
    [
      412,
      { 'if-match': '"v0"', 'if-unmodified-since': 'Thu, 01 Jan 2026 00:00:00 GMT' },
      { etag: '"v1"' },
    ],
  ])('are the business of the upstream: %i', async (status, asked, given) => {
    let seen: IncomingMessage['headers'] = {}
    door = await openFrontDoor((req, res) => {
      seen = req.headers
      res.writeHead(status, {
        ...given,
        'accept-ranges': 'bytes',
        'last-modified': 'x',
        vary: 'a, b',
      })
      res.end(status === 304 ? undefined : 'ab')
    })
    const req = request({
      port: door.port,
      path: '/files/a',
      headers: { authorization: 'Bearer alice', ...asked },
    })
    req.end()
    const [res] = (await once(req, 'response')) as [IncomingMessage]
    expect(res.statusCode).toBe(status)
    expect(res.headers).toMatchObject({ ...given, 'accept-ranges': 'bytes', vary: 'a, b' })
    expect(seen).toMatchObject(asked)
    await readAll(res)
  })
})

it('passes on an early answer to a body that was never sent', async () => {
  const opened = await openRawDoor((socket) => {
    socket.write('HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno')
  })
  const answer = await sendRaw(
    opened.door.port,
    `POST /files/a HTTP/1.1\r\n${head}Content-Length: 1000000\r\n\r\nabc`,
  )
  expect(answer.status).toBe(413)
  expect(answer.text).toMatch(/\r\n\r\nno$/)
})

it('passes on the answer of an upstream that closes in the middle of a body', async () => {
  const opened = await openRawDoor((socket) => {
    socket.removeAllListeners('data').pause()
    socket.write('HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno')
    // Octets that it has not read make this a reset.
    setTimeout(() => socket.destroy(), 0)
  })
  const statuses = new Set<number>()
  for (let count = 0; count < 40; count += 1) {
    const client = connect(opened.door.port, '127.0.0.1')
    client.write(`POST /files/a HTTP/1.1\r\n${head}Content-Length: 3000000\r\n\r\n`)
    for (let piece = 0; piece < 150; piece += 1) client.write(Buffer.alloc(20_000))
    statuses.add((await collect(client, 1_000)).status)
  }
  expect([...statuses]).toEqual([413])
})

it('keeps octets beyond ASCII in a header as they are', async () => {
  const name = Buffer.from('attachment; filename="ä€.txt"').toString('latin1')
  const opened = await openRawDoor((socket) => {
    socket.write(
      Buffer.from(
        `HTTP/1.1 200 OK\r\nContent-Disposition: ${name}\r\nContent-Length: 2\r\n\r\nok`,
        'latin1',
      ),
    )
  })
  const answer = await sendRaw(
    opened.door.port,
    `GET /files/a HTTP/1.1\r\n${head}X-Name: ${name}\r\n\r\n`,
  )
  expect(answer.status).toBe(200)
  expect(answer.text).toContain(`Content-Disposition: ${name}`)
  expect(opened.sent()).toContain(`X-Name: ${name}`)
})

describe('a body of 256 MiB', () => {
  const chunk = Buffer.alloc(1_048_576, 'x')
  const count = 256
  const allowedBytes = 192 * 1_048_576

  function* chunks(): Iterable<Buffer> {
    for (let index = 0; index < count; index += 1) yield chunk
  }

  async function receive(stream: IncomingMessage): Promise<number> {
    let bytes = 0
    stream.on('data', (part: Buffer) => {
      bytes += part.length
    })
    await once(stream, 'end')
    return bytes
  }

  /** The most that resident memory grew meanwhile. */
  async function watchMemory(work: Promise<unknown>): Promise<number> {
    const before = process.memoryUsage.rss()
    let most = 0
    const timer = setInterval(() => {
      most = Math.max(most, process.memoryUsage.rss() - before)
    }, 10)
    await work
    clearInterval(timer)
    return most
  }

  it('passes both ways without being kept', async () => {
    let uploaded = 0
    door = await openFrontDoor(async (req, res) => {
      uploaded = await receive(req)
      Readable.from(chunks()).pipe(res)
    })
    const req = request({
      port: door.port,
      path: '/files/a',
      method: 'PUT',
      headers: { authorization: 'Bearer alice', 'content-length': count * chunk.length },
    })
    Readable.from(chunks()).pipe(req)
    const grown = await watchMemory(
      (async () => {
        const [res] = (await once(req, 'response')) as [IncomingMessage]
        expect(await receive(res)).toBe(count * chunk.length)
      })(),
    )
    expect(uploaded).toBe(count * chunk.length)
    expect(grown).toBeLessThan(allowedBytes)
    await eventually(() => door?.records.length === 1, 'the record')
  })
})
