import { expect, test } from 'vitest'
import { readBearer, refuseBearerSyntax } from '../../src/authenticate/bearer.ts'

function read(authorization: string | null, authorizationCount = authorization === null ? 0 : 1) {
  const token = readBearer({ authorization, authorizationCount })
  if (typeof token !== 'string') return token
  return refuseBearerSyntax(token) ?? token
}

test.each(['Bearer abc', 'bearer abc', 'BEARER abc', 'bEaReR abc', 'Bearer   abc'])(
  'reads the token of %j',
  (authorization) => {
    expect(read(authorization)).toBe('abc')
  },
)

test('reads every character that RFC 6750 gives to a token', () => {
  expect(read('Bearer azAZ09-._~+/==')).toBe('azAZ09-._~+/==')
})

test('treats a missing field and another scheme alike, as RFC 6750 section 3.1 asks', () => {
  expect(read(null)).toMatchObject({ code: 'credential_missing' })
  expect(read('Basic YWxpY2U6cHc=')).toMatchObject({
    code: 'credential_missing',
    detail: 'Authorization scheme "basic" is not accepted here, only Bearer is',
  })
})

test('never repeats what may be a token sent without its scheme', () => {
  for (const authorization of ['eyJhbGciOi', 'Token eyJhbGciOi', 'secret secret', 'Bearers x']) {
    const refusal = read(authorization)
    expect(refusal).toMatchObject({ code: 'credential_missing' })
    expect(JSON.stringify(refusal)).not.toMatch(/eyJ|secret/)
  }
})

test.each(['Bearer', 'Bearer ', 'bearer', 'Bearer    '])('refuses %j as malformed', (field) => {
  expect(read(field)).toMatchObject({ code: 'credential_malformed' })
})

test.each([
  'Bearer a b',
  'Bearer a\tb',
  'Bearer \ta',
  'Bearer a=b',
  'Bearer ===',
  'Bearer "a"',
  'Bearer a;b',
  'Bearer a%2Eb',
  'Bearer \u00e9',
  'Bearer a\u0000',
  'Bearer a ',
  'Bearer \uff41',
])('refuses the syntax of %j', (authorization) => {
  expect(read(authorization)).toMatchObject({ code: 'credential_malformed' })
})

test('refuses a scheme spelled with look-alike characters', () => {
  // Kelvin sign and friends: only ASCII letters have case here.
  expect(read('\u0062earer\u00a0abc')).toMatchObject({ code: 'credential_missing' })
  expect(read('Bear\u0145r abc')).toMatchObject({ code: 'credential_missing' })
  expect(read('Bearer\u0000abc')).toMatchObject({ code: 'credential_missing' })
})

test('refuses several credentials, in one field or in several', () => {
  expect(read('Bearer a, Bearer b')).toMatchObject({ code: 'credentials_multiple' })
  expect(read('Bearer a,b')).toMatchObject({ code: 'credentials_multiple' })
  expect(read('Bearer a', 2)).toMatchObject({
    code: 'credentials_multiple',
    detail: '2 Authorization fields',
  })
})
