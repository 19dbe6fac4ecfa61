import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { IncomingHttpHeaders } from 'node:http'
import type { Duplex } from 'node:stream'
import { afterEach, describe, expect, it } from 'vitest'
import { eventually, type FrontDoor, type FrontDoorOptions, openFrontDoor } from './front-door.ts'
import { sendRaw } from './raw-client.ts'
import {
  acceptOf,
  acceptSockets,
  clientFrame,
  handshakeText,
  openRaw,
  openWebSocket,
  type RawClient,
} from './web-socket.ts'

let door: FrontDoor | null = null
const clients: RawClient[] = []

afterEach(async () => {
  for (const { socket } of clients.splice(0)) socket.destroy()
  await door?.close()
  door = null
})

/** What reaches the upstream as an ordinary request. */
const plain: string[] = []

async function openDoor(options: FrontDoorOptions = {}): Promise<FrontDoor> {
  plain.length = 0
  door = await openFrontDoor((req, res) => {
    plain.push(`${req.method} ${req.url}`)
    res.end('plain')
  }, options)
  return door
}

function keep(client: RawClient): RawClient {
  clients.push(client)
  return client
}

function webSocket(
  opened: FrontDoor,
  options: Parameters<typeof openWebSocket>[1] = {},
): RawClient {
  return keep(openWebSocket(opened.port, options))
}

function outcomes(opened: FrontDoor): unknown[] {
  return opened.records.map(({ outcome }) => outcome)
}

describe('a WebSocket', () => {
  it('is decided on at its handshake, and passes octets both ways', async () => {
    const opened = await openDoor()
    let seen: IncomingHttpHeaders = {}
    acceptSockets(opened.upstream, (socket, req) => {
      seen = req.headers
      socket.pipe(socket)
    })
    const client = webSocket(opened, {
      fields:
        'Origin: http://app.test\r\nSec-WebSocket-Protocol: chat\r\nSallyport-Subject: root\r\nCookie: a=1\r\nX-Forwarded-User: root\r\n',
    })
    await eventually(() => client.status() === 101, 'the switch')
    expect(client.text()).toMatch(/^HTTP\/1\.1 101 Switching Protocols\r\nUpgrade: websocket\r\n/)
    expect(client.text()).toContain(`Sallyport-Decision: ${opened.records[0]?.id}`)
    expect(seen).toMatchObject({
      'sallyport-subject': 'alice',
      'sallyport-roles': 'staff',
      'sallyport-decision': opened.records[0]?.id,
      'sec-websocket-protocol': 'chat',
      connection: 'upgrade',
      upgrade: 'websocket',
      cookie: 'a=1',
    })
    expect(seen.authorization).toBeUndefined()
    expect(seen['x-forwarded-user']).toBeUndefined()
    client.socket.write(clientFrame('hello'))
    await eventually(() => client.body().equals(clientFrame('hello')), 'an echo')
    client.socket.end()
    await eventually(() => opened.records.length === 2, 'the record of the end')
    expect(outcomes(opened)).toEqual([
      { kind: 'forwarded', status: 101, upstream: opened.upstreamOrigin },
      { kind: 'closed', by: 'client' },
    ])
    expect(opened.records[1]?.id).toBe(opened.records[0]?.id)
    expect(opened.gateway.inFlight).toBe(0)
  })

  it.each([
    ['a subject without permission', { name: 'guest' }, 403, 'no_applicable_rule'],
    ['a deny rule', { path: '/sockets/vault' }, 403, 'denied_by_rule'],
    ['an expired token', { name: 'expired' }, 401, 'token_expired'],
    ['an unknown route', { path: '/elsewhere' }, 404, 'route_unknown'],
    ['a route without upgrade', { path: '/files/a' }, 501, 'upgrade_not_supported'],
    ['a page of another site', { fields: 'Origin: https://evil.test\r\n' }, 403, 'origin_refused'],
    ['a page of a file', { fields: 'Origin: null\r\n' }, 403, 'origin_refused'],
    ['a page of another port', { fields: 'Origin: http://app.test:81\r\n' }, 403, 'origin_refused'],
    [
      'a host that only starts alike',
      { fields: 'Origin: http://app.test.evil\r\n' },
      403,
      'origin_refused',
    ],
    [
      'two origins',
      { fields: 'Origin: http://app.test\r\nOrigin: http://evil.test\r\n' },
      403,
      'origin_refused',
    ],
    [
      'no key',
      { upgrade: 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' },
      400,
      'upgrade_malformed',
    ],
    [
      'a second key',
      { fields: `Sec-WebSocket-Key: ${'A'.repeat(22)}==\r\n` },
      400,
      'upgrade_malformed',
    ],
    ['a second version', { fields: 'Sec-WebSocket-Version: 13\r\n' }, 400, 'upgrade_malformed'],
    [
      'another version',
      {
        upgrade: `Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 8\r\nSec-WebSocket-Key: ${'A'.repeat(22)}==\r\n`,
      },
      400,
      'upgrade_malformed',
    ],
    ['HTTP/1.0', { requestLine: 'GET /sockets/a HTTP/1.0' }, 501, 'upgrade_not_supported'],
    ['a body', { fields: 'Content-Length: 3\r\n', sentAhead: 'abc' }, 501, 'upgrade_not_supported'],
    [
      'a chunked body',
      { fields: 'Transfer-Encoding: chunked\r\n', sentAhead: '0\r\n\r\n' },
      501,
      'upgrade_not_supported',
    ],
    ['an expectation', { fields: 'Expect: 100-continue\r\n' }, 501, 'upgrade_not_supported'],
    ['a choice of protocols', { fields: 'Upgrade: h2c\r\n' }, 501, 'upgrade_not_supported'],
  ])('is refused for %s, and its connection closed', async (_why, options, status, code) => {
    const opened = await openDoor()
    let reached = 0
    acceptSockets(opened.upstream, () => {
      reached += 1
    })
    const client = webSocket(opened, options)
    await eventually(() => client.closed, 'the end of the connection')
    expect(client.status()).toBe(status)
    expect(client.text()).toContain(`"code":"${code}"`)
    expect(client.text()).toContain('Connection: close')
    expect(reached).toBe(0)
    expect(plain).toEqual([])
    expect(opened.records).toHaveLength(1)
  })

  it.each([
    ['http://app.test', 'app.test'],
    ['https://app.test', 'app.test'],
    ['https://app.test', 'app.test:443'],
    ['http://app.test:8080', 'app.test:8080'],
    ['https://Other.test', 'app.test'],
  ])('takes a page of %s on %s', async (origin, host) => {
    const opened = await openDoor({ listen: { upgradeOrigins: ['https://other.test'] } })
    acceptSockets(opened.upstream)
    const text = handshakeText({ fields: `Origin: ${origin}\r\n` })
    const client = keep(openRaw(opened.port, text.replace('Host: app.test', `Host: ${host}`)))
    await eventually(() => client.status() > 0, 'an answer')
    expect(client.status()).toBe(101)
  })

  it('lets nothing through before the upstream has switched', async () => {
    const opened = await openDoor()
    const received: Buffer[] = []
    let accept = (): void => {}
    opened.upstream.on('upgrade', (req, socket, head) => {
      received.push(head)
      socket.on('data', (chunk: Buffer) => received.push(chunk))
      accept = () => {
        const key = acceptOf(req.headers['sec-websocket-key'] ?? '')
        socket.write(
          `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${key}\r\n\r\n`,
        )
      }
    })
    const client = webSocket(opened, { sentAhead: clientFrame('early') })
    await eventually(() => received.length > 0, 'the handshake')
    client.socket.write(clientFrame('later'))
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(Buffer.concat(received)).toHaveLength(0)
    accept()
    const wanted = Buffer.concat([clientFrame('early'), clientFrame('later')])
    await eventually(() => Buffer.concat(received).equals(wanted), 'what was held back')
  })

  it('passes on another answer as it is, and never what the client sent ahead', async () => {
    const smuggled = 'DELETE /files/b HTTP/1.1\r\nHost: app.test\r\n\r\n'
    const opened = await openDoor()
    const client = webSocket(opened, { path: '/sockets/a?x=1', sentAhead: smuggled })
    await eventually(() => client.closed, 'the end of the connection')
    expect(client.status()).toBe(200)
    expect(client.text()).toContain('plain')
    expect(client.text().match(/HTTP\/1\.1/g)).toHaveLength(1)
    expect(plain).toEqual(['GET /sockets/a?x=1'])
    expect(outcomes(opened)).toEqual([
      { kind: 'forwarded', status: 200, upstream: opened.upstreamOrigin },
    ])
  })

  it('passes on a large answer that is no switch to a slow client', async () => {
    const data = randomBytes(2_000_000)
    door = await openFrontDoor((_req, res) => {
      res.writeHead(426).end(data)
    })
    const client = keep(openWebSocket(door.port))
    client.socket.pause()
    await new Promise((resolve) => setTimeout(resolve, 100))
    client.socket.resume()
    await eventually(() => client.closed, 'the end of the connection')
    expect(client.status()).toBe(426)
    expect(client.body().includes(data.subarray(0, 1_000))).toBe(true)
    expect(client.body().length).toBeGreaterThan(data.length)
  })

  it('comes behind no other request on its connection', async () => {
    const opened = await openDoor()
    acceptSockets(opened.upstream)
    const before =
      'GET /files/a HTTP/1.1\r\nHost: app.test\r\nAuthorization: Bearer slow-al\r\n\r\n'
    const client = keep(openRaw(opened.port, before + handshakeText()))
    await eventually(() => client.closed, 'the end of the connection')
    expect(client.text().match(/HTTP\/1\.1 \d{3}/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 501'])
    expect(plain).toEqual(['GET /files/a'])
  })

  it('comes after others that have their answer', async () => {
    const opened = await openDoor()
    acceptSockets(opened.upstream)
    const before = 'GET /files/a HTTP/1.1\r\nHost: app.test\r\nAuthorization: Bearer alice\r\n\r\n'
    const client = keep(openRaw(opened.port, before))
    await eventually(() => client.text().includes('plain'), 'an answer')
    client.socket.write(handshakeText())
    await eventually(() => client.text().includes('HTTP/1.1 101'), 'the switch')
  })

  it.each([
    [
      'another protocol',
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n',
    ],
    ['no protocol', 'HTTP/1.1 101 Switching Protocols\r\n\r\n'],
    [
      'an answer to another handshake',
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${acceptOf('x')}\r\n\r\n`,
    ],
    ['octets that are no HTTP', 'hello, this is not a switch\r\n\r\n'],
  ])('is a 502 when the upstream answers with %s', async (_what, answer) => {
    const opened = await openDoor()
    const upstream: Duplex[] = []
    opened.upstream.on('upgrade', (_req, socket) => {
      upstream.push(socket)
      socket.on('error', () => {})
      socket.resume()
      socket.write(answer)
    })
    const client = webSocket(opened)
    await eventually(() => client.closed, 'the end of the connection')
    expect(client.status()).toBe(502)
    expect(client.text()).toContain('ERR_UPSTREAM_PROTOCOL')
    await eventually(() => upstream[0]?.readableEnded === true, 'the upstream let go of')
  })

  it('is a 504 when the upstream does not answer', async () => {
    const opened = await openDoor({ upstream: { headersTimeoutMs: 300 } })
    opened.upstream.on('upgrade', (_req, socket) => socket.on('error', () => {}))
    const client = webSocket(opened)
    await eventually(() => client.closed, 'the end of the connection')
    expect(client.status()).toBe(504)
  })

  it('is refused where there are enough of them', async () => {
    const opened = await openDoor({ listen: { maxUpgrades: 2 } })
    acceptSockets(opened.upstream)
    const three = [1, 2, 3].map(() => webSocket(opened))
    await eventually(() => three.every((client) => client.status() > 0), 'three answers')
    expect(three.map((client) => client.status()).sort((a, b) => a - b)).toEqual([101, 101, 503])
    three.find((client) => client.status() === 101)?.socket.destroy()
    await eventually(
      () => opened.records.some(({ outcome }) => outcome.kind === 'closed'),
      'an end',
    )
    const another = webSocket(opened)
    await eventually(() => another.status() === 101, 'room for another')
  })
})

describe('a switched connection', () => {
  it('holds each side back while the other does not read', async () => {
    const opened = await openDoor()
    const sockets: Duplex[] = []
    acceptSockets(opened.upstream, (socket) => {
      socket.pause()
      sockets.push(socket)
    })
    const client = webSocket(opened)
    await eventually(() => sockets.length > 0 && client.status() === 101, 'the switch')
    client.socket.pause()
    const chunk = Buffer.alloc(65_536)
    for (const writable of [client.socket, ...sockets]) {
      let sent = 0
      while (writable.writableLength < 1_000_000 && sent < 100_000_000) {
        writable.write(chunk)
        sent += chunk.length
        await new Promise((resolve) => setImmediate(resolve))
      }
      expect(sent).toBeLessThan(60_000_000)
    }
  })

  it('passes large amounts both ways, octet for octet', async () => {
    const opened = await openDoor()
    acceptSockets(opened.upstream)
    const client = webSocket(opened)
    await eventually(() => client.status() === 101, 'the switch')
    const data = randomBytes(4_000_000)
    client.socket.write(data)
    await eventually(() => client.body().length === data.length, 'all of it')
    expect(client.body().equals(data)).toBe(true)
  })

  it('lets one side end its half while the other goes on', async () => {
    const opened = await openDoor()
    const received: Buffer[] = []
    acceptSockets(opened.upstream, (socket) => {
      socket.on('data', (chunk: Buffer) => received.push(chunk))
      socket.on('end', () => {
        setTimeout(() => socket.end('the rest'), 100)
      })
    })
    const client = webSocket(opened)
    await eventually(() => client.status() === 101, 'the switch')
    client.socket.end('all')
    await eventually(() => client.closed, 'the end')
    expect(Buffer.concat(received).toString()).toBe('all')
    expect(client.body().toString()).toBe('the rest')
  })

  it('passes on what the client says after the upstream has ended its half', async () => {
    const opened = await openDoor()
    const received: Buffer[] = []
    acceptSockets(opened.upstream, (socket) => {
      socket.on('data', (chunk: Buffer) => received.push(chunk))
      socket.end('done')
    })
    const client = keep(openRaw(opened.port, handshakeText()))
    client.socket.allowHalfOpen = true
    await once(client.socket, 'end')
    client.socket.end('bye')
    await eventually(() => Buffer.concat(received).toString() === 'bye', 'the last word')
    await eventually(() => opened.records.length === 2, 'the record of the end')
    expect(outcomes(opened)[1]).toEqual({ kind: 'closed', by: 'upstream' })
  })

  it.each(['client', 'upstream'] as const)('ends when the %s breaks off', async (side) => {
    const opened = await openDoor()
    const sockets: Duplex[] = []
    acceptSockets(opened.upstream, (socket) => {
      socket.resume()
      sockets.push(socket)
    })
    const client = webSocket(opened)
    await eventually(() => sockets.length > 0 && client.status() === 101, 'the switch')
    if (side === 'client') client.socket.resetAndDestroy()
    else sockets[0]?.destroy()
    const isOver = (): boolean =>
      sockets[0]?.readableEnded === true || sockets[0]?.destroyed === true
    await eventually(() => client.closed && isOver(), 'both ends')
    await eventually(() => opened.records.length === 2, 'the record of the end')
    expect(outcomes(opened)[1]).toEqual({ kind: 'closed', by: side })
  })

  it('ends after a long silence, and not before', async () => {
    const opened = await openDoor({ listen: { upgradeIdleTimeoutMs: 300 } })
    acceptSockets(opened.upstream)
    const client = webSocket(opened)
    await eventually(() => client.status() === 101, 'the switch')
    for (let count = 0; count < 5; count += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100))
      expect(client.closed).toBe(false)
      client.socket.write(clientFrame('x'))
    }
    await eventually(() => client.closed, 'the end')
    expect(client.body().subarray(-4)).toEqual(Buffer.from([0x88, 2, 0x03, 0xe9]))
    await eventually(() => outcomes(opened).length === 2, 'the record of it')
    expect(outcomes(opened)[1]).toEqual({ kind: 'closed', by: 'idle' })
  })

  it('is told to go when the process stops', async () => {
    const opened = await openDoor({ listen: { drainTimeoutMs: 5_000 } })
    acceptSockets(opened.upstream)
    const client = webSocket(opened)
    await eventually(() => client.status() === 101, 'the switch')
    const startedAtMs = performance.now()
    await opened.gateway.drain()
    expect(performance.now() - startedAtMs).toBeLessThan(4_000)
    expect(client.body()).toEqual(Buffer.from([0x88, 2, 0x03, 0xe9]))
    expect(outcomes(opened)[1]).toEqual({ kind: 'closed', by: 'shutdown' })
  })
})

describe('other protocols', () => {
  const chat = 'Connection: Upgrade\r\nUpgrade: Chat/1\r\n'

  it.each(['GET', 'POST'])('are switched to by %s where the route names them', async (method) => {
    const opened = await openDoor()
    opened.upstream.on('upgrade', (req, socket) => {
      expect(req.headers.upgrade).toBe('chat/1')
      socket.write(
        'HTTP/1.1 101 Switching Protocols\r\nUpgrade: chat/1\r\nConnection: Upgrade\r\n\r\n',
      )
      socket.pipe(socket)
    })
    const client = webSocket(opened, {
      requestLine: `${method} /sockets/a HTTP/1.1`,
      upgrade: chat,
      fields: method === 'POST' ? 'Content-Length: 0\r\n' : '',
    })
    await eventually(() => client.status() === 101, 'the switch')
    client.socket.write('hello')
    await eventually(() => client.body().toString() === 'hello', 'an echo')
  })

  it.each(['h2c', 'TLS/1.0', 'HTTP/2.0', 'unheard-of'])(
    'are not asked of the upstream: %s',
    async (protocol) => {
      const opened = await openDoor()
      let reached = 0
      opened.upstream.on('upgrade', () => {
        reached += 1
      })
      const answer = await sendRaw(
        opened.port,
        handshakeText({
          upgrade: `Connection: Upgrade, HTTP2-Settings\r\nUpgrade: ${protocol}\r\nHTTP2-Settings: AAMA\r\n`,
        }),
      )
      expect(answer.status).toBe(200)
      expect(reached).toBe(0)
      expect(plain).toEqual(['GET /sockets/a'])
    },
  )

  it('are refused where another route names them', async () => {
    const opened = await openDoor()
    const client = webSocket(opened, { path: '/files/a', upgrade: chat })
    await eventually(() => client.closed, 'the end')
    expect(client.status()).toBe(501)
    expect(plain).toEqual([])
  })
})

it('answers 502 to a switch that nobody asked for, and forwards nothing of it', async () => {
  door = await openFrontDoor((_req, res) => {
    res.socket?.write(
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil',
    )
  })
  const answer = await sendRaw(
    door.port,
    'GET /files/a HTTP/1.1\r\nHost: app.test\r\nAuthorization: Bearer alice\r\n\r\n',
  )
  expect(answer.status).toBe(502)
  expect(answer.text).not.toContain('evil')
  expect(answer.responses).toBe(1)
})
