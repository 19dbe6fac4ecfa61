import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdtempSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { connect, createServer as createNetServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect as connectTls } from 'node:tls'
import { afterEach, describe, expect, it } from 'vitest'
import { crcVector, proxyHeader, vector } from '../listen/proxy-header.ts'
import { CertificateAuthority } from '../support/certificate-authority.ts'
import { until } from '../support/until.ts'
import { type FrontDoor, type FrontDoorOptions, openFrontDoor } from './front-door.ts'
import { collect, type RawAnswer } from './raw-client.ts'
import { openTlsDoor, PemFolder } from './tls-door.ts'

const folder = mkdtempSync(join(tmpdir(), 'transport-'))
const seen: IncomingHttpHeaders[] = []
let door: FrontDoor | null = null

afterEach(async () => {
  await door?.close()
  door = null
  seen.length = 0
})

async function open(
  listen: FrontDoorOptions['listen'] = {},
  options: Omit<FrontDoorOptions, 'listen'> = {},
): Promise<FrontDoor> {
  const opened = await openFrontDoor(
    (req, res) => {
      seen.push(req.headers)
      res.end('answer')
    },
    { listen: { ...listen }, ...options },
  )
  door = opened
  return opened
}

const get =
  'GET /files/x HTTP/1.1\r\nHost: app.test\r\nAuthorization: Bearer alice\r\nX-Forwarded-For: 203.0.113.9\r\nConnection: close\r\n\r\n'
const source = Buffer.of(192, 0, 2, 7, 10, 0, 0, 1, 0x30, 0x39, 0x01, 0xbb)

async function send(place: number | string, ...parts: (string | Buffer)[]): Promise<RawAnswer> {
  const socket: Socket =
    typeof place === 'number' ? connect(place, '127.0.0.1') : connect({ path: place })
  const answer = collect(socket)
  for (const [index, part] of parts.entries()) {
    if (index > 0) await new Promise((resolve) => setTimeout(resolve, 5))
    if (!socket.destroyed) socket.write(part)
  }
  return await answer
}

describe('a PROXY protocol header of a listed peer', () => {
  const listed = { proxyProtocol: ['127.0.0.1'] }

  it('says who the client is, in records, conditions and towards the upstream', async () => {
    const { port, records } = await open(listed)
    const { status } = await send(
      port,
      Buffer.concat([proxyHeader({ addresses: source }), Buffer.from(get)]),
    )
    expect(status).toBe(200)
    expect(records[0]?.facts?.client).toMatchObject({ ip: '192.0.2.7', viaTrustedProxy: false })
    expect(records[0]?.request?.context['client_ip']).toBe('192.0.2.7')
    expect(seen[0]?.['x-forwarded-for']).toBe('192.0.2.7')
  })

  it('is read however it is cut, and everything behind it as well', async () => {
    const { port, records } = await open(listed)
    const header = crcVector({ addresses: source, vectors: vector(0x02, Buffer.from('app.test')) })
    const twice = `${get.replace('Connection: close\r\n', '')}${get}`
    const { responses } = await send(
      port,
      header.subarray(0, 1),
      header.subarray(1, 20),
      Buffer.concat([header.subarray(20), Buffer.from(twice.slice(0, 30))]),
      twice.slice(30),
    )
    expect(responses).toBe(2)
    expect(records.map(({ facts }) => facts?.client.ip)).toEqual(['192.0.2.7', '192.0.2.7'])
  })

  it('that is still awaited does not hold up the end of the gateway', async () => {
    const { port } = await open({ ...listed, drainTimeoutMs: 100 })
    const silent = connect(port, '127.0.0.1')
    await once(silent, 'connect')
    const closed = once(silent, 'close')
    await door?.close()
    door = null
    await closed
  })

  it('of version 1 is read as well', async () => {
    const { port, records } = await open(listed)
    await send(port, `PROXY TCP4 192.0.2.7 10.0.0.1 12345 443\r\n${get}`)
    expect(records[0]?.facts?.client.ip).toBe('192.0.2.7')
  })

  it('leaves the address of the peer with LOCAL, as health checks come', async () => {
    const { port, records } = await open(listed)
    const local = proxyHeader({ command: 0x20, transport: 0, addresses: Buffer.alloc(0) })
    await send(port, Buffer.concat([local, Buffer.from(get)]))
    expect(records[0]?.facts?.client.ip).toBe('127.0.0.1')
  })

  it('decides whose X-Forwarded-For is believed', async () => {
    const { port, records } = await open({ ...listed, trustedProxies: ['192.0.2.7'] })
    await send(port, Buffer.concat([proxyHeader({ addresses: source }), Buffer.from(get)]))
    const other = Buffer.from(source)
    other[3] = 8
    await send(port, Buffer.concat([proxyHeader({ addresses: other }), Buffer.from(get)]))
    expect(records.map(({ facts }) => facts?.client.ip)).toEqual(['203.0.113.9', '192.0.2.8'])
  })

  it.each<[string, (string | Buffer)[]]>([
    ['none', [get]],
    ['a wrong one', [proxyHeader({ addresses: source.subarray(2) }), get]],
    [
      'one whose checksum is wrong',
      [proxyHeader({ addresses: source, vectors: vector(3, Buffer.alloc(4)) }), get],
    ],
    [
      'another one behind it',
      [proxyHeader({ addresses: source }), proxyHeader({ addresses: source }), get],
    ],
  ])('is needed: %s brings no request through', async (_, parts) => {
    const { port } = await open(listed)
    const { status } = await send(port, ...parts)
    expect(status).not.toBe(200)
    expect(seen).toEqual([])
  })

  it('has to come in time', async () => {
    const { port, registry } = await open({ ...listed, headersTimeoutMs: 50 })
    const { text, closed } = await send(port, proxyHeader({ addresses: source }).subarray(0, 20))
    expect(text).toBe('')
    expect(closed).toBe(true)
    expect(await registry.metrics()).toContain('refused_connections_total{reason="proxy_header"} 1')
  })

  it('is taken from nobody else', async () => {
    const { port, records } = await open({ proxyProtocol: ['10.0.0.0/8'] })
    const { status } = await send(
      port,
      Buffer.concat([proxyHeader({ addresses: source }), Buffer.from(get)]),
    )
    expect(status).not.toBe(200)
    const line = await send(port, `PROXY TCP4 192.0.2.7 10.0.0.1 12345 443\r\n${get}`)
    expect(line.status).toBe(400)
    expect(seen).toEqual([])
    expect(records.every(({ clientIp }) => clientIp === '127.0.0.1')).toBe(true)
    expect((await send(port, get)).status).toBe(200)
  })

  it('comes before TLS', async () => {
    const root = new CertificateAuthority('Root')
    const pems = new PemFolder()
    const certificates = [pems.writePair('app', root.issue({ name: 'app', dns: ['app.test'] }))]
    const opened = await openTlsDoor(
      (_, res) => res.end('answer') as never,
      { certificates },
      {
        listen: listed,
      },
    )
    door = opened
    const socket = connect(opened.port, '127.0.0.1')
    socket.write(proxyHeader({ addresses: source }))
    const secure = connectTls({ socket, servername: 'app.test', ca: root.certificate })
    await once(secure, 'secureConnect')
    secure.write(get)
    expect((await collect(secure)).status).toBe(200)
    expect(opened.records[0]?.facts?.client.ip).toBe('192.0.2.7')
    const bare = connectTls({ port: opened.port, servername: 'app.test', ca: root.certificate })
    await expect(once(bare, 'secureConnect')).rejects.toThrow(/disconnected|ECONNRESET/)
  })
})

describe('a Unix socket', () => {
  const path = join(folder, 'gateway.sock')

  it('is listened on with the mode that is configured, and gone afterwards', async () => {
    const opened = await open({ socket: path, socketMode: 0o600 })
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect((await send(path, get)).status).toBe(200)
    expect(opened.records[0]?.facts?.client.ip).toBe('unix')
    expect(seen[0]?.['x-forwarded-for']).toBeUndefined()
    expect(seen[0]?.['forwarded']).toBeUndefined()
    expect(seen[0]?.host).toBe('app.test')
    await door?.close()
    door = null
    expect(existsSync(path)).toBe(false)
  })

  it('may be listed among the trusted proxies', async () => {
    const { records } = await open({ socket: path, trustedProxies: ['unix'] })
    await send(path, get)
    expect(records[0]?.facts?.client.ip).toBe('203.0.113.9')
    expect(seen[0]?.['x-forwarded-for']).toBe('203.0.113.9')
    expect(seen[0]?.['forwarded']).toBe('for=203.0.113.9;host=app.test;proto=http')
  })

  it('takes a PROXY protocol header where it is listed', async () => {
    const { records } = await open({ socket: path, proxyProtocol: ['unix'] })
    await send(path, Buffer.concat([proxyHeader({ addresses: source }), Buffer.from(get)]))
    expect(records[0]?.facts?.client.ip).toBe('192.0.2.7')
    expect((await send(path, get)).status).not.toBe(200)
  })

  it('that a killed process left behind is taken over', async () => {
    const left = createNetServer()
    left.listen(path)
    await once(left, 'listening')
    // What listened is gone, and its file is not.
    linkSync(path, `${path}.kept`)
    await new Promise((resolve) => left.close(resolve))
    linkSync(`${path}.kept`, path)
    unlinkSync(`${path}.kept`)
    expect(existsSync(path)).toBe(true)
    await open({ socket: path })
    expect((await send(path, get)).status).toBe(200)
  })

  it('that somebody listens on is left alone, and so is a file that is none', async () => {
    const busy = createNetServer()
    busy.listen(path)
    await once(busy, 'listening')
    await expect(open({ socket: path })).rejects.toThrow(/EADDRINUSE/)
    expect(existsSync(path)).toBe(true)
    await new Promise((resolve) => busy.close(resolve))
    writeFileSync(path, 'somebody else’s')
    chmodSync(path, 0o600)
    await expect(open({ socket: path })).rejects.toThrow(/EADDRINUSE/)
    expect(statSync(path).size).toBeGreaterThan(0)
    unlinkSync(path)
  })
})

describe('an upstream on a Unix socket', () => {
  it('is forwarded to, with the Host of the client', async () => {
    const path = join(folder, 'app.sock')
    const hosts: (string | undefined)[] = []
    const app = createServer((req, res) => {
      hosts.push(req.headers.host)
      res.end('over the socket')
    })
    app.listen(path)
    await once(app, 'listening')
    const { port, records } = await open({}, { upstreamOrigin: `unix:${path}` })
    expect((await send(port, get)).text).toMatch(/over the socket$/)
    expect((await send(port, get)).status).toBe(200)
    expect(hosts).toEqual(['app.test', 'app.test'])
    expect(records[0]?.outcome).toMatchObject({ kind: 'forwarded', upstream: `unix:${path}` })
    app.closeAllConnections()
    await new Promise((resolve) => app.close(resolve))
    await until('the upstream is gone', () => !existsSync(path))
    expect((await send(port, get)).status).toBe(502)
  })
})
