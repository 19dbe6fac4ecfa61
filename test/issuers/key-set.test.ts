import { generateKeyPairSync } from 'node:crypto'
import { anything, array, assert, asyncProperty, constantFrom, oneof, record } from 'fast-check'
import type { JWK } from 'jose'
import { expect, test } from 'vitest'
import { type SignatureAlgorithm, signatureAlgorithms } from '../../src/authenticate/options.ts'
import { readKeySet } from '../../src/issuers/key-set.ts'
import { createSigningKey } from '../authenticate/signing-key.ts'

const maxKeys = 100
const read = (
  keys: readonly unknown[],
  accepted: readonly SignatureAlgorithm[] = signatureAlgorithms,
) => readKeySet({ keys }, accepted, maxKeys)

function rsaJwk(modulusLength: number, publicExponent = 65_537): JWK {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength, publicExponent })
  return { ...(publicKey.export({ format: 'jwk' }) as JWK), kid: 'rsa' }
}

test('finds a key by kid for each algorithm it suits, and for no other', async () => {
  const ec = await createSigningKey('ec', 'ES256')
  const ed = await createSigningKey('ed', 'Ed25519')
  const keys = await read([ec.publicJwk, ed.publicJwk, rsaJwk(2_048)])
  expect(keys.size).toBe(3)
  const found = signatureAlgorithms.flatMap((algorithm) =>
    ['ec', 'ed', 'rsa']
      .filter((kid) => keys.find(kid, algorithm).kind === 'found')
      .map((kid) => `${algorithm} ${kid}`),
  )
  expect(found).toEqual([
    'RS256 rsa',
    'RS384 rsa',
    'RS512 rsa',
    'PS256 rsa',
    'PS384 rsa',
    'PS512 rsa',
    'ES256 ec',
    'EdDSA ed',
    'Ed25519 ed',
  ])
  expect(keys.find('ec', 'RS256')).toEqual({ kind: 'unsuitable', detail: 'it is not for RS256' })
})

test('finds a post-quantum key for the one algorithm it is of', async () => {
  const keys = await Promise.all(
    (['ML-DSA-44', 'ML-DSA-65', 'ML-DSA-87'] as const).map(
      async (algorithm) => (await createSigningKey(algorithm, algorithm)).publicJwk,
    ),
  )
  const set = await read(keys)
  expect(set.size).toBe(3)
  expect(set.find('ML-DSA-65', 'ML-DSA-65').kind).toBe('found')
  expect(set.find('ML-DSA-65', 'ML-DSA-44').kind).toBe('unsuitable')
  expect((await read(keys, ['ES256'])).size).toBe(0)
  const [key] = keys
  for (const changes of [{ alg: 'ML-DSA-87' }, { pub: 'AAAA' }, { pub: 7 }]) {
    expect((await read([{ ...key, ...changes }])).warnings).toEqual([
      'key "ML-DSA-44" cannot be imported',
    ])
  }
  expect((await read([{ ...key, alg: undefined }])).size).toBe(0)
  expect((await read([{ ...key, priv: 'AAAA' }])).warnings).toEqual([
    'key "ML-DSA-44" is published with its private part',
  ])
})

test('offers no key for an algorithm the issuer may not use', async () => {
  const keys = await read([rsaJwk(2_048)], ['PS256'])
  expect(keys.find('rsa', 'PS256').kind).toBe('found')
  expect(keys.find('rsa', 'RS256').kind).toBe('unsuitable')
})

test('holds a key to the algorithm it names', async () => {
  const keys = await read([{ ...rsaJwk(2_048), alg: 'PS256' }])
  expect(keys.find('rsa', 'PS256').kind).toBe('found')
  expect(keys.find('rsa', 'RS256').kind).toBe('unsuitable')
})

test('finds a key without kid only when exactly one fits', async () => {
  const one = await createSigningKey('one')
  const two = await createSigningKey('two')
  const rsa = rsaJwk(2_048)
  expect((await read([one.publicJwk, rsa])).find(null, 'ES256').kind).toBe('found')
  expect((await read([one.publicJwk, two.publicJwk])).find(null, 'ES256')).toEqual({
    kind: 'unsuitable',
    detail: '2 published keys fit',
  })
  expect((await read([rsa])).find(null, 'ES256').kind).toBe('unknown')
})

test('does not find a key without kid for a token with one', async () => {
  const { publicJwk } = await createSigningKey('one')
  const { kid: _, ...nameless } = publicJwk
  const keys = await read([nameless])
  expect(keys.find('one', 'ES256').kind).toBe('unknown')
  expect(keys.find(null, 'ES256').kind).toBe('found')
})

test('tells keys apart that share a kid but not a type, and uses neither of two that share both', async () => {
  const ec = await createSigningKey('same')
  const other = await createSigningKey('same')
  const apart = await read([ec.publicJwk, { ...rsaJwk(2_048), kid: 'same' }])
  expect(apart.find('same', 'ES256').kind).toBe('found')
  expect(apart.find('same', 'RS256').kind).toBe('found')
  const alike = await read([ec.publicJwk, other.publicJwk])
  expect(alike.find('same', 'ES256').kind).toBe('unsuitable')
})

test.each([
  '../../etc/passwd',
  '/dev/null',
  '__proto__',
  'constructor',
  "' OR 1=1",
  '',
  'toString',
])('treats the key id %j as any other unknown one', async (kid) => {
  const { publicJwk } = await createSigningKey('one')
  expect((await read([publicJwk])).find(kid, 'ES256').kind).toBe('unknown')
})

test('leaves out what may not verify, with a warning where the issuer makes a mistake', async () => {
  const { publicJwk } = await createSigningKey('good')
  const privateJwk = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
    format: 'jwk',
  })
  const keys = await read([
    publicJwk,
    { ...publicJwk, kid: 'enc', use: 'enc' },
    { ...publicJwk, kid: 'ops', use: undefined, key_ops: ['encrypt'] },
    { ...rsaJwk(2_048), kid: 'oaep', alg: 'RSA-OAEP' },
    { kty: 'oct', kid: 'secret', k: 'c2VjcmV0', alg: 'HS256' },
    { ...privateJwk, kid: 'private' },
    { ...rsaJwk(1_024), kid: 'small' },
    { ...rsaJwk(2_048), kid: 'e1', e: 'AQ' },
    { ...publicJwk, kid: 'off', x: publicJwk.y },
    { kty: 'EC', crv: 'secp256k1', kid: 'curve', x: 'AA', y: 'AA' },
    { kty: 'OKP', crv: 'X25519', kid: 'agreement', x: 'AA' },
    { ...publicJwk, kid: 17 },
    { ...publicJwk, kid: 'k'.repeat(300) },
    null,
    'key',
    [],
    {},
  ])
  expect(keys.size).toBe(1)
  expect(keys.find('good', 'ES256').kind).toBe('found')
  expect(keys.warnings).toEqual([
    'key "secret" is symmetric: whoever reads the key set can sign with it',
    'key "private" is published with its private part',
    'key "small" has 1024 bits, accepted are 2048 to 8192',
    'key "e1" has an exponent nobody uses in earnest',
    'key "off" cannot be imported',
    'a key has a "kid" that is not a short string',
    'a key has a "kid" that is not a short string',
    'a key is not a JSON object',
    'a key is not a JSON object',
  ])
})

test('takes nothing from certificates or URLs in a key', async () => {
  const { publicJwk } = await createSigningKey('one')
  const keys = await read([{ ...publicJwk, x5u: 'http://127.0.0.1:1/', x5c: ['AAAA'], x5t: 'A' }])
  expect(keys.find('one', 'ES256').kind).toBe('found')
})

test('has one fingerprint for one set in any order, and another for any change', async () => {
  const one = await createSigningKey('one')
  const two = await createSigningKey('two')
  const both = await read([one.publicJwk, two.publicJwk])
  expect((await read([two.publicJwk, one.publicJwk])).fingerprint).toBe(both.fingerprint)
  expect((await read([one.publicJwk])).fingerprint).not.toBe(both.fingerprint)
  expect((await read([one.publicJwk, { ...two.publicJwk, kid: 'three' }])).fingerprint).not.toBe(
    both.fingerprint,
  )
})

test.each([null, 17, 'keys', [], {}, { keys: {} }, { keys: null }, { keys: 'x' }])(
  'refuses %j as a key set',
  async (document) => {
    await expect(readKeySet(document, signatureAlgorithms, maxKeys)).rejects.toMatchObject({
      code: 'ERR_ISSUER_UNAVAILABLE',
      message: 'The key set has no array "keys"',
    })
  },
)

test('refuses a key set with too many keys as a whole', async () => {
  const { publicJwk } = await createSigningKey('one')
  const keys = Array.from({ length: 10_000 }, (_, index) => ({ ...publicJwk, kid: `k${index}` }))
  await expect(read(keys)).rejects.toThrow('The key set has 10000 keys, accepted are 100')
})

test('makes nothing worse of any key set than a key left out', async () => {
  const { publicJwk } = await createSigningKey('good')
  const odd = oneof(
    anything(),
    constantFrom('RSA', 'EC', 'OKP', 'oct', 'P-256', 'Ed25519', 'AQAB', 'ES256', '', '!'),
  )
  const jwk = record(
    {
      kty: odd,
      crv: odd,
      kid: odd,
      use: odd,
      alg: odd,
      key_ops: odd,
      n: odd,
      e: odd,
      x: odd,
      y: odd,
    },
    { requiredKeys: [] },
  )
  await assert(
    asyncProperty(array(oneof(jwk, anything()), { maxLength: 5 }), async (others) => {
      const keys = await read([...others, publicJwk])
      expect(keys.find('good', 'ES256').kind).toBe('found')
    }),
    { numRuns: 300 },
  )
})
