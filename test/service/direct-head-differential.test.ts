import { createServer, type IncomingMessage } from 'node:http'
import { Duplex } from 'node:stream'
import { expect, it } from 'vitest'
import { DirectHead } from '../../src/service/direct-head.ts'
import { Random } from '../differential/random.ts'

interface Reading {
  readonly method: string
  readonly target: string
  readonly rawHeaders: readonly string[]
  readonly isKept: boolean
  readonly body: string
}

const server = createServer({ requireHostHeader: false })
// node:http keeps no more than so many without a word.
server.maxHeadersCount = 0

/** What node:http reads of these octets; null: anything but one whole request. */
function readByNode(bytes: Buffer): Reading | null {
  const requests: IncomingMessage[] = []
  const kept: boolean[] = []
  let isBroken = false
  const take = (req: IncomingMessage, res: { readonly shouldKeepAlive: boolean }): void => {
    requests.push(req)
    kept.push(res.shouldKeepAlive)
  }
  const fail = (): void => {
    isBroken = true
  }
  for (const event of ['request', 'checkContinue', 'checkExpectation']) server.on(event, take)
  for (const event of ['clientError', 'upgrade', 'connect']) server.on(event, fail)
  const stream = new Duplex({ read: () => {}, write: (_chunk, _encoding, done) => done() })
  server.emit('connection', stream)
  stream.emit('data', bytes)
  server.removeAllListeners('request')
  for (const event of ['checkContinue', 'checkExpectation', 'clientError', 'upgrade', 'connect']) {
    server.removeAllListeners(event)
  }
  stream.destroy()
  const [req] = requests
  if (isBroken || req === undefined || requests.length > 1 || !req.complete) return null
  const { method = '', url = '', rawHeaders } = req
  const body = (req.read() as Buffer | null)?.toString('latin1') ?? ''
  return { method, target: url, rawHeaders, isKept: kept[0] === true, body }
}

const random = new Random(20_261_130)
const pieces = [
  ...' \t\r\n:/,;=%#?*\0\v\f"\\<>{}()[]@~\x7f\x80\xff'.split(''),
  '\r\n',
  '\r\n\r\n',
  '\n\n',
  '\r\n ',
  ': ',
  ' HTTP/1.1',
  'HTTP/1.0',
  'Connection: close\r\n',
  'connection: keep-alive\r\n',
  'Connection: Upgrade\r\n',
  'Connection:close , keep-alive\r\n',
  'Proxy-Connection: close\r\n',
  'Content-Length: 3\r\n',
  'Content-Length: 1\r\n',
  'Content-Length: 03\r\n',
  'Content-Length: 3 \r\n',
  'Content-Length:\r\n',
  'Transfer-Encoding: chunked\r\n',
  'Transfer-Encoding : chunked\r\n',
  'Upgrade: h2c\r\n',
  'Expect: 100-continue\r\n',
  'TE: trailers\r\n',
  'Host: b\r\n',
  'X: \r\n',
  'GET / HTTP/1.1\r\n',
  'POST',
  'a',
]
const targets = ['/', '/a/b?c=d', '/%2e%2e/;x=1', '//a', '/?', "/!$&'()*+,;=:@"]
const blocks = [
  '\r\n',
  'Host: app.test\r\n\r\n',
  'Host: app.test\r\nAccept: */*\r\nAuthorization: Bearer a.b.c\r\n\r\n',
  'host:a\r\nConnection: keep-alive\r\nX-Empty:\r\n\r\n',
  'Host: a\r\nConnection: close\r\n\r\n',
  'Host: a\r\nContent-Length: 3\r\n\r\nabc',
  'content-length:0\r\nhost: b\r\n\r\n',
  'Host: c\r\nContent-Length: 18\r\n\r\nGET / HTTP/1.1\r\n\r\n',
  'Host: a\r\nCookie: a=b; c="d"\r\nUser-Agent: x/1 (y; z)\r\n\r\n',
]

function mutate(text: string): string {
  let mutated = text
  for (let count = random.below(4); count > 0; count -= 1) {
    const at = random.below(mutated.length + 1)
    const cut = random.below(3)
    mutated =
      mutated.slice(0, at) +
      (random.below(4) === 0 ? '' : random.pick(pieces)) +
      mutated.slice(at + cut)
  }
  return mutated
}

it('reads what it accepts as node:http does, the first time and among others of a connection', () => {
  let accepted = 0
  let head = new DirectHead()
  for (let count = 0; count < 40_000; count += 1) {
    // Connections of several requests, of which some are the same but for their targets.
    if (count % 8 === 0) head = new DirectHead()
    const method = random.pick(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'POST', 'PATCH'])
    const text = mutate(`${method} ${random.pick(targets)} HTTP/1.1\r\n${random.pick(blocks)}`)
    const bytes = Buffer.from(text, 'latin1')
    if (!head.read(bytes, bytes.length)) continue
    accepted += 1
    const { method: ours, target, rawHeaders, isKept } = head
    const body = bytes.toString('latin1', head.bodyStart)
    expect({ text, method: ours, target, rawHeaders, isKept, body }).toEqual({
      text,
      ...readByNode(bytes),
    })
  }
  expect(accepted).toBeGreaterThan(8_000)
})
