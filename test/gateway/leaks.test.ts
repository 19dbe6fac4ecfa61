import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { eventually, type FrontDoor, openFrontDoor } from './front-door.ts'

/** Enough for a leak of one handle a time to stand out, few enough for a unit test. */
const rounds = 500
const atOnce = 20

let door: FrontDoor
beforeAll(async () => {
  door = await openFrontDoor(
    (req, res) => {
      if (req.url === '/files/silent') return
      if (req.url === '/files/killed') {
        res.writeHead(200, { 'content-length': 100_000 })
        res.write('a beginning')
        setImmediate(() => req.socket.destroy())
        return
      }
      if (req.url === '/files/endless') {
        res.write('a beginning')
        return
      }
      req.resume()
      res.end('fine')
    },
    { upstream: { maxConnections: 64 } },
  )
})
afterAll(() => door.close())

function countHandles(): number {
  return process.getActiveResourcesInfo().filter((name) => /TCP|Timeout/.test(name)).length
}

async function repeat(once: () => Promise<void>): Promise<void> {
  for (let done = 0; done < rounds; done += atOnce) {
    await Promise.all(Array.from({ length: atOnce }, once))
  }
}

/** Opens a socket, sends `text`, and leaves as soon as `leave` says so. */
async function visit(text: string, leave: 'at once' | 'on data' | 'at the end'): Promise<void> {
  const socket = connect(door.port, '127.0.0.1')
  socket.on('error', () => {})
  await once(socket, 'connect')
  socket.write(text)
  if (leave === 'at once') {
    await new Promise((resolve) => setImmediate(resolve))
  } else if (leave === 'on data') {
    await once(socket, 'data')
  } else {
    socket.resume()
    await once(socket, 'close')
  }
  socket.destroy()
}

const auth = 'Host: a\r\nAuthorization: Bearer alice\r\n'

async function expectNoLeak(action: () => Promise<void>): Promise<void> {
  // The first requests fill pools and caches.
  door.records.length = 0
  await action()
  await eventually(() => door.records.length === 1, 'a record')
  const before = countHandles()
  door.records.length = 0
  await repeat(action)
  await eventually(() => door.gateway.inFlight === 0, 'every request to end')
  await eventually(() => door.records.length >= rounds, 'every record')
  // What stays are connections kept to the upstream, no more than the pool may hold, twice (each
  // end of them is in this process), and their timers.
  await eventually(() => countHandles() <= before + 3 * 64, 'handles to return')
  expect(door.records).toHaveLength(rounds)
}

it('leaks nothing when clients leave before the header of the answer', async () => {
  await expectNoLeak(() => visit(`GET /files/silent HTTP/1.1\r\n${auth}\r\n`, 'at once'))
})

it('leaks nothing when clients leave in the middle of the answer', async () => {
  await expectNoLeak(() => visit(`GET /files/endless HTTP/1.1\r\n${auth}\r\n`, 'on data'))
})

it('leaks nothing when clients leave in the middle of their body', async () => {
  const text = `PUT /files/silent HTTP/1.1\r\n${auth}Content-Length: 1000\r\n\r\na beginning`
  await expectNoLeak(() => visit(text, 'at once'))
})

it('leaks nothing when upstreams are killed in the middle of their answer', async () => {
  await expectNoLeak(() => visit(`GET /files/killed HTTP/1.1\r\n${auth}\r\n`, 'at the end'))
})

it('leaks nothing when refused bodies are never sent', async () => {
  const text = `PUT /files/vault HTTP/1.1\r\n${auth}Content-Length: 1000\r\n\r\n`
  await expectNoLeak(() => visit(text, 'on data'))
})

it('keeps serving afterwards', async () => {
  const req = request({
    port: door.port,
    path: '/files/a',
    headers: { authorization: 'Bearer alice' },
  })
  req.end()
  const [res] = (await once(req, 'response')) as [IncomingMessage]
  res.resume()
  expect(res.statusCode).toBe(200)
})
