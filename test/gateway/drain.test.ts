import { once } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'
import { connect } from 'node:net'
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
