import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { once } from 'node:events'
import { Agent, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { connect, type Socket } from 'node:net'
import { expect, it } from 'vitest'
import { Fault } from '../../src/model/fault.ts'
import { eventually, openFrontDoor, readAll } from './front-door.ts'

const patient = { listen: { drainTimeoutMs: 60_000 } }
const headers = { authorization: 'Bearer alice' }

it('ends idle connections at once and lets a request under way finish', async () => {
  const door = await openFrontDoor((_req, res) => {
    setTimeout(() => res.end('done'), 200)
  }, patient)
  const idle = connect(door.port, '127.0.0.1')
  await once(idle, 'connect')
  const agent = new Agent({ keepAlive: true })
  const req = request({ port: door.port, path: '/files/a', headers, agent })
  req.end()
  await eventually(() => door.gateway.inFlight === 1, 'a request')
  const startedAtMs = performance.now()
  const drained = door.gateway.drain()
  const [res] = (await once(req, 'response')) as [IncomingMessage]
  expect(res.headers.connection).toBe('close')
  expect((await readAll(res)).toString()).toBe('done')
  expect(await drained).toEqual({ cutConnections: 0 })
  // Less than an idle connection is kept, and than a drain takes.
  expect(performance.now() - startedAtMs).toBeLessThan(20_000)
  await expect(fetch(`${door.origin}/files/a`, { headers })).rejects.toThrow('fetch failed')
  expect(door.records.map((record) => record.outcome.kind)).toEqual(['forwarded'])
  idle.destroy()
  agent.destroy()
  await door.close()
})

it('cuts what does not end in time, and records it', async () => {
  const door = await openFrontDoor(() => {}, { listen: { drainTimeoutMs: 150 } })
  const req = request({ port: door.port, path: '/files/a', headers })
  req.on('error', () => {})
  req.end()
  await eventually(() => door.gateway.inFlight === 1, 'a request')
  expect(await door.gateway.drain()).toEqual({ cutConnections: 1 })
  await eventually(() => door.records.length === 1, 'a record')
  expect(door.records[0]?.outcome).toEqual({ kind: 'aborted', by: 'shutdown' })
  await door.close()
})

it('resets what it cuts where the end of the connection would be taken for that of the body', async () => {
  const door = await openFrontDoor(
    (_req, res) => {
      res.write('part')
    },
    { listen: { drainTimeoutMs: 150 } },
  )
  const client = connect(door.port, '127.0.0.1')
  client.write('GET /files/a HTTP/1.0\r\nHost: app.test\r\nAuthorization: Bearer alice\r\n\r\n')
  await once(client, 'data')
  const ended = new Promise<string | undefined>((resolve) => {
    client.once('error', (error: NodeJS.ErrnoException) => resolve(error.code))
    client.once('end', () => resolve('the end'))
  })
  await door.gateway.drain()
  expect(await ended).toBe('ECONNRESET')
  await door.close()
})

/** Sends its client more than the kernel takes, and ends when the rest is in the gateway's hands. */
async function fill(res: ServerResponse, isFull: () => boolean): Promise<number> {
  let sent = 0
  while (!isFull()) {
    res.write(Buffer.alloc(16_384))
    sent += 16_384
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  res.end()
  return sent
}

it.each(['1.0', '1.1'])(
  'lets a client of HTTP/%s take the rest of its answer, and resets it when time is up',
  async (version) => {
    const accepted: Socket[] = []
    const accept = (message: unknown): void => {
      accepted.push((message as { readonly socket: Socket }).socket)
    }
    subscribe('net.server.socket', accept)
    const clients = new Map<string, Socket>()
    const sent = new Map<string, number>()
    const door = await openFrontDoor(
      async ({ url = '' }, res) => {
        const port = clients.get(url)?.localPort
        const ours = accepted.find((socket) => socket.remotePort === port)
        sent.set(url, await fill(res, () => (ours?.writableLength ?? 0) > 0))
      },
      { listen: { drainTimeoutMs: 1_000 } },
    )
    const ended = ['/files/taking', '/files/stuck'].map((path) => {
      const client = connect(door.port, '127.0.0.1').pause()
      clients.set(path, client)
      client.write(
        `GET ${path} HTTP/${version}\r\nHost: app.test\r\nAuthorization: Bearer alice\r\n\r\n`,
      )
      return new Promise<string | undefined>((resolve) => {
        client.once('error', (error: NodeJS.ErrnoException) => resolve(error.code))
        client.once('end', () => resolve('the end'))
      })
    })
    await eventually(() => door.records.length === 2, 'both answers to be complete')
    unsubscribe('net.server.socket', accept)
    const drained = door.gateway.drain()
    // Longer than an idle connection is left, shorter than a request may take.
    await new Promise((resolve) => setTimeout(resolve, 400))
    let taken = 0
    clients.get('/files/taking')?.on('data', (chunk: Buffer) => (taken += chunk.length))
    clients.get('/files/taking')?.resume()
    expect(await ended[0]).toBe('the end')
    expect(taken).toBeGreaterThan(sent.get('/files/taking') ?? Infinity)
    expect(await drained).toEqual({ cutConnections: 1 })
    clients.get('/files/stuck')?.resume()
    expect(await ended[1]).toBe('ECONNRESET')
    await door.close()
  },
)

it('lets a client take an answer that is complete in the very turn in which the drain begins', async () => {
  const accepted: Socket[] = []
  const accept = (message: unknown): void => {
    accepted.push((message as { readonly socket: Socket }).socket)
  }
  subscribe('net.server.socket', accept)
  let sent = 0
  const door = await openFrontDoor(
    async (_req, res) => {
      const ours = accepted.find(({ remotePort }) => remotePort === client.localPort)
      sent = await fill(res, () => (ours?.writableLength ?? 0) > 0)
    },
    { listen: { drainTimeoutMs: 10_000 } },
  )
  const drained = new Promise<unknown>((resolve) => {
    const { push } = door.records
    door.records.push = (...entries) => {
      resolve(door.gateway.drain())
      return push.apply(door.records, entries)
    }
  })
  const client = connect(door.port, '127.0.0.1').pause()
  client.on('error', () => {})
  client.write('GET /files/a HTTP/1.1\r\nHost: app.test\r\nAuthorization: Bearer alice\r\n\r\n')
  await eventually(() => door.records.length === 1, 'the answer to be complete')
  unsubscribe('net.server.socket', accept)
  await new Promise((resolve) => setTimeout(resolve, 100))
  let taken = 0
  client.on('data', (chunk: Buffer) => (taken += chunk.length)).resume()
  await once(client, 'close')
  expect(taken).toBeGreaterThan(sent)
  expect(await drained).toEqual({ cutConnections: 0 })
  await door.close()
})

it('says which port it cannot have', async () => {
  const door = await openFrontDoor(() => {})
  const taken = openFrontDoor(() => {}, { listen: { port: door.port } })
  await expect(taken).rejects.toThrow(`Cannot listen on 127.0.0.1:${door.port}`)
  await expect(taken).rejects.toBeInstanceOf(Fault)
  await door.close()
})

it('closes connections beyond its number when all carry requests, and counts them', async () => {
  const door = await openFrontDoor(() => {}, { listen: { maxConnections: 2 } })
  const busy = [1, 2].map(() => connect(door.port, '127.0.0.1'))
  for (const socket of busy) {
    socket.on('error', () => {})
    socket.write('GET /files/a HTTP/1.1\r\nHost: app.test\r\nAuthorization: Bearer alice\r\n\r\n')
  }
  await eventually(() => door.gateway.inFlight === 2, 'two requests')
  const third = connect(door.port, '127.0.0.1')
  third.on('error', () => {}).resume()
  await eventually(() => third.closed, 'a drop')
  expect(await door.registry.metrics()).toContain('sallyport_gateway_dropped_connections_total 1')
  expect(door.gateway.inFlight).toBe(2)
  for (const socket of busy) socket.destroy()
  await door.close()
})
