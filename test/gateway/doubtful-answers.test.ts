import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  startTaggingUpstream,
  taggedAnswer,
  type TaggingUpstream,
  type UpstreamConnection,
} from '../smuggling/tagging-upstream.ts'
import { eventually, type FrontDoor, openFrontDoor } from './front-door.ts'
import { sendRaw } from './raw-client.ts'

/** What the upstream answers to `/files/odd…`, octet by octet. */
let odd: readonly string[] = []
let upstream: TaggingUpstream
let door: FrontDoor

beforeAll(async () => {
  upstream = await startTaggingUpstream((socket, request) => {
    if (!request.first[1].startsWith('/files/odd')) {
      socket.write(taggedAnswer(request), 'latin1')
      return
    }
    const [first = '', ...later] = odd
    socket.write(first, 'latin1')
    later.forEach((piece, at) => setTimeout(() => socket.write(piece, 'latin1'), 20 * (at + 1)))
  })
  door = await openFrontDoor(() => {}, { upstreamOrigin: `http://127.0.0.1:${upstream.port}` })
})
afterAll(async () => {
  await door.close()
  await upstream.close()
})
let count = 0
beforeEach(() => {
  count += 1
})

async function ask(name: string): Promise<string> {
  const { text } = await sendRaw(
    door.port,
    `GET /files/${name} HTTP/1.1\r\nHost: app.test\r\nAuthorization: Bearer alice\r\nConnection: close\r\n\r\n`,
  )
  return text
}

async function askOdd(): Promise<string> {
  return await ask(`odd-${count}`)
}

function connectionOf(target: string): UpstreamConnection | undefined {
  return upstream.connections.find(({ requests }) =>
    requests.some(({ first }) => first[1] === target),
  )
}

/** The next request is answered as if there had been none before, and not on the same connection. */
async function expectFreshConnection(): Promise<void> {
  expect(await ask(`next-${count}`)).toContain(`answer to GET /files/next-${count} with 0`)
  expect(connectionOf(`/files/odd-${count}`)?.requests.at(-1)?.first[1]).toBe(`/files/odd-${count}`)
}

const poison = 'HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison'

describe('an answer that can be read in more than one way', () => {
  it.each<[string, string]>([
    ['a coding before chunked', 'Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n'],
    ['a coding that is not chunked', 'Transfer-Encoding: x\r\n\r\nabc'],
    ['chunked twice', 'Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['length and coding', 'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['two lengths', 'Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc'],
    ['a length of too many digits', 'Content-Length: 0000000000000003\r\n\r\nabc'],
  ])('is not passed on: %s', async (_name, rest) => {
    odd = [`HTTP/1.1 200 OK\r\nX-Odd: y\r\n${rest}`]
    const text = await askOdd()
    expect(text).toMatch(/^HTTP\/1\.1 502 /)
    expect(text).toContain('"code":"ERR_UPSTREAM_PROTOCOL"')
    expect(text.toLowerCase()).not.toContain('x-odd')
    await expectFreshConnection()
  })

  it.each([
    'HTTP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n',
    'HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    'HTTP/1.1 600 OK\r\nContent-Length: 0\r\n\r\n',
    'HTTP/1.1 200 O\0K\r\nContent-Length: 0\r\n\r\n',
    'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n',
  ])('is not passed on for its first line: %j', async (text) => {
    odd = [text]
    expect(await askOdd()).toMatch(/^HTTP\/1\.1 502 /)
    await expectFreshConnection()
  })
})

describe('an answer that is not all that is said', () => {
  it.each<[string, readonly string[]]>([
    ['in one piece with it', [`HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc${poison}`]],
    ['a little later', ['HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc', poison]],
    ['after a status without body', [`HTTP/1.1 204 No Content\r\n\r\n${poison}`]],
  ])('is the only one that is read, and the last of its connection: %s', async (_name, pieces) => {
    odd = pieces
    const text = await askOdd()
    expect(text).toMatch(/^HTTP\/1\.1 20[04] /)
    expect(text).not.toContain('poison')
    const connection = connectionOf(`/files/odd-${count}`)
    await eventually(() => connection?.closed === true, 'the end of the connection')
    await expectFreshConnection()
  })

  it('is the last of its connection when a trailer says so', async () => {
    odd = [
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nConnection: close\r\n\r\n',
    ]
    expect(await askOdd()).toMatch(/^HTTP\/1\.1 200 /)
    await expectFreshConnection()
  })
})

it('keeps octets beyond ASCII in a header that goes out before its body', async () => {
  odd = ['HTTP/1.1 200 OK\r\nX-Name: caf\xe9\r\nContent-Length: 3\r\n\r\n', 'abc']
  expect(await askOdd()).toMatch(/^X-Name: caf\xe9\r$/m)
})
