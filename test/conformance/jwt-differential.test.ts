import { constants, createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import {
  type Arbitrary,
  assert,
  asyncProperty,
  constant,
  constantFrom,
  oneof,
  record,
} from 'fast-check'
import { createLocalJWKSet, type JWK, jwtVerify } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RefusalCode } from '../../src/model/refusal.ts'
import { type GuardedDoor, isIdentity, openDoor } from '../authenticate/guarded-door.ts'
import { encode } from '../authenticate/signing-key.ts'

type Algorithm = 'RS256' | 'PS256' | 'ES256' | 'EdDSA'

const algorithms: readonly Algorithm[] = ['RS256', 'PS256', 'ES256', 'EdDSA']
const skewS = 30
const pairs = {
  RS256: generateKeyPairSync('rsa', { modulusLength: 2_048 }),
  PS256: generateKeyPairSync('rsa', { modulusLength: 2_048 }),
  ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  EdDSA: generateKeyPairSync('ed25519'),
} as const
const keySet: { readonly keys: JWK[] } = {
  keys: algorithms.map((alg) => ({
    ...pairs[alg].publicKey.export({ format: 'jwk' }),
    kid: `key of ${alg}`,
    alg,
    use: 'sig',
  })) as JWK[],
}
const verificationKeys = createLocalJWKSet(keySet)
let door: GuardedDoor

beforeAll(async () => {
  door = await openDoor({ issuer: { keySet } })
})
afterAll(() => door.close())

function signWith(alg: Algorithm, key: KeyObject, input: string): Buffer {
  const bytes = Buffer.from(input)
  if (alg === 'EdDSA') return sign(null, bytes, key)
  if (alg === 'ES256') return sign('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' })
  const padding = alg === 'PS256' ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING
  return sign('sha256', bytes, { key, padding, saltLength: 32 })
}

/** Mostly as it should be, so that what is wrong elsewhere gets its turn. */
function mostly(good: unknown, ...others: readonly unknown[]): Arbitrary<unknown> {
  return oneof({ weight: 12, arbitrary: constant(good) }, constantFrom(...others))
}

/** Signs with the key of another algorithm, or by HMAC with a published key, which everybody has. */
const signer = mostly('own', ...algorithms, 'hmac')
const absent = undefined

const tokens = record({
  algorithm: constantFrom(...algorithms),
  signer,
  header: record({
    alg: mostly('own', ...algorithms, 'none', 'None', 'HS256', 'RS384', 'rs256', '', 0, absent),
    kid: mostly('own', ...algorithms.map((alg) => `key of ${alg}`), 'unknown', 0, absent),
    typ: mostly('at+jwt', 'application/at+jwt', 'AT+JWT', 'JWT', 'dpop+jwt', '', 0, absent),
    more: mostly({}, { jwk: keySet.keys[0] }, { crit: ['exp'] }, { b64: false }, { jku: 'x' }),
  }),
  claims: record({
    iss: mostly('own', 'https://other.test', '', 0, absent),
    aud: mostly('api', ['api'], ['x', 'api'], 'x', [], ['x'], 'API', 0, absent),
    sub: mostly('alice', '', 'anonymous', 0, absent),
    exp: mostly(60, 0.5, -29, -30, -31, -1_000, 1e12, '60', null, absent),
    nbf: mostly(absent, 0, 29, 30, 31, 1_000, -1e12, '0', null),
    iat: mostly(0, 29, 31, -1_000, 1_000, '0', absent),
  }),
  damage: mostly('none', 'bit', 'short', 'long', 'empty', 'claims', 'padding', 'der'),
})
type Drawn = typeof tokens extends Arbitrary<infer Value> ? Value : never

const dates: ReadonlySet<string> = new Set(['exp', 'nbf', 'iat'])

function build({ algorithm, signer: by, header, claims, damage }: Drawn): string {
  const { alg, kid, typ, more } = header
  const shownHeader = {
    alg: alg === 'own' ? algorithm : alg,
    kid: kid === 'own' ? `key of ${algorithm}` : kid,
    typ,
    ...(more as object),
  }
  const shownClaims = Object.fromEntries(
    Object.entries(claims).map(([name, value]) => {
      if (name === 'iss' && value === 'own') return [name, door.server.issuer]
      return [
        name,
        dates.has(name) && typeof value === 'number' ? door.clock.nowS() + value : value,
      ]
    }),
  )
  const input = `${encode(shownHeader)}.${encode(shownClaims)}`
  const other = by === 'own' || by === 'hmac' ? algorithm : (by as Algorithm)
  const pem = pairs[algorithm].publicKey.export({ format: 'pem', type: 'spki' })
  const good =
    by === 'hmac'
      ? createHmac('sha256', pem).update(input).digest()
      : signWith(other, pairs[other].privateKey, input)
  const text = good.toString('base64url')
  switch (damage) {
    case 'bit':
      good[good.length - 1] = (good.at(-1) ?? 0) ^ 1
      return `${input}.${good.toString('base64url')}`
    case 'short':
      return `${input}.${good.subarray(1).toString('base64url')}`
    case 'long':
      return `${input}.${Buffer.concat([Buffer.alloc(1), good]).toString('base64url')}`
    case 'empty':
      return `${input}.`
    case 'claims':
      return `${encode(shownHeader)}.${encode({ ...shownClaims, sub: 'admin' })}.${text}`
    case 'padding':
      return `${input}.${text}=`
    case 'der':
      return `${input}.${Buffer.concat([Buffer.from([0x30, good.length]), good]).toString('base64url')}`
    default:
      return `${input}.${text}`
  }
}

async function isGoodForJose(token: string): Promise<boolean> {
  try {
    await jwtVerify(token, verificationKeys, {
      issuer: door.server.issuer,
      audience: ['api', 'api2'],
      algorithms: [...algorithms],
      typ: 'at+jwt',
      clockTolerance: skewS,
      currentDate: new Date(door.clock.nowMs()),
      requiredClaims: ['sub', 'exp'],
    })
    return true
  } catch {
    return false
  }
}

/** What is refused here on purpose although it is signed and in time. */
const stricter: ReadonlySet<RefusalCode> = new Set([
  // A header that says how it wants to be verified, whether or not anybody would listen.
  'token_header_refused',
  // Subjects that are nobody, dates that are none.
  'token_claims_invalid',
  // One token, one spelling.
  'token_malformed',
  // Issued in the future.
  'token_not_yet_valid',
])

test('takes no token that jose does not take, and refuses others for reasons of its own alone', async () => {
  const counts = { both: 0, neither: 0, jose: 0 }
  await assert(
    asyncProperty(tokens, async (drawn) => {
      const token = build(drawn)
      const [answer, isGood] = await Promise.all([door.answer(token), isGoodForJose(token)])
      const isTaken = isIdentity(answer)
      if (isTaken === isGood) counts[isGood ? 'both' : 'neither'] += 1
      else counts.jose += 1
      expect(isTaken && !isGood, `taken here alone: ${token}`).toBe(false)
      const isOwnReason = isTaken || !isGood || stricter.has(answer.code)
      expect(isOwnReason, `refused here alone: ${JSON.stringify([answer, drawn])}`).toBe(true)
    }),
    { numRuns: 1_500 },
  )
  // Neither side may have won by refusing everything.
  expect(counts.both).toBeGreaterThan(150)
  expect(counts.neither).toBeGreaterThan(150)
})
