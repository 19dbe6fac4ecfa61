import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Fault } from '../../src/model/fault.ts'
import { plainUpstreamTls } from '../../src/upstream/connector.ts'
import type { UpstreamConnection } from '../../src/upstream/connection.ts'
import type { BodyFraming, UpstreamExchange } from '../../src/upstream/exchange.ts'
import { defaultUpstreamOptions, type UpstreamOptions } from '../../src/upstream/options.ts'
import { type ConnectionWish, Upstream, type Waiting } from '../../src/upstream/upstream.ts'
import { until } from '../support/until.ts'

/** The other side: its connections, what came in on each, and what it answers. */
let server: Server
let upstream: Upstream
let sockets: Socket[] = []
let texts: string[] = []
let answer: (socket: Socket, text: string) => void = () => {}

const fine = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'
const any: ConnectionWish = { asStream: false, isFresh: false }

beforeEach(() => {
  sockets = []
  texts = []
  answer = (socket, text) => {
    if (text.endsWith('\r\n\r\n')) socket.write(fine)
  }
})
afterEach(async () => {
  upstream.close()
  for (const socket of sockets) socket.destroy()
  if (server.listening) await new Promise((resolve) => server.close(resolve))
})

async function open(options: Partial<UpstreamOptions> = {}): Promise<void> {
  server = createServer((socket) => {
    const at = sockets.push(socket) - 1
    texts.push('')
    socket.on('error', () => {})
    socket.on('data', (chunk: Buffer) => {
      texts[at] += chunk.toString('latin1')
      answer(socket, texts[at] ?? '')
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  upstream = new Upstream(
    `http://127.0.0.1:${port}`,
    { ...defaultUpstreamOptions, ...options },
    plainUpstreamTls,
  )
}

interface Asked {
  readonly exchange: UpstreamExchange
  readonly events: string[]
  readonly over: Promise<string>
}

function ask(body: BodyFraming = 'none', method = 'GET', atSent: () => void = () => {}): Asked {
  const events: string[] = []
  let end: (how: string) => void = () => {}
  const over = new Promise<string>((resolve) => {
    end = resolve
  })
  const exchange: UpstreamExchange = {
    request: { method, head: `${method} / HTTP/1.1\r\nHost: a\r\n\r\n`, body, switches: false },
    sent: atSent,
    drained: () => events.push('drained'),
    received: () => {},
    interim: ({ status }) => events.push(`interim ${status}`),
    begun: ({ status }) => events.push(`begun ${status}`),
    content: (bytes, from, to) => events.push(bytes.toString('latin1', from, to)),
    ended: () => end('ended'),
    switched: () => end('switched'),
    failed: (fault: Fault) => end(`${fault.code} ${fault.message.replace(/^\S+ /, '')}`),
  }
  return { exchange, events, over }
}

function acquire(wish = any): UpstreamConnection {
  const connection = upstream.acquire(wish)
  if (connection === null) throw new Error('No connection')
  return connection
}

async function exchangeOn(connection: UpstreamConnection): Promise<string> {
  const { exchange, over } = ask()
  connection.send(exchange)
  return await over
}

describe('a connection', () => {
  it('carries one exchange after the other', async () => {
    await open()
    for (const _ of [1, 2, 3]) expect(await exchangeOn(acquire())).toBe('ended')
    expect(sockets).toHaveLength(1)
    expect(texts[0]?.match(/GET/g)).toHaveLength(3)
  })

  it.each<[string, string]>([
    ['says that it ends', 'HTTP/1.1 200 OK\r\nConnection: x, Close\r\nContent-Length: 0\r\n\r\n'],
    ['is of HTTP/1.0', 'HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n'],
    ['has octets behind it', `${fine}\r\n`],
    [
      'is kept for no time',
      'HTTP/1.1 200 OK\r\nKeep-Alive: timeout=1\r\nContent-Length: 0\r\n\r\n',
    ],
    [
      'has a connection trailer',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nConnection: x\r\n\r\n',
    ],
  ])('is not used again when an answer %s', async (_name, text) => {
    await open()
    answer = (socket) => socket.write(text)
    for (const _ of [1, 2]) expect(await exchangeOn(acquire())).toBe('ended')
    expect(sockets).toHaveLength(2)
    await until('it to be closed', () => sockets[0]?.destroyed === true)
  })

  it('is not used again when its upstream answered a request that it had not taken yet', async () => {
    await open()
    answer = (socket, text) => {
      if (text.startsWith('POST')) socket.pause()
      else socket.write(fine)
    }
    const connection = acquire()
    const { promise: sent, resolve } = Promise.withResolvers<void>()
    const { exchange, events, over } = ask('chunked', 'POST', resolve)
    connection.send(exchange)
    await sent
    // As much as the kernel takes, and more.
    for (let drains = -1; drains !== events.length;) {
      drains = events.length
      connection.writeBody(Buffer.alloc(1_048_576))
      await new Promise((next) => setTimeout(next, 100))
    }
    connection.endBody(null)
    sockets[0]?.write(fine)
    expect(await over).toBe('ended')
    expect(await exchangeOn(acquire())).toBe('ended')
    expect(sockets).toHaveLength(2)
  })

  it('is used again in HTTP/1.0 when both want that', async () => {
    await open()
    answer = (socket) =>
      socket.write(fine.replace('1.1 200 OK', '1.0 200 OK\r\nConnection: Keep-Alive'))
    for (const _ of [1, 2]) expect(await exchangeOn(acquire())).toBe('ended')
    expect(sockets).toHaveLength(1)
  })

  it('is closed when something is said on it that nobody asked for', async () => {
    await open()
    await exchangeOn(acquire())
    sockets[0]?.write(fine)
    await until('it to be closed', () => sockets[0]?.destroyed === true)
    expect(await exchangeOn(acquire())).toBe('ended')
    expect(sockets).toHaveLength(2)
  })

  it('is closed a second before the upstream closes it, or when nobody needs it', async () => {
    await open({ keepAliveTimeoutMs: 60_000 })
    answer = (socket) =>
      socket.write(fine.replace('OK\r\n', 'OK\r\nKeep-Alive: timeout=2, max=9\r\n'))
    await exchangeOn(acquire())
    const since = performance.now()
    await until('it to be closed', () => sockets[0]?.destroyed === true)
    expect(performance.now() - since).toBeGreaterThan(900)
    expect(performance.now() - since).toBeLessThan(1_900)
  })

  it('fails what it carries when the upstream goes, and is gone when it carries nothing', async () => {
    await open()
    await exchangeOn(acquire())
    answer = (socket) => socket.end()
    expect(await exchangeOn(acquire())).toBe(
      'ERR_UPSTREAM_RESET The upstream closed the connection',
    )
    answer = (socket) => socket.write(fine)
    await exchangeOn(acquire())
    sockets[1]?.end()
    await until('it to be gone', () => sockets[1]?.destroyed === true)
    expect(await exchangeOn(acquire())).toBe('ended')
    expect(sockets).toHaveLength(3)
  })

  it('gives up an upstream that takes too long with the header, or stops in the body', async () => {
    await open({ headersTimeoutMs: 150, bodyIdleTimeoutMs: 150 })
    answer = () => {}
    expect(await exchangeOn(acquire())).toBe('ERR_UPSTREAM_TIMEOUT No answer in time')
    answer = (socket) => socket.write(fine.slice(0, -1))
    expect(await exchangeOn(acquire())).toBe('ERR_UPSTREAM_TIMEOUT The answer stopped coming')
    answer = (socket) => {
      for (const at of [0, 1, 2, 3, 4])
        setTimeout(() => socket.write('HTTP/1.1 102 Wait\r\n\r\n'), at * 50)
    }
    expect(await exchangeOn(acquire())).toBe('ERR_UPSTREAM_TIMEOUT No answer in time')
  })

  it('takes interim answers for a sign of life of nothing', async () => {
    await open()
    answer = (socket) => socket.write(`HTTP/1.1 103 Early\r\n\r\n${fine}`)
    const { exchange, events, over } = ask()
    acquire().send(exchange)
    expect(await over).toBe('ended')
    expect(events).toEqual(['interim 103', 'begun 200', 'ok'])
  })

  it('is refused with the reason when nobody listens', async () => {
    await open()
    server.close()
    expect(await exchangeOn(acquire())).toMatch(/^ERR_UPSTREAM_CONNECT connect ECONNREFUSED/)
  })
})

describe('a request body', () => {
  async function send(
    body: BodyFraming,
    write: (connection: UpstreamConnection) => void,
  ): Promise<string> {
    const connection = acquire()
    const { exchange, over } = ask(body, 'PUT', () => write(connection))
    connection.send(exchange)
    return await over
  }

  it('goes out with its length, or in chunks and with trailers', async () => {
    await open()
    answer = (socket, text) => {
      if (/abc$|\r\n0\r\n(?:.+\r\n)?\r\n$/.test(text)) socket.write(fine)
    }
    const length = await send(3, (connection) => {
      connection.writeBody(Buffer.from('a'))
      connection.writeBody(Buffer.alloc(0))
      connection.writeBody(Buffer.from('bc'))
      connection.endBody(null)
    })
    const chunked = await send('chunked', (connection) => {
      connection.writeBody(Buffer.alloc(0))
      connection.writeBody(Buffer.from('0123456789'))
      connection.endBody(['X-A', '1'])
    })
    expect([length, chunked]).toEqual(['ended', 'ended'])
    expect(texts).toEqual([
      'PUT / HTTP/1.1\r\nHost: a\r\n\r\nabcPUT / HTTP/1.1\r\nHost: a\r\n\r\na\r\n0123456789\r\n0\r\nX-A: 1\r\n\r\n',
    ])
  })

  it.each<[string, string, RegExp]>([
    ['longer', 'abcd', /^ERR_INTERNAL The request body is longer than announced$/],
    ['shorter', 'ab', /^ERR_INTERNAL The request body is shorter than announced$/],
  ])('that is %s than announced ends the connection', async (_name, text, fault) => {
    await open()
    const how = await send(3, (connection) => {
      connection.writeBody(Buffer.from(text))
      connection.endBody(null)
    })
    expect(how).toMatch(fault)
    await until('it to be closed', () => sockets[0]?.destroyed === true)
    expect(texts[0]).not.toContain('abcd')
    expect(await exchangeOn(acquire())).toBe('ended')
    expect(sockets).toHaveLength(2)
  })

  it('that was not wanted to its end takes the connection with it', async () => {
    await open()
    answer = (socket) => socket.write(fine)
    const how = await send(3, (connection) => connection.writeBody(Buffer.from('a')))
    expect(how).toBe('ended')
    await exchangeOn(acquire())
    expect(sockets).toHaveLength(2)
  })

  it('waits for an upstream that does not read, but not for ever', async () => {
    await open({ headersTimeoutMs: 200 })
    server.on('connection', (socket: Socket) => socket.pause())
    let isTaken = true
    const how = await send('chunked', (connection) => {
      isTaken = connection.writeBody(Buffer.alloc(67_108_864))
    })
    expect(isTaken).toBe(false)
    expect(how).toBe('ERR_UPSTREAM_TIMEOUT No answer in time')
  })
})

describe('an upstream', () => {
  it('uses the connection that was used last, and opens one when there is none', async () => {
    await open()
    const [first, second] = [acquire(), acquire()]
    await Promise.all([exchangeOn(first), exchangeOn(second)])
    await exchangeOn(first === acquire() ? first : second)
    const last = acquire()
    upstream.release(last)
    expect(acquire()).toBe(last)
    expect(sockets).toHaveLength(2)
  })

  it('opens no more than it may, and serves whoever has waited longest', async () => {
    await open({ maxConnections: 1 })
    const connection = acquire()
    expect(upstream.acquire(any)).toBeNull()
    const served: number[] = []
    const wait = (at: number, wish = any): Waiting => {
      const waiting = {
        wish,
        connectionFree: (free: UpstreamConnection): void => {
          served.push(at)
          free.send(ask().exchange)
        },
      }
      upstream.wait(waiting)
      return waiting
    }
    wait(1)
    const gone = wait(2)
    wait(3, { asStream: false, isFresh: true })
    wait(4)
    upstream.stopWaiting(gone)
    await exchangeOn(connection)
    await until('all to be served', () => served.length === 3)
    expect(served).toEqual([1, 3, 4])
    await until('the last answer', () => texts.join('').match(/GET/g)?.length === 4)
    expect(sockets).toHaveLength(2)
  })

  it('opens a connection for the next when one breaks off', async () => {
    await open({ maxConnections: 1 })
    const first = acquire()
    const { exchange, over } = ask()
    first.send(exchange)
    let next: UpstreamConnection | null = null
    upstream.wait({
      wish: any,
      connectionFree: (free) => {
        next = free
      },
    })
    answer = (socket) => socket.destroy()
    expect(await over).toMatch(/^ERR_UPSTREAM_RESET/)
    expect(next).not.toBeNull()
    expect(next).not.toBe(first)
  })

  it('closes what it has, and opens nothing more', async () => {
    await open()
    const idle = acquire()
    await exchangeOn(idle)
    const busy = acquire({ asStream: false, isFresh: true })
    answer = () => {}
    const { exchange, over } = ask()
    busy.send(exchange)
    await until('the request', () => texts.length === 2 && texts[1] !== '')
    upstream.close()
    expect(await over).toBe('ERR_UPSTREAM_RESET The connection was closed')
    expect(upstream.acquire(any)).toBeNull()
    await until('both to be closed', () => sockets.every(({ destroyed }) => destroyed))
  })
})
