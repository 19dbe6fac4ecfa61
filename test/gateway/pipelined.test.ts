import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { compilePolicies } from '../../src/policy/compile.ts'
import { maxPipelined } from '../../src/listen/turn.ts'
import {
  eventually,
  type FrontDoor,
  openFrontDoor,
  policyText,
  readAll,
  rolesText,
  routesText,
} from './front-door.ts'
import { collect } from './raw-client.ts'

let door: FrontDoor
let client: Socket
/** What reached the upstream, and the answers that are not ended there. */
let seen: string[]
let held: ServerResponse[]

beforeEach(async () => {
  seen = []
  held = []
  door = await openFrontDoor(
    async (req, res) => {
      const body = await readAll(req)
      seen.push(`${req.method} ${req.url} ${body.length}`)
      if (req.url?.startsWith('/files/stream') === true) {
        res.write('begun')
        held.push(res)
      } else res.end(req.url?.endsWith('big') === true ? Buffer.alloc(400_000) : 'done')
    },
    { listen: { bodyIdleTimeoutMs: 5_000, drainTimeoutMs: 300 } },
  )
  client = connect(door.port, '127.0.0.1')
  client.on('error', () => {})
})
afterEach(async () => {
  client.destroy()
  await door.close()
})

const ask = (name: string, method = 'GET', more = ''): string =>
  `${method} /files/${name} HTTP/1.1\r\nHost: app.test\r\nAuthorization: Bearer alice\r\n${more}\r\n`

/** Connections there are to the upstream, by its own account. */
function upstreamConnections(): Promise<number> {
  return new Promise((resolve, reject) => {
    door.upstream.getConnections((error, count) =>
      error === null ? resolve(count) : reject(error),
    )
  })
}

const kinds = (): string[] => door.records.map(({ outcome }) => outcome.kind)

it('hold one connection to the upstream behind a stream without end', async () => {
  client.write(ask('stream') + ask('big').repeat(maxPipelined - 1))
  await eventually(() => door.gateway.inFlight === 1 && held.length === 1, 'the stream')
  // An answer on another connection: whatever was to be begun by then has been.
  const other = connect(door.port, '127.0.0.1')
  other.write(ask('other'))
  await collect(other, 100)
  expect(seen).toEqual(['GET /files/stream 0', 'GET /files/other 0'])
  expect(await upstreamConnections()).toBe(2)
  client.destroy()
  await eventually(() => door.records.length === maxPipelined + 1, 'a record for each')
  expect(kinds().filter((kind) => kind === 'aborted')).toHaveLength(maxPipelined)
  const bigOnes = door.records.filter(({ facts }) => facts?.path === '/files/big')
  expect(bigOnes).toHaveLength(maxPipelined - 1)
  expect(seen).toHaveLength(2)
})

it('are each decided about when their turn has come', async () => {
  client.write(ask('stream') + ask('a') + ask('b', 'POST', 'Content-Length: 3\r\n') + 'abc')
  await eventually(() => held.length === 1, 'the stream')
  const { policies, routes } = compilePolicies([
    { path: 'file.yaml', text: policyText.replace('[view, edit]\n    roles', '[edit]\n    roles') },
    { path: 'roles.yaml', text: rolesText },
    { path: 'routes.yaml', text: routesText(door.upstreamOrigin) },
  ])
  if (policies === null || routes === null) throw new Error('The policies are malformed')
  door.holder.swap(policies, routes)
  held[0]?.end()
  const { text } = await collect(client)
  expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 403', 'HTTP/1.1 200'])
  expect(seen).toEqual(['GET /files/stream 0', 'POST /files/b 3'])
  expect(door.records.map(({ generation }) => generation)).toEqual([1, 2, 2])
})

it('are sent for their bodies, and asked for them, in turn', async () => {
  const expecting = 'Content-Length: 300000\r\nExpect: 100-continue\r\n'
  client.write(`${ask('stream')}${ask('a', 'POST', 'Content-Length: 200000\r\n')}`)
  client.write(`${'x'.repeat(200_000)}${ask('b', 'POST', expecting)}`)
  client.once('data', () => held[0]?.end())
  const isAsked = (chunk: Buffer): void => {
    if (!chunk.includes('HTTP/1.1 100 Continue')) return
    client.off('data', isAsked)
    client.write('y'.repeat(300_000))
  }
  client.on('data', isAsked)
  const { text } = await collect(client, 400)
  expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual([
    'HTTP/1.1 200',
    'HTTP/1.1 200',
    'HTTP/1.1 100',
    'HTTP/1.1 200',
  ])
  expect(seen).toEqual(['GET /files/stream 0', 'POST /files/a 200000', 'POST /files/b 300000'])
})

it('are refused in turn when a body is none, and nothing behind it is read', async () => {
  client.write(
    `${ask('stream')}${ask('a', 'POST', 'Transfer-Encoding: chunked\r\n')}3\r\nabcZZ${ask('b')}`,
  )
  await eventually(() => held.length === 1, 'the stream')
  expect(door.records).toEqual([])
  held[0]?.end()
  const { text, closed } = await collect(client)
  expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 400'])
  expect(closed).toBe(true)
  expect(seen).toEqual(['GET /files/stream 0'])
  expect(kinds()).toEqual(['forwarded', 'refused'])
})

it('end with their connection when it is to become a tunnel, and nothing is written among them', async () => {
  for (const first of ['stream', 'big']) {
    const socket = connect(door.port, '127.0.0.1')
    const authorization = first === 'big' ? 'slow' : 'alice'
    // With such a field it is node:http that reads the connection.
    socket.write(ask(first, 'GET', 'Connection: keep-alive, a\r\n').replace('alice', authorization))
    await eventually(() => door.gateway.inFlight === 1, 'the request')
    if (first === 'stream') await once(socket, 'data')
    socket.write('CONNECT app.test:443 HTTP/1.1\r\nHost: app.test\r\n\r\n')
    const { text, closed } = await collect(socket)
    expect(text).not.toContain('501')
    expect(closed).toBe(true)
    await eventually(() => door.gateway.inFlight === 0, 'the end')
  }
  expect(kinds()).toEqual(['aborted', 'aborted'])
})

it('end with their connection when it has more of them than it may have', async () => {
  client.write(ask('stream') + ask('a').repeat(maxPipelined))
  const { closed } = await collect(client, 1_000)
  expect(closed).toBe(true)
  await eventually(() => door.gateway.inFlight === 0, 'the end of all')
  const refused = door.records.filter(({ outcome }) => outcome.kind === 'refused')
  expect(refused.map(({ refusal }) => [refusal?.code, refusal?.detail])).toEqual([
    ['overloaded', 'Too many pipelined requests'],
  ])
  expect(door.records).toHaveLength(maxPipelined + 1)
  expect(seen.filter((one) => one !== 'GET /files/stream 0')).toEqual([])
})

it('end with a drain that does not wait for them any longer', async () => {
  client.write(ask('stream') + ask('a'))
  await eventually(() => held.length === 1, 'the stream')
  expect(await door.gateway.drain()).toEqual({ cutConnections: 1 })
  expect(door.records.map(({ outcome }) => outcome)).toEqual([
    { kind: 'aborted', by: 'shutdown' },
    { kind: 'aborted', by: 'shutdown' },
  ])
  expect(seen).toEqual(['GET /files/stream 0'])
})
