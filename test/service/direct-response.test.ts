import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { expect, it } from 'vitest'
import { DirectResponse } from '../../src/service/direct-response.ts'
import { GatewayRequest } from '../../src/listen/gateway-request.ts'
import { ConnectionUse } from '../../src/service/connection-use.ts'

/** A client that takes octets when it is told to. */
class Client extends Duplex {
  said = ''
  #done: (() => void)[] = []
  isTaking = true

  constructor() {
    super({ decodeStrings: false, emitClose: true })
  }

  override _read(): void {}

  override _write(chunk: string | Buffer, _encoding: string, done: () => void): void {
    this.said += typeof chunk === 'string' ? chunk : chunk.toString('latin1')
    if (this.isTaking) done()
    else this.#done.push(done)
  }

  takeAll(): void {
    this.isTaking = true
    for (const done of this.#done.splice(0)) done()
  }
}

function respond(isKept = true) {
  const client = new Client()
  const req = new GatewayRequest(client as unknown as Socket)
  const ends: boolean[] = []
  const use = new ConnectionUse()
  const res = new DirectResponse(req, isKept, { responded: (isLast) => void ends.push(isLast) })
  req.complete = true
  use.note(res)
  return { client, res, ends, use }
}

const header = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\n'
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

it('is out when the kernel has taken it, and its connection is free in the same moment', () => {
  const { client, res, ends, use } = respond()
  res._header = header
  expect([res.headersSent, res.writableEnded, res.writableFinished]).toEqual([true, false, false])
  res.end('ok', 'latin1')
  expect(client.said).toBe(`${header}ok`)
  expect([res.writableEnded, res.writableFinished, res.closed]).toEqual([true, true, true])
  expect(res.socket).toBeNull()
  expect(use.response).toBeNull()
  expect(ends).toEqual([false])
})

it('keeps its connection until a client that is slow has taken it', async () => {
  const { client, res, ends, use } = respond()
  const closed: string[] = []
  client.isTaking = false
  res._header = header
  res.end('ok', 'latin1')
  res.once('close', () => closed.push('close'))
  await turn()
  expect([res.writableEnded, res.writableFinished]).toEqual([true, false])
  expect(use.response).toBe(res)
  expect([ends, closed]).toEqual([[], []])
  client.takeAll()
  await turn()
  expect(res.writableFinished).toBe(true)
  expect([ends, closed]).toEqual([[false], ['close']])
})

it('says that it is the last of its connection', () => {
  const { res, ends } = respond(false)
  res._header = header
  res._last = true
  res.end('ok', 'latin1')
  expect(ends).toEqual([true])
})

it('has a header alone where there is no content, or may be none', () => {
  for (const end of [
    (res: DirectResponse) => res.end(),
    (res: DirectResponse) => res.end('', 'latin1'),
    (res: DirectResponse) => {
      res._hasBody = false
      res.end('not for HEAD', 'latin1')
    },
  ]) {
    const { client, res, ends } = respond()
    res._header = header
    end(res)
    expect(client.said).toBe(header)
    expect(ends).toEqual([false])
  }
})

it.each<[string, (res: DirectResponse) => void, string]>([
  [
    'a header by fields',
    (res) => {
      res.writeHead(403, 'Forbidden', ['Content-Length', '2'])
      res.end('no')
    },
    'HTTP/1.1 403 Forbidden',
  ],
  [
    'several pieces',
    (res) => {
      res._header = header
      res.write('o', 'latin1')
      res.end('k', 'latin1')
    },
    `${header}ok`,
  ],
  [
    'octets',
    (res) => {
      res._header = header
      res.end(Buffer.from('ok'), () => {})
    },
    `${header}ok`,
  ],
  [
    'chunks',
    (res) => {
      res._header = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'
      res.chunkedEncoding = true
      res.end('ok', 'latin1')
    },
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n',
  ],
])('is one of node:http with %s', async (_name, write, said) => {
  const { client, res, ends, use } = respond()
  let closed = 0
  write(res)
  res.once('close', () => {
    closed += 1
  })
  await turn()
  expect(closed).toBe(1)
  expect(client.said).toContain(said)
  expect([res.writableEnded, res.writableFinished]).toEqual([true, true])
  expect(use.response).toBeNull()
  expect(ends).toEqual([false])
  expect(client.listenerCount('close')).toBe(0)
})

it('tells of more room, and waits for it, as one of node:http does', async () => {
  const { client, res, ends } = respond()
  const told: string[] = []
  client.isTaking = false
  res._header = header.replace(': 2', ': 100000')
  expect(res.write('x'.repeat(100_000), 'latin1')).toBe(false)
  res.once('drain', () => told.push('drain'))
  res.drained()
  expect(told).toEqual(['drain'])
  res.end()
  expect(ends).toEqual([])
  client.takeAll()
  await turn()
  expect(ends).toEqual([false])
})

it('is closed with its connection, once, and frees nothing then', async () => {
  const { client, res, ends } = respond()
  let closed = 0
  res.once('close', () => {
    closed += 1
  })
  res.destroy()
  await turn()
  res.closedEarly()
  res.closedEarly()
  expect(client.destroyed).toBe(true)
  expect([res.destroyed, res.writableFinished, closed]).toEqual([true, false, 1])
  res._header = header
  res.end('ok', 'latin1')
  await turn()
  expect(client.said).toBe('')
  expect(ends).toEqual([])
})
