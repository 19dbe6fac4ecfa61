import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FrontDoor, openFrontDoor } from './front-door.ts'
import { collect } from './raw-client.ts'

let door: FrontDoor
/** Run by the application with its answer, so that what both send comes in with one turn. */
let alongside: () => void = () => {}
/** The application's end of the connection that carried the last request. */
let applicationSocket: Socket | null = null

beforeAll(async () => {
  door = await openFrontDoor((req, res) => {
    applicationSocket = req.socket
    res.end(`at ${req.url}`)
    alongside()
  })
})

afterAll(() => door.close())

const get = (name: string): string =>
  `GET /files/${name} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer alice\r\n\r\n`

async function exchange(act: (socket: Socket) => void): Promise<string> {
  const socket = connect(door.port, '127.0.0.1')
  alongside = () => act(socket)
  socket.write(get('a'))
  return (await collect(socket, 60)).text
}

const statuses = (text: string): string[] =>
  [...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status ?? '')

describe('an answer that is written with others of its turn', () => {
  it.each([
    ['octets that are no request', 'NO REQUEST\r\n\r\n', ['200', '400']],
    ['a request to connect', 'CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n', ['200', '501']],
    ['a request that is refused', 'GET /files/b HTTP/1.1\r\nHost: a\r\n\r\n', ['200', '401']],
    ['another request', get('b'), ['200', '200']],
    ['a header that is too large', `GET / HTTP/1.1\r\nX: ${'x'.repeat(70_000)}`, ['200', '431']],
  ])('is ahead of the one to %s that come with it', async (_name, sent, expected) => {
    for (let time = 0; time < 5; time += 1) {
      let isSent = false
      const text = await exchange((socket) => {
        if (!isSent) socket.write(sent)
        isSent = true
      })
      expect(text.indexOf('at /files/a')).toBeGreaterThan(0)
      expect(statuses(text)).toEqual(expected)
    }
  })

  it('goes to nobody when its client leaves in that turn, and the process goes on', async () => {
    for (let time = 0; time < 10; time += 1) {
      await exchange((socket) => (time % 2 === 0 ? socket.destroy() : socket.resetAndDestroy()))
    }
    alongside = () => {}
    expect(await exchange(() => {})).toContain('at /files/a')
    const kinds = new Set(door.records.map(({ outcome }) => outcome.kind))
    expect([...kinds].every((kind) => kind !== 'failed')).toBe(true)
  })
})

describe('a request that is written at the end of its turn', () => {
  it.each([
    ['GET, which is asked anew', 'GET', '200', 'at /files/b'],
    ['POST, which is not', 'POST', '502', 'ERR_UPSTREAM_RESET'],
  ])('is not answered by what was said before: %s', async (_name, method, status, said) => {
    alongside = () => {}
    const socket = connect(door.port, '127.0.0.1')
    socket.write(get('a'))
    await once(socket, 'data')
    const recorded = door.records.length
    // Both are there when the gateway reads, the request first.
    socket.write(get('b').replace('GET', method))
    applicationSocket?.write('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nstale')
    const { text } = await collect(socket, 60)
    expect(text).not.toContain('stale')
    expect(statuses(text)).toEqual([status])
    expect(text).toContain(said)
    expect(door.records.slice(recorded).map(({ outcome }) => outcome)).toMatchObject([
      { status: Number(status) },
    ])
  })
})
