import { expect, test } from 'vitest'
import { isBearer, readBearer, refuseTokenSyntax } from '../../src/authenticate/bearer.ts'
import { createChain } from '../../src/authenticate/chain.ts'
import { anonymous } from '../../src/model/identity.ts'
import { credentialsOf } from './guarded-door.ts'
import { processorMs } from '../support/processor-ms.ts'

function read(
  authorization: string | null,
  authorizationCount = authorization === null ? 0 : 1,
  query = '',
) {
  let token = ''
  const chain = createChain([
    {
      kind: 'bearer',
      isOfConnection: false,
      finds: (credentials) => isBearer(credentials.authorization ?? ''),
      authenticate(credentials) {
        token = readBearer(credentials.authorization ?? '')
        return refuseTokenSyntax(token) ?? anonymous
      },
    },
  ])
  const credentials = { ...credentialsOf(authorization), authorizationCount, query }
  const answer = chain.authenticate(credentials)
  return answer === anonymous ? token : answer
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
    detail: 'Authorization scheme "basic" is not accepted here',
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

test.each([
  'access_token=abc',
  'access_token=',
  'a=b&access_token=abc',
  'a=b;access_token=abc',
  'access%5ftoken=abc',
  'a=1&%61ccess_%74oken=abc',
  '%61%63%63%65%73%73%5F%74%6F%6B%65%6E=abc',
])('refuses a token in the query: %s', (query) => {
  expect(read(null, 0, query)).toMatchObject({ code: 'credential_malformed' })
  expect(read('Bearer abc', 1, query)).toMatchObject({ code: 'credentials_multiple' })
  expect(read('Basic YWxpY2U6cHc=', 1, query)).toMatchObject({ code: 'credentials_multiple' })
  expect(JSON.stringify(read(null, 0, query))).not.toContain('abc')
})

test.each(['', 'a=b', 'my_access_token=abc', 'q=access_token%3Dabc', 'access_token', 'a=%zz'])(
  'reads past the query %j',
  (query) => {
    expect(read('Bearer abc', 1, query)).toBe('abc')
    expect(read(null, 0, query)).toMatchObject({ code: 'credential_missing' })
  },
)

test('reads a long query in linear time', () => {
  const tookMs = processorMs(() => {
    for (const piece of ['&access_token', '%61', '&', 'access_token=']) {
      expect(read('Bearer abc', 1, `x${piece.repeat(20_000)}`)).toBe('abc')
    }
  })
  expect(tookMs).toBeLessThan(1_000)
})
