import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type FrontDoor, openFrontDoor, readAll } from './front-door.ts'
import { collect, sendRaw } from './raw-client.ts'

/** Every request line and body the upstream sees, whoever wrote it. */
const seen: string[] = []
let door: FrontDoor

beforeAll(async () => {
  door = await openFrontDoor(
    async (req, res) => {
      const body = await readAll(req)
      seen.push(`${req.method} ${req.url} ${body.toString('latin1')}`)
      res.end('answer')
    },
    { listen: { maxHeaderBytes: 4_096, maxHeaderCount: 20 } },
  )
})
afterAll(() => door.close())
beforeEach(() => {
  seen.length = 0
  door.records.length = 0
})

const auth = 'Authorization: Bearer alice\r\n'
const host = 'Host: app.test\r\n'
const smuggled =
  'GET /files/smuggled HTTP/1.1\r\nHost: app.test\r\nAuthorization: Bearer eve\r\n\r\n'

function get(fields: string, target = '/files/a', version = '1.1'): string {
  return `GET ${target} HTTP/${version}\r\n${auth}${fields}\r\n`
}

function post(fields: string, body: string): string {
  return `POST /files/a HTTP/1.1\r\n${host}${auth}${fields}\r\n${body}`
}

describe('a message that can be read in two ways', () => {
  it.each<[string, string]>([
    ['HTTP/2.0 in a 1.x message', get(host, '/files/a', '2.0')],
    ['HTTP/0.9 with a header', get(host, '/files/a', '0.9')],
    ['a version that does not exist', get(host, '/files/a', '1.7')],
    ['no version at all', `GET /files/a\r\n${host}${auth}\r\n`],
    ['two Host fields', get(`${host}Host: other.test\r\n`)],
    ['the same Host twice', get(`${host}${host}`)],
    ['no Host', get('')],
    ['no Host in HTTP/1.0', get('', '/files/a', '1.0')],
    ['an empty Host', get('Host: \r\n')],
    ['a Host with user information', get('Host: a@app.test\r\n')],
    ['a Host with a path', get('Host: app.test/files\r\n')],
    ['a Host list', get('Host: app.test, other.test\r\n')],
    ['a target that names another host', get(host, 'http://other.test/files/a')],
    ['a target with user information', get(host, 'http://a:b@app.test/files/a')],
    ['a target of another scheme', get(host, 'ftp://app.test/files/a')],
    ['a star', get(host, '*')],
    ['a fragment', get(host, '/files/a#b')],
    ['a fragment in the query', get(host, '/files/a?x#b')],
    ['a folded field', get(`${host}X-A: b\r\n c\r\n`)],
    ['a folded first field', `GET /files/a HTTP/1.1\r\n X-A: b\r\n${host}${auth}\r\n`],
    ['a space before the colon', get(`${host}X-A : b\r\n`)],
    ['a field without name', get(`${host}: b\r\n`)],
    ['a field without colon', get(`${host}X-A\r\n`)],
    ['a name with an odd character', get(`${host}X!A: b\r\n`)],
    ['a name with a quote', get(`${host}X'A: b\r\n`)],
    ['Content_Length', post('Content_Length: 3\r\n', 'abc')],
    ['Transfer_Encoding', post('Transfer_Encoding: chunked\r\n', '0\r\n\r\n')],
    ['Transfer.Encoding', post('Transfer.Encoding: chunked\r\n', '0\r\n\r\n')],
    ['a method override', post('X-HTTP-Method-Override: DELETE\r\nContent-Length: 0\r\n', '')],
    ['a method override in disguise', post('X_HTTP_Method: DELETE\r\nContent-Length: 0\r\n', '')],
    ['NUL in a value', get(`${host}X-A: a\0b\r\n`)],
    ['a bare CR in a value', get(`${host}X-A: a\rb\r\n`)],
    ['bare line feeds', `GET /files/a HTTP/1.1\nHost: app.test\n${auth}\n`],
    ['a line feed within the header', `GET /files/a HTTP/1.1\r\n${host}X-A: b\n${auth}\r\n`],
    ['a control character in the target', get(host, '/files/\x01')],
    ['an octet beyond ASCII in the target', get(host, '/files/\xe9')],
    ['a space in the target', get(host, '/files/a b')],
    ['an encoded slash in the target', get(host, '/files/a%2fb')],
    ['dots in the target', get(host, '/files/../files/a')],
  ])('is refused: %s', async (_name, message) => {
    const answer = await sendRaw(door.port, message)
    expect(answer.status).toBe(400)
    expect(answer.responses).toBe(1)
    expect(seen).toEqual([])
    expect(door.records).toHaveLength(1)
  })

  it.each<[string, string]>([
    ['Transfer-Encoding: JUNK,chunked', post('Transfer-Encoding: JUNK,chunked\r\n', '0\r\n\r\n')],
    [
      'Transfer-Encoding: chunked,chunked',
      post('Transfer-Encoding: chunked,chunked\r\n', '0\r\n\r\n'),
    ],
    ['Transfer-Encoding: Chunked', post('Transfer-Encoding: Chunked\r\n', '0\r\n\r\n')],
    ['Transfer-Encoding: gzip', post('Transfer-Encoding: gzip\r\n', '0\r\n\r\n')],
    ['Transfer-Encoding: identity', post('Transfer-Encoding: identity\r\n', '')],
    ['Transfer-Encoding: x', post('Transfer-Encoding: "chunked"\r\n', '0\r\n\r\n')],
    [
      'two codings in two fields',
      post('Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\n'),
    ],
    ['CL.TE', post('Content-Length: 6\r\nTransfer-Encoding: chunked\r\n', `0\r\n\r\n${smuggled}`)],
    ['TE.CL', post('Transfer-Encoding: chunked\r\nContent-Length: 4\r\n', `0\r\n\r\n${smuggled}`)],
    [
      'chunked in HTTP/1.0',
      post('Transfer-Encoding: chunked\r\n', `0\r\n\r\n`).replace('1.1', '1.0'),
    ],
    ['Content-Length twice', post('Content-Length: 3\r\nContent-Length: 3\r\n', 'abc')],
    ['differing lengths', post('Content-Length: 3\r\nContent-Length: 0\r\n', `abc${smuggled}`)],
    ['a list of lengths', post('Content-Length: 3, 3\r\n', 'abc')],
    ['a signed length', post('Content-Length: +3\r\n', 'abc')],
    ['a negative length', post('Content-Length: -3\r\n', 'abc')],
    ['a hexadecimal length', post('Content-Length: 0x3\r\n', 'abc')],
    ['an empty length', post('Content-Length: \r\n', 'abc')],
    ['a length beyond all numbers', post('Content-Length: 99999999999999999999\r\n', 'abc')],
    ['a length of sixteen digits', post('Content-Length: 0000000000000003\r\n', 'abc')],
  ])('ends the connection, since where the body ends is not clear: %s', async (_name, message) => {
    const answer = await sendRaw(door.port, message + smuggled)
    expect(answer.status).toBe(400)
    expect(answer.text.toLowerCase()).toContain('connection: close')
    expect(answer.responses).toBe(1)
    expect(answer.closed).toBe(true)
    expect(seen).toEqual([])
  })

  it.each<[string, string]>([
    ['a chunk size with a prefix', '0x3\r\nabc\r\n0\r\n\r\n'],
    ['a chunk size with a sign', '+3\r\nabc\r\n0\r\n\r\n'],
    ['a chunk size followed by a space', '3 \r\nabc\r\n0\r\n\r\n'],
    ['chunks ended by bare line feeds', '3\nabc\n0\n\n'],
    ['a chunk longer than it says', '3\r\nabcdef\r\n0\r\n\r\n'],
    ['a chunk size beyond all numbers', 'fffffffffffffffff\r\nabc\r\n0\r\n\r\n'],
    ['an empty chunk extension', '3;\r\nabc\r\n0\r\n\r\n'],
    ['a chunk extension with a space', '3;a =b\r\nabc\r\n0\r\n\r\n'],
    ['a chunk extension with an odd name', '3;a@b\r\nabc\r\n0\r\n\r\n'],
    ['a chunk extension with a quote that is not closed', '3;a="b\r\nabc\r\n0\r\n\r\n'],
    ['a chunk extension with octets behind a quote', '3;a="b"c\r\nabc\r\n0\r\n\r\n'],
    ['a chunk extension without end', `3;a=${'b'.repeat(20_000)}\r\nabc\r\n0\r\n\r\n`],
  ])('never turns a broken chunk into a request: %s', async (_name, body) => {
    const answer = await sendRaw(door.port, post('Transfer-Encoding: chunked\r\n', body + smuggled))
    expect([answer.status, answer.responses]).toEqual([400, 1])
    expect(door.records.map(({ outcome }) => outcome)).toMatchObject([{ status: 400 }])
    expect(answer.closed).toBe(true)
    expect(seen).toEqual([])
  })
})

describe('limits', () => {
  it('refuses one field too many instead of dropping it', async () => {
    const fields = Array.from({ length: 19 }, (_, index) => `X-${index}: a\r\n`).join('')
    expect((await sendRaw(door.port, get(host + fields))).status).toBe(431)
    expect(door.records[0]?.outcome).toMatchObject({ code: 'too_many_headers' })
    expect((await sendRaw(door.port, get(host + fields.slice(8)))).status).toBe(200)
  })

  it('sees the Authorization field that stands last of very many', async () => {
    const fields = Array.from({ length: 200 }, (_, index) => `X-${index}: a\r\n`).join('')
    const message = `GET /files/a HTTP/1.1\r\n${host}${fields}${auth}\r\n`
    expect((await sendRaw(door.port, message)).status).toBe(431)
  })

  it('refuses a header that is too large', async () => {
    const answer = await sendRaw(door.port, get(`${host}X-Large: ${'a'.repeat(5_000)}\r\n`))
    expect(answer.status).toBe(431)
    expect(answer.closed).toBe(true)
    expect(door.records[0]?.outcome).toMatchObject({ code: 'headers_too_large' })
  })

  it('refuses a target that is too large', async () => {
    expect((await sendRaw(door.port, get(host, `/files/${'a'.repeat(5_000)}`))).status).toBe(431)
  })
})

describe('what is not ambiguous', () => {
  it('forwards what was sent, once', async () => {
    const answer = await sendRaw(door.port, post('Content-Length: 3\r\n', 'abc'))
    expect(answer.status).toBe(200)
    expect(seen).toEqual(['POST /files/a abc'])
  })

  it('forwards a chunked body without its framing', async () => {
    await sendRaw(
      door.port,
      post(
        'Transfer-Encoding: chunked\r\n',
        '3;ext=1\r\nabc\r\n2\r\nde\r\n0\r\nX-Trailer: y\r\n\r\n',
      ),
    )
    expect(seen).toEqual(['POST /files/a abcde'])
  })

  it('answers pipelined requests each and in order', async () => {
    const answer = await sendRaw(
      door.port,
      get(host, '/files/1') + get(host, '/files/vault') + get(host, '/files/3'),
    )
    expect(answer.responses).toBe(3)
    expect(answer.text.match(/HTTP\/1\.1 \d+/g)).toEqual([
      'HTTP/1.1 200',
      'HTTP/1.1 403',
      'HTTP/1.1 200',
    ])
    expect([...seen].sort()).toEqual(['GET /files/1 ', 'GET /files/3 '])
    expect(door.records).toHaveLength(3)
  })

  it('takes an absolute target that agrees with Host', async () => {
    expect((await sendRaw(door.port, get(host, 'http://APP.test/files/a?x=1'))).status).toBe(200)
    expect(seen).toEqual(['GET /files/a?x=1 '])
  })

  it('never takes the body of a refused request for a request', async () => {
    const answer = await sendRaw(
      door.port,
      `POST /files/vault HTTP/1.1\r\n${host}${auth}Content-Length: ${smuggled.length}\r\n\r\n` +
        smuggled +
        get(host, '/files/next'),
    )
    expect(answer.text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 403', 'HTTP/1.1 200'])
    expect(seen).toEqual(['GET /files/next '])
  })

  it('answers what came before something that is no request', async () => {
    const answer = await sendRaw(
      door.port,
      post('Content-Length: 3\r\n', 'abc') +
        get(host, '/files/vault') +
        'garbage\r\n\r\n' +
        smuggled,
    )
    expect(answer.text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 403'])
    expect(answer.closed).toBe(true)
    expect(seen).toEqual(['POST /files/a abc'])
    expect(door.records.map(({ outcome }) => outcome.kind).sort()).toEqual(['denied', 'forwarded'])
  })

  it('reads nothing behind a request for an upgrade that is not followed', async () => {
    const body = get(host, '/files/smuggled')
    const client = connect(door.port, '127.0.0.1')
    client.write(
      `${post('Connection: Upgrade\r\nUpgrade: h2c\r\nContent-Length: 3\r\n', 'abc')}POST /files/b HTTP/1.1\r\n${host}${auth}Content-Length: ${body.length}\r\n\r\n`,
    )
    setTimeout(() => client.write(body), 20)
    const answer = await collect(client)
    expect(answer.text).toMatch(/^Connection: close\r$/im)
    expect(answer.responses).toBe(1)
    expect(seen).toEqual(['POST /files/a abc'])
  })

  it('forwards nothing behind an expectation that was not met, whose answer ends the connection', async () => {
    const fields = 'Expect: 100-continue\r\n'
    for (const length of ['', 'Content-Length: 0\r\n']) {
      seen.length = 0
      const answer = await sendRaw(
        door.port,
        get(`${host}${fields}${length}`) + get(host, '/files/b'),
      )
      expect([answer.responses, answer.closed, seen]).toEqual([1, true, ['GET /files/a ']])
    }
  })

  it('does not wait for the rest of a broken body on a connection that is about to end', async () => {
    const fields = 'Upgrade: h2c\r\nTransfer-Encoding: chunked\r\n'
    const answer = await sendRaw(door.port, post(fields, '1\r\na\r\nnonsense\r\n'), 2_000)
    expect([answer.text, answer.closed]).toEqual(['', true])
    expect(seen).toEqual([])
  })

  it('ends the connection when a trailer asks for it', async () => {
    const chunks = '1\r\na\r\n0\r\nConnection: close\r\n\r\n'
    const answer = await sendRaw(
      door.port,
      post('Transfer-Encoding: chunked\r\n', chunks) + get(host, '/files/b'),
      2_000,
    )
    expect([answer.responses, answer.closed]).toEqual([1, true])
    expect(seen).toEqual(['POST /files/a a'])
  })

  it('gives no second answer when more comes after the last request', async () => {
    const answer = await sendRaw(
      door.port,
      get(`${host}Connection: close\r\n`, '/files/..') + get(host, '/files/b'),
    )
    expect([answer.status, answer.responses, seen]).toEqual([400, 1, []])
  })

  it('does not answer twice when the body of an answered request is broken', async () => {
    const answer = await sendRaw(
      door.port,
      `POST /files/vault HTTP/1.1\r\n${host}${auth}Transfer-Encoding: chunked\r\n\r\nnonsense\r\n`,
    )
    expect(answer.responses).toBe(1)
    expect(answer.status).toBe(403)
    expect(answer.closed).toBe(true)
    expect(door.records).toHaveLength(1)
  })

  it('reads a second body after a first that ended where it said', async () => {
    await sendRaw(
      door.port,
      post('Content-Length: 3\r\n', 'abc') +
        post('Transfer-Encoding: chunked\r\n', '1\r\nx\r\n0\r\n\r\n'),
    )
    expect([...seen].sort()).toEqual(['POST /files/a abc', 'POST /files/a x'])
  })

  it('ignores an upgrade to h2c and answers in HTTP/1.1', async () => {
    const answer = await sendRaw(
      door.port,
      get(`${host}Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMA\r\n`),
    )
    expect(answer.status).toBe(200)
    expect(door.records[0]?.outcome).toMatchObject({ kind: 'forwarded' })
  })

  it('refuses an upgrade to WebSocket where the route names none', async () => {
    const key = `Sec-WebSocket-Key: ${'A'.repeat(22)}==\r\n`
    const answer = await sendRaw(
      door.port,
      get(
        `${host}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n${key}`,
      ),
    )
    expect(answer.status).toBe(501)
    expect(answer.text).toContain('upgrade_not_supported')
  })

  it.each(['CONNECT app.test:443', 'TRACE /files/a'])('does not offer %s', async (line) => {
    const answer = await sendRaw(door.port, `${line} HTTP/1.1\r\n${host}${auth}\r\n`)
    expect(answer.status).toBe(501)
    expect(answer.text).toContain('method_not_supported')
    expect(answer.closed).toBe(true)
    expect(door.records).toHaveLength(1)
  })

  it('survives a client that resets the line of a refused tunnel', async () => {
    const client = connect(door.port, '127.0.0.1')
    client.on('error', () => {})
    client.write(`CONNECT app.test:443 HTTP/1.1\r\n${host}\r\n`)
    await once(client, 'data')
    client.resetAndDestroy()
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect((await sendRaw(door.port, get(host))).status).toBe(200)
  })

  it('meets 100-continue only once the request is permitted', async () => {
    const permitted = await sendRaw(
      door.port,
      post('Expect: 100-continue\r\nContent-Length: 3\r\n', 'abc'),
    )
    expect(permitted.text).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK\r\n/)
    const denied = await sendRaw(
      door.port,
      `POST /files/vault HTTP/1.1\r\n${host}${auth}Expect: 100-continue\r\nContent-Length: 3\r\n\r\n`,
    )
    expect(denied.text).toMatch(/^HTTP\/1\.1 403 Forbidden/)
    expect(denied.text).not.toContain('100 Continue')
  })

  it('refuses any other expectation', async () => {
    const answer = await sendRaw(door.port, get(`${host}Expect: the-best\r\n`))
    expect(answer.status).toBe(417)
    expect(seen).toEqual([])
  })
})
