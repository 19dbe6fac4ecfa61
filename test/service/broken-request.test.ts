import type { ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { HttpService, type ServiceAddress } from '../../src/service/http-service.ts'
import { collect } from '../gateway/raw-client.ts'
import { until } from '../support/until.ts'

const limits = {
  maxHeaderBytes: 16_384,
  headersTimeoutMs: 5_000,
  requestTimeoutMs: 10_000,
  keepAliveTimeoutMs: 5_000,
  maxConnections: 10,
  closeIdleAfterMs: 0,
  closeTimeoutMs: 1_000,
}

let service: HttpService
let address: ServiceAddress
/** Those that nobody has ended. */
let owed: ServerResponse[]

beforeEach(async () => {
  owed = []
  service = new HttpService('the service', { host: '127.0.0.1', port: 0 }, limits, (req, res) => {
    if (req.url === '/begun') res.write('begun')
    if (req.url === '/done') res.end('done')
    else owed.push(res)
  })
  address = await service.listen()
})
afterEach(() => service.close())

const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`
const chunked = 'POST /a HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n'

async function send(first: string, expected: number, then: string): Promise<string[]> {
  const socket = connect(address.port, '127.0.0.1')
  socket.write(first)
  await until('the requests', () => owed.length === expected, 5_000)
  socket.write(then)
  const { text, closed } = await collect(socket)
  expect(closed).toBe(true)
  return [...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status ?? '')
}

test.each([
  ['is owed', get('/a'), 1, 'NO REQUEST\r\n\r\n', []],
  ['has begun', get('/begun'), 1, 'NO REQUEST\r\n\r\n', ['200']],
  ['is complete, behind one that is owed', get('/a') + get('/done'), 1, 'NO REQUEST\r\n\r\n', []],
  ['is owed, in the body of the next', get('/a') + chunked, 2, 'no size\r\n', []],
])(
  'tells nobody of what is no request while an answer %s',
  async (_name, first, expected, then, statuses) => {
    expect(await send(first, expected, then)).toEqual(statuses)
  },
)

test.each([
  ['comes first', '', 0, 'NO REQUEST\r\n\r\n', ['400']],
  ['comes behind an answer', get('/done'), 0, 'NO REQUEST\r\n\r\n', ['200', '400']],
  ['is in a body', chunked, 1, 'no size\r\n', ['400']],
])('answers what is no request where it %s', async (_name, first, expected, then, statuses) => {
  expect(await send(first, expected, then)).toEqual(statuses)
})
