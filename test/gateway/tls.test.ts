import { once } from 'node:events'
import { request } from 'node:https'
import { connect as connectTcp } from 'node:net'
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ListenOptions, ListenTlsOptions } from '../../src/listen/options.ts'
import { CertificateAuthority } from '../support/certificate-authority.ts'
import { until } from '../support/until.ts'
import { eventually } from './front-door.ts'
import { collect, sendRaw } from './raw-client.ts'
import { openTlsDoor, PemFolder, type TlsDoor } from './tls-door.ts'

const root = new CertificateAuthority('Root')
const intermediate = new CertificateAuthority('Intermediate', root)
const folder = new PemFolder()
let pairs: ListenTlsOptions['certificates']
let door: TlsDoor | null = null

beforeAll(() => {
  const a = intermediate.issue({ name: 'a', dns: ['a.test', '*.wild.test'], usage: 'server' })
  const b = intermediate.issue({ name: 'b', dns: ['b.test', 'c.wild.test'], usage: 'server' })
  pairs = [
    folder.writePair('a', a, intermediate.certificate),
    folder.writePair('b', b, intermediate.certificate),
  ]
})
afterEach(async () => {
  await door?.close()
  door = null
})

async function open(
  tls: Partial<ListenTlsOptions> = {},
  listen: Partial<ListenOptions> = {},
): Promise<TlsDoor> {
  const opened = await openTlsDoor(
    (req, res) => {
      res.end(`${req.method} ${req.url} as ${String(req.headers['x-forwarded-proto'])}`)
    },
    { certificates: pairs, ...tls },
    { listen },
  )
  door = opened
  return opened
}

async function handshake(
  port: number,
  servername: string | null,
  options: ConnectionOptions & { readonly localAddress?: string } = {},
): Promise<TLSSocket> {
  const socket = connect({
    port,
    host: '127.0.0.1',
    ca: root.certificate,
    checkServerIdentity: () => undefined,
    ...(servername === null ? null : { servername }),
    ...options,
  })
  await once(socket, 'secureConnect')
  return socket
}

function nameShown(socket: TLSSocket): string {
  return String(socket.getPeerCertificate().subject.CN)
}

function get(host: string, fields = ''): string {
  return `GET /files/x HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer alice\r\n${fields}Connection: close\r\n\r\n`
}

async function ask(socket: TLSSocket, host: string): Promise<string> {
  socket.write(get(host))
  const { status, text } = await collect(socket)
  return `${status} ${/"code":"(\w+)"/.exec(text)?.[1] ?? text.split('\r\n\r\n').at(-1)}`
}

describe('a handshake', () => {
  it('speaks TLS 1.3 with the hybrid key exchange, and HTTP/1.1 on it', async () => {
    const { port } = await open()
    const socket = await handshake(port, 'a.test', { ALPNProtocols: ['h2', 'http/1.1'] })
    expect(socket.getProtocol()).toBe('TLSv1.3')
    expect(socket.alpnProtocol).toBe('http/1.1')
    const hasHybrid = Number.parseFloat(process.versions.openssl) >= 3.5
    expect(socket.getEphemeralKeyInfo()).toMatchObject({
      name: hasHybrid ? 'X25519MLKEM768' : 'X25519',
    })
    expect(await ask(socket, 'a.test')).toBe('200 GET /files/x as https')
  })

  it('serves a client that knows no hybrid key exchange', async () => {
    const { port } = await open()
    const socket = await handshake(port, 'a.test', { ecdhCurve: 'P-256' })
    expect(socket.getEphemeralKeyInfo()).toMatchObject({ name: 'prime256v1' })
    socket.destroy()
  })

  it('refuses TLS 1.2 unless it is configured, and then offers only sound suites', async () => {
    const strict = await open()
    const older: ConnectionOptions = { maxVersion: 'TLSv1.2', minVersion: 'TLSv1.2' }
    await expect(handshake(strict.port, 'a.test', older)).rejects.toThrow(/version/)
    await strict.close()
    const { port } = await open({ minVersion: '1.2' })
    const socket = await handshake(port, 'a.test', older)
    expect(socket.getCipher().name).toMatch(/^ECDHE-ECDSA-(AES|CHACHA20)/)
    socket.destroy()
    const weak = { ...older, ciphers: 'ECDHE-ECDSA-AES128-SHA:AES128-SHA:@SECLEVEL=0' }
    await expect(handshake(port, 'a.test', weak)).rejects.toThrow(/handshake failure/)
  })

  it('does not renegotiate', async () => {
    const { port } = await open({ minVersion: '1.2' })
    const socket = await handshake(port, 'a.test', { maxVersion: 'TLSv1.2' })
    const refused = await new Promise<Error | null>((resolve) => {
      socket.once('error', resolve)
      socket.once('close', () => resolve(null))
      socket.renegotiate({}, (error) => resolve(error))
    })
    expect(refused).not.toBeNull()
    socket.destroy()
  })

  it('refuses a client that speaks no HTTP/1.1', async () => {
    const { port } = await open()
    const only = handshake(port, 'a.test', { ALPNProtocols: ['h2'] })
    await expect(only).rejects.toThrow(/no application protocol|alert/)
  })

  it('resumes a session', async () => {
    const { port } = await open()
    const first = await handshake(port, 'a.test')
    const session = new Promise<Buffer>((resolve) => {
      first.once('session', resolve)
    })
    await ask(first, 'a.test')
    const second = await handshake(port, 'a.test', { session: await session })
    expect(second.isSessionReused()).toBe(true)
    second.destroy()
  })

  it('that takes too long is given up', async () => {
    const { port, registry } = await open({ handshakeTimeoutMs: 50 })
    const silent = connectTcp(port, '127.0.0.1')
    await once(silent, 'close')
    const text = await registry.metrics()
    expect(text).toContain('refused_connections_total{reason="tls_handshake"} 1')
  })

  it('has to wait for others only while they are under way', async () => {
    const { port, registry } = await open({ maxHandshakes: 2 })
    const silent = [connectTcp(port, '127.0.0.1'), connectTcp(port, '127.0.0.1')]
    await Promise.all(silent.map((socket) => once(socket, 'connect')))
    await once(connectTcp(port, '127.0.0.1'), 'close')
    const text = await registry.metrics()
    expect(text).toContain('refused_connections_total{reason="tls_handshakes_full"} 1')
    for (const socket of silent) socket.destroy()
    for (let round = 0; round < 4; round += 1) {
      const socket = await until('room', () => handshake(port, 'a.test').catch(() => null))
      expect(await ask(socket, 'a.test')).toMatch(/^200/)
    }
  })

  it('has to wait for others of its own address only', async () => {
    const { port, registry } = await open({ maxHandshakes: 9, maxClientHandshakes: 2 })
    const silent = [connectTcp(port, '127.0.0.1'), connectTcp(port, '127.0.0.1')]
    await Promise.all(silent.map((socket) => once(socket, 'connect')))
    await once(connectTcp(port, '127.0.0.1'), 'close')
    const text = await registry.metrics()
    expect(text).toContain('refused_connections_total{reason="tls_client_handshakes"} 1')
    const elsewhere = await handshake(port, 'a.test', { localAddress: '127.0.0.2' })
    expect(await ask(elsewhere, 'a.test')).toMatch(/^200/)
    for (const socket of silent) socket.destroy()
    for (let round = 0; round < 4; round += 1) {
      const socket = await until('room', () => handshake(port, 'a.test').catch(() => null))
      expect(await ask(socket, 'a.test')).toMatch(/^200/)
    }
  })

  it('is not begun by an address that has all the connections it may have', async () => {
    const { port, registry } = await open({}, { maxClientConnections: 1 })
    const kept = await handshake(port, 'a.test')
    // With TLS 1.3 a client is done before its gateway.
    const isOpen = async (): Promise<boolean> =>
      (await registry.metrics()).includes('sallyport_gateway_connections 1\n')
    await until('the connection', isOpen)
    const next = connectTcp(port, '127.0.0.1')
    next.on('error', () => {})
    // Without having said anything.
    await new Promise((resolve) => next.once('close', resolve))
    const text = await registry.metrics()
    expect(text).toContain('refused_connections_total{reason="client_connections"} 1')
    expect(await ask(kept, 'a.test')).toMatch(/^200/)
  })

  it('is begun by one address so often within a second, and by a trusted proxy as often as it likes', async () => {
    const { port, registry } = await open(
      { clientHandshakesPerS: 3 },
      { trustedProxies: ['127.0.0.2'] },
    )
    const countOf = async (localAddress: string): Promise<number> => {
      const tries = Array.from({ length: 24 }, () =>
        handshake(port, 'a.test', { localAddress }).then(
          (socket) => socket.destroy(),
          () => null,
        ),
      )
      return (await Promise.all(tries)).filter((made) => made !== null).length
    }
    // The second may end meanwhile.
    const made = await countOf('127.0.0.1')
    expect(made).toBeGreaterThanOrEqual(3)
    expect(made).toBeLessThan(24)
    const refused = `refused_connections_total{reason="tls_client_handshakes"} ${24 - made}`
    expect(await registry.metrics()).toContain(refused)
    expect(await countOf('127.0.0.2')).toBe(24)
    await until('the next second', () => handshake(port, 'a.test').catch(() => null))
  })

  it('that is under way does not hold up the end of the gateway', async () => {
    const opened = await openTlsDoor(
      (_, res) => {
        res.end()
      },
      { certificates: pairs },
      { listen: { drainTimeoutMs: 100 } },
    )
    const silent = connectTcp(opened.port, '127.0.0.1')
    await once(silent, 'connect')
    const closed = once(silent, 'close')
    await opened.close()
    await closed
  })

  it('whose upload is refused still shows the answer to who writes everything before reading', async () => {
    const { port } = await open()
    const socket = await handshake(port, 'a.test')
    const errors: Error[] = []
    socket.on('error', (error) => errors.push(error))
    const size = 8 * 1_048_576
    socket.write(`PUT /files/x HTTP/1.1\r\nHost: a.test\r\nContent-Length: ${size}\r\n\r\n`)
    await new Promise<void>((resolve) => {
      socket.write(Buffer.alloc(size, 'x'), () => resolve())
    })
    const { status, text, closed } = await collect(socket, 1_000)
    expect([status, errors, closed]).toEqual([401, [], true])
    expect(text).toMatch(/^Connection: close\r$/m)
  })

  it('answers no plain HTTP', async () => {
    const { port, upstream } = await open()
    let reached = 0
    upstream.on('request', () => {
      reached += 1
    })
    const { status } = await sendRaw(port, get('a.test'))
    expect(status).not.toBe(200)
    expect(reached).toBe(0)
  })
})

describe('the certificate shown', () => {
  it.each([
    ['a.test', 'a'],
    ['A.TEST', 'a'],
    ['b.test', 'b'],
    ['x.wild.test', 'a'],
    ['c.wild.test', 'b'],
    ['x.y.wild.test', 'a'],
    ['wild.test', 'a'],
    ['unknown.test', 'a'],
  ])('for %s is that of %s', async (name, shown) => {
    const { port } = await open()
    const socket = await handshake(port, name)
    expect(nameShown(socket)).toBe(shown)
    socket.destroy()
  })

  it('comes with its chain', async () => {
    const { port } = await open()
    const socket = await handshake(port, 'b.test')
    expect(socket.authorized).toBe(true)
    socket.destroy()
  })

  it('is the first one for who names no server', async () => {
    const { port } = await open()
    const socket = await handshake(port, null)
    expect(nameShown(socket)).toBe('a')
    expect(await ask(socket, '127.0.0.1')).toMatch(/^200/)
  })

  it('is none for names that no certificate has, where that is configured', async () => {
    const { port } = await open({ unknownNames: 'refuse' })
    await expect(handshake(port, 'unknown.test')).rejects.toThrow(/disconnected|ECONNRESET/)
    await expect(handshake(port, 'x.y.wild.test')).rejects.toThrow(/disconnected|ECONNRESET/)
    expect(await ask(await handshake(port, null), 'a.test')).toBe('421 misdirected_request')
    expect(await ask(await handshake(port, 'b.test'), 'b.test')).toMatch(/^200/)
  })
})

describe('Host', () => {
  it('must be the name that the connection was opened for', async () => {
    const { port } = await open()
    expect(await ask(await handshake(port, 'a.test'), 'b.test')).toBe('421 misdirected_request')
    expect(await ask(await handshake(port, 'a.test'), 'a.test')).toMatch(/^200/)
    expect(await ask(await handshake(port, 'a.test'), `a.test:${port}`)).toMatch(/^200/)
    expect(await ask(await handshake(port, 'a.test'), 'A.test')).toMatch(/^200/)
  })

  it('may be any that a trusted proxy brings', async () => {
    const opened = await openTlsDoor(
      (req, res) => {
        res.end(req.headers['x-forwarded-proto'])
      },
      { certificates: pairs },
      { listen: { trustedProxies: ['127.0.0.1'] } },
    )
    door = opened
    expect(await ask(await handshake(opened.port, 'a.test'), 'b.test')).toBe('200 https')
    const socket = await handshake(opened.port, 'a.test')
    socket.write(get('b.test', 'X-Forwarded-For: 192.0.2.7\r\nX-Forwarded-Proto: http\r\n'))
    expect((await collect(socket)).text).toMatch(/http$/)
  })
})

it('is spoken to by node:https as by any client', async () => {
  const { port } = await open()
  const text = await new Promise<string>((resolve, reject) => {
    const req = request(
      {
        port,
        host: '127.0.0.1',
        servername: 'a.test',
        ca: root.certificate,
        path: '/files/x',
        headers: { host: 'a.test', authorization: 'Bearer alice' },
      },
      (res) => {
        res.setEncoding('utf8')
        res.on('data', resolve)
      },
    )
    req.on('error', reject)
    req.end()
  })
  expect(text).toContain('as https')
  await eventually(() => door?.gateway.inFlight === 0, 'the request is over')
})
