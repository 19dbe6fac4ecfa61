import { createHash, generateKeyPairSync } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { refuseBinding } from '../../src/authenticate/binding.ts'
import { createNonceKey, DpopNonces } from '../../src/authenticate/dpop-nonce.ts'
import { defaultDpopOptions, type DpopOptions } from '../../src/authenticate/options.ts'
import { Possession, type Presentation } from '../../src/authenticate/possession.ts'
import { MemoryReplayWindow } from '../../src/authenticate/replay-window.ts'
import { normalisePath } from '../../src/listen/path.ts'
import type { Confirmation, Identity } from '../../src/model/identity.ts'
import type { Refusal } from '../../src/model/refusal.ts'
import { identityOf } from '../gateway/front-door.ts'
import { createDpopClient, type DpopClient, type ProofAbout } from './dpop-client.ts'
import { createManualClock } from './manual-clock.ts'
import { assemble } from './signing-key.ts'

const token = 'header.claims.signature'
const url = 'https://api.example.com/orders/7'
const skewS = 30
const from = { ip: '192.0.2.1', peerIp: '192.0.2.1', viaTrustedProxy: false }
const clock = createManualClock()
let client: DpopClient
let thief: DpopClient

beforeAll(async () => {
  client = await createDpopClient()
  thief = await createDpopClient()
})

function boundTo(confirmation: Confirmation | null): Identity {
  return { ...identityOf('ann'), confirmation }
}

function openGate(options: Partial<DpopOptions> = {}, sinceMs = 0) {
  const nonces = new DpopNonces(createNonceKey(), 60_000)
  const replay = new MemoryReplayWindow(options.replayEntries ?? 1_000, sinceMs)
  const possession = new Possession({
    options: { ...defaultDpopOptions, ...options },
    clockSkewS: skewS,
    nonces,
    replay,
    normalisePath,
  })
  const ask = async (
    dpop: string | null,
    changes: Partial<Presentation> = {},
    identity = boundTo({ jkt: client.jkt, x5tS256: null }),
  ): Promise<Refusal | null> => {
    const request: Presentation = {
      method: 'GET',
      scheme: 'https',
      authority: 'api.example.com',
      path: '/orders/7',
      dpop,
      dpopCount: dpop === null ? 0 : 1,
      client: from,
      ...changes,
    }
    return possession.prove(identity, token, request, clock.nowMs())
  }
  return { ask, nonces, replay }
}

function proof(changes: Partial<ProofAbout> = {}, by = client): Promise<string> {
  return by.proof({ url, token, nowS: clock.nowS(), ...changes })
}

async function codeOf(answer: Promise<Refusal | null>): Promise<string | null> {
  return (await answer)?.code ?? null
}

test('accepts a proof of who holds the key, once', async () => {
  const { ask } = openGate()
  const one = await proof()
  expect(await ask(one)).toBeNull()
  expect(await codeOf(ask(one))).toBe('proof_replayed')
  expect(await ask(await proof())).toBeNull()
})

test('accepts each algorithm of the list', async () => {
  for (const algorithm of ['ES384', 'Ed25519', 'PS256', 'RS256']) {
    const holder = await createDpopClient(algorithm)
    const { ask } = openGate()
    const answer = ask(await proof({}, holder), {}, boundTo({ jkt: holder.jkt, x5tS256: null }))
    expect(await answer).toBeNull()
  }
})

describe('what was asked for', () => {
  test.each([
    'https://api.example.com/orders/7?secret=1',
    'https://api.example.com/orders/7#part',
    'HTTPS://API.EXAMPLE.COM/orders/7',
    'https://api.example.com:443/orders/7',
    'https://api.example.com:/orders/7',
    'https://api.example.com/%6Frders/7',
  ])('is %s, spelt another way', async (htu) => {
    expect(await openGate().ask(await proof({ url: htu }))).toBeNull()
  })

  test.each([
    'https://api.example.com/orders/8',
    'https://api.example.com/orders/7/',
    'https://api.example.com/orders/../orders/7',
    'https://api.example.com//orders/7',
    'https://api.example.com:8443/orders/7',
    'http://api.example.com/orders/7',
    'https://api.example.com.evil.test/orders/7',
    'https://user@api.example.com/orders/7',
    'https://evil.test\\@api.example.com/orders/7',
    'https://api.example.com',
    '/orders/7',
    'orders',
    'https://api.example.com/Orders/7',
  ])('is not %s', async (htu) => {
    expect(await codeOf(openGate().ask(await proof({ url: htu })))).toBe('proof_mismatch')
  })

  test('includes the method, the port and the scheme', async () => {
    const { ask } = openGate()
    expect(await codeOf(ask(await proof(), { method: 'POST' }))).toBe('proof_mismatch')
    expect(await codeOf(ask(await proof({ method: 'get' })))).toBe('proof_mismatch')
    expect(await codeOf(ask(await proof(), { authority: 'api.example.com:8443' }))).toBe(
      'proof_mismatch',
    )
    expect(await codeOf(ask(await proof(), { scheme: 'http' }))).toBe('proof_mismatch')
    expect(await ask(await proof(), { authority: 'api.example.com:443' })).toBeNull()
  })
})

const otherToken = createHash('sha256').update('another token').digest('base64url')

test.each<[string, string, () => Promise<string> | string]>([
  ['of another key', 'proof_key_mismatch', () => proof({}, thief)],
  ['of another token', 'proof_mismatch', () => proof({ claims: { ath: otherToken } })],
  ['without "ath"', 'proof_malformed', () => proof({ claims: { ath: undefined } })],
  ['without "jti"', 'proof_malformed', () => proof({ claims: { jti: undefined } })],
  ['with an empty "jti"', 'proof_malformed', () => proof({ claims: { jti: '' } })],
  ['with an endless "jti"', 'proof_malformed', () => proof({ claims: { jti: 'x'.repeat(257) } })],
  ['without "htm"', 'proof_malformed', () => proof({ claims: { htm: undefined } })],
  ['without "htu"', 'proof_malformed', () => proof({ claims: { htu: undefined } })],
  ['without "iat"', 'proof_malformed', () => proof({ claims: { iat: undefined } })],
  ['with "iat" as text', 'proof_malformed', () => proof({ claims: { iat: '1800000000' } })],
  ['with "nonce" as a number', 'proof_malformed', () => proof({ claims: { nonce: 7 } })],
  ['of the type of a token', 'proof_malformed', () => proof({ header: { typ: 'at+jwt' } })],
  ['without a type', 'proof_malformed', () => proof({ header: { typ: undefined } })],
  ['without a key', 'proof_malformed', () => proof({ header: { jwk: undefined } })],
  ['with a foreign place of its key', 'proof_malformed', () => proof({ header: { jku: url } })],
  ['with "x5c"', 'proof_malformed', () => proof({ header: { x5c: [] } })],
  ['with "b64"', 'proof_malformed', () => withHeader({ b64: true })],
  ['with "crit"', 'proof_malformed', () => withHeader({ crit: ['exp'] })],
  ['with its private key', 'proof_malformed', () => proof({ header: { jwk: client.privateJwk } })],
  ['signed with nothing', 'proof_malformed', () => withHeader({ alg: 'none' })],
  ['signed with a shared secret', 'proof_malformed', () => withHeader({ alg: 'HS256' })],
  ['signed with another algorithm', 'proof_malformed', () => withHeader({ alg: 'ES512' })],
  ['with a key for another algorithm', 'proof_malformed', () => withHeader({ alg: 'RS256' })],
  ['whose signature is of other claims', 'proof_signature_invalid', tampered],
  ['that is two', 'proof_malformed', async () => `${await proof()}, ${await proof()}`],
  ['that is a text', 'proof_malformed', () => 'proof'],
  ['that is empty', 'proof_malformed', () => ''],
  ['that is endless', 'proof_malformed', () => 'x'.repeat(4_097)],
  ['with a member twice', 'proof_malformed', doubled],
  ['that is 91 s old', 'proof_stale', () => proof({ nowS: clock.nowS() - 91 })],
  ['from the future', 'proof_stale', () => proof({ nowS: clock.nowS() + 31 })],
])('refuses a proof %s: %s', async (_, code, make) => {
  expect(await codeOf(openGate().ask(await make()))).toBe(code)
})

async function withHeader(changes: object): Promise<string> {
  const [, claims = '', signature = ''] = (await proof()).split('.')
  const header = { typ: 'dpop+jwt', alg: 'ES256', jwk: client.publicJwk, ...changes }
  return `${assemble(header, {}).split('.')[0]}.${claims}.${signature}`
}

async function tampered(): Promise<string> {
  const [header = '', , signature = ''] = (await proof()).split('.')
  const [, claims = ''] = (await proof()).split('.')
  return `${header}.${claims}.${signature}`
}

async function doubled(): Promise<string> {
  const [header = '', claims = '', signature = ''] = (await proof()).split('.')
  const text = Buffer.from(claims, 'base64url').toString().replace('{', '{"htm":"POST",')
  return `${header}.${Buffer.from(text).toString('base64url')}.${signature}`
}

test('refuses a key that is too short or too long, before it costs anything', async () => {
  for (const modulusLength of [1_024, 8_192]) {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength })
    const { n = '', e = '' } = publicKey.export({ format: 'jwk' })
    const jwk = { kty: 'RSA', n, e }
    const members = JSON.stringify({ e, kty: 'RSA', n })
    const jkt = createHash('sha256').update(members).digest('base64url')
    const text = await withHeader({ alg: 'RS256', jwk })
    expect(await codeOf(openGate().ask(text, {}, boundTo({ jkt, x5tS256: null })))).toBe(
      'proof_malformed',
    )
  }
})

test('refuses a request without a proof, and one with two', async () => {
  const { ask } = openGate()
  expect(await codeOf(ask(null))).toBe('proof_missing')
  expect(await codeOf(ask(await proof(), { dpopCount: 2 }))).toBe('proof_malformed')
})

test('refuses a bound token as a bearer token, and an unbound one with a proof', async () => {
  const { ask } = openGate()
  const bound = boundTo({ jkt: client.jkt, x5tS256: null })
  expect(refuseBinding(bound, from)).toMatchObject({ code: 'proof_missing' })
  expect(refuseBinding(boundTo(null), from)).toBeNull()
  expect(await codeOf(ask(await proof(), {}, boundTo(null)))).toBe('token_not_bound')
})

describe('nonces', () => {
  test('are demanded where the configuration says so, and given', async () => {
    const { ask, nonces } = openGate({ isNonceRequired: true })
    const asked = await ask(await proof())
    expect(asked).toMatchObject({ code: 'proof_nonce_required' })
    expect(await ask(await proof({ nonce: asked?.dpopNonce ?? '' }))).toBeNull()
    expect(await codeOf(ask(await proof({ nonce: 'of another server' })))).toBe(
      'proof_nonce_required',
    )
    const kept = nonces.current(clock.nowMs())
    clock.advanceS(60)
    expect(await ask(await proof({ nonce: kept }))).toBeNull()
    clock.advanceS(60)
    expect(await codeOf(ask(await proof({ nonce: kept })))).toBe('proof_nonce_required')
  })

  test('are the same wherever the key is, and nobody else can make them', () => {
    const key = createNonceKey()
    const nonce = new DpopNonces(key, 60_000).current(clock.nowMs())
    expect(new DpopNonces(key, 60_000).isGood(nonce, clock.nowMs())).toBe(true)
    expect(new DpopNonces(createNonceKey(), 60_000).isGood(nonce, clock.nowMs())).toBe(false)
  })

  test('are demanded of proofs from before the start, which may have been used then', async () => {
    const { ask, nonces } = openGate({}, clock.nowMs())
    const early = { nowS: clock.nowS() - 5 }
    expect(await codeOf(ask(await proof(early)))).toBe('proof_nonce_required')
    const nonce = nonces.current(clock.nowMs())
    expect(await ask(await proof({ ...early, nonce }))).toBeNull()
    clock.advanceS(skewS)
    expect(await ask(await proof())).toBeNull()
  })

  test('are demanded after the start for as long as a clock may have been fast before it', async () => {
    const ahead = await proof({ nowS: clock.nowS() + skewS })
    expect(await openGate().ask(ahead)).toBeNull()
    clock.advanceS(1)
    const successor = openGate({}, clock.nowMs())
    expect(await codeOf(successor.ask(ahead))).toBe('proof_nonce_required')
    expect(await codeOf(successor.ask(await proof()))).toBe('proof_nonce_required')
    clock.advanceS(skewS)
    expect(await successor.ask(await proof())).toBeNull()
  })
})

describe('the replay window', () => {
  test('remembers a proof for as long as it could be accepted, and no longer', async () => {
    const { ask, replay } = openGate()
    const ahead = await proof({ nowS: clock.nowS() + 30 })
    expect(await ask(ahead)).toBeNull()
    clock.advanceS(120)
    expect(await codeOf(ask(ahead))).toBe('proof_replayed')
    clock.advanceS(1)
    expect(await codeOf(ask(ahead))).toBe('proof_stale')
    clock.advanceS(40)
    expect(await ask(await proof())).toBeNull()
    expect(replay.size).toBe(1)
  })

  test('gives one key an eighth of the room, and refuses rather than forgets', () => {
    const window = new MemoryReplayWindow(16, 0)
    const nowMs = clock.nowMs()
    const claim = (owner: string, id: string) => window.claim(owner, id, nowMs + 60_000, nowMs)
    expect([claim('a', '1'), claim('a', '2'), claim('a', '3')]).toEqual(['fresh', 'fresh', 'full'])
    expect(claim('a', '1')).toBe('replayed')
    for (const owner of ['b', 'c', 'd', 'e', 'f', 'g', 'h']) {
      expect([claim(owner, '1'), claim(owner, '2')]).toEqual(['fresh', 'fresh'])
    }
    expect(claim('i', '1')).toBe('full')
    expect(window.size).toBe(16)
    expect(window.claim('i', '1', nowMs + 200_000, nowMs + 100_000)).toBe('fresh')
    expect(window.size).toBe(1)
  })

  test('is not filled by proofs that are forged', async () => {
    const { ask, replay } = openGate()
    for (let count = 0; count < 5; count += 1) await ask(await tampered())
    expect(replay.size).toBe(0)
  })

  test('lets one of two equal proofs through that come at one moment', async () => {
    const { ask } = openGate()
    const one = await proof()
    const codes = await Promise.all([codeOf(ask(one)), codeOf(ask(one)), codeOf(ask(one))])
    expect(codes.filter((code) => code === null)).toHaveLength(1)
  })
})

describe('a token bound to a certificate', () => {
  const fingerprint = createHash('sha256').update('certificate').digest('hex')
  const x5tS256 = Buffer.from(fingerprint, 'hex').toString('base64url')
  const certificate = { subject: 'CN=a', issuer: 'CN=b', san: [], fingerprint, serial: '1' }
  const bound = (): Identity => boundTo({ jkt: null, x5tS256 })

  test('is accepted over the connection of that certificate', () => {
    expect(refuseBinding(bound(), { ...from, certificate })).toBeNull()
  })

  test('is refused without one, with another, and with that of a proxy', () => {
    const another = { ...certificate, fingerprint: '00'.repeat(32) }
    const viaProxy = { ...from, certificate, viaTrustedProxy: true }
    for (const client of [from, { ...from, certificate: another }, viaProxy]) {
      expect(refuseBinding(bound(), client)).toMatchObject({ code: 'token_certificate_mismatch' })
    }
  })

  test('and to a key as well needs both', async () => {
    const both = boundTo({ jkt: client.jkt, x5tS256 })
    expect(refuseBinding(both, { ...from, certificate })).toMatchObject({ code: 'proof_missing' })
    const { ask } = openGate()
    expect(await codeOf(ask(await proof(), {}, both))).toBe('token_certificate_mismatch')
    expect(await ask(await proof(), { client: { ...from, certificate } }, both)).toBeNull()
  })
})
