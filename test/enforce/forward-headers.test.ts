import { array, assert as check, constantFrom, property, string, tuple } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { requestFields } from '../../src/enforce/forward-headers.ts'
import { type ForwardRequest, writeRequest } from '../../src/enforce/forward-request.ts'
import { encodeFieldValue } from '../../src/enforce/identity-fields.ts'
import { responseFields, passedHead } from '../../src/enforce/response-fields.ts'
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

const assertion = {
  identity: identityOf('alice'),
  roles: ['staff', 'steward'],
  token: 'minted',
  authorization: null,
  isPlain: true,
  apiKeyField: null,
}

function sent(raw: readonly string[], more: Partial<RequestFacts> = {}): Map<string, string[]> {
  return byName(requestFields(factsOf(raw, more), assertion))
}

function byName(fields: string): Map<string, string[]> {
  const byName = new Map<string, string[]>()
  for (const line of fields.split('\r\n').slice(0, -1)) {
    const name = line.slice(0, line.indexOf(': ')).toLowerCase()
    byName.set(name, [...(byName.get(name) ?? []), line.slice(name.length + 2)])
  }
  return byName
}

describe('requestFields', () => {
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

  it('passes on a field of API keys only where it is not a credential here', () => {
    const raw = [
      'X-API-Key',
      'one',
      'X_Api_Key',
      'two',
      'X-Service-Key',
      'three',
      'x_service_key',
      'four',
    ]
    const passedWith = (apiKeyField: string | null) =>
      requestFields(factsOf(raw), { ...assertion, apiKeyField }).match(/one|two|three|four/g)
    expect(passedWith(null)).toEqual(['one', 'two', 'three', 'four'])
    expect(passedWith('x-api-key')).toEqual(['three', 'four'])
    expect(passedWith('x-service-key')).toEqual(['one', 'two'])
  })

  it('sends a credential of the upstream in place of that of the client', () => {
    const raw = ['Authorization', 'Bearer of-the-client', 'DPoP', 'proof']
    const given = { ...assertion, authorization: 'Bearer its-own' }
    const fields = byName(requestFields(factsOf(raw), given))
    expect(fields.get('authorization')).toEqual(['Bearer its-own'])
    expect(fields.has('dpop')).toBe(false)
    // Of another request of the same client that has none.
    expect(sent(raw).has('authorization')).toBe(false)
  })

  it('leaves plain identity fields out where they are not wanted, and those of the client too', () => {
    const raw = ['Sallyport-Subject', 'spoofed', 'Sallyport-Roles', 'spoofed']
    for (const isPlain of [false, true, false]) {
      const fields = byName(requestFields(factsOf(raw), { ...assertion, isPlain }))
      expect(fields.has('sallyport-subject')).toBe(isPlain)
      expect(fields.has('sallyport-issuer')).toBe(isPlain)
      expect(fields.has('sallyport-roles')).toBe(isPlain)
      expect(fields.get('sallyport-identity')).toEqual(['minted'])
      expect([...fields.values()].flat()).not.toContain('spoofed')
    }
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
    expect(requestFields(factsOf(raw), assertion)).toContain(
      ':8080\r\nAccept: a\r\nX-Custom: 1\r\nx-custom: 2\r\nCookie: c=d\r\nRange: bytes=0-\r\nx-forwarded',
    )
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

  it('tells two clients, hosts and identities of one process apart', () => {
    const client = { ip: '192.0.2.1', peerIp: '192.0.2.1', viaTrustedProxy: false }
    const others = [{}, { authority: 'b.test' }, { scheme: 'https' as const }, { client }, {}]
    for (const more of others) {
      const { authority, scheme, client: caller } = factsOf([], more)
      const fields = sent([], more)
      expect(fields.get('x-forwarded-host')).toEqual([authority])
      expect(fields.get('x-forwarded-proto')).toEqual([scheme])
      expect(fields.get('x-forwarded-for')).toEqual([caller.ip])
    }
    const bob = { ...assertion, identity: identityOf('bob') }
    for (const one of [bob, assertion, { ...bob, roles: ['x'] }, { ...bob, token: 'new' }, bob]) {
      const fields = byName(requestFields(factsOf([]), one))
      expect(fields.get('sallyport-subject')).toEqual([
        one.identity === assertion.identity ? 'alice' : 'bob',
      ])
      expect(fields.get('sallyport-roles')).toEqual([one.roles.join(',')])
      expect(fields.get('sallyport-identity')).toEqual([one.token])
    }
  })

  it('sends a length only with a body of known length', () => {
    const raw = ['Content-Length', '3']
    expect(sent(raw, { hasBody: true, contentLength: 3 }).has('content-length')).toBe(false)
    expect(sent(raw).has('content-length')).toBe(false)
  })

  it('cannot be talked out of any of its own fields', () => {
    // Whatever node:http lets into a name or a value.
    const names = string({
      unit: constantFrom(...Array.from("!#$%&'*+-.^_`|~09AZaz")),
      maxLength: 20,
    })
    const values = string({ unit: 'grapheme-ascii', maxLength: 20 })
    check(
      property(array(tuple(names, values)), (pairs) => {
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

describe('responseFields', () => {
  it('removes what is of the hop, nominated, or ours to say', () => {
    const head = headOf(
      200,
      'Connection: close, X-Hop\r\nX-Hop: 1\r\nKeep-Alive: 1\r\nTransfer-Encoding: chunked\r\n' +
        'Sallyport-Decision: forged\r\nsallyport_subject: forged\r\n' +
        'Set-Cookie: a=1\r\nset-cookie: b=2\r\nServer: app\r\n',
    )
    const kept = 'Set-Cookie: a=1\r\nset-cookie: b=2\r\nServer: app\r\n'
    expect(responseFields(head)).toBe(kept)
    const passed = { statusLine: 'HTTP/1.1 200 OK\r\n', fields: kept, hasDate: false }
    expect(passedHead(head)).toEqual(passed)
    const repeated = { ...head, isRepeated: true }
    expect(passedHead(repeated)).toEqual(passed)
    expect(passedHead(repeated)).toBe(passedHead(repeated))
  })

  it.each([
    ['Fine', 'Fine'],
    ['', 'OK'],
    ['\xe9', 'OK'],
    ['a\tb', 'OK'],
  ])('keeps a plain reason phrase: %j', (phrase, said) => {
    expect(passedHead(headOf(200, '', phrase)).statusLine).toBe(`HTTP/1.1 200 ${said}\r\n`)
  })

  it.each(['Date', 'date', 'DATE'])('sees a date of the upstream: %s', (name) => {
    const date = `${name}: Sun, 06 Nov 1994 08:49:37 GMT\r\n`
    expect(passedHead(headOf(200, date))).toMatchObject({ hasDate: true, fields: date })
  })

  it('never lets an upstream name away the length of its answer', () => {
    const head = headOf(200, 'Connection: Content-Length\r\nContent-Length: 5\r\n')
    expect(responseFields(head)).toBe('Content-Length: 5\r\n')
  })

  it.each([100, 204])('gives a %i no length', (status) => {
    expect(responseFields(headOf(status, 'Content-Length: 0\r\n'))).toBe('')
  })
})

function headOf(status: number, fields: string, phrase = 'OK'): ResponseHead {
  const bytes = Buffer.from(`HTTP/1.1 ${status} ${phrase}\r\n${fields}\r\n`, 'latin1')
  const found = readHead(bytes, 0, bytes.length, false)
  if (found === null || typeof found === 'string') throw new Error(String(found))
  return found.head
}

describe('writeRequest', () => {
  const plain = {
    method: 'GET',
    target: '/a?b',
    fields: 'host: a\r\nX-B: c\r\n',
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
