import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { calculateJwkThumbprint, createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createIdentityTokenMinter } from '../../src/enforce/identity-token.ts'
import { defaultIdentityTokenOptions } from '../../src/enforce/options.ts'
import { noAttributes } from '../../src/model/attributes.ts'
import type { Identity } from '../../src/model/identity.ts'
import { createManualClock } from '../authenticate/manual-clock.ts'

const audience = 'http://127.0.0.1:9500'
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sallyport-identity-'))
})

afterAll(async () => {
  await rm(folder, { recursive: true })
})

function identityUntil(expiresAtS: number, changes: Partial<Identity> = {}): Identity {
  return Object.freeze({
    subject: { type: 'user', id: 'corp:alice', properties: noAttributes },
    issuer: 'https://idp.example.com',
    credential: 'bearer',
    confirmation: null,
    tokenId: 'inbound-token-id',
    sessionId: 'session-1',
    issuedAtS: 0,
    expiresAtS,
    acr: 'mfa',
    claims: Object.freeze({ secret: 'inbound claim' }),
    ...changes,
  })
}

async function openMint(keyFile: string | null = null) {
  const clock = createManualClock()
  const minter = await createIdentityTokenMinter({ ...defaultIdentityTokenOptions, keyFile }, clock)
  const verify = (token: string) =>
    jwtVerify(token, createLocalJWKSet({ keys: [...minter.jwks().keys] }), {
      algorithms: ['ES256'],
      issuer: 'sallyport',
      audience,
      currentDate: new Date(clock.nowMs()),
    })
  return { clock, minter, verify, identity: identityUntil(clock.nowS() + 3_600) }
}

async function keyFile(name: string, text: string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, text)
  return path
}

function pemOf(key: KeyObject, type: 'pkcs8' | 'sec1' | 'spki' = 'pkcs8'): string {
  return key.export({ format: 'pem', type })
}

test('mints a token that says who is calling and nothing of the inbound token', async () => {
  const { clock, minter, verify, identity } = await openMint()
  const token = minter.token(identity, ['employee', 'manager'], audience)
  const { payload, protectedHeader } = await verify(token)
  expect(payload).toEqual({
    iss: 'sallyport',
    aud: audience,
    sub: 'corp:alice',
    iat: clock.nowS(),
    exp: clock.nowS() + 300,
    roles: ['employee', 'manager'],
    idp: 'https://idp.example.com',
    acr: 'mfa',
    sid: 'session-1',
  })
  expect(protectedHeader).toEqual({
    alg: 'ES256',
    typ: 'JWT',
    kid: minter.jwks().keys[0]?.kid,
  })
})

test('signs what jose verifies, whatever the names in it and however the signature begins', async () => {
  const { clock, minter, verify } = await openMint()
  const names = ['"quoted"', 'back\\slash', 'Zoë 🚪', '漢字', '__proto__', 'a.b.c', '\ud800', '']
  // One signature in 128 has a part that begins with zeros, which must not be left out.
  const subjects = Array.from({ length: 1_000 }, (_, index) => `${names[index % 8]} ${index}`)
  for (const id of subjects) {
    const subject = { type: 'user', id, properties: noAttributes }
    const identity = identityUntil(clock.nowS() + 60, { subject, sessionId: id })
    const token = minter.token(identity, [id], audience)
    const [header = '', , signature = ''] = token.split('.')
    expect(signature).toMatch(/^[\w-]{86}$/)
    expect(Buffer.from(header, 'base64url').toString()).toBe(
      `{"alg":"ES256","kid":"${minter.jwks().keys[0]?.kid}","typ":"JWT"}`,
    )
    expect((await verify(token)).payload).toMatchObject({ sub: id, roles: [id], sid: id })
  }
})

test('leaves out what the client did not bring', async () => {
  const { clock, minter, verify } = await openMint()
  const identity = identityUntil(clock.nowS() + 60, { acr: null, sessionId: null })
  const { payload } = await verify(minter.token(identity, [], audience))
  expect(Object.keys(payload).sort()).toEqual(['aud', 'exp', 'iat', 'idp', 'iss', 'roles', 'sub'])
})

test('publishes the public key under its thumbprint, and nothing private', async () => {
  const { minter } = await openMint()
  const { keys } = minter.jwks()
  expect(keys).toHaveLength(1)
  const [key] = keys
  expect(Object.keys(key ?? {}).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'])
  expect(key?.kid).toBe(await calculateJwkThumbprint(key ?? {}))
})

test('answers at once with the same token while more than half of its life is left', async () => {
  const { clock, minter, identity } = await openMint()
  const roles = ['employee']
  const token = minter.token(identity, roles, audience)
  expect(minter.token(identity, roles, audience)).toBe(token)
  expect(minter.token(identity, ['employee'], audience)).toBe(token)
  clock.advanceS(149.999)
  expect(minter.token(identity, roles, audience)).toBe(token)
  clock.advanceS(0.001)
  expect(minter.token(identity, roles, audience)).not.toBe(token)
})

test('mints another token for another identity, other roles or another upstream', async () => {
  const { clock, minter, identity } = await openMint()
  const tokens = [
    minter.token(identity, ['employee'], audience),
    minter.token(identity, ['manager'], audience),
    minter.token(identity, ['manager', 'employee'], audience),
    minter.token(identity, [], audience),
    minter.token(identity, [], 'http://127.0.0.1:9501'),
    minter.token(identityUntil(clock.nowS() + 3_600), [], audience),
  ]
  expect(new Set(tokens).size).toBe(6)
  expect(minter.token(identity, [], audience)).toBe(tokens[3])
})

test('never outlives the inbound token, and does not mint again what cannot live longer', async () => {
  const { clock, minter, verify } = await openMint()
  const identity = identityUntil(clock.nowS() + 100.7)
  const token = minter.token(identity, [], audience)
  expect((await verify(token)).payload.exp).toBe(clock.nowS() + 100)
  clock.advanceS(90)
  expect(minter.token(identity, [], audience)).toBe(token)
})

test('mints again when the clock was set back, so that no token comes from the future', async () => {
  const { clock, minter, verify, identity } = await openMint()
  minter.token(identity, [], audience)
  clock.advanceS(-3_600)
  const { payload } = await verify(minter.token(identity, [], audience))
  expect(payload.iat).toBe(clock.nowS())
})

test('does not keep tokens for any number of audiences', async () => {
  const { minter, identity } = await openMint()
  const first = minter.token(identity, [], audience)
  for (let port = 0; port < 64; port += 1) {
    minter.token(identity, [], `http://127.0.0.1:${port}`)
  }
  expect(minter.token(identity, [], audience)).not.toBe(first)
})

test('keeps one for each set of roles, as whoever goes from tenant to tenant has them', async () => {
  const { minter, identity } = await openMint()
  const clerk = minter.token(identity, ['clerk'], audience)
  const head = minter.token(identity, ['head'], audience)
  expect(minter.token(identity, ['clerk'], audience)).toBe(clerk)
  expect(minter.token(identity, ['head'], audience)).toBe(head)
  for (let tenant = 0; tenant < 16; tenant += 1) {
    minter.token(identity, [`head-of-${tenant}`], audience)
  }
  expect(minter.token(identity, ['clerk'], audience)).not.toBe(clerk)
})

test('signs with the key of a file under a name that every process gives it', async () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const pkcs8 = await keyFile('pkcs8.pem', pemOf(privateKey))
  const sec1 = await keyFile('sec1.pem', pemOf(privateKey, 'sec1'))
  const one = await openMint(pkcs8)
  const other = await openMint(sec1)
  expect(other.minter.jwks()).toEqual(one.minter.jwks())
  const token = one.minter.token(one.identity, [], audience)
  expect((await other.verify(token)).payload.sub).toBe('corp:alice')
  expect(decodeProtectedHeader(token).kid).toBe(one.minter.jwks().keys[0]?.kid)
})

test('makes a key of its own for every process without a key file', async () => {
  const one = await openMint()
  const other = await openMint()
  expect(one.minter.jwks()).not.toEqual(other.minter.jwks())
})

test.each<[string, () => string, RegExp]>([
  [
    'on another curve',
    () => pemOf(generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey),
    /the key is ec secp384r1, expected an EC key on P-256$/,
  ],
  [
    'of another kind',
    () => pemOf(generateKeyPairSync('ed25519').privateKey),
    /the key is ed25519, expected an EC key on P-256$/,
  ],
  [
    'that is encrypted',
    () =>
      generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
        format: 'pem',
        type: 'pkcs8',
        cipher: 'aes-256-cbc',
        passphrase: 'secret',
      }),
    /the key is encrypted, expected an unencrypted PEM$/,
  ],
  [
    'that is only public',
    () => pemOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey, 'spki'),
    /it holds no private key in PEM form$/,
  ],
  ['that is no key', () => 'secret text', /it holds no private key in PEM form$/],
  ['that is empty', () => '', /it holds no private key in PEM form$/],
  ['that is far too long', () => 'x'.repeat(20_000), /the file is too large for a key$/],
])('says what is wrong with a key file %s, and not what is in it', async (name, text, message) => {
  const path = await keyFile(name, text())
  const opening = openMint(path)
  await expect(opening).rejects.toMatchObject({ code: 'ERR_READ' })
  await expect(opening).rejects.toThrow(message)
  await expect(opening).rejects.toThrow(`Cannot use identity token key ${path}: `)
  await expect(opening).rejects.not.toThrow(/secret text/)
})

test('says which key file is missing', async () => {
  await expect(openMint(join(folder, 'absent.pem'))).rejects.toThrow(
    /absent\.pem: the file cannot be read$/,
  )
})
