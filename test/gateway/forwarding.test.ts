import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import {
  Agent,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request,
  type RequestOptions,
} from 'node:http'
import { connect, createServer as createTcpServer, type Socket } from 'node:net'
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose'
import { afterEach, describe, expect, it } from 'vitest'
import { eventually, type FrontDoor, openFrontDoor, readAll } from './front-door.ts'
import { collect, sendRaw } from './raw-client.ts'

let door: FrontDoor | null = null
afterEach(async () => {
  await door?.close()
  door = null
})

const auth = { authorization: 'Bearer alice' }

/** Sends a request through the door and waits for the header of the answer. */
async function send(
  to: FrontDoor,
  path: string,
  options: RequestOptions = {},
  body?: string | Buffer,
): Promise<IncomingMessage> {
  const headers = { ...auth, ...(options.headers as OutgoingHttpHeaders | undefined) }
  const req = request({ port: to.port, path, ...options, headers })
  req.end(body)
  const [res] = (await once(req, 'response')) as [IncomingMessage]
  return res
}

function sha256(data: Buffer): string {
  return createHash('sha256').update(data).digest('hex')
}

describe('what the upstream is told', () => {
  it('sets every identity header and removes what the client wrote of them', async () => {
    let seen: NodeJS.Dict<string | string[]> = {}
    door = await openFrontDoor((req, res) => {
      seen = req.headers
      res.end()
    })
    const spoofed = {
      'Sallyport-Subject': 'root',
      sallyport_subject: 'root',
      'Sallyport.Roles': 'admin',
      'Sallyport-Anything': 'x',
      'X-Forwarded-User': 'root',
      X_Forwarded_User: 'root',
      'X-Auth-Request-Email': 'root@test',
      'Remote-User': 'root',
      'X-Remote-Group': 'admins',
      'SSL-Client-S-DN': 'CN=root',
      'X-Original-URL': '/files/vault',
      'X-Real-IP': '6.6.6.6',
      'X-Forwarded-For': '6.6.6.6',
      'X-Forwarded-Host': 'evil.test',
      'X-Forwarded-Proto': 'https',
      'X-Forwarded-Port': '443',
      Forwarded: 'for=6.6.6.6',
      Proxy: 'http://evil.test',
      'Proxy-Authorization': 'Basic x',
      TE: 'trailers',
      Cookie: 'a=b',
    }
    const res = await send(door, '/files/a?x=1', { headers: { host: 'App.test', ...spoofed } })
    res.resume()
    const record = door.records[0]
    expect(seen).toEqual({
      host: 'app.test',
      connection: 'keep-alive',
      cookie: 'a=b',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'http',
      'x-forwarded-host': 'app.test',
      forwarded: 'for=127.0.0.1;host=app.test;proto=http',
      'x-request-id': record?.id,
      'sallyport-subject': 'alice',
      'sallyport-issuer': 'https://idp.test',
      'sallyport-roles': 'staff',
      'sallyport-decision': record?.id,
      'sallyport-identity': expect.any(String) as string,
    })
    expect(JSON.stringify(seen)).not.toContain('Bearer')
  })

  it('mints an identity token that verifies with the published keys', async () => {
    let token = ''
    door = await openFrontDoor((req, res) => {
      token = String(req.headers['sallyport-identity'])
      res.end()
    })
    ;(await send(door, '/files/a')).resume()
    const keys = await send(door, '/.well-known/sallyport/jwks.json', { headers: {} })
    const jwks = JSON.parse((await readAll(keys)).toString()) as JSONWebKeySet
    const { payload } = await jwtVerify(token, createLocalJWKSet(jwks), {
      audience: door.upstreamOrigin,
    })
    expect(payload.sub).toBe('alice')
  })

  it('does not let Connection name away what the gateway states', async () => {
    let seen: NodeJS.Dict<string | string[]> = {}
    door = await openFrontDoor((req, res) => {
      seen = req.headers
      res.end()
    })
    const connection =
      'close, Host, Authorization, Sallyport-Subject, Sallyport-Identity, X-Forwarded-For, Content-Length, X-Gone'
    const headers = { connection, 'x-gone': '1', 'x-stays': '1', 'content-length': '3' }
    ;(await send(door, '/files/a', { method: 'PUT', headers }, 'abc')).resume()
    expect(seen['x-gone']).toBeUndefined()
    expect(seen).toMatchObject({
      'x-stays': '1',
      'sallyport-subject': 'alice',
      'x-forwarded-for': '127.0.0.1',
      'content-length': '3',
    })
    expect(seen['sallyport-identity']).toBeDefined()
  })

  it('passes on what a trusted proxy says, and adds itself', async () => {
    let seen: NodeJS.Dict<string | string[]> = {}
    door = await openFrontDoor(
      (req, res) => {
        seen = req.headers
        res.end()
      },
      { listen: { trustedProxies: ['127.0.0.1'] } },
    )
    const headers = {
      'x-forwarded-for': '6.6.6.6, 203.0.113.9',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'Shop.test',
      'x-real-ip': '203.0.113.9',
      'x-request-id': 'from-the-edge',
    }
    ;(await send(door, '/files/a', { headers })).resume()
    expect(seen).toMatchObject({
      host: 'shop.test',
      'x-forwarded-for': '6.6.6.6, 203.0.113.9, 127.0.0.1',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'shop.test',
      'x-real-ip': '203.0.113.9',
      'x-request-id': 'from-the-edge',
      forwarded: 'for=203.0.113.9, for=127.0.0.1;host=shop.test;proto=https',
    })
    expect(door.records[0]?.facts?.client).toEqual({
      ip: '203.0.113.9',
      peerIp: '127.0.0.1',
      viaTrustedProxy: true,
    })
  })

  it('forwards the normalised path that was matched, and the query untouched', async () => {
    let url: string | undefined
    door = await openFrontDoor((req, res) => {
      url = req.url
      res.end()
    })
    ;(await send(door, '/%66iles/%c3%bc?a=%2F..%2F&b=//')).resume()
    expect(url).toBe('/files/%C3%BC?a=%2F..%2F&b=//')
    expect(door.records[0]).toMatchObject({
      facts: { path: '/files/%C3%BC' },
      request: { resource: { type: 'file', id: '\u00fc' } },
    })
  })
})

describe('streaming', () => {
  it('streams a large body both ways, octet for octet, with lengths and without', async () => {
    const data = randomBytes(6 * 1_048_576)
    const received: { length: string | undefined; digest: string }[] = []
    door = await openFrontDoor(async (req, res) => {
      const body = await readAll(req)
      received.push({ length: req.headers['content-length'], digest: sha256(body) })
      if (req.url === '/files/known') res.setHeader('content-length', data.length)
      res.write(body.subarray(0, 1_000_000))
      res.end(body.subarray(1_000_000))
    })
    const known = await send(
      door,
      '/files/known',
      { method: 'PUT', headers: { 'content-length': data.length } },
      data,
    )
    expect(sha256(await readAll(known))).toBe(sha256(data))
    const chunked = await send(
      door,
      '/files/chunked',
      { method: 'POST', headers: { 'transfer-encoding': 'chunked' } },
      data,
    )
    expect(sha256(await readAll(chunked))).toBe(sha256(data))
    expect(known.headers['content-length']).toBe(String(data.length))
    expect(chunked.headers['transfer-encoding']).toBe('chunked')
    expect(received).toEqual([
      { length: String(data.length), digest: sha256(data) },
      { length: undefined, digest: sha256(data) },
    ])
  })

  it.each([0, 1, 255, 8_192, 8_193, 70_000])(
    'keeps every octet of a body of %i, whatever its values',
    async (length) => {
      const data = Buffer.from(Array.from({ length }, (_, index) => index % 256))
      door = await openFrontDoor((_req, res) => {
        res.setHeader('content-length', length)
        res.end(data)
      })
      const res = await send(door, '/files/a')
      expect(res.headers['content-length']).toBe(String(length))
      expect((await readAll(res)).equals(data)).toBe(true)
    },
  )

  it('lets events through as they come, and the header before the first of them', async () => {
    let push: (text: string) => void = () => {}
    door = await openFrontDoor((_req, res) => {
      res.writeHead(200, { 'content-type': 'text/event-stream' })
      res.flushHeaders()
      push = (text) => res.write(text)
    })
    const res = await send(door, '/files/events')
    expect(res.headers['content-type']).toBe('text/event-stream')
    push('data: 1\n\n')
    const [first] = (await once(res, 'data')) as [Buffer]
    expect(first.toString()).toBe('data: 1\n\n')
    push('data: 2\n\n')
    const [second] = (await once(res, 'data')) as [Buffer]
    expect(second.toString()).toBe('data: 2\n\n')
    res.destroy()
  })

  it('holds the upstream back while the client does not read', async () => {
    let sent = 0
    door = await openFrontDoor((_req, res) => {
      const chunk = Buffer.alloc(65_536)
      const more = (): void => {
        while (sent < 200_000_000 && !res.destroyed) {
          sent += chunk.length
          if (!res.write(chunk)) {
            res.once('drain', more)
            return
          }
        }
      }
      more()
    })
    const res = await send(door, '/files/flood')
    res.pause()
    let held = -1
    while (held !== sent) {
      held = sent
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    expect(held).toBeLessThan(60_000_000)
    res.destroy()
  })

  it('holds the client back while the upstream does not read', async () => {
    door = await openFrontDoor((req) => {
      req.pause()
    })
    const client = connect(door.port, '127.0.0.1')
    client.write(
      'PUT /files/a HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer alice\r\nContent-Length: 200000000\r\n\r\n',
    )
    let sent = 0
    const chunk = Buffer.alloc(65_536)
    while (client.writableLength < 1_000_000 && sent < 100_000_000) {
      client.write(chunk)
      sent += chunk.length
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(sent).toBeLessThan(60_000_000)
    client.destroy()
  })

  it.each(['HEAD', 'GET'])('keeps the header of an answer to %s as it is', async (method) => {
    door = await openFrontDoor((_req, res) => {
      res.setHeader('content-length', 5)
      res.setHeader('etag', '"1"')
      res.setHeader('set-cookie', ['a=1', 'b=2'])
      res.end('hello')
    })
    const res = await send(door, '/files/a', { method })
    expect(res.headers).toMatchObject({
      'content-length': '5',
      etag: '"1"',
      'set-cookie': ['a=1', 'b=2'],
    })
    expect((await readAll(res)).toString()).toBe(method === 'HEAD' ? '' : 'hello')
  })

  it.each([204, 304])('gives no body and keeps the connection after a %i', async (status) => {
    door = await openFrontDoor((_req, res) => {
      res.writeHead(status, { etag: '"1"' })
      res.end()
    })
    const message = 'GET /files/a HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer alice\r\n\r\n'
    const answer = await sendRaw(door.port, message + message)
    expect(answer.responses).toBe(2)
    expect(answer.text).not.toContain('Transfer-Encoding')
    expect(answer.text.toLowerCase()).not.toContain('content-length')
  })

  it('answers an HTTP/1.0 client without chunks', async () => {
    door = await openFrontDoor((_req, res) => {
      res.write('a')
      res.end('b')
    })
    const answer = await sendRaw(
      door.port,
      'GET /files/a HTTP/1.0\r\nHost: a\r\nAuthorization: Bearer alice\r\n\r\n',
    )
    expect(answer.text).toMatch(/\r\n\r\nab$/)
    expect(answer.text).not.toContain('chunked')
    expect(answer.closed).toBe(true)
  })

  it.each([
    [1_048_576, 'Connection: close'],
    [100_000, 'Connection: keep-alive'],
  ])('says with an early answer to a body of %i whether it is the last', async (length, said) => {
    door = await openFrontDoor((_req, res) => void res.end('early'))
    const { text } = await sendRaw(
      door.port,
      `PUT /files/a HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer alice\r\nContent-Length: ${length}\r\n\r\nabc`,
    )
    expect(text).toContain(`\r\n${said}\r\n`)
    expect(text.match(/^Connection:/gim)).toHaveLength(1)
    expect(text).toMatch(/\r\n\r\nearly$/)
  })

  it('passes on an early answer while the client still sends', async () => {
    door = await openFrontDoor((_req, res) => {
      res.writeHead(422)
      res.end('no')
    })
    const req = request({
      port: door.port,
      path: '/files/a',
      method: 'PUT',
      headers: { ...auth, 'transfer-encoding': 'chunked' },
    })
    req.on('error', () => {})
    req.write('a beginning')
    const [res] = (await once(req, 'response')) as [IncomingMessage]
    expect(res.statusCode).toBe(422)
    expect((await readAll(res)).toString()).toBe('no')
    req.end()
    await eventually(() => door?.records.length === 1, 'a record')
    expect(door.records[0]?.outcome).toMatchObject({ kind: 'forwarded', status: 422 })
  })
})

it('does not cut a slow reader short because its upload was not needed', async () => {
  const data = randomBytes(3_000_000)
  door = await openFrontDoor((_req, res) => {
    res.writeHead(200, { 'content-length': data.length })
    res.end(data)
  })
  const client = connect(door.port, '127.0.0.1')
  client.write(
    'PUT /files/a HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer alice\r\nContent-Length: 100000\r\n\r\nabc',
  )
  let received = 0
  for await (const chunk of client) {
    received += (chunk as Buffer).length
    if (received < data.length) await new Promise((resolve) => setTimeout(resolve, 40))
    else break
  }
  expect(received).toBeGreaterThanOrEqual(data.length)
})

describe('what comes back', () => {
  /** An upstream of bare sockets: `answer` is written as it is when a request has come in. */
  async function openRawDoor(answer: (socket: Socket) => void): Promise<FrontDoor> {
    const raw = createTcpServer((socket) => {
      socket.on('error', () => {})
      socket.on('data', () => answer(socket))
    })
    raw.listen(0, '127.0.0.1')
    await once(raw, 'listening')
    const { port } = raw.address() as { port: number }
    const opened = await openFrontDoor(() => {}, {
      upstreamOrigin: `http://127.0.0.1:${port}`,
      upstream: { headersTimeoutMs: 1_000, connectTimeoutMs: 500 },
    })
    return {
      ...opened,
      close: async () => {
        await opened.close()
        raw.close()
      },
    }
  }

  it('drops the fields of the upstream hop and whatever speaks in our name', async () => {
    door = await openRawDoor((socket) => {
      socket.write(
        'HTTP/1.1 200 Fine\r\nConnection: keep-alive, X-Hop\r\nKeep-Alive: timeout=9\r\nX-Hop: 1\r\n' +
          'Sallyport-Decision: forged\r\nsallyport_subject: forged\r\nProxy-Authenticate: Basic\r\n' +
          'Trailer: X\r\nServer: app\r\nX-A: 1\r\nx-a: 2\r\nContent-Length: 2\r\n\r\nok',
      )
    })
    const res = await send(door, '/files/a')
    expect(res.statusMessage).toBe('Fine')
    expect((await readAll(res)).toString()).toBe('ok')
    expect(Object.keys(res.headers).sort()).toEqual([
      'connection',
      'content-length',
      'date',
      'keep-alive',
      'sallyport-decision',
      'server',
      'x-a',
    ])
    expect(res.headers['sallyport-decision']).toBe(door.records[0]?.id)
    expect(res.headers['x-a']).toBe('1, 2')
    expect(res.headers['keep-alive']).toBe('timeout=65')
  })

  it.each([
    ['1.1', /^HTTP\/1\.1 103 Early Hints\r\nLink: <\/a>\r\n\r\nHTTP\/1\.1 200 OK\r\n/],
    ['1.0', /^HTTP\/1\.1 200 OK\r\n/],
  ])('passes on interim answers to who knows them, HTTP/%s', async (version, wanted) => {
    door = await openRawDoor((socket) => {
      socket.write(
        'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\nSallyport-Decision: forged\r\nConnection: X-Hop\r\nX-Hop: 1\r\n\r\n' +
          'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok',
      )
    })
    const answer = await sendRaw(
      door.port,
      `GET /files/a HTTP/${version}\r\nHost: a\r\nAuthorization: Bearer alice\r\n\r\n`,
    )
    expect(answer.text).toMatch(wanted)
    expect(answer.text).toMatch(/\r\n\r\nok$/)
    expect(answer.text).not.toContain('forged')
  })

  it('does not wait for an answer longer because interim ones keep coming', async () => {
    const timers: NodeJS.Timeout[] = []
    door = await openRawDoor((socket) => {
      timers.push(setInterval(() => socket.write('HTTP/1.1 103 Early Hints\r\n\r\n'), 50))
    })
    const res = await send(door, '/files/a')
    for (const timer of timers) clearInterval(timer)
    expect(res.statusCode).toBe(504)
    expect(door.records.at(-1)?.outcome).toMatchObject({ code: 'ERR_UPSTREAM_TIMEOUT' })
  })

  it.each<[string, string, string]>([
    ['no HTTP', 'hello\r\n\r\n', 'ERR_UPSTREAM_PROTOCOL'],
    [
      'two lengths',
      'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok',
      'ERR_UPSTREAM_PROTOCOL',
    ],
    [
      'a length and a coding',
      'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n',
      'ERR_UPSTREAM_PROTOCOL',
    ],
    ['a control character', 'HTTP/1.1 200 OK\r\nX-A: a\x01b\r\n\r\n', 'ERR_UPSTREAM_PROTOCOL'],
    [
      'an unasked upgrade',
      'HTTP/1.1 101 Switching\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n',
      'ERR_UPSTREAM_PROTOCOL',
    ],
    [
      'a header without end',
      `HTTP/1.1 200 OK\r\nX-A: ${'a'.repeat(50_000)}\r\n\r\n`,
      'ERR_UPSTREAM_PROTOCOL',
    ],
  ])('answers 502 to an upstream that sends %s', async (_name, text, code) => {
    door = await openRawDoor((socket) => socket.write(Buffer.from(text, 'latin1')))
    const res = await send(door, '/files/a')
    const problem = JSON.parse((await readAll(res)).toString()) as object
    expect(res.statusCode).toBe(502)
    expect(problem).toMatchObject({ code, decision_id: door.records[0]?.id })
    expect(JSON.stringify(problem)).not.toContain('127.0.0.1')
    expect(door.logs.filter((line) => line.level === 'warn')).toHaveLength(1)
  })

  it('answers 502 when the connection is closed before an answer, once tried again', async () => {
    let attempts = 0
    door = await openRawDoor((socket) => {
      attempts += 1
      socket.destroy()
    })
    const res = await send(door, '/files/a')
    res.resume()
    expect(res.statusCode).toBe(502)
    expect(door.records[0]?.outcome).toMatchObject({ code: 'ERR_UPSTREAM_RESET' })
    expect(attempts).toBe(2)
  })

  it('tries a request again whose kept connection had just been closed', async () => {
    let attempts = 0
    door = await openRawDoor((socket) => {
      attempts += 1
      if (attempts === 2) socket.resetAndDestroy()
      else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok')
    })
    const agent = new Agent({ keepAlive: true })
    for (const _ of [1, 2]) {
      const res = await send(door, '/files/a', { agent })
      expect(res.statusCode).toBe(200)
      await readAll(res)
    }
    agent.destroy()
    expect(attempts).toBe(3)
  })

  it('never sends a request with a body or of a method that changes things twice', async () => {
    let attempts = 0
    door = await openRawDoor((socket) => {
      attempts += 1
      socket.destroy()
    })
    const withBody = await send(door, '/files/a', { method: 'PUT' }, 'abc')
    withBody.resume()
    expect(withBody.statusCode).toBe(502)
    const unsafe = await send(door, '/files/a', { method: 'POST' })
    unsafe.resume()
    expect(unsafe.statusCode).toBe(502)
    expect(attempts).toBe(2)
  })

  it('answers 504 when the upstream is silent', async () => {
    door = await openRawDoor(() => {})
    const res = await send(door, '/files/a')
    res.resume()
    expect(res.statusCode).toBe(504)
    expect(door.records[0]?.outcome).toMatchObject({ code: 'ERR_UPSTREAM_TIMEOUT' })
  })

  it('answers 502 when nobody listens', async () => {
    door = await openFrontDoor(() => {}, { upstreamOrigin: 'http://127.0.0.1:1' })
    const res = await send(door, '/files/a')
    res.resume()
    expect(res.statusCode).toBe(502)
    expect(door.records[0]?.outcome).toMatchObject({ code: 'ERR_UPSTREAM_CONNECT' })
  })

  it.each<[string, string]>([
    ['of known length', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\npart'],
    ['in chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npart\r\n'],
  ])('cuts the client off when a body %s ends too early', async (_name, text) => {
    door = await openRawDoor((socket) => {
      socket.write(text)
      setTimeout(() => socket.destroy(), 30)
    })
    const answer = await sendRaw(
      door.port,
      'GET /files/a HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer alice\r\n\r\n',
      700,
    )
    expect(answer.text).toContain('part')
    expect(answer.text).not.toMatch(/0\r\n\r\n$/)
    expect(answer.closed).toBe(true)
    expect(door.records[0]?.outcome).toEqual({ kind: 'aborted', by: 'upstream' })
  })

  it('resets a client that would take the end of the connection for the end of the body', async () => {
    door = await openRawDoor((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npart\r\n')
      setTimeout(() => socket.destroy(), 30)
    })
    const client = connect(door.port, '127.0.0.1')
    client.write('GET /files/a HTTP/1.0\r\nHost: a\r\nAuthorization: Bearer alice\r\n\r\n')
    let text = ''
    client.on('data', (chunk: Buffer) => {
      text += chunk.toString()
    })
    const [error] = (await once(client, 'error')) as [NodeJS.ErrnoException]
    expect(text).toMatch(/\r\n\r\npart$/)
    expect(error.code).toBe('ECONNRESET')
  })

  it.each<[string, (socket: Socket) => void, boolean]>([
    ['a close', (socket) => socket.end(), true],
    ['a reset', (socket) => socket.resetAndDestroy(), false],
  ])(
    'takes %s for the end of a body without length only if it is one',
    async (_name, end, isEnd) => {
      door = await openRawDoor((socket) => {
        socket.write('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\npart')
        setTimeout(() => end(socket), 30)
      })
      const answer = await sendRaw(
        door.port,
        'GET /files/a HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer alice\r\n\r\n',
      )
      expect(answer.text).toContain('part')
      expect(answer.text.endsWith('0\r\n\r\n')).toBe(isEnd)
      expect(answer.closed).toBe(!isEnd)
      expect(door.records[0]?.outcome.kind).toBe(isEnd ? 'forwarded' : 'aborted')
    },
  )

  it('does not let octets after an answer become part of the next', async () => {
    door = await openRawDoor((socket) => {
      socket.write(
        'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged',
      )
    })
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    for (const _ of [1, 2, 3]) {
      const res = await send(door, '/files/a', { agent })
      expect((await readAll(res)).toString()).toBe('ok')
    }
    agent.destroy()
  })
})

describe('clients that go away', () => {
  it('stops the upstream when the client leaves before the answer', async () => {
    let arrived = false
    let aborted = false
    door = await openFrontDoor((req) => {
      arrived = true
      req.on('close', () => {
        aborted = true
      })
    })
    const req = request({ port: door.port, path: '/files/a', headers: auth })
    req.on('error', () => {})
    req.end()
    await eventually(() => arrived, 'a request')
    req.destroy()
    await eventually(() => aborted, 'the upstream to notice')
    await eventually(() => door?.records.length === 1, 'a record')
    expect(door.records[0]?.outcome).toEqual({ kind: 'aborted', by: 'client' })
    expect(door.gateway.inFlight).toBe(0)
  })

  it('stops the upstream when the client leaves in the middle of the answer', async () => {
    let aborted = false
    door = await openFrontDoor((_req, res) => {
      res.write('a beginning')
      res.on('close', () => {
        aborted = true
      })
    })
    const res = await send(door, '/files/a')
    await once(res, 'data')
    res.destroy()
    await eventually(() => aborted, 'the upstream to notice')
    await eventually(() => door?.records.length === 1, 'a record')
    expect(door.records.map((record) => record.outcome)).toEqual([
      { kind: 'aborted', by: 'client' },
    ])
  })

  it('stops the upstream when the client leaves in the middle of its body', async () => {
    let arrived = false
    let aborted = false
    door = await openFrontDoor((req) => {
      req.once('data', () => {
        arrived = true
      })
      req.on('aborted', () => {
        aborted = true
      })
    })
    const req = request({ port: door.port, path: '/files/a', method: 'PUT', headers: auth })
    req.on('error', () => {})
    req.write('a beginning')
    await eventually(() => arrived, 'a request')
    req.destroy()
    await eventually(() => aborted, 'the upstream to notice')
    await eventually(() => door?.records.length === 1, 'a record')
    expect(door.records.map((record) => record.outcome)).toEqual([
      { kind: 'aborted', by: 'client' },
    ])
  })

  it('forgets a request whose client left while its token was checked', async () => {
    let seen = 0
    door = await openFrontDoor((_req, res) => {
      seen += 1
      res.end()
    })
    const headers = { authorization: 'Bearer slow-alice' }
    const req = request({ port: door.port, path: '/files/a', headers })
    req.on('error', () => {})
    req.end()
    await eventually(() => door?.gateway.inFlight === 1, 'a request')
    req.destroy()
    await eventually(() => door?.records.length === 1, 'a record')
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(seen).toBe(0)
    expect(door.records).toHaveLength(1)
  })

  it('cuts off a client that stops reading', async () => {
    door = await openFrontDoor(
      (_req, res) => {
        res.end(Buffer.alloc(30_000_000))
      },
      { listen: { bodyIdleTimeoutMs: 200 } },
    )
    const client = connect(door.port, '127.0.0.1')
    client.on('error', () => {})
    client.write('GET /files/a HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer alice\r\n\r\n')
    client.pause()
    await eventually(() => door?.records.length === 1, 'a record')
    expect(door.records[0]?.outcome).toEqual({ kind: 'aborted', by: 'client' })
    client.destroy()
  })
})

describe('limits on bodies', () => {
  const header = 'PUT /files/a HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer alice\r\n'

  it('refuses an announced body that is too large without asking the upstream', async () => {
    let seen = 0
    door = await openFrontDoor(
      (_req, res) => {
        seen += 1
        res.end()
      },
      { listen: { maxBodyBytes: 10 } },
    )
    const answer = await sendRaw(door.port, `${header}Content-Length: 11\r\n\r\n12345678901`)
    expect(answer.status).toBe(413)
    expect(seen).toBe(0)
  })

  it('refuses a chunked body as soon as it is too large', async () => {
    door = await openFrontDoor((req) => void req.resume(), { listen: { maxBodyBytes: 10 } })
    const body = '6\r\n123456\r\n6\r\n123456\r\n0\r\n\r\n'
    const answer = await sendRaw(door.port, `${header}Transfer-Encoding: chunked\r\n\r\n${body}`)
    expect(answer.status).toBe(413)
    expect(door.records.map((record) => record.outcome)).toMatchObject([
      { kind: 'refused', code: 'body_too_large' },
    ])
  })

  it('gives up on a body that stops coming', async () => {
    door = await openFrontDoor((req) => void req.resume(), { listen: { bodyIdleTimeoutMs: 150 } })
    const answer = await sendRaw(door.port, `${header}Content-Length: 100\r\n\r\nabc`)
    expect(answer.status).toBe(408)
    expect(answer.closed).toBe(true)
  })

  it('gives up on a header that stops coming', async () => {
    door = await openFrontDoor(() => {}, { listen: { headersTimeoutMs: 200 } })
    const client = connect(door.port, '127.0.0.1')
    client.write('GET /files/a HTTP/1.1\r\nHost: a\r\n')
    const answer = await collect(client)
    expect(answer.status).toBe(408)
    expect(answer.closed).toBe(true)
  })

  it('closes the line when what is left of a refused body is long', async () => {
    door = await openFrontDoor(() => {})
    const client = connect(door.port, '127.0.0.1')
    client.on('error', () => {})
    client.write(
      `PUT /files/vault HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer alice\r\nContent-Length: 100000000\r\n\r\n`,
    )
    const [first] = (await once(client, 'data')) as [Buffer]
    expect(first.toString()).toContain('403')
    const chunk = Buffer.alloc(65_536)
    for (let index = 0; index < 1_000 && !client.destroyed; index += 1) {
      client.write(chunk)
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
    expect(client.destroyed).toBe(true)
  })

  it('sheds what no connection to the upstream becomes free for', async () => {
    door = await openFrontDoor(() => {}, {
      upstream: { maxConnections: 1, connectTimeoutMs: 100 },
    })
    const pending = [1, 2, 3].map((index) =>
      sendRaw(
        door?.port ?? 0,
        `GET /files/${index} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer alice\r\n\r\n`,
        100,
      ),
    )
    const statuses = (await Promise.all(pending)).map((answer) => answer.status)
    // One is with the upstream, one waited in vain, one was not let in.
    expect(statuses.filter((status) => status === 503)).toHaveLength(2)
  })
})
