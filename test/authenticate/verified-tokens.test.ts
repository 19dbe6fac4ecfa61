import { Registry } from 'prom-client'
import { afterEach, expect, test } from 'vitest'
import { verificationLimits } from '../../src/authenticate/jwt-verifier.ts'
import { createAuthenticateMetrics } from '../../src/authenticate/metrics.ts'
import { maxRefusedTokens, refusedForMs } from '../../src/authenticate/refused-tokens.ts'
import { countOf, keySetPath } from '../issuers/issuer-server.ts'
import {
  bearer,
  credentialsOf,
  type DoorChanges,
  type GuardedDoor,
  isIdentity,
  openDoor,
} from './guarded-door.ts'
import { assemble, createSigningKey } from './signing-key.ts'

let door: GuardedDoor | null = null

async function open(changes: DoorChanges = {}) {
  const registry = new Registry()
  const opened = await openDoor({ ...changes, metrics: createAuthenticateMetrics(registry) })
  door = opened
  const forge = async (index: number): Promise<string> => {
    const [header, , signature] = (await opened.token()).split('.')
    const payload = assemble('', opened.claims({ sub: `forged-${index}` })).split('.')[1]
    return `${header}.${payload}.${signature}`
  }
  return { opened, registry, forge }
}

afterEach(async () => {
  await door?.close()
  door = null
})

/** Answered without a promise: nothing was verified for it. */
function atOnce(opened: GuardedDoor, token: string, ip?: string): unknown {
  const answer = opened.authenticator.authenticate(credentialsOf(`Bearer ${token}`, ip))
  return answer instanceof Promise ? 'a promise' : answer
}

test('verifies a forged token once, and remembers it for a while', async () => {
  const { opened, forge } = await open()
  const forged = await forge(1)
  expect(await opened.answer(forged)).toMatchObject({ code: 'token_signature_invalid' })
  opened.clock.advanceS(refusedForMs / 1_000 - 0.001)
  expect(atOnce(opened, forged)).toMatchObject({ code: 'token_signature_invalid' })
  opened.clock.advanceS(0.001)
  expect(atOnce(opened, forged)).toBe('a promise')
})

test('remembers no refusal that a new key, a date or an answer could change', async () => {
  const { opened } = await open({ fetch: { cooldownMs: 0 } })
  const next = await createSigningKey('one')
  const early = await opened.token({ nbf: opened.clock.nowS() + 32 })
  expect(await opened.answer(early)).toMatchObject({ code: 'token_not_yet_valid' })
  opened.clock.advanceS(3)
  expect(isIdentity(await opened.answer(early))).toBe(true)
  // The same key id with another key: what was no signature becomes one.
  const token = await next.sign({}, opened.claims())
  expect(await opened.answer(token)).toMatchObject({ code: 'token_signature_invalid' })
  opened.server.keys = [next.publicJwk]
  await opened.issuers.keysOf(opened.server.issuer)?.refresh()
  expect(isIdentity(await opened.answer(token))).toBe(true)
  const unknown = await createSigningKey('two')
  const later = await unknown.sign({}, opened.claims())
  expect(await opened.answer(later)).toMatchObject({ code: 'token_key_unknown' })
  opened.server.keys = [unknown.publicJwk]
  expect(isIdentity(await opened.answer(later))).toBe(true)
})

test('refuses tokens of an address unread once it has sent too many bad ones', async () => {
  const { opened, forge } = await open({
    options: { maxFailuresPerAddress: 2, maxFailures: 1_000 },
  })
  const good = await opened.token({ sub: 'good' })
  await opened.answer(good)
  for (let index = 0; index < 10; index += 1) {
    expect(await opened.answer(await forge(index))).toMatchObject({
      code: 'token_signature_invalid',
    })
  }
  expect(atOnce(opened, await forge(11))).toMatchObject({ code: 'attempts_exhausted' })
  expect(atOnce(opened, 'not a token')).toMatchObject({ code: 'attempts_exhausted' })
  // Known tokens of the same address, and new ones of another, go on.
  expect(atOnce(opened, good)).toMatchObject({ subject: { id: 'good' } })
  expect(atOnce(opened, await opened.token(), '192.0.2.9')).toBe('a promise')
})

test('verifies a token that was good again, whatever its address has sent meanwhile', async () => {
  const options = { maxFailuresPerAddress: 1, maxFailures: 1_000, tokenCacheMaxAgeS: 60 }
  const { opened, forge } = await open({ options })
  const good = await opened.token()
  await opened.answer(good)
  opened.clock.advanceS(60)
  for (let index = 0; index < 5; index += 1) await opened.answer(await forge(index))
  expect(atOnce(opened, await opened.token({ sub: 'new' }))).toMatchObject({
    code: 'attempts_exhausted',
  })
  expect(isIdentity(await opened.answer(good))).toBe(true)
})

test('counts a good token against nobody, however many come at once', async () => {
  const { opened } = await open({ options: { maxFailuresPerAddress: 1, maxFailures: 1 } })
  const tokens = await Promise.all(
    Array.from({ length: 300 }, (_, index) => opened.token({ sub: `user-${index}` })),
  )
  const answers = await Promise.all(tokens.map((token) => opened.answer(token)))
  expect(answers.every(isIdentity)).toBe(true)
})

test('verifies at one time for an address half of what it can verify, and for others the rest', async () => {
  const { opened, forge } = await open()
  const tokens = await Promise.all(
    Array.from({ length: verificationLimits.perClient + 1 }, (_, i) => forge(i)),
  )
  const last = tokens.pop() ?? ''
  const good = await opened.token()
  await opened.answer(good)
  opened.clock.advanceS(301)
  const answers = tokens.map((token) => opened.answer(token))
  expect(atOnce(opened, last)).toMatchObject({
    code: 'overloaded',
    detail: 'Too many tokens of one address are being verified',
  })
  const other = opened.authenticator.authenticate(credentialsOf(`Bearer ${last}`, '192.0.2.9'))
  // One that was good is no guess.
  expect(isIdentity(await opened.answer(good))).toBe(true)
  for (const answer of await Promise.all([...answers, other])) {
    expect(answer).toMatchObject({ code: 'token_signature_invalid' })
  }
  expect(await opened.answer(await forge(-1))).toMatchObject({ code: 'token_signature_invalid' })
})

test('counts nothing against an address while the issuer is away', async () => {
  const { opened } = await open({
    issuer: { jwksUrl: 'http://127.0.0.1:1/jwks' },
    options: { maxFailuresPerAddress: 1, maxFailures: 1 },
  })
  for (let index = 0; index < 50; index += 1) {
    const token = await opened.token({ sub: `user-${index}` })
    expect(await opened.answer(token)).toMatchObject({ code: 'issuer_unavailable' })
  }
  expect(countOf(opened.server, keySetPath)).toBe(0)
})

test('keeps no more refused tokens than it may, and says how many', async () => {
  const { opened, registry } = await open()
  for (let index = 0; index < maxRefusedTokens + 100; index += 1) atOnce(opened, `x.${index}`)
  expect(opened.authenticator.authenticate(bearer('x.0'))).toMatchObject({
    code: 'token_malformed',
  })
  const text = await registry.metrics()
  expect(text).toContain(`sallyport_authenticate_refused_tokens ${maxRefusedTokens}`)
  expect(text).toContain('sallyport_authenticate_failing_addresses 1')
})
