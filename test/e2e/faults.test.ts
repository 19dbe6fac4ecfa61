import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { createServer, type Server, type Socket } from 'node:net'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSigningKey, type SigningKey } from '../authenticate/signing-key.ts'
import { type IssuerServer, startIssuerServer } from '../issuers/issuer-server.ts'
import { ask, type Question } from '../support/ask.ts'
import { layOut, type Sallyport, spawnServe, startSallyport } from '../support/sallyport.ts'
import { until } from '../support/until.ts'
import { startUpstream, type Upstream } from '../support/upstream.ts'
import { freePort } from '../support/free-ports.ts'

let key: SigningKey
let issuer: IssuerServer
let upstream: Upstream

beforeAll(async () => {
  key = await createSigningKey('one')
  issuer = await startIssuerServer([key.publicJwk])
  upstream = await startUpstream((_, res) => res.end('in'))
})
afterAll(async () => {
  await upstream.close()
  await issuer.close()
})

async function asAlice(iss = issuer.issuer, id = ''): Promise<Question> {
  const nowS = Math.floor(Date.now() / 1_000)
  const times = { iat: nowS, exp: nowS + 600 }
  const token = await key.sign({}, { iss, aud: 'api', sub: 'alice', groups: ['staff'], ...times })
  return {
    headers: { authorization: `Bearer ${token}`, ...(id === '' ? {} : { 'x-request-id': id }) },
  }
}

const issuers = (): object[] => [{ issuer: issuer.issuer, audiences: ['api'] }]

async function waitUntilReady(sallyport: Sallyport): Promise<void> {
  await until('readiness', async () => (await ask(sallyport.operations, '/readyz')).status === 200)
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as { readonly port: number }).port
}

describe('an issuer that is away when the process starts', () => {
  it('makes requests fail closed until it is back, without a restart', async () => {
    const port = await freePort()
    const iss = `http://127.0.0.1:${port}`
    const sallyport = await startSallyport({
      upstream: upstream.origin,
      config: {
        issuers: [{ issuer: iss, audiences: ['api'] }],
        issuer_keys: { min_backoff: '100ms', max_backoff: '200ms', timeout: '1s' },
      },
    })
    const question = await asAlice(iss)
    const before = await ask(sallyport.gateway, '/files/a', question)
    expect(before.status).toBe(503)
    expect(before.json()).toMatchObject({ code: 'issuer_unavailable' })
    expect(before.headers).not.toHaveProperty('www-authenticate')
    const id = String(before.headers['sallyport-decision'])
    expect(await sallyport.recordOf(id)).toMatchObject({ refusal: { code: 'issuer_unavailable' } })
    const line = await sallyport.logged('Refused a request', ({ decision }) => decision === id)
    expect(line['reason']).toContain('ECONNREFUSED')

    const unready = await ask(sallyport.operations, '/readyz')
    expect(unready.status).toBe(503)
    expect(unready.text).toContain(`issuer ${iss}`)
    expect(unready.text).toContain('ECONNREFUSED')
    expect((await ask(sallyport.operations, '/livez')).status).toBe(200)

    const back = await startIssuerServer([key.publicJwk], port)
    await waitUntilReady(sallyport)
    expect(await ask(sallyport.gateway, '/files/a', question)).toMatchObject({
      status: 200,
      text: 'in',
    })
    await back.close()
    // Keys at hand outlive their issuer for a while.
    expect((await ask(sallyport.gateway, '/files/a', await asAlice(iss))).status).toBe(200)
    await sallyport.remove()
  })
})

describe('an upstream that', () => {
  async function startBefore(origin: string): Promise<Sallyport> {
    const sallyport = await startSallyport({
      upstream: origin,
      config: {
        issuers: issuers(),
        upstreams: {
          connect_timeout: '300ms',
          headers_timeout: '300ms',
          body_idle_timeout: '300ms',
        },
      },
    })
    await waitUntilReady(sallyport)
    return sallyport
  }

  it('is away is answered for with 502, and served as soon as it is back', async () => {
    const port = await freePort()
    const origin = `http://127.0.0.1:${port}`
    const sallyport = await startBefore(origin)
    const reply = await ask(sallyport.gateway, '/files/a', await asAlice())
    expect(reply.status).toBe(502)
    expect(reply.json()).toMatchObject({ code: 'ERR_UPSTREAM_CONNECT' })
    expect(reply.text).not.toContain(String(port))
    const id = String(reply.headers['sallyport-decision'])
    expect(await sallyport.recordOf(id)).toMatchObject({
      effect: 'permit',
      outcome: { kind: 'failed', status: 502, code: 'ERR_UPSTREAM_CONNECT' },
    })
    const line = await sallyport.logged('A request failed', ({ decision }) => decision === id)
    expect(line['reason']).toContain(`${origin}: connect ECONNREFUSED`)
    expect((await ask(sallyport.operations, '/readyz')).status).toBe(200)

    const late = createServer((socket) => {
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlate'))
    })
    late.listen(port, '127.0.0.1')
    await once(late, 'listening')
    expect(await ask(sallyport.gateway, '/files/a', await asAlice())).toMatchObject({
      status: 200,
      text: 'late',
    })
    await sallyport.remove()
    late.close()
  })

  it('is silent is answered for with 504, and its connection is closed', async () => {
    const sockets: Socket[] = []
    const silent = createServer((socket) => {
      sockets.push(socket)
      socket.on('error', () => {})
      socket.resume()
    })
    const sallyport = await startBefore(`http://127.0.0.1:${await listen(silent)}`)
    const startedAtMs = performance.now()
    const reply = await ask(sallyport.gateway, '/files/a', await asAlice())
    const tookMs = performance.now() - startedAtMs
    expect(reply.status).toBe(504)
    expect(reply.json()).toMatchObject({ code: 'ERR_UPSTREAM_TIMEOUT' })
    expect(tookMs).toBeGreaterThan(250)
    // The usual time-out is a minute.
    expect(tookMs).toBeLessThan(30_000)
    expect(await sallyport.recordOf(String(reply.headers['sallyport-decision']))).toMatchObject({
      outcome: { kind: 'failed', status: 504, code: 'ERR_UPSTREAM_TIMEOUT' },
    })
    await until('the connection to be closed', () => sockets.every(({ destroyed }) => destroyed))
    await sallyport.remove()
    silent.close()
  })

  it('falls silent in the middle of its answer has that answer cut, not ended', async () => {
    const stuck = createServer((socket) => {
      socket.on('error', () => {})
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nbegun\r\n')
      })
    })
    const sallyport = await startBefore(`http://127.0.0.1:${await listen(stuck)}`)
    await expect(
      ask(sallyport.gateway, '/files/a', await asAlice(issuer.issuer, 'stuck-1')),
    ).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect(await sallyport.recordOf('stuck-1')).toMatchObject({
      outcome: { kind: 'aborted', by: 'upstream' },
    })
    await sallyport.remove()
    stuck.close()
  })

  it('answers what is no HTTP is answered for with 502', async () => {
    const odd = createServer((socket) => {
      socket.on('error', () => {})
      socket.once('data', () => socket.end('SSH-2.0-OpenSSH_9.9\r\n'))
    })
    const sallyport = await startBefore(`http://127.0.0.1:${await listen(odd)}`)
    const reply = await ask(sallyport.gateway, '/files/a', await asAlice())
    expect(reply.status).toBe(502)
    expect(reply.json()).toMatchObject({ code: 'ERR_UPSTREAM_PROTOCOL' })
    await sallyport.remove()
    odd.close()
  })
})

describe('a full disk under the record file', () => {
  it('is said everywhere, loses records only beyond the queue, and stops nobody', async () => {
    const capacity = 1_024
    const requests = 1_500
    const sallyport = await startSallyport({
      upstream: upstream.origin,
      config: {
        issuers: issuers(),
        records: { file: '/dev/full', queue_capacity: capacity },
      },
    })
    await waitUntilReady(sallyport)
    const question = await asAlice()
    const answered = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const statuses = new Set<number>()
        for (let sent = 0; sent < requests / 8; sent += 1) {
          statuses.add((await ask(sallyport.gateway, '/files/a', question)).status)
        }
        return [...statuses]
      }),
    )
    expect(new Set(answered.flat())).toEqual(new Set([200]))

    expect(await sallyport.logged('Cannot write decision records')).toMatchObject({ level: 'warn' })
    await sallyport.logged('Decision records are being lost')
    const ready = await ask(sallyport.operations, '/readyz')
    expect(ready.status).toBe(200)
    expect(ready.json()).toMatchObject({ status: 'degraded' })
    expect(ready.text).toContain('ENOSPC')
    const metrics = await sallyport.metrics()
    expect(metrics.get('sallyport_audit_failing')).toBe(1)
    expect(metrics.get('sallyport_audit_records_written_total')).toBe(0)
    const queued = metrics.get('sallyport_audit_queue_records') ?? 0
    const lost = metrics.get('sallyport_audit_records_lost_total') ?? 0
    expect(queued).toBeLessThanOrEqual(capacity)
    expect(queued + lost).toBeGreaterThanOrEqual(requests)

    const stoppedAtMs = performance.now()
    sallyport.signal('SIGTERM')
    expect(await sallyport.exited).toBe(0)
    expect(performance.now() - stoppedAtMs).toBeLessThan(20_000)
    const last = await sallyport.logged('Decision records could not be written before the end')
    expect(last).toMatchObject({ level: 'error', lost: queued })
    await sallyport.remove()
  })
})

describe('a port in use', () => {
  it.each([
    ['gateway', 'the gateway'],
    ['check', 'the decision API'],
    ['operations', 'health and metrics'],
  ])('for "%s" ends the start with code 3 and how to choose another', async (group, name) => {
    const taken = createServer()
    const port = await listen(taken)
    const dir = await layOut({ config: { issuers: issuers(), [group]: { port } } })
    const { exited, output } = spawnServe(dir)
    expect(await exited).toBe(3)
    const said = output()
    expect(said).toContain(`Cannot listen on 127.0.0.1:${port} for ${name}: the port is in use`)
    expect(said).toContain(`"${group}.port"`)
    expect(said).toContain(`SALLYPORT_${group.toUpperCase()}_PORT`)
    expect(said).not.toMatch(/\n\s+at /)
    expect(said).not.toContain('Sallyport is listening')
    taken.close()
    await rm(dir, { recursive: true })
  })
})

describe('a client that', () => {
  let sallyport: Sallyport
  beforeAll(async () => {
    sallyport = await startSallyport({
      upstream: upstream.origin,
      config: {
        issuers: issuers(),
        gateway: { headers_timeout: '1s', max_connections: 20 },
      },
    })
    await waitUntilReady(sallyport)
  })
  afterAll(() => sallyport.remove())

  const port = (): number => Number(new URL(sallyport.gateway).port)

  it('never finishes its header is answered with 408 in time', async () => {
    const socket = connect(port(), '127.0.0.1')
    socket.write('GET /files/a HTTP/1.1\r\nHost: files.test\r\nX-Slow: ')
    const drip = setInterval(() => socket.write('x'), 100)
    socket.on('error', () => {})
    let text = ''
    const startedAtMs = performance.now()
    for await (const chunk of socket) text += String(chunk)
    clearInterval(drip)
    // The usual time-out is ten seconds.
    expect(performance.now() - startedAtMs).toBeLessThan(9_000)
    expect(text).toMatch(/^HTTP\/1\.1 408 /)
    expect(text).toContain('request_timeout')
  })

  it('opens more connections than it may, and says nothing, does not keep others out', async () => {
    const sockets = Array.from({ length: 40 }, () => {
      const socket = connect(port(), '127.0.0.1')
      socket.on('error', () => {}).resume()
      return socket
    })
    await until('connections to give way', () => {
      return sockets.filter(({ destroyed }) => destroyed).length >= 20
    })
    expect((await ask(sallyport.gateway, '/files/a', await asAlice())).status).toBe(200)
    for (const socket of sockets) socket.destroy()
  })
})
