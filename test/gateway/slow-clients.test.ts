import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually, type FrontDoor, openFrontDoor, readAll } from './front-door.ts'
import { collect, sendRaw } from './raw-client.ts'

let door: FrontDoor
const broken: string[] = []

beforeAll(async () => {
  door = await openFrontDoor(
    async (req, res) => {
      req.on('error', () => broken.push(req.url ?? ''))
      res.end(`${(await readAll(req)).length} octets`)
    },
    {
      listen: {
        headersTimeoutMs: 400,
        bodyIdleTimeoutMs: 300,
        minBodyBytesPerS: 1_000,
        maxHeaderBytes: 4_096,
        maxConnections: 40,
        maxClientConnections: 0,
      },
    },
  )
})
afterAll(() => door.close())

const head = (name: string, fields: string): string =>
  `POST /files/${name} HTTP/1.1\r\nHost: app.test\r\nAuthorization: Bearer alice\r\n${fields}\r\n`

/** Sends `first`, then `piece` again and again until the other end has had enough. */
async function drip(first: string, piece: string, everyMs: number): Promise<string> {
  const socket = connect(door.port, '127.0.0.1')
  socket.write(first)
  const more = setInterval(() => {
    if (!socket.destroyed) socket.write(piece)
  }, everyMs)
  const { text } = await collect(socket, 3_000)
  clearInterval(more)
  return text
}

function outcomeOf(path: string): unknown {
  return door.records.find(({ facts }) => facts?.path === path)?.outcome
}

describe('a client that takes its time', () => {
  it('loses its connection when the header does not come', async () => {
    expect(await drip('GET /files/a HTTP/1.1\r\n', 'X', 50)).toMatch(/^HTTP\/1\.1 408 /)
  })

  it('loses its connection when nothing comes', async () => {
    const { text, closed } = await collect(connect(door.port, '127.0.0.1'), 3_000)
    expect([text, closed]).toEqual(['', true])
  })

  it('loses it in the middle of a body that stopped', async () => {
    const { text } = await collect(open(head('stopped', 'Content-Length: 9\r\n')), 3_000)
    expect(text).toMatch(/^HTTP\/1\.1 408 /)
    expect(outcomeOf('/files/stopped')).toMatchObject({ code: 'request_timeout' })
  })

  it('loses it when the body never stops, but comes too slowly', async () => {
    const text = await drip(head('trickle', 'Content-Length: 90000\r\n'), '0123456789', 60)
    expect(text).toMatch(/^HTTP\/1\.1 408 /)
    expect(outcomeOf('/files/trickle')).toMatchObject({ code: 'request_timeout' })
  })

  it('keeps it when the body is slow, but fast enough', async () => {
    const body = 'x'.repeat(200)
    const socket = open(head('steady', 'Content-Length: 2000\r\n'))
    for (let count = 0; count < 10; count += 1) {
      socket.write(body)
      await new Promise((resolve) => setTimeout(resolve, 60))
    }
    expect((await collect(socket, 3_000)).text).toContain('2000 octets')
  })

  it('loses it in trailers that never end', async () => {
    const first = `${head('trailers', 'Transfer-Encoding: chunked\r\n')}1\r\na\r\n0\r\n`
    await drip(first, 'X: y\r\n', 60)
    expect(outcomeOf('/files/trailers')).toMatchObject({ code: 'request_timeout' })
  })

  it('loses it with trailers that are too large', async () => {
    const trailers = 'X-Trailer: of some length\r\n'.repeat(2_000)
    await sendRaw(
      door.port,
      `${head('large', 'Transfer-Encoding: chunked\r\n')}0\r\n${trailers}\r\n`,
    )
    await eventually(() => outcomeOf('/files/large') !== undefined, 'the end of the request')
    expect(outcomeOf('/files/large')).not.toMatchObject({ kind: 'forwarded' })
  })

  it('loses it with chunks that hold next to nothing', async () => {
    await sendRaw(
      door.port,
      head('tiny', 'Transfer-Encoding: chunked\r\n') + '1\r\nx\r\n'.repeat(20_000),
    )
    await eventually(() => outcomeOf('/files/tiny') !== undefined, 'the end of the request')
    expect(outcomeOf('/files/tiny')).toMatchObject({ status: 400, code: 'request_malformed' })
  })

  it.each<[string, string]>([
    ['extensions that are larger than the chunks', `8;a=${'b'.repeat(8_000)}\r\n12345678\r\n`],
    ['zeros ahead of the sizes of chunks', `${'0'.repeat(8_000)}8\r\n12345678\r\n`],
  ])('loses it with %s', async (name, chunk) => {
    const path = `/files/${name.slice(0, 5)}`
    const answer = await sendRaw(
      door.port,
      `${head(name.slice(0, 5), 'Transfer-Encoding: chunked\r\n')}${chunk.repeat(200)}0\r\n\r\n`,
    )
    expect(answer.text).toMatch(/^HTTP\/1\.1 400 /)
    expect(outcomeOf(path)).toMatchObject({ status: 400, code: 'request_malformed' })
  })

  it('may name an extension with each of its chunks', async () => {
    const chunks = `3e8;chunk-signature=${'0123456789abcdef'.repeat(8)}\r\n${'x'.repeat(1_000)}\r\n`
    const { text } = await sendRaw(
      door.port,
      `${head('signed', 'Transfer-Encoding: chunked\r\n')}${chunks.repeat(500)}0\r\n\r\n`,
    )
    expect(text).toContain('500000 octets')
  })

  it('may send some small chunks among larger ones', async () => {
    const chunks = `${'1\r\nx\r\n'.repeat(100)}3e8\r\n${'x'.repeat(1_000)}\r\n`.repeat(5)
    const { text } = await sendRaw(
      door.port,
      `${head('mixed', 'Transfer-Encoding: chunked\r\n')}${chunks}0\r\n\r\n`,
    )
    expect(text).toContain('5500 octets')
  })

  it('leaves nothing half sent to the upstream', async () => {
    await eventually(() => broken.includes('/files/trickle'), 'the cut')
  })
})

function open(text: string): Socket {
  const socket = connect(door.port, '127.0.0.1')
  socket.write(text)
  return socket
}

describe('uploads that hold every connection to the upstream', () => {
  async function openNarrow(): Promise<FrontDoor> {
    return await openFrontDoor((req, res) => void req.resume().on('end', () => res.end('fine')), {
      listen: { minBodyBytesPerS: 0 },
      upstream: { maxConnections: 4, connectTimeoutMs: 20_000 },
    })
  }

  it('give way when they hardly move', async () => {
    const narrow = await openNarrow()
    const slow = Array.from({ length: 4 }, () => {
      const socket = connect(narrow.port, '127.0.0.1')
      socket.on('error', () => {})
      socket.write(head('slow', 'Content-Length: 90000\r\n'))
      return { socket, drip: setInterval(() => socket.write('x'), 50) }
    })
    await eventually(() => narrow.gateway.inFlight === 4, 'four slow uploads')
    const answers = await Promise.all(
      [1, 2].map(() => sendRaw(narrow.port, head('b', 'Content-Length: 0\r\n'), 1_000)),
    )
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    expect(narrow.records[0]?.outcome).toMatchObject({ status: 503, code: 'overloaded' })
    // No more of them than were needed.
    expect(narrow.gateway.inFlight).toBeGreaterThanOrEqual(2)
    for (const { socket, drip } of slow) {
      clearInterval(drip)
      socket.destroy()
    }
    await narrow.close()
  })

  it('stay while nobody waits, and while it is the upstream that is slow', async () => {
    const narrow = await openFrontDoor(() => {}, {
      listen: { minBodyBytesPerS: 0 },
      upstream: { maxConnections: 2, connectTimeoutMs: 100 },
    })
    const large = [1, 2].map(() => {
      const socket = connect(narrow.port, '127.0.0.1')
      socket.on('error', () => {})
      socket.write(head('large', 'Content-Length: 90000000\r\n'))
      socket.write(Buffer.alloc(90_000_000))
      return socket
    })
    await eventually(() => narrow.gateway.openStreams === 2, 'two uploads')
    const answer = await sendRaw(narrow.port, head('b', 'Content-Length: 0\r\n'), 1_000)
    expect(answer.status).toBe(503)
    expect(narrow.gateway.openStreams).toBe(2)
    for (const socket of large) socket.destroy()
    await narrow.close()
  })
})

describe('connections that are opened and left', () => {
  it('give way to those that are used', async () => {
    const mute = Array.from({ length: 40 }, () => {
      const socket = connect(door.port, '127.0.0.1')
      socket.on('error', () => {})
      return socket
    })
    await eventually(() => mute.every((socket) => !socket.connecting), 'the connections')
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => sendRaw(door.port, head('b', 'Content-Length: 0\r\n'))),
    )
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200))
    for (const socket of mute) socket.destroy()
  })

  it('are no more of one address than are allowed', async () => {
    const small = await openFrontDoor((_req, res) => res.end() as never, {
      listen: { maxClientConnections: 3 },
    })
    const sockets = Array.from({ length: 5 }, () => connect(small.port, '127.0.0.1'))
    for (const socket of sockets) socket.on('error', () => {}).resume()
    await eventually(() => sockets.filter(({ closed }) => closed).length === 2, 'two closed')
    expect(await small.registry.metrics()).toContain(
      'sallyport_gateway_refused_connections_total{reason="client_connections"} 2',
    )
    for (const socket of sockets) socket.destroy()
    await small.close()
  })
})
