import { Registry } from 'prom-client'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createAuthenticator } from '../../src/authenticate/authenticate.ts'
import type { KeySource } from '../../src/authenticate/key-source.ts'
import { createAuthenticateMetrics } from '../../src/authenticate/metrics.ts'
import { defaultAuthenticateOptions, defaultIssuerOptions } from '../../src/authenticate/options.ts'
import { countOf, keySetPath, metadataPath } from '../issuers/issuer-server.ts'
import {
  bearer,
  credentialsOf,
  type DoorChanges,
  type GuardedDoor,
  isIdentity,
  openDoor,
} from './guarded-door.ts'
import { assemble, createSigningKey } from './signing-key.ts'

let door: GuardedDoor

async function reopen(changes: DoorChanges): Promise<void> {
  await door.close()
  door = await openDoor(changes)
}

async function identityOf(token: string) {
  const answer = await door.answer(token)
  if (!isIdentity(answer)) throw new Error(`${answer.code}: ${answer.detail}`)
  return answer
}

/** Answered without a promise, as a cached token is. */
function atOnce(token: string) {
  const answer = door.authenticator.authenticate(bearer(token))
  return answer instanceof Promise ? 'a promise' : answer
}

beforeEach(async () => {
  door = await openDoor()
})

afterEach(async () => {
  await door.close()
})

test('makes an identity of a good token', async () => {
  const token = await door.token({
    jti: 'token-1',
    sid: 'session-1',
    acr: 'mfa',
    department: 'finance',
    groups: ['staff', 'managers'],
    scope: 'openid',
  })
  const identity = await identityOf(token)
  expect(identity).toMatchObject({
    subject: { type: 'user', id: 'alice' },
    issuer: door.server.issuer,
    tokenId: 'token-1',
    sessionId: 'session-1',
    issuedAtS: door.clock.nowS(),
    expiresAtS: door.clock.nowS() + 3_600,
    acr: 'mfa',
  })
  expect({ ...identity.subject.properties }).toEqual({
    acr: 'mfa',
    department: 'finance',
    groups: ['staff', 'managers'],
    scope: 'openid',
  })
  expect(identity.claims['jti']).toBe('token-1')
})

test('gives nothing of an identity away to be changed', async () => {
  const identity = await identityOf(await door.token({ groups: ['staff', { nested: [1] }] }))
  const seen: object[] = []
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    seen.push(value)
    for (const member of Object.values(value)) visit(member)
  }
  visit(identity)
  expect(seen.length).toBeGreaterThan(5)
  expect(seen.every((value) => Object.isFrozen(value))).toBe(true)
})

test('keeps claims off the prototype', async () => {
  const text = JSON.stringify(door.claims({ x: 1 })).replace('"x":1', '"__proto__":{"admin":true}')
  const identity = await identityOf(await door.key.sign({}, text))
  expect(Object.getPrototypeOf(identity.subject.properties)).toBeNull()
  expect(Object.getPrototypeOf(identity.claims)).toBeNull()
  expect('admin' in identity.subject.properties).toBe(false)
})

test('puts the prefix of the issuer before the subject, from the configured claim', async () => {
  await reopen({ issuer: { subjectPrefix: 'corp:', subjectClaim: 'email', subjectType: 'person' } })
  const identity = await identityOf(await door.token({ email: 'alice@example.com' }))
  expect(identity.subject).toMatchObject({ type: 'person', id: 'corp:alice@example.com' })
  expect({ ...identity.subject.properties }).toEqual({ sub: 'alice' })
})

test('lets no issuer name a subject of another one by his prefix', async () => {
  const own = { ...defaultIssuerOptions, issuer: door.server.issuer, audiences: ['api'] }
  const other = { ...own, issuer: 'https://login.corp.test', subjectPrefix: 'corp:' }
  const options = { ...defaultAuthenticateOptions, issuers: [own, other] }
  const authenticator = createAuthenticator(options, door.issuers, door.clock)
  const refused = await authenticator.authenticate(bearer(await door.token({ sub: 'corp:alice' })))
  expect(refused).toMatchObject({ code: 'token_claims_invalid' })
  const served = await authenticator.authenticate(bearer(await door.token({ sub: 'corporal' })))
  expect(served).toMatchObject({ subject: { id: 'corporal' } })
})

test('answers a known token at once and with the same object', async () => {
  const token = await door.token()
  const identity = await identityOf(token)
  expect(atOnce(token)).toBe(identity)
  expect(door.authenticator.authenticate(credentialsOf(`bearer  ${token}`))).toBe(identity)
})

test('verifies one token once when it comes many times at one moment', async () => {
  const token = await door.token()
  const answers = Array.from({ length: 50 }, () => door.authenticator.authenticate(bearer(token)))
  expect(answers.every((answer) => answer instanceof Promise)).toBe(true)
  expect(new Set(await Promise.all(answers.map((answer) => Promise.resolve(answer)))).size).toBe(1)
})

test('refuses a cached token as soon as it expires, skew included', async () => {
  const token = await door.token({ exp: door.clock.nowS() + 100 })
  await identityOf(token)
  door.clock.advanceS(129.999)
  expect(isIdentity(await door.answer(token))).toBe(true)
  door.clock.advanceS(0.001)
  expect(await door.answer(token)).toMatchObject({
    code: 'token_expired',
    detail: 'Expired 30 s ago',
  })
})

test('refuses a cached token that is not valid yet after the clock was set back', async () => {
  const token = await door.token({ nbf: door.clock.nowS() })
  await identityOf(token)
  door.clock.advanceS(-31)
  expect(await door.answer(token)).toMatchObject({ code: 'token_not_yet_valid' })
})

test('verifies a cached token again after its greatest age', async () => {
  await reopen({ options: { tokenCacheMaxAgeS: 60 } })
  const token = await door.token()
  const identity = await identityOf(token)
  door.clock.advanceS(59.999)
  expect(atOnce(token)).toBe(identity)
  door.clock.advanceS(0.001)
  expect(atOnce(token)).toBe('a promise')
})

test('does not stretch the greatest age when the clock is set back', async () => {
  const token = await door.token({ iat: 0 })
  await identityOf(token)
  door.clock.advanceS(-86_400)
  expect(atOnce(token)).toBe('a promise')
})

test('forgets tokens when the keys of their issuer change, and only then', async () => {
  await reopen({ fetch: { cooldownMs: 0 } })
  const next = await createSigningKey('two')
  const token = await door.token()
  const identity = await identityOf(token)
  const refresh = () => door.issuers.keysOf(door.server.issuer)?.refresh()
  await refresh()
  expect(atOnce(token)).toBe(identity)
  door.server.keys = [door.key.publicJwk, next.publicJwk]
  await refresh()
  expect(atOnce(token)).toBe('a promise')
  await identityOf(token)
  door.server.keys = [next.publicJwk]
  await refresh()
  expect(await door.answer(token)).toMatchObject({ code: 'token_key_unknown' })
})

test('finds the key of a rotated issuer with one read, and refuses neither old nor new tokens', async () => {
  const next = await createSigningKey('two')
  const old = await door.token()
  door.server.keys = [next.publicJwk, door.key.publicJwk]
  const fresh = await Promise.all(
    Array.from({ length: 100 }, (_, index) => next.sign({}, door.claims({ sub: `user-${index}` }))),
  )
  const answers = await Promise.all([old, ...fresh].map((token) => door.answer(token)))
  expect(answers.every(isIdentity)).toBe(true)
  expect(countOf(door.server, keySetPath)).toBe(2)
})

test('makes one read of a flood of tokens with made-up key ids', async () => {
  const good = await door.token()
  const forged = Array.from({ length: 2_000 }, (_, index) =>
    assemble({ alg: 'ES256', typ: 'at+jwt', kid: `made-up-${index}` }, door.claims(), 'AAAA'),
  )
  const answers = await Promise.all(
    forged.map((token, index) => door.answer(token, `192.0.2.${index % 4}`)),
  )
  const codes = answers.map((answer) => !isIdentity(answer) && answer.code)
  expect(codes.filter((code) => code === 'token_key_unknown')).toHaveLength(1_024)
  expect(codes.filter((code) => code === 'overloaded')).toHaveLength(2_000 - 1_024)
  expect(countOf(door.server, keySetPath)).toBe(2)
  expect(isIdentity(await door.answer(good))).toBe(true)
  for (const token of forged) expect(atOnce(token)).toMatchObject({ code: 'token_key_unknown' })
  expect(countOf(door.server, keySetPath)).toBe(2)
})

test('goes on with verified and new tokens while made-up key ids wait for a slow issuer', async () => {
  await reopen({ fetch: { timeoutMs: 1_500 } })
  door.server.misbehaviour.set(metadataPath, () => undefined)
  const forged = Array.from({ length: 3_000 }, (_, index) =>
    door.answer(assemble({ alg: 'ES256', typ: 'at+jwt', kid: `${index}` }, door.claims(), 'AAAA')),
  )
  expect(isIdentity(await door.answer(await door.token()))).toBe(true)
  const answers = await Promise.all(forged)
  expect(answers.every((answer) => !isIdentity(answer))).toBe(true)
})

test('refuses more verifications at one time than it can hold', async () => {
  const tokens = await Promise.all(
    Array.from({ length: 1_030 }, (_, index) => door.token({ sub: `user-${index}` })),
  )
  const answers = await Promise.all(
    tokens.map((token, index) => door.answer(token, `192.0.2.${index % 4}`)),
  )
  const refused = answers.filter((answer) => !isIdentity(answer))
  expect(refused).toHaveLength(6)
  expect(refused[0]).toMatchObject({
    code: 'overloaded',
    detail: 'Too many tokens are being verified',
  })
  expect(isIdentity(await door.answer(tokens.at(-1) ?? ''))).toBe(true)
})

test('holds no place for a token whose keys could not even be asked for', async () => {
  const broken: KeySource = {
    keysOf: (issuer) => ({
      issuer,
      generation: 0,
      findKey: () => ({ kind: 'unknown', detail: '' }),
      refresh: () => Promise.reject(new Error('a defect')),
    }),
  }
  const options = {
    ...defaultAuthenticateOptions,
    issuers: [{ ...defaultIssuerOptions, issuer: door.server.issuer, audiences: ['api'] }],
  }
  const authenticator = createAuthenticator(options, broken, door.clock)
  for (let index = 0; index < 1_030; index += 1) {
    const token = assemble(
      { alg: 'ES256', typ: 'at+jwt', kid: `made-up-${index}` },
      door.claims(),
      'AAAA',
    )
    await expect(authenticator.authenticate(bearer(token))).rejects.toThrow('a defect')
  }
})

test('keeps good tokens through a flood of forged ones', async () => {
  await reopen({ options: { tokenCacheEntries: 2 } })
  const token = await door.token()
  const identity = await identityOf(token)
  const [header, , signature] = token.split('.')
  for (let index = 0; index < 100; index += 1) {
    const payload = assemble('', door.claims({ sub: `forged-${index}` })).split('.')[1]
    const answer = await door.answer(`${header}.${payload}.${signature}`)
    expect(answer).toMatchObject({ code: 'token_signature_invalid' })
  }
  expect(atOnce(token)).toBe(identity)
})

test('keeps no more tokens than it may', async () => {
  const registry = new Registry()
  await reopen({
    options: { tokenCacheEntries: 3 },
    metrics: createAuthenticateMetrics(registry),
  })
  const tokens = await Promise.all([1, 2, 3, 4].map((n) => door.token({ sub: `user-${n}` })))
  for (const token of tokens) await identityOf(token)
  expect(atOnce(tokens[0] ?? '')).toBe('a promise')
  expect(atOnce(tokens[3] ?? '')).not.toBe('a promise')
  await door.answer('x')
  const text = await registry.metrics()
  expect(text).toContain('sallyport_authenticate_cached_tokens 3')
  expect(text).toContain('sallyport_authenticate_cache_hits_total 1')
  expect(text).toContain('sallyport_authenticate_reads_total{result="verified"}')
  expect(text).toContain('sallyport_authenticate_reads_total{result="token_malformed"} 1')
})

test('keeps fewer tokens when they are long', async () => {
  const registry = new Registry()
  await reopen({
    options: { tokenCacheEntries: 20 },
    metrics: createAuthenticateMetrics(registry),
  })
  for (let index = 0; index < 20; index += 1) {
    await identityOf(await door.token({ sub: `user-${index}`, padding: 'x'.repeat(8_000) }))
  }
  const kept = Number(/cached_tokens (\d+)/.exec(await registry.metrics())?.[1])
  expect(kept).toBeGreaterThan(0)
  expect(kept).toBeLessThan(10)
})

test('says that the issuer is unavailable when its keys were never read', async () => {
  await reopen({ issuer: { jwksUrl: 'http://127.0.0.1:1/jwks' } })
  const answer = await door.answer(await door.token())
  expect(answer).toMatchObject({ code: 'issuer_unavailable' })
  expect(JSON.stringify(answer)).toContain('ECONNREFUSED')
})

test('accepts a token as soon as the issuer comes up, without waiting for the next attempt', async () => {
  await reopen({
    fetch: { cooldownMs: 1_000 },
    prepare: (server) => {
      server.misbehaviour.set(keySetPath, (response) => response.writeHead(503).end())
    },
  })
  const token = await door.token()
  expect(await door.answer(token)).toMatchObject({ code: 'issuer_unavailable' })
  door.server.misbehaviour.clear()
  expect(atOnce(token)).toMatchObject({ code: 'issuer_unavailable' })
  door.clock.advanceS(1)
  expect(isIdentity(await door.answer(token))).toBe(true)
})

test('refuses a token that expires while its key is being fetched', async () => {
  const next = await createSigningKey('two')
  door.server.keys = [next.publicJwk]
  const token = await next.sign({}, door.claims({ exp: door.clock.nowS() + 1 }))
  const answer = door.answer(token)
  door.clock.advanceS(60)
  expect(await answer).toMatchObject({ code: 'token_expired' })
})

test('answers in time when the issuer hangs', async () => {
  await reopen({ fetch: { timeoutMs: 1_000 } })
  door.server.misbehaviour.set(metadataPath, () => undefined)
  const stranger = await createSigningKey('two')
  expect(await door.answer(await stranger.sign({}, door.claims()))).toMatchObject({
    code: 'token_key_unknown',
  })
})

test('refuses to be built with a skew that makes expiry meaningless', async () => {
  await expect(openDoor({ options: { clockSkewS: 301 } })).rejects.toThrow('clockSkewS beyond 300')
})
