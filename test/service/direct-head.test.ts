import { describe, expect, it } from 'vitest'
import { DirectHead } from '../../src/service/direct-head.ts'

const fields = 'Host: app.test\r\nAuthorization: Bearer a.b.c\r\n\r\n'

function read(text: string, head = new DirectHead()): DirectHead | null {
  const bytes = Buffer.from(text, 'latin1')
  return head.read(bytes, bytes.length) ? head : null
}

describe('a header read directly', () => {
  it.each(['GET', 'HEAD', 'OPTIONS', 'DELETE', 'POST', 'PUT', 'PATCH'])(
    'has method, target and fields: %s',
    (method) => {
      expect(read(`${method} /a/b?c=%20d HTTP/1.1\r\n${fields}`)).toMatchObject({
        method,
        target: '/a/b?c=%20d',
        rawHeaders: ['Host', 'app.test', 'Authorization', 'Bearer a.b.c'],
        isKept: true,
        hasLength: false,
      })
    },
  )

  it('has values without the blanks around them, and may have empty ones', () => {
    const head = read('GET / HTTP/1.1\r\na: \t b c \t\r\nB:\r\nc:d\r\nHost:a\r\n\r\n')
    expect(head?.rawHeaders).toEqual(['a', 'b c', 'B', '', 'c', 'd', 'Host', 'a'])
  })

  it.each([
    ['', 0],
    ['abc', 3],
    ['\r\n\r\nGET / HTTP/1.1\r\n\r\n', 22],
  ])('may be followed by a body of the length it says: %j', (body, length) => {
    const text = `PUT /a HTTP/1.1\r\nHost: a\r\ncontent-length: ${length}\r\n\r\n`
    const head = read(text + body)
    expect(head).toMatchObject({ hasLength: true, bodyStart: text.length })
    expect(head?.rawHeaders).toEqual(['Host', 'a', 'content-length', String(length)])
  })

  it.each([
    ['keep-alive', true],
    ['Keep-Alive', true],
    ['close', false],
    ['CLOSE', false],
  ])('says whether its connection goes on: %s', (value, isKept) => {
    expect(read(`GET / HTTP/1.1\r\nHost: a\r\nConnection: ${value}\r\n\r\n`)?.isKept).toBe(isKept)
  })

  it.each([
    ['another method', 'TRACE / HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['the beginning of a method', 'G / HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['a longer method', 'GETX / HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['a method in lower case', 'get / HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['an empty line ahead', '\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['two spaces', 'GET  / HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['no target', 'GET  HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['a tab', 'GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['a space behind the target', 'GET /  HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['a space in the target', 'GET /a b HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['an absolute target', 'GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['an asterisk', 'OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['a fragment', 'GET /#a HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['a backslash', 'GET /\\a HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['octets beyond ASCII in the target', 'GET /\xe4 HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['a control in the target', 'GET /\x00 HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['HTTP/1.0', 'GET / HTTP/1.0\r\nHost: a\r\n\r\n'],
    ['no version', 'GET /\r\nHost: a\r\n\r\n'],
    ['a bare line feed behind the version', 'GET / HTTP/1.1\nHost: a\r\n\r\n'],
    ['a bare line feed behind a field', 'GET / HTTP/1.1\r\nHost: a\nB: c\r\n\r\n'],
    ['a bare carriage return', 'GET / HTTP/1.1\r\nHost: a\rB: c\r\n\r\n'],
    ['a folded line', 'GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n'],
    ['a space ahead of the first field', 'GET / HTTP/1.1\r\n Host: a\r\n\r\n'],
    ['a space ahead of a colon', 'GET / HTTP/1.1\r\nHost : a\r\n\r\n'],
    ['no name', 'GET / HTTP/1.1\r\n: a\r\n\r\n'],
    ['no colon', 'GET / HTTP/1.1\r\nHost\r\n\r\n'],
    ['a name that is none', 'GET / HTTP/1.1\r\nHo(st: a\r\n\r\n'],
    ['a control in a value', 'GET / HTTP/1.1\r\nHost: a\x00\r\n\r\n'],
    ['a deletion in a value', 'GET / HTTP/1.1\r\nHost: a\x7f\r\n\r\n'],
    ['octets beyond ASCII in a value', 'GET / HTTP/1.1\r\nHost: a\r\nB: \xe4\r\n\r\n'],
    ['a part of a body', 'PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nabc'],
    ['more than a body', 'PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nabc'],
    ['two lengths', 'PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na'],
    ['a list of lengths', 'PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 1\r\n\r\na'],
    ['a length with a sign', 'PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n\r\na'],
    ['a length with a zero ahead', 'PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 01\r\n\r\na'],
    ['a length in hexadecimal', 'PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x1\r\n\r\na'],
    ['an empty length', 'PUT / HTTP/1.1\r\nHost: a\r\nContent-Length:\r\n\r\n'],
    [
      'a length beyond all bounds',
      'PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 9999999999\r\n\r\na',
    ],
    ['a coding', 'GET / HTTP/1.1\r\nHost: a\r\nTRANSFER-ENCODING: chunked\r\n\r\n'],
    ['an expectation', 'GET / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\r\n'],
    ['another protocol', 'GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n\r\n'],
    [
      'options of the connection',
      'GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, te\r\n\r\n',
    ],
    [
      'two such fields',
      'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nConnection: close\r\n\r\n',
    ],
    ['the old one', 'GET / HTTP/1.1\r\nHost: a\r\nProxy-Connection: close\r\n\r\n'],
    ['no host', 'GET / HTTP/1.1\r\nA: b\r\n\r\n'],
    ['no fields at all', 'GET / HTTP/1.1\r\n\r\n'],
    ['two hosts', 'GET / HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n'],
    ['very many fields', `GET / HTTP/1.1\r\nHost: a\r\n${'a:b\r\n'.repeat(512)}\r\n`],
    ['a part of a header', 'GET / HTTP/1.1\r\nHost: a\r\n'],
    ['a part of its end', 'GET / HTTP/1.1\r\nHost: a\r\n\r'],
    ['a request line alone', 'GET / HTTP/1.1\r\n'],
    ['a part of a request line', 'GET / HT'],
    ['a method alone', 'GET'],
    ['an octet', 'G'],
    ['two requests', `GET /a HTTP/1.1\r\n${fields}GET /b HTTP/1.1\r\n${fields}`],
    ['an octet behind it', `GET /a HTTP/1.1\r\n${fields}G`],
    ['another empty line behind it', `GET /a HTTP/1.1\r\n${fields}\r\n`],
    ['a second end', 'GET / HTTP/1.1\r\nHost: a\r\n\r\n\r\n'],
  ])('is left to node:http with %s', (_name, text) => {
    expect(read(text)).toBeNull()
  })

  it('is not read beyond what came in', () => {
    const bytes = Buffer.from(`GET / HTTP/1.1\r\n${fields}`, 'latin1')
    const head = new DirectHead()
    for (let length = 0; length < bytes.length; length += 1) {
      expect(head.read(bytes, length), `${length} octets`).toBe(false)
    }
    expect(head.read(bytes, bytes.length)).toBe(true)
  })
})

describe('the next header of a connection', () => {
  it('has the fields of the last one where they are the same, octet for octet', () => {
    const head = new DirectHead()
    const { rawHeaders } = read(`GET /a HTTP/1.1\r\n${fields}`, head) ?? {}
    expect(read(`DELETE /b?c HTTP/1.1\r\n${fields}`, head)).toMatchObject({
      method: 'DELETE',
      target: '/b?c',
    })
    expect(head.rawHeaders).toBe(rawHeaders)
  })

  it.each([
    ['a value', fields.replace('a.b.c', 'a.b.d'), 'Bearer a.b.d'],
    ['the spelling of a name', fields.replace('Auth', 'auth'), 'Bearer a.b.c'],
    ['a field less', 'Host: app.test\r\n\r\n', null],
  ])('has its own where they differ: %s', (_name, others, authorization) => {
    const head = new DirectHead()
    read(`GET /a HTTP/1.1\r\n${fields}`, head)
    const { rawHeaders } = read(`GET /a HTTP/1.1\r\n${others}`, head) ?? {}
    expect(rawHeaders?.[3] ?? null).toBe(authorization)
  })

  it('has a body of its own, as long as the last one, where the fields are the same', () => {
    const head = new DirectHead()
    const text = 'PUT /a HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n'
    for (const body of ['abc', 'def', '\r\n\r']) {
      expect(read(text + body, head)).toMatchObject({ hasLength: true, bodyStart: text.length })
    }
    for (const body of ['', 'ab', 'abcd']) expect(read(text + body, head)).toBeNull()
    expect(read('GET /a HTTP/1.1\r\nHost: a\r\n\r\n', head)).toMatchObject({ hasLength: false })
  })

  it('is not taken for the last one where that is only its end', () => {
    const head = new DirectHead()
    read('GET /a HTTP/1.1\r\nHost: a\r\n\r\n', head)
    const longer = read(`GET /a HTTP/1.1\r\nX: y\r\nHost: a\r\n\r\n`, head)
    expect(longer?.rawHeaders).toEqual(['X', 'y', 'Host', 'a'])
    expect(read('GET /B: c\r\n\r\n', head)).toBeNull()
  })

  it('keeps what it has when the octets it was read from are overwritten', () => {
    const head = new DirectHead()
    const bytes = Buffer.from(`GET /a HTTP/1.1\r\n${fields}`, 'latin1')
    head.read(bytes, bytes.length)
    bytes.fill(0x20)
    expect(head).toMatchObject({ target: '/a' })
    expect(head.rawHeaders[1]).toBe('app.test')
    expect(read(`GET /a HTTP/1.1\r\n${fields}`, head)?.rawHeaders[1]).toBe('app.test')
  })
})
