import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createAuthenticator } from '../../src/authenticate/authenticate.ts'
import type { AskedAnswer, SharedAnswers } from '../../src/authenticate/introspection.ts'
import {
  defaultAuthenticateOptions,
  defaultIntrospectionOptions,
  defaultIssuerOptions,
  type IntrospectionOptions,
  type IssuerOptions,
} from '../../src/authenticate/options.ts'
import { createIssuers, type Issuers } from '../../src/issuers/issuers.ts'
import { answerJson } from '../issuers/issuer-server.ts'
import { createRecordingLog } from '../issuers/recording-log.ts'
import { credentialsOf, isIdentity } from './guarded-door.ts'
import { type IntrospectionServer, startIntrospectionServer } from './introspection-server.ts'
import { createManualClock } from './manual-clock.ts'
import { assemble, createSigningKey } from './signing-key.ts'

let server: IntrospectionServer
const opened: Issuers[] = []

beforeEach(async () => {
  server = await startIntrospectionServer()
})

afterEach(async () => {
  for (const issuers of opened.splice(0)) issuers.close()
  await server.close()
})

interface Changes {
  readonly introspection?: Partial<IntrospectionOptions>
  readonly issuer?: Partial<IssuerOptions>
  readonly shared?: SharedAnswers
}

const issuerName = 'https://issuer.test'

async function open({ introspection, issuer, shared }: Changes = {}) {
  const clock = createManualClock()
  const key = await createSigningKey('one')
  const issuerOptions: IssuerOptions = {
    ...defaultIssuerOptions,
    issuer: issuerName,
    audiences: ['api'],
    keySet: { keys: [key.publicJwk] },
    introspection: {
      ...defaultIntrospectionOptions,
      url: server.url,
      clientId: 'gateway',
      clientSecret: 'secret',
      ...introspection,
    },
    ...issuer,
  }
  const issuers = createIssuers([issuerOptions], { log: createRecordingLog(), clock })
  opened.push(issuers)
  await issuers.start()
  const authenticator = createAuthenticator(
    { ...defaultAuthenticateOptions, issuers: [issuerOptions] },
    issuers,
    clock,
    null,
    { introspection: issuers, sharedAnswers: shared ?? null },
  )
  const answer = async (token: string, ip?: string) =>
    authenticator.authenticate(credentialsOf(`Bearer ${token}`, ip))
  const claims = (changes: object = {}) => ({
    active: true,
    iss: issuerName,
    aud: 'api',
    sub: 'alice',
    token_type: 'Bearer',
    exp: clock.nowS() + 3_600,
    ...changes,
  })
  return { clock, key, answer, claims, authenticator }
}

test('knows who an opaque token is of, and asks once for many requests', async () => {
  const { answer, claims } = await open()
  server.active.set('opaque', claims({ groups: ['staff'] }))
  const answers = await Promise.all(Array.from({ length: 20 }, () => answer('opaque')))
  expect(new Set(answers).size).toBe(1)
  expect(answers[0]).toMatchObject({
    credential: 'bearer',
    issuer: issuerName,
    subject: { type: 'user', id: 'alice', properties: { groups: ['staff'] } },
  })
  expect(Object.keys(isIdentity(await answer('opaque')) ? {} : { x: 1 })).toEqual([])
  expect(server.asked).toHaveLength(1)
})

test('tells nothing of the answer that is about the token as though it were of its owner', async () => {
  const { answer, claims } = await open()
  server.active.set('opaque', claims({ groups: ['staff'] }))
  const identity = await answer('opaque')
  expect(isIdentity(identity) && Object.keys(identity.subject.properties)).toEqual(['groups'])
})

test('asks again when an answer has been kept for as long as it may', async () => {
  const { answer, claims, clock } = await open({ introspection: { maxAgeS: 60 } })
  server.active.set('opaque', claims())
  await answer('opaque')
  clock.advanceS(59.9)
  await answer('opaque')
  expect(server.asked).toHaveLength(1)
  clock.advanceS(0.1)
  server.active.delete('opaque')
  expect(await answer('opaque')).toMatchObject({
    code: 'token_inactive',
    detail: 'The issuer says that the token is not active',
  })
})

test('remembers briefly that a token is not active', async () => {
  const { answer, claims, clock } = await open()
  expect(await answer('opaque')).toMatchObject({ code: 'token_inactive' })
  server.active.set('opaque', claims())
  expect(await answer('opaque')).toMatchObject({ code: 'token_inactive' })
  expect(server.asked).toHaveLength(1)
  clock.advanceS(10)
  expect(isIdentity(await answer('opaque'))).toBe(true)
})

test('never lets an answer outlive the token', async () => {
  const { answer, claims, clock } = await open()
  server.active.set('opaque', claims({ exp: clock.nowS() + 5 }))
  expect(isIdentity(await answer('opaque'))).toBe(true)
  clock.advanceS(35)
  expect(await answer('opaque')).toMatchObject({ code: 'token_expired' })
})

test('lets a token without expiry hold for as long as an answer is kept', async () => {
  const { answer, claims, clock } = await open({ introspection: { maxAgeS: 60 } })
  server.active.set('opaque', claims({ exp: undefined }))
  expect(await answer('opaque')).toMatchObject({ expiresAtS: clock.nowS() + 60 })
})

describe('an answer is judged as strictly as a token:', () => {
  test.each([
    ['another audience', { aud: 'other' }, 'token_audience_refused'],
    ['no audience', { aud: undefined }, 'token_audience_refused'],
    ['another issuer', { iss: 'https://other.test' }, 'token_issuer_unknown'],
    ['an issuer that is no text', { iss: ['https://issuer.test'] }, 'token_issuer_unknown'],
    ['a refresh token', { token_type: 'refresh_token' }, 'token_type_refused'],
    ['a kind that is no text', { token_type: ['Bearer'] }, 'token_type_refused'],
    ['nobody', { sub: undefined }, 'token_claims_invalid'],
    ['an expiry in words', { exp: 'tomorrow' }, 'token_claims_invalid'],
    ['an expiry that is past', { exp: 1 }, 'token_expired'],
    ['a token of tomorrow', { nbf: 253_402_300_799 }, 'token_not_yet_valid'],
    ['a key it is bound to', { cnf: { jkt: 'A'.repeat(43) } }, 'proof_missing'],
    ['active as text', { active: 'true' }, 'issuer_unavailable'],
    ['active as a number', { active: 1 }, 'issuer_unavailable'],
    ['active missing', { active: undefined }, 'issuer_unavailable'],
  ])('%s', async (_, changes, code) => {
    const { answer, claims } = await open()
    server.active.set('opaque', claims(changes))
    expect(await answer('opaque')).toMatchObject({ kind: 'refusal', code })
  })

  test.each([
    ['active twice', '{"active":false,"active":true}', 'has a member twice'],
    ['a list', '[{"active":true}]', 'is not a JSON object'],
    ['garbage', 'active', 'is not JSON'],
    ['nothing', '', 'is not JSON'],
  ])('%s', async (_, body, detail) => {
    const { answer } = await open()
    server.misbehave = (response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(body)
    }
    expect(await answer('opaque')).toMatchObject({
      code: 'issuer_unavailable',
      detail: `The introspection answer ${detail}`,
    })
  })

  test('a scope that is required', async () => {
    const requiredClaims = [{ claim: 'scope', values: ['files:read'] }]
    const { answer, claims } = await open({ issuer: { requiredClaims } })
    server.active.set('a', claims({ scope: 'openid files:read' }))
    server.active.set('b', claims({ scope: 'files:readonly' }))
    expect(isIdentity(await answer('a'))).toBe(true)
    expect(await answer('b')).toMatchObject({
      code: 'token_claims_invalid',
      detail: '"scope" is not "files:read"',
    })
  })
})

test('says that the issuer is away when its endpoint is, and remembers nothing of it', async () => {
  const { answer, claims } = await open()
  server.misbehave = (response) => response.writeHead(500).end()
  expect(await answer('opaque')).toMatchObject({
    code: 'issuer_unavailable',
    detail: 'Cannot introspect: status 500',
  })
  server.misbehave = null
  server.active.set('opaque', claims())
  expect(isIdentity(await answer('opaque'))).toBe(true)
})

test('never asks about what looks like a signed token, unless that is configured', async () => {
  const { answer, claims, key } = await open()
  const good = await key.sign({}, { ...claims(), active: undefined })
  expect(isIdentity(await answer(good))).toBe(true)
  const forged = assemble({ alg: 'none' }, claims(), 'AAAA')
  expect(isIdentity(await answer(forged))).toBe(false)
  expect(server.asked).toHaveLength(0)
  const all = await open({ introspection: { tokens: 'all' } })
  expect(await all.answer(good)).toMatchObject({ code: 'token_inactive' })
  expect(server.asked).toHaveLength(1)
})

test('needs no keys of an issuer that is asked about every token', async () => {
  const unreachable = { keySet: null, jwksUrl: 'http://127.0.0.1:1/jwks' }
  const { answer, claims } = await open({ introspection: { tokens: 'all' }, issuer: unreachable })
  expect(opened[0]?.ready()).toEqual([])
  server.active.set('opaque', claims())
  expect(isIdentity(await answer('opaque'))).toBe(true)
})

test('asks about the whole token', async () => {
  const { answer, claims } = await open()
  server.active.set('opaque-1', claims())
  await answer('opaque-1')
  expect(await answer('opaque-2')).toMatchObject({ code: 'token_inactive' })
  expect(await answer('opaque-')).toMatchObject({ code: 'token_inactive' })
})

test('refuses more questions at one time than it can hold', async () => {
  const { answer } = await open({ introspection: { timeoutMs: 500 } })
  server.misbehave = () => undefined
  const answers = await Promise.all(
    Array.from({ length: 260 }, (_, index) => answer(`t${index}`, `192.0.2.${index % 5}`)),
  )
  const codes = answers.map((one) => (isIdentity(one) ? '' : one.code))
  expect(codes.filter((code) => code === 'overloaded')).toHaveLength(4)
  expect(codes.filter((code) => code === 'issuer_unavailable')).toHaveLength(256)
})

test('asks no more than a quarter of its questions for one address', async () => {
  const { answer, claims } = await open({ introspection: { timeoutMs: 2_000 } })
  server.misbehave = () => undefined
  const flood = Array.from({ length: 200 }, (_, index) => answer(`t${index}`))
  await expect.poll(() => server.asked.length).toBe(64)
  server.misbehave = null
  server.active.set('opaque', claims())
  // He has to wait for nobody who floods from elsewhere.
  expect(isIdentity(await answer('opaque', '198.51.100.1'))).toBe(true)
  const codes = (await Promise.all(flood)).map((one) => (isIdentity(one) ? '' : one.code))
  expect(codes.filter((code) => code === 'overloaded')).toHaveLength(200 - 64)
})

describe('answers shared with other processes', () => {
  function share() {
    const entries = new Map<string, AskedAnswer>()
    const shared: SharedAnswers = {
      get: async (parts, ask) => {
        const key = JSON.stringify(parts)
        const found = entries.get(key) ?? (await ask())
        if (found.keptUntilMs > 0) entries.set(key, found)
        return found
      },
    }
    return { entries, shared }
  }

  test('spare the endpoint, a no as well as a yes', async () => {
    const { shared } = share()
    const one = await open({ shared })
    server.active.set('opaque', one.claims())
    await one.answer('opaque')
    await one.answer('inactive')
    const other = await open({ shared })
    expect(isIdentity(await other.answer('opaque'))).toBe(true)
    expect(await other.answer('inactive')).toMatchObject({ code: 'token_inactive' })
    expect(server.asked).toHaveLength(2)
  })

  test('hold no longer than an answer of one’s own', async () => {
    const { shared } = share()
    const one = await open({ shared, introspection: { maxAgeS: 60 } })
    server.active.set('opaque', one.claims())
    await one.answer('opaque')
    const other = await open({ shared, introspection: { maxAgeS: 60 } })
    other.clock.advanceS(50)
    await other.answer('opaque')
    other.clock.advanceS(10)
    server.active.delete('opaque')
    expect(await other.answer('opaque')).toMatchObject({ code: 'token_inactive' })
  })

  test('are kept for as long as they hold, a no only briefly, and that nobody answered not at all', async () => {
    const { entries, shared } = share()
    const { answer, claims, clock } = await open({ shared, introspection: { maxAgeS: 60 } })
    server.active.set('opaque', claims())
    await answer('opaque')
    await answer('inactive')
    server.misbehave = (response) => response.writeHead(500).end()
    expect(await answer('third')).toMatchObject({ code: 'issuer_unavailable' })
    const kept = [...entries.values()].map(({ keptUntilMs }) => keptUntilMs - clock.nowMs())
    expect(kept).toEqual([60_000, 10_000])
  })

  test('are not those of another client or endpoint', async () => {
    const { shared } = share()
    const one = await open({ shared })
    server.active.set('opaque', one.claims())
    await one.answer('opaque')
    const other = await open({ shared, introspection: { clientId: 'other' } })
    server.active.delete('opaque')
    expect(await other.answer('opaque')).toMatchObject({ code: 'token_inactive' })
  })

  test.each([
    ['says so', 'token_inactive'],
    ['fails', 'issuer_unavailable'],
  ])(
    'are asked for once where the endpoint takes longer than they hold, and %s',
    async (what, code) => {
      const { shared } = share()
      const { answer, clock } = await open({ shared, introspection: { maxAgeS: 1 } })
      server.misbehave = (response) => {
        clock.advanceS(2)
        if (what === 'fails') response.writeHead(500).end()
        else answerJson(response, { active: false })
      }
      expect(await answer('opaque')).toMatchObject({ code })
      expect(server.asked).toHaveLength(1)
    },
  )

  test.each([0, Number.NaN, 1e99])('are asked for anew when they are of %s', async (askedAtMs) => {
    const { answer, claims } = await open({
      shared: {
        get: async () => ({
          introspected: { kind: 'answer', text: JSON.stringify(claims()) },
          askedAtMs,
          keptUntilMs: Infinity,
        }),
      },
    })
    expect(await answer('opaque')).toMatchObject({ code: 'token_inactive' })
    expect(server.asked).toHaveLength(1)
  })
})
