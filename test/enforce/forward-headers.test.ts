import { array, assert as check, property, string, tuple } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { requestHeaders } from '../../src/enforce/forward-headers.ts'
import { type ForwardRequest, writeRequest } from '../../src/enforce/forward-request.ts'
import { encodeFieldValue } from '../../src/enforce/identity-fields.ts'
import { responseHeaders } from '../../src/enforce/response-headers.ts'
import type { RequestFacts } from '../../src/model/request-facts.ts'
import { identityOf } from '../gateway/front-door.ts'
import { readHead, type ResponseHead } from '../../src/upstream/response-head.ts'

function factsOf(rawHeaders: readonly string[], more: Partial<RequestFacts> = {}): RequestFacts {
  return {
    id: 'the-id',
    requestId: 'the-request',
    receivedAtMs: 0,
    startedAtMs: 0,
    method: 'GET',
    scheme: 'http',
    host: 'app.test',
    authority: 'app.test:8080',
    path: '/',
    query: '',
    rawHeaders,
    authorization: null,
    authorizationCount: 0,
    dpop: null,
    dpopCount: 0,
    apiKey: null,
    apiKeyCount: 0,
    client: { ip: '2001:db8::1', peerIp: '2001:db8::1', viaTrustedProxy: false },
    hasBody: false,
    contentLength: null,
    ...more,
  }
}

const assertion = { identity: identityOf('alice'), roles: ['staff', 'steward'], token: 'minted' }

function sent(raw: readonly string[], more: Partial<RequestFacts> = {}): Map<string, string[]> {
  const headers = requestHeaders(factsOf(raw, more), assertion)
  const byName = new Map<string, string[]>()
  for (let index = 0; index < headers.length; index += 2) {
    const name = (headers[index] ?? '').toLowerCase()
    byName.set(name, [...(byName.get(name) ?? []), headers[index + 1] ?? ''])
  }
  return byName
}

describe('requestHeaders', () => {
  it('states origin and identity', () => {
    expect(Object.fromEntries(sent([]))).toEqual({
      host: ['app.test:8080'],
      'x-forwarded-for': ['2001:db8::1'],
      'x-forwarded-proto': ['http'],
      'x-forwarded-host': ['app.test:8080'],
      forwarded: ['for="[2001:db8::1]";host="app.test:8080";proto=http'],
      'x-request-id': ['the-request'],
      'sallyport-subject': ['alice'],
      'sallyport-issuer': ['https://idp.test'],
      'sallyport-roles': ['staff,steward'],
      'sallyport-decision': ['the-id'],
      'sallyport-identity': ['minted'],
    })
  })

  it.each([
    'Sallyport-Subject',
    'SALLYPORT_SUBJECT',
    'sallyport.subject',
    'Sallyport~Subject',
    'Sallyport-New',
    'Authorization',
    'Proxy-Authorization',
    'X-Forwarded-User',
    'X_Forwarded_User',
    'X-Forwarded_Groups',
    'X-Forwarded-Email',
    'X-Forwarded-Preferred-Username',
    'X-Auth-Request-User',
    'X-Auth_Request-Access-Token',
    'Remote-User',
    'Remote_User',
    'X-Remote-User',
    'X-Remote-Groups',
    'X-Authenticated-Userid',
    'X-User',
    'X-User-Id',
    'X-Username',
    'SSL-Client-Cert',
    'X-SSL-Client-S-DN',
    'X-Forwarded-Client-Cert',
    'Cf-Access-Jwt-Assertion',
    'X-Goog-Iap-Jwt-Assertion',
    'X-Amzn-Oidc-Identity',
    'X-Pomerium-Jwt-Assertion',
    'X-Original-URL',
    'X-Rewrite-URL',
    'X_Original_URL',
    'X-Real-IP',
    'True-Client-IP',
    'X_Forwarded_For',
    'X-Forwarded-Port',
    'X-Forwarded-Prefix',
    'Proxy',
    'Keep-Alive',
    'TE',
    'Trailer',
    'Transfer-Encoding',
    'Upgrade',
    'Expect',
    'HTTP2-Settings',
  ])('does not pass on %s', (name) => {
    const values = [...sent([name, 'spoofed']).values()].flat()
    expect(values).not.toContain('spoofed')
  })

  it('passes on everything else as it was sent, repeated fields included', () => {
    const raw = [
      'Accept',
      'a',
      'X-Custom',
      '1',
      'x-custom',
      '2',
      'Cookie',
      'c=d',
      'Range',
      'bytes=0-',
    ]
    expect(requestHeaders(factsOf(raw), assertion).slice(2, 12)).toEqual(raw)
  })

  it.each(['X_Real_IP', 'x-real_ip', 'X.Real.IP', 'True_Client_IP', 'X_Forwarded_Prefix'])(
    'does not pass on %s behind a trusted proxy, which sets another spelling',
    (name) => {
      const client = { ip: '203.0.113.9', peerIp: '10.0.0.1', viaTrustedProxy: true }
      const headers = sent(['X-Real-IP', '203.0.113.9', name, 'spoofed'], { client })
      expect([...headers.values()].flat()).not.toContain('spoofed')
      expect(headers.get('x-real-ip')).toEqual(['203.0.113.9'])
    },
  )

  it('keeps what a trusted proxy says about where a request came from', () => {
    const client = { ip: '203.0.113.9', peerIp: '10.0.0.1', viaTrustedProxy: true }
    const headers = sent(
      ['X-Real-IP', '203.0.113.9', 'X-Forwarded-Port', '443', 'Forwarded', 'for=203.0.113.9'],
      { client },
    )
    expect(headers.get('x-real-ip')).toEqual(['203.0.113.9'])
    expect(headers.get('x-forwarded-port')).toEqual(['443'])
    expect(headers.get('x-forwarded-for')).toEqual(['203.0.113.9, 10.0.0.1'])
    expect(headers.get('forwarded')).toEqual([
      'for=203.0.113.9, for=10.0.0.1;host="app.test:8080";proto=http',
    ])
  })

  it('sends a length only with a body of known length', () => {
    const raw = ['Content-Length', '3']
    expect(sent(raw, { hasBody: true, contentLength: 3 }).has('content-length')).toBe(false)
    expect(sent(raw).has('content-length')).toBe(false)
  })

  it('cannot be talked out of any of its own fields', () => {
    const names = string({ unit: 'binary-ascii', maxLength: 20 })
    check(
      property(array(tuple(names, names)), (pairs) => {
        const nominated = pairs.map(([name]) => name).join(',')
        const raw = ['Connection', `sallyport-identity, host, ${nominated}`, ...pairs.flat()]
        const headers = sent(raw)
        expect(headers.get('host')).toEqual(['app.test:8080'])
        expect(headers.get('sallyport-subject')).toEqual(['alice'])
        expect(headers.get('sallyport-identity')).toEqual(['minted'])
        expect(headers.get('x-forwarded-for')).toEqual(['2001:db8::1'])
      }),
    )
  })
})

describe('encodeFieldValue', () => {
  it.each([
    ['alice', 'alice'],
    ['auth0|a b', 'auth0|a b'],
    ['', ''],
    ['a%b', 'a%25b'],
    [' a ', '%20a%20'],
    ['a\r\nX: y', 'a%0D%0AX: y'],
    ['j\u00fcrgen', 'j%C3%BCrgen'],
    ['\ud800', '%EF%BF%BD'],
  ])('writes %j as %j', (text, value) => {
    expect(encodeFieldValue(text)).toBe(value)
  })

  it('gives every text its own visible form', () => {
    check(
      property(string({ unit: 'binary' }), (text) => {
        const value = encodeFieldValue(text)
        expect(value).toMatch(/^(?:[!-~](?:[ -~]*[!-~])?)?$/)
        expect(decodeURIComponent(value)).toBe(text)
      }),
    )
  })
})

describe('responseHeaders', () => {
  it('removes what is of the hop, nominated, or ours to say', () => {
    const head = headOf(200, [
      ...['Connection', 'close, X-Hop', 'X-Hop', '1', 'Keep-Alive', '1'],
      ...['Transfer-Encoding', 'chunked', 'Sallyport-Decision', 'forged'],
      ...['sallyport_subject', 'forged', 'Set-Cookie', 'a=1', 'set-cookie', 'b=2', 'Server', 'app'],
    ])
    expect(responseHeaders(head, 'the-id')).toEqual([
      'Sallyport-Decision',
      'the-id',
      'Set-Cookie',
      'a=1',
      'set-cookie',
      'b=2',
      'Server',
      'app',
    ])
  })

  it('never lets an upstream name away the length of its answer', () => {
    const head = headOf(200, ['Connection', 'Content-Length', 'Content-Length', '5'])
    expect(responseHeaders(head, 'x').slice(2)).toEqual(['Content-Length', '5'])
  })

  it.each([100, 204])('gives a %i no length', (status) => {
    expect(responseHeaders(headOf(status, ['Content-Length', '0']), null)).toEqual([])
  })
})

function headOf(status: number, fields: readonly string[]): ResponseHead {
  let text = `HTTP/1.1 ${status} \r\n`
  for (let index = 0; index < fields.length; index += 2) {
    text += `${fields[index] ?? ''}: ${fields[index + 1] ?? ''}\r\n`
  }
  const bytes = Buffer.from(`${text}\r\n`, 'latin1')
  const found = readHead(bytes, 0, bytes.length, false)
  if (found === null || typeof found === 'string') throw new Error(String(found))
  return found.head
}

describe('writeRequest', () => {
  const plain = {
    method: 'GET',
    target: '/a?b',
    headers: ['host', 'a', 'X-B', 'c'],
    hasBody: false,
    contentLength: null,
    continues: false,
    upgrade: null,
  }

  it.each<[string, Partial<ForwardRequest>, string, unknown]>([
    ['no body', {}, 'connection: keep-alive\r\n', 'none'],
    [
      'a body of known length',
      { hasBody: true, contentLength: 3 },
      'connection: keep-alive\r\ncontent-length: 3\r\n',
      3,
    ],
    [
      'a body in chunks',
      { hasBody: true },
      'connection: keep-alive\r\ntransfer-encoding: chunked\r\n',
      'chunked',
    ],
    ['a switch', { upgrade: 'websocket' }, 'connection: upgrade\r\nupgrade: websocket\r\n', 'none'],
  ])('frames %s', (_name, given, end, body) => {
    const written = writeRequest({ ...plain, ...given })
    expect(written.head).toBe(`GET /a?b HTTP/1.1\r\nhost: a\r\nX-B: c\r\n${end}\r\n`)
    expect(written.body).toBe(body)
  })

  it('says that there is no body where a method leads one to expect it', () => {
    expect(writeRequest({ ...plain, method: 'POST', contentLength: 0 }).head).toMatch(
      /\r\ncontent-length: 0\r\n\r\n$/,
    )
    expect(writeRequest({ ...plain, method: 'DELETE' }).head).not.toContain('length')
  })
})
