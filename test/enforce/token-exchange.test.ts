import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { TokenExchangeOptions } from '../../src/upstream/options.ts'
import { UpstreamCredentials } from '../../src/enforce/upstream-credential.ts'
import { Fault } from '../../src/model/fault.ts'
import { anonymous, type Identity } from '../../src/model/identity.ts'
import { createManualClock } from '../authenticate/manual-clock.ts'
import { identityOf, readAll } from '../gateway/front-door.ts'
import { factsOf } from '../route/samples.ts'

const upstream = 'http://orders.internal'
const audience = 'https://orders.example.com'
const inbound = 'inbound.token.text'
const facts = factsOf({ authorization: `Bearer ${inbound}` })
const clock = createManualClock()

interface Asked {
  readonly authorization: string | undefined
  readonly form: Record<string, string>
}

let server: Server
let endpoint: string
let asked: Asked[]
let answer: (asked: Asked) => object | string | number | Promise<never>

beforeAll(async () => {
  server = createServer((req, res) => {
    void serve(req, res)
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`
})

beforeEach(() => {
  asked = []
  answer = () => issued(`token-${asked.length}`)
})

afterAll(() => {
  server.closeAllConnections()
  server.close()
})

async function serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const body = await readAll(req)
  const form = Object.fromEntries(new URLSearchParams(body.toString()))
  const one = { authorization: req.headers.authorization, form }
  asked.push(one)
  const said = await answer(one)
  if (typeof said === 'number') res.statusCode = said
  else if (typeof said === 'object' && 'error' in said) res.statusCode = 400
  res.end(typeof said === 'object' ? JSON.stringify(said) : String(said))
}

function issued(token: string, changes: object = {}): object {
  return {
    access_token: token,
    issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    token_type: 'Bearer',
    expires_in: 300,
    ...changes,
  }
}

function open(changes: Partial<TokenExchangeOptions> = {}) {
  const options = {
    upstream,
    tokenEndpoint: endpoint,
    clientId: 'gate way',
    clientSecret: 's:ecret%',
    audience: null,
    resource: null,
    scope: null,
    timeoutMs: 500,
    ...changes,
  }
  const credentials = new UpstreamCredentials([options], clock)
  const route = { upstream, audience }
  return {
    credentials,
    of: async (identity: Identity, from = facts, to: object = {}) =>
      credentials.of({ ...route, ...to }, from, identity),
  }
}

function ann(expiresInS = 3_600): Identity {
  return { ...identityOf('ann'), expiresAtS: clock.nowS() + expiresInS }
}

test('exchanges the token of the client for one of the upstream', async () => {
  const { of } = open({ scope: 'orders', resource: 'https://orders.example.com/api' })
  expect(await of(ann())).toBe('Bearer token-1')
  expect(asked).toEqual([
    {
      authorization: `Basic ${Buffer.from('gate+way:s%3Aecret%25').toString('base64')}`,
      form: {
        grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
        subject_token: inbound,
        subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
        requested_token_type: 'urn:ietf:params:oauth:token-type:access_token',
        audience,
        scope: 'orders',
        resource: 'https://orders.example.com/api',
      },
    },
  ])
})

test('asks once for an identity and an audience, however many wait for it', async () => {
  const { of, credentials } = open()
  const identity = ann()
  const answers = await Promise.all([of(identity), of(identity), of(identity)])
  expect(new Set(answers)).toEqual(new Set(['Bearer token-1']))
  expect(credentials.of({ upstream, audience }, facts, identity)).toBe('Bearer token-1')
  expect(asked).toHaveLength(1)
  expect(await of(identity, facts, { audience: 'https://other.example.com' })).toBe(
    'Bearer token-2',
  )
  expect(await of(ann())).toBe('Bearer token-3')
})

test('asks again shortly before the token ends, and when that of the client has ended', async () => {
  const { of } = open()
  const identity = ann()
  await of(identity)
  clock.advanceS(269)
  expect(await of(identity)).toBe('Bearer token-1')
  clock.advanceS(1)
  expect(await of(identity)).toBe('Bearer token-2')
  const brief = ann(100)
  expect(await of(brief)).toBe('Bearer token-3')
  clock.advanceS(99)
  expect(await of(brief)).toBe('Bearer token-3')
  clock.advanceS(1)
  expect(await of(brief)).toBe('Bearer token-4')
})

test('asks once for a client whose own token ends within the margin', async () => {
  const { of } = open()
  const identity = ann(20)
  expect(await of(identity)).toBe('Bearer token-1')
  expect(await of(identity)).toBe('Bearer token-1')
  expect(asked).toHaveLength(1)
})

test('asks again when the clock was set back', async () => {
  const { of } = open()
  const identity = ann()
  await of(identity)
  clock.advanceS(-10)
  expect(await of(identity)).toBe('Bearer token-2')
  clock.advanceS(10)
})

describe('what cannot be exchanged', () => {
  test.each<[string, () => object | string | number, string, string]>([
    ['is refused', () => ({ error: 'invalid_target' }), 'REFUSED', 'status 400 (invalid_target)'],
    ['is refused in strange words', () => ({ error: '<b>' }), 'REFUSED', 'status 400'],
    ['meets a server in trouble', () => 503, 'UNAVAILABLE', 'status 503'],
    ['comes too often', () => 429, 'UNAVAILABLE', 'status 429'],
    ['is sent elsewhere', () => 307, 'REFUSED', 'status 307'],
    ['gives garbage', () => 'garbage', 'REFUSED', 'the answer is not a JSON object'],
    ['gives no token', () => ({ token_type: 'Bearer' }), 'REFUSED', 'no token that can be sent'],
    ['gives a field', () => issued('a\r\nX: b'), 'REFUSED', 'no token that can be sent'],
    ['gives a long one', () => issued('a'.repeat(16_385)), 'REFUSED', 'no token that can be'],
    [
      'gives one of another scheme',
      () => issued('a', { token_type: 'DPoP' }),
      'REFUSED',
      'no bearer',
    ],
    [
      'gives another kind',
      () => issued('a', { issued_token_type: 'urn:ietf:params:oauth:token-type:refresh_token' }),
      'REFUSED',
      'no access token',
    ],
    ['ends before it begins', () => issued('a', { expires_in: 0 }), 'REFUSED', '"expires_in"'],
    ['is endless', () => 'x'.repeat(70_000), 'UNAVAILABLE', 'larger than 65536 bytes'],
  ])('%s', async (_, said, code, detail) => {
    answer = said
    const fault = await open().of(ann())
    expect(fault).toBeInstanceOf(Fault)
    expect((fault as Fault).code).toBe(`ERR_TOKEN_EXCHANGE_${code}`)
    expect((fault as Fault).message).toContain(detail)
    expect((fault as Fault).message).not.toMatch(/inbound|ecret/)
  })

  test('is given up in time, and not asked for again at once', async () => {
    answer = () => new Promise<never>(() => undefined)
    const { of } = open({ timeoutMs: 100 })
    const identity = ann()
    expect(await of(identity)).toMatchObject({
      code: 'ERR_TOKEN_EXCHANGE_UNAVAILABLE',
      message: `No token of ${endpoint}: no answer in time`,
    })
    answer = () => issued('late')
    expect(await of(identity)).toMatchObject({ code: 'ERR_TOKEN_EXCHANGE_UNAVAILABLE' })
    expect(asked).toHaveLength(1)
    clock.advanceS(1)
    expect(await of(identity)).toBe('Bearer late')
  })

  test('meets nobody', async () => {
    const { of } = open({ tokenEndpoint: 'http://127.0.0.1:9/token' })
    expect(await of(ann())).toMatchObject({ code: 'ERR_TOKEN_EXCHANGE_UNAVAILABLE' })
  })

  test('is an API key or a certificate', async () => {
    const { of } = open()
    const keyed = { ...ann(), credential: 'api_key' } as const
    expect(await of(keyed, factsOf({ authorization: null, apiKey: 'sp_key' }))).toMatchObject({
      code: 'ERR_TOKEN_EXCHANGE_REFUSED',
      message: 'The client came without a token that could be exchanged for one of the upstream',
    })
    expect(asked).toEqual([])
  })
})

test('passes nothing on but where the route says so, and then only a verified token', async () => {
  const { of } = open()
  const plain = { upstream: 'http://other.internal' }
  const passing = { ...plain, passToken: true }
  expect(await of(ann(), facts, plain)).toBeNull()
  expect(await of(ann(), facts, passing)).toBe(`Bearer ${inbound}`)
  expect(await of(anonymous, facts, passing)).toBeNull()
  const keyed = { ...ann(), credential: 'api_key' } as const
  expect(await of(keyed, factsOf({ authorization: 'ApiKey sp_key' }), passing)).toBeNull()
  expect(await of(anonymous)).toBeNull()
  expect(await of(ann(), facts, { passToken: true })).toBe(`Bearer ${inbound}`)
  expect(asked).toEqual([])
})
