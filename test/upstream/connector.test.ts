import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer, type LookupFunction, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSecureContext, createServer as createTlsServer, type TLSSocket } from 'node:tls'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  plainUpstreamTls,
  UpstreamConnector,
  type UpstreamEndpoint,
  type UpstreamTls,
} from '../../src/upstream/connector.ts'
import { UpstreamAddresses } from '../../src/upstream/addresses.ts'
import { CertificateAuthority } from '../support/certificate-authority.ts'

const servers: Server[] = []
const folder = mkdtempSync(join(tmpdir(), 'connect-'))
const anyAddress = new UpstreamAddresses({ allowed: [], denied: [] })

afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

async function serve(
  server: Server,
  where: object = { port: 0, host: '127.0.0.1' },
): Promise<number> {
  servers.push(server)
  server.listen(where)
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

interface Result {
  readonly error: string | null
  readonly code: string | null
  readonly greeting: string | null
}

/** Connects, and reads what the other side says first. */
async function dial(
  endpoint: Partial<UpstreamEndpoint> & { readonly origin: string },
): Promise<Result> {
  return await dialWith(connectorTo(endpoint))
}

function connectorTo(
  endpoint: Partial<UpstreamEndpoint> & { readonly origin: string },
): UpstreamConnector {
  return new UpstreamConnector({
    connectTimeoutMs: 5_000,
    addresses: anyAddress,
    tls: () => plainUpstreamTls.for(''),
    ...endpoint,
  })
}

async function dialWith(connector: UpstreamConnector): Promise<Result> {
  return await new Promise((resolve) => {
    connector.connect(null, (error, socket) => {
      if (error !== null) {
        const { code = null } = error as NodeJS.ErrnoException
        resolve({ error: error.message, code, greeting: null })
        return
      }
      socket.once('data', (chunk: Buffer) => {
        socket.destroy()
        resolve({ error: null, code: null, greeting: chunk.toString() })
      })
    })
  })
}

function greeter(): Server {
  return createServer((socket) => socket.end('hello'))
}

/** A resolver whose answer changes from one question to the next, as a rebinding name does. */
function answering(...answers: readonly (readonly string[])[]): LookupFunction {
  const left = [...answers]
  return (_name, _options, callback) => {
    const addresses = (left.shift() ?? []).map((address) => ({
      address,
      family: address.includes(':') ? 6 : 4,
    }))
    process.nextTick(() => callback(null, addresses))
  }
}

describe('where a connection may lead', () => {
  it('leads to an address that a route writes down, and to localhost', async () => {
    const port = await serve(greeter())
    expect((await dial({ origin: `http://127.0.0.1:${port}` })).greeting).toBe('hello')
    expect((await dial({ origin: `http://localhost:${port}` })).greeting).toBe('hello')
  })

  it.each([
    '127.0.0.1',
    '169.254.169.254',
    '0.0.0.0',
    '255.255.255.255',
    '::1',
    '::',
    '::ffff:127.0.0.1',
    '::ffff:169.254.169.254',
    'fe80::1',
    'fd00:ec2::254',
    '64:ff9b::a9fe:a9fe',
  ])('refuses a name that resolves to %s', async (address) => {
    const { error } = await dial({
      origin: 'http://app.example.com:80',
      resolve: answering([address]),
    })
    expect(error).toContain(`app.example.com resolves to ${address}`)
  })

  it('judges every resolution, so that a name that is made to point elsewhere leads nowhere', async () => {
    const port = await serve(greeter())
    const connector = connectorTo({
      origin: `http://app.example.com:${port}`,
      addresses: new UpstreamAddresses({ allowed: ['127.0.0.1'], denied: [] }),
      resolve: answering(['127.0.0.1'], ['169.254.169.254'], ['127.0.0.1']),
    })
    expect((await dialWith(connector)).greeting).toBe('hello')
    expect((await dialWith(connector)).error).toContain('resolves to 169.254.169.254')
    expect((await dialWith(connector)).greeting).toBe('hello')
  })

  it('connects to those of several addresses that may be connected to', async () => {
    const port = await serve(greeter())
    const { greeting } = await dial({
      origin: `http://localhost:${port}`,
      resolve: answering(['169.254.169.254', '127.0.0.1']),
    })
    expect(greeting).toBe('hello')
  })

  it('holds an address that a route writes down to the lists', async () => {
    const port = await serve(greeter())
    const denied = new UpstreamAddresses({ allowed: [], denied: ['127.0.0.0/8'] })
    const others = new UpstreamAddresses({ allowed: ['10.0.0.0/8'], denied: [] })
    const origin = `http://127.0.0.1:${port}`
    expect((await dial({ origin, addresses: denied })).error).toContain('denied_addresses')
    expect((await dial({ origin, addresses: others })).error).toContain('allowed_addresses')
  })

  it('denies what is both allowed and denied, also in IPv6 clothes', () => {
    const both = new UpstreamAddresses({ allowed: ['10.0.0.0/8'], denied: ['10.1.0.0/16'] })
    expect(both.refuse('10.2.0.1', 'a')).toBeNull()
    expect(both.refuse('10.1.0.1', 'a')).not.toBeNull()
    expect(both.refuse('::ffff:10.1.0.1', 'a')).not.toBeNull()
    expect(both.refuse('::ffff:a01:1', null)).not.toBeNull()
  })
})

describe('how a connection fails', () => {
  it('says so when nobody listens, with every address that was tried', async () => {
    const server = greeter()
    const port = await serve(server)
    server.close()
    const { error, code } = await dial({ origin: `http://localhost:${port}` })
    expect(error).toContain('ECONNREFUSED')
    expect(code).toBe('ECONNREFUSED')
  })

  it('gives up after the time-out, whether it is the name or the handshake that takes long', async () => {
    const port = await serve(createServer(() => {}))
    const slow = { connectTimeoutMs: 50, resolve: (): void => {} }
    expect((await dial({ origin: 'http://app.example.com', ...slow })).error).toBe(
      'No connection within 50 ms',
    )
    const silent = { origin: `https://127.0.0.1:${port}`, connectTimeoutMs: 50 }
    expect((await dial(silent)).error).toBe('No connection within 50 ms')
  })

  it('tells once when it is given up', async () => {
    const port = await serve(createServer(() => {}))
    const told: unknown[] = []
    const socket = connectorTo({ origin: `https://127.0.0.1:${port}` }).connect(
      null,
      (...result) => {
        told.push(result[0]?.message)
      },
    )
    await once(socket, 'connect')
    socket.destroy()
    await once(socket, 'close')
    expect(told).toEqual(['The connection was given up'])
  })
})

describe('a Unix socket', () => {
  it('is connected to by its path', async () => {
    const path = join(folder, 'app.sock')
    await serve(greeter(), { path })
    expect((await dial({ origin: `unix:${path}` })).greeting).toBe('hello')
    rmSync(folder, { recursive: true })
  })
})

describe('TLS', () => {
  const root = new CertificateAuthority('Root')
  const other = new CertificateAuthority('Other')
  const own = root.issue({ name: 'gateway', usage: 'client' })
  let trusting: UpstreamTls

  beforeAll(() => {
    const context = createSecureContext({
      ca: root.certificate,
      cert: own.certificate,
      key: own.key,
    })
    trusting = { context, serverName: null }
  })

  async function serveTls(
    authority: CertificateAuthority,
    names: { readonly dns?: readonly string[]; readonly ip?: readonly (readonly number[])[] },
  ): Promise<number> {
    const { certificate, key } = authority.issue({ name: 'app', usage: 'server', ...names })
    const options = { cert: certificate, key, ca: root.certificate, requestCert: true }
    const tlsServer = createTlsServer(options, (socket: TLSSocket) => {
      const { servername } = socket as { servername?: string | false }
      const peer = String(socket.getPeerCertificate().subject?.CN ?? 'nobody')
      socket.end(`${servername || 'no name'} from ${peer}, resumed: ${socket.isSessionReused()}`)
    })
    tlsServer.on('tlsClientError', () => {})
    return await serve(tlsServer)
  }

  it('asks for the host of the origin and shows its own certificate', async () => {
    const port = await serveTls(root, { dns: ['localhost'] })
    const { greeting } = await dial({ origin: `https://localhost:${port}`, tls: () => trusting })
    expect(greeting).toBe('localhost from gateway, resumed: false')
  })

  it('asks for the configured name instead, and verifies that one', async () => {
    const port = await serveTls(root, { dns: ['payments.internal'] })
    const origin = `https://127.0.0.1:${port}`
    const named = { ...trusting, serverName: 'payments.internal' }
    expect((await dial({ origin, tls: () => named })).greeting).toContain('payments.internal')
    const { code } = await dial({ origin, tls: () => trusting })
    expect(code).toBe('ERR_TLS_CERT_ALTNAME_INVALID')
  })

  it('verifies an address where the origin is one, and names no server', async () => {
    const port = await serveTls(root, { ip: [[127, 0, 0, 1]] })
    const { greeting } = await dial({ origin: `https://127.0.0.1:${port}`, tls: () => trusting })
    expect(greeting).toContain('no name')
  })

  it('refuses a certificate of another authority', async () => {
    const port = await serveTls(other, { dns: ['localhost'] })
    const { code, greeting } = await dial({
      origin: `https://localhost:${port}`,
      tls: () => trusting,
    })
    expect(greeting).toBeNull()
    expect(code).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE')
  })

  it('resumes a session only as long as nothing has changed', async () => {
    const port = await serveTls(root, { dns: ['localhost'] })
    let tls = trusting
    const connector = connectorTo({ origin: `https://localhost:${port}`, tls: () => tls })
    expect((await dialWith(connector)).greeting).toContain('resumed: false')
    expect((await dialWith(connector)).greeting).toContain('resumed: true')
    tls = {
      context: createSecureContext({ ca: other.certificate }),
      serverName: null,
    }
    expect((await dialWith(connector)).code).toBe('SELF_SIGNED_CERT_IN_CHAIN')
  })
})
