import { hash } from 'node:crypto'
import { expect, test } from 'vitest'
import { createApiKey, readApiKeyId } from '../../src/authenticate/api-key.ts'
import { createApiKeyMethod } from '../../src/authenticate/api-key-method.ts'
import { ApiKeys, type ApiKeySpec } from '../../src/authenticate/api-keys.ts'
import { AttemptBudget, burstS } from '../../src/authenticate/attempt-budget.ts'
import { fieldAlone } from '../../src/authenticate/credentials.ts'
import { createManualClock } from './manual-clock.ts'

const clock = createManualClock()
const client = { ip: '192.0.2.1', peerIp: '192.0.2.1', viaTrustedProxy: false }

function specOf(key: string, changes: Partial<ApiKeySpec> = {}): ApiKeySpec {
  return {
    id: key.slice(3, 13),
    sha256: hash('sha256', key),
    subjectType: 'service',
    subjectId: 'billing',
    properties: { scope: 'read', groups: ['batch'] },
    notBeforeMs: null,
    expiresAtMs: null,
    ...changes,
  }
}

function methodFor(...specs: readonly ApiKeySpec[]) {
  const budget = new AttemptBudget({ maxFailuresPerAddress: 2, maxFailures: 1_000 }, clock)
  const method = createApiKeyMethod({ current: new ApiKeys(specs) }, budget, clock)
  return {
    method,
    ask: (authorization: string | null, apiKey: string | null = null, apiKeyCount?: number) => {
      const count = apiKeyCount ?? (apiKey === null ? 0 : 1)
      const credentials = { ...fieldAlone(authorization, 1, client), apiKey, apiKeyCount: count }
      return method.finds(credentials) ? method.authenticate(credentials) : null
    },
  }
}

test('makes keys of one form, each with a checksum of its own', () => {
  const keys = new Set<string>()
  for (let count = 0; count < 50; count += 1) {
    const { id, key } = createApiKey()
    expect(key).toMatch(/^sp_[a-z0-9]{10}_[A-Za-z0-9]{49}$/)
    expect(readApiKeyId(key)).toBe(id)
    keys.add(key)
  }
  expect(keys.size).toBe(50)
})

test('takes no text with a changed character for a key', () => {
  const { key } = createApiKey()
  for (let at = 0; at < key.length; at += 1) {
    const other = key[at] === 'a' ? 'b' : 'a'
    expect(readApiKeyId(key.slice(0, at) + other + key.slice(at + 1))).toBeNull()
  }
  for (const text of [
    '',
    'sp_',
    `${key} `,
    ` ${key}`,
    key.slice(1),
    key + key,
    key.toUpperCase(),
  ]) {
    expect(readApiKeyId(text)).toBeNull()
  }
})

test('knows a service by its key, however it is sent', () => {
  const { key } = createApiKey()
  const { ask } = methodFor(specOf(key))
  const identity = ask(null, key)
  expect(identity).toMatchObject({
    subject: { type: 'service', id: 'billing', properties: { scope: 'read', groups: ['batch'] } },
    credential: 'api_key',
    issuer: 'urn:sallyport:api-keys',
    tokenId: key.slice(3, 13),
    expiresAtS: Infinity,
  })
  for (const field of [`ApiKey ${key}`, `apikey  ${key}`, `Bearer ${key}`, `bearer ${key}`]) {
    expect(ask(field)).toBe(identity)
  }
  expect(
    Object.isFrozen((identity as { subject: { properties: object } }).subject.properties),
  ).toBe(true)
})

test('leaves tokens and other schemes to other methods', () => {
  const { ask } = methodFor()
  for (const field of ['Bearer a.b.c', 'Basic c3BfOg==', 'DPoP sp_x', 'ApiKeys x', 'ApiKeyx']) {
    expect(ask(field)).toBeNull()
  }
})

test('refuses a key that is not listed, and one whose secret is another', () => {
  const { key, id } = createApiKey()
  const stranger = createApiKey().key
  const { ask } = methodFor(specOf(key), specOf(stranger, { id: 'aaaaaaaaaa' }))
  expect(ask(null, stranger)).toMatchObject({ code: 'api_key_invalid' })
  expect(methodFor(specOf(stranger, { id })).ask(null, key)).toMatchObject({
    code: 'api_key_invalid',
    detail: `No such API key: ${id}`,
  })
  expect(ask(null, 'sp_secret')).toMatchObject({
    code: 'api_key_invalid',
    detail: 'The text is no API key',
  })
  expect(ask('ApiKey ')).toMatchObject({ code: 'api_key_invalid' })
})

test('knows two keys of one service while one replaces the other, each in its time', () => {
  const [old, next] = [createApiKey().key, createApiKey().key]
  const nowMs = clock.nowMs()
  const { ask } = methodFor(
    specOf(old, { expiresAtMs: nowMs + 60_000 }),
    specOf(next, { notBeforeMs: nowMs + 30_000 }),
  )
  expect(ask(null, old)).toMatchObject({ subject: { id: 'billing' } })
  expect(ask(null, next)).toMatchObject({ code: 'api_key_not_yet_valid' })
  clock.advanceS(30)
  expect(ask(null, old)).toMatchObject({
    subject: { id: 'billing' },
    expiresAtS: clock.nowS() + 30,
  })
  expect(ask(null, next)).toMatchObject({ subject: { id: 'billing' } })
  clock.advanceS(30)
  expect(ask(null, old)).toMatchObject({ code: 'api_key_expired' })
  expect(ask(null, next)).toMatchObject({ subject: { id: 'billing' } })
})

test('refuses more than one credential', () => {
  const { key } = createApiKey()
  const { ask } = methodFor(specOf(key))
  for (const answer of [ask(`Bearer ${key}`, key), ask('Bearer a.b.c', key), ask(null, key, 2)]) {
    expect(answer).toMatchObject({ code: 'credentials_multiple' })
  }
})

test('hears an address that guesses no longer, and good keys all the same', () => {
  const { key } = createApiKey()
  const { ask } = methodFor(specOf(key))
  for (let count = 0; count < 2 * burstS; count += 1) {
    expect(ask(`ApiKey ${createApiKey().key}`)).toMatchObject({ code: 'api_key_invalid' })
  }
  expect(ask(`ApiKey ${createApiKey().key}`)).toMatchObject({ code: 'attempts_exhausted' })
  expect(ask(null, 'no key at all')).toMatchObject({ code: 'attempts_exhausted' })
  expect(ask(`ApiKey ${key}`)).toMatchObject({ subject: { id: 'billing' } })
  clock.advanceS(0.5)
  expect(ask(`ApiKey ${createApiKey().key}`)).toMatchObject({ code: 'api_key_invalid' })
})

test('holds an expired key against nobody', () => {
  const { key } = createApiKey()
  const { ask } = methodFor(specOf(key, { expiresAtMs: clock.nowMs() }))
  for (let count = 0; count < 10 * burstS; count += 1) {
    expect(ask(`ApiKey ${key}`)).toMatchObject({ code: 'api_key_expired' })
  }
})
