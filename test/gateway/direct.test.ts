import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { connect, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eventually, type FrontDoor, openFrontDoor, readAll } from './front-door.ts'
import { collect } from './raw-client.ts'

let door: FrontDoor
let client: Socket
/** What reached the upstream, and the answers that are not given yet. */
let seen: string[]
let held: ServerResponse[]

beforeEach(async () => {
  seen = []
  held = []
  door = await openFrontDoor(
    async (req, res) => {
      const body = await readAll(req)
      seen.push(
        `${req.method} ${req.url} ${body.length} ${String(req.headers['x-mark'] ?? '')}`.trim(),
      )
      if (req.url?.startsWith('/files/held') === true) held.push(res)
      else res.end(`of ${req.url}`)
    },
    { listen: { headersTimeoutMs: 400, drainTimeoutMs: 300 } },
  )
  client = connect(door.port, '127.0.0.1')
  client.setNoDelay(true)
  client.on('error', () => {})
  await once(client, 'connect')
})
afterEach(async () => {
  client.destroy()
  await door.close()
})

const ask = (name: string, method = 'GET', more = ''): string =>
  `${method} /files/${name} HTTP/1.1\r\nHost: app.test\r\nAuthorization: Bearer alice\r\n${more}\r\n`

/** Each in a piece of its own, when the one before it has been taken. */
async function send(...pieces: readonly string[]): Promise<void> {
  for (const piece of pieces) {
    client.write(Buffer.from(piece, 'latin1'))
    await new Promise((resolve) => setTimeout(resolve, 15))
  }
}

const bodies = (text: string): string[] => text.match(/of \/files\/[a-z]+/g) ?? []
const kinds = (): string[] => door.records.map(({ outcome }) => outcome.kind)

describe('requests in pieces of their own', () => {
  it('are answered in turn when they come ahead of it', async () => {
    await send(ask('held'), ask('a'), ask('b'), ask('c'))
    await eventually(() => held.length === 1, 'the first')
    expect(seen).toEqual(['GET /files/held 0'])
    held[0]?.end('of /files/held')
    const { text } = await collect(client)
    expect(bodies(text)).toEqual(['held', 'a', 'b', 'c'].map((name) => `of /files/${name}`))
    expect(kinds()).toEqual(Array.from({ length: 4 }, () => 'forwarded'))
  })

  it('are not taken beyond what may wait, and none is lost', async () => {
    await send(ask('held'))
    await eventually(() => held.length === 1, 'the first')
    // Far more than is kept: the rest waits in the kernel and at the client.
    const body = 'x'.repeat(8_000_000)
    client.write(`${ask('a', 'POST', `Content-Length: ${body.length}\r\n`)}${body}${ask('b')}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(client.writableLength).toBeGreaterThan(0)
    held[0]?.end('of /files/held')
    const { text } = await collect(client, 400)
    expect(bodies(text)).toEqual(['of /files/held', 'of /files/a', 'of /files/b'])
    expect(seen[1]).toBe('POST /files/a 8000000')
  })

  it('have the fields they came with, of which others of the connection had some', async () => {
    await send(
      ask('a', 'GET', 'X-Mark: one\r\n'),
      ask('b', 'GET', 'X-Mark: one\r\n'),
      ask('c', 'GET', 'X-Mark: two\r\n'),
      ask('d'),
      ask('e', 'GET', 'X-Mark: one\r\n'),
    )
    await collect(client)
    expect(seen).toEqual([
      'GET /files/a 0 one',
      'GET /files/b 0 one',
      'GET /files/c 0 two',
      'GET /files/d 0',
      'GET /files/e 0 one',
    ])
  })

  it('are decided about anew with fields that are the same', async () => {
    await send(ask('a'), ask('vault'), ask('b'))
    const { text } = await collect(client)
    expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 403', 'HTTP/1.1 200'])
    expect(kinds()).toEqual(['forwarded', 'denied', 'forwarded'])
  })

  it('may be of any kind among each other', async () => {
    await send(
      ask('a'),
      ask('b', 'HEAD'),
      ask('c', 'POST', 'Content-Length: 3\r\n'),
      'abc',
      ask('d'),
      ask('e', 'PUT', 'Transfer-Encoding: chunked\r\n'),
      '3\r\nabc\r\n0\r\n\r\n',
      `${ask('f')}${ask('g', 'DELETE')}`,
    )
    const { responses, text } = await collect(client)
    expect(responses).toBe(7)
    expect(bodies(text)).toEqual(['a', 'c', 'd', 'e', 'f', 'g'].map((name) => `of /files/${name}`))
    expect(seen).toEqual([
      'GET /files/a 0',
      'HEAD /files/b 0',
      'POST /files/c 3',
      'GET /files/d 0',
      'PUT /files/e 3',
      'GET /files/f 0',
      'DELETE /files/g 0',
    ])
  })

  it('are not read behind one that is the last of its connection', async () => {
    await send(ask('held', 'GET', 'Connection: close\r\n'), ask('a'))
    await eventually(() => held.length === 1, 'the first')
    held[0]?.end('of /files/held')
    const { text, closed } = await collect(client)
    expect(text).toContain('\r\nConnection: close\r\n')
    expect(bodies(text)).toEqual(['of /files/held'])
    expect(closed).toBe(true)
    expect(door.records).toHaveLength(1)
  })

  it('are followed by a tunnel that is refused in turn', async () => {
    await send(ask('held'), 'CONNECT app.test:443 HTTP/1.1\r\nHost: app.test\r\n\r\n')
    await eventually(() => held.length === 1, 'the first')
    held[0]?.end('of /files/held')
    const { text, closed } = await collect(client)
    expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 501'])
    expect(closed).toBe(true)
  })
})

describe('a request in several pieces', () => {
  const whole = ask('a', 'GET', 'X-Mark: one\r\n')

  it.each([1, 3, 4, 12, 15, 24, 25, 26, 60, whole.length - 3, whole.length - 2, whole.length - 1])(
    'is read whole when it is cut behind octet %d, and so are those around it',
    async (at) => {
      await send(ask('b'), whole.slice(0, at), whole.slice(at), ask('c'))
      const { text } = await collect(client)
      expect(bodies(text)).toEqual(['of /files/b', 'of /files/a', 'of /files/c'])
      expect(seen[1]).toBe('GET /files/a 0 one')
    },
  )

  it('is given no more time than its header has', async () => {
    await send(ask('a'), 'GET /files/b HTTP/1.1\r\n')
    const { text, closed } = await collect(client, 1_500)
    expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 408'])
    expect(closed).toBe(true)
  })

  it('is not begun anew by what looks like the beginning of one', async () => {
    await send(ask('a'), 'GET /files/b HTTP/1.1\r\nX-Mark: ', ask('c'), ask('d'))
    await collect(client)
    expect(seen).toEqual([
      'GET /files/a 0',
      'GET /files/b 0 GET /files/c HTTP/1.1',
      'GET /files/d 0',
    ])
  })
})

describe('a connection', () => {
  it('is closed unanswered when nothing comes for the time that a header has', async () => {
    const startedMs = performance.now()
    await once(client.resume(), 'close')
    expect(performance.now() - startedMs).toBeGreaterThan(350)
    expect(client.bytesRead).toBe(0)
    expect(door.records).toEqual([])
  })

  it('is kept when nothing comes for so long after an answer', async () => {
    await send(ask('a'))
    await new Promise((resolve) => setTimeout(resolve, 700))
    await send(ask('b'))
    const { text, closed } = await collect(client)
    expect(bodies(text)).toEqual(['of /files/a', 'of /files/b'])
    expect(closed).toBe(false)
  })

  it('that is given up leaves a record of each request that came on it', async () => {
    await send(ask('held'), ask('a'), 'GET /files/b')
    await eventually(() => held.length === 1, 'the first')
    client.resetAndDestroy()
    await eventually(() => door.gateway.inFlight === 0, 'the end')
    expect(kinds()).toEqual(['aborted', 'aborted'])
    const paths = door.records.map(({ facts }) => facts?.path)
    expect(new Set(paths)).toEqual(new Set(['/files/held', '/files/a']))
  })

  it('is not waited for because of empty lines behind a request', async () => {
    await send(ask('a'), '\r\n', '\r\n\r\n')
    await new Promise((resolve) => setTimeout(resolve, 700))
    await send(ask('held'), '\r\n', ask('b'))
    held[0]?.end('of /files/held')
    const { text, closed } = await collect(client)
    expect(bodies(text)).toEqual(['of /files/a', 'of /files/held', 'of /files/b'])
    expect(closed).toBe(false)
  })

  it('gives its last answer time to be taken, whatever came behind the request', async () => {
    await send(ask('held', 'GET', 'Connection: close\r\n'), 'x'.repeat(400_000))
    const size = 4_000_000
    held[0]?.end('y'.repeat(size))
    const { text, closed } = await collect(client, 500)
    expect(text.length).toBeGreaterThan(size)
    expect(closed).toBe(true)
    expect(kinds()).toEqual(['forwarded'])
  })

  it('ends with a drain when it carries nothing', async () => {
    await send(ask('a'))
    const startedMs = performance.now()
    expect(await door.gateway.drain()).toEqual({ cutConnections: 0 })
    expect(performance.now() - startedMs).toBeLessThan(250)
  })
})
