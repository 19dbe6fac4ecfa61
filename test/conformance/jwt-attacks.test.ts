import { Buffer } from 'node:buffer'
import { createHmac, createPublicKey } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RefusalCode } from '../../src/model/refusal.ts'
import { type GuardedDoor, isIdentity, openDoor } from '../authenticate/guarded-door.ts'
import { assemble, createSigningKey, encode, type SigningKey } from '../authenticate/signing-key.ts'
import { countOf, keySetPath } from '../issuers/issuer-server.ts'

let door: GuardedDoor
let rsa: SigningKey
let stranger: SigningKey

beforeAll(async () => {
  rsa = await createSigningKey('rsa', 'RS256')
  stranger = await createSigningKey('one')
  door = await openDoor({ keys: [await createSigningKey('one'), rsa] })
  // From here on an unknown key is refused at once: the one read on demand is spent.
  await door.issuers.keysOf(door.server.issuer)?.refresh()
})

afterAll(async () => {
  await door.close()
})

type Forge = () => string | Promise<string>
type Attack = readonly [name: string, code: RefusalCode, detail: RegExp, forge: Forge]

const signed = (claims: object, header: object = {}) => door.token(claims, header)
const signedText = (text: string) => door.key.sign({}, text)
const claimsText = (): string => JSON.stringify(door.claims())
const headerText = (): string => JSON.stringify({ alg: 'ES256', kid: 'one', typ: 'at+jwt' })

/** The good token's segments, for surgery. */
async function segments(): Promise<[string, string, string]> {
  const [header = '', payload = '', signature = ''] = (await signed({})).split('.')
  return [header, payload, signature]
}

function hmac(secret: string | Buffer, header: object = {}): string {
  const input = assemble({ alg: 'HS256', typ: 'at+jwt', kid: 'rsa', ...header }, door.claims())
  const body = input.slice(0, -1)
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`
}

const attacks: Record<string, readonly Attack[]> = {
  'unsigned tokens (RFC 8725 section 2.1)': [
    ...['none', 'None', 'NONE', 'nOnE', 'none ', ''].map((alg): Attack => [
      `alg "${alg}"`,
      'token_algorithm_refused',
      /is never accepted: only asymmetric signatures are/,
      () => assemble({ alg, typ: 'at+jwt', kid: 'one' }, door.claims()),
    ]),
    [
      'alg none with the signature of a good token',
      'token_algorithm_refused',
      /Algorithm "none"/,
      async () => assemble({ alg: 'none', typ: 'at+jwt' }, door.claims(), (await segments())[2]),
    ],
    [
      'no alg',
      'token_algorithm_refused',
      /names no algorithm/,
      () => assemble({ typ: 'at+jwt', kid: 'one' }, door.claims(), 'AAAA'),
    ],
    [
      'an alg that is a list',
      'token_algorithm_refused',
      /names no algorithm/,
      () => assemble({ alg: ['ES256', 'none'], typ: 'at+jwt' }, door.claims(), 'AAAA'),
    ],
    [
      'a good header with an empty signature',
      'token_malformed',
      /has no signature/,
      async () => (await segments()).slice(0, 2).join('.') + '.',
    ],
  ],
  'algorithm confusion (RFC 8725 section 2.1)': [
    ...(['HS256', 'HS384', 'HS512', 'hs256', 'RS256K', 'ES256K', 'dir', 'A256GCMKW'] as const).map(
      (alg): Attack => [
        `alg ${alg}`,
        'token_algorithm_refused',
        /is never accepted/,
        () => hmac('secret', { alg }),
      ],
    ),
    [
      'HS256 keyed with the public key in PEM form',
      'token_algorithm_refused',
      /Algorithm "HS256" is never accepted/,
      () => hmac(rsa.publicPem),
    ],
    [
      'HS256 keyed with the public key in DER form',
      'token_algorithm_refused',
      /Algorithm "HS256" is never accepted/,
      () => hmac(createPublicKey(rsa.publicPem).export({ format: 'der', type: 'spki' })),
    ],
    [
      'HS256 keyed with the text of the JWK',
      'token_algorithm_refused',
      /Algorithm "HS256" is never accepted/,
      () => hmac(JSON.stringify(rsa.publicJwk)),
    ],
    [
      'the algorithm of another family than the key',
      'token_key_unknown',
      /it is not for ES256/,
      () => signed({}, { alg: 'ES256', kid: 'rsa' }),
    ],
    [
      'PS256 with a key published for RS256',
      'token_key_unknown',
      /it is not for PS256/,
      () => assemble({ alg: 'PS256', kid: 'rsa', typ: 'at+jwt' }, door.claims(), 'AAAA'),
    ],
    [
      'an algorithm that is not in the list of the issuer',
      'token_algorithm_refused',
      /"ES512" is not in the list of issuer/,
      async () => (await createSigningKey('one', 'ES512')).sign({}, door.claims()),
    ],
    [
      'an algorithm in the wrong case',
      'token_algorithm_refused',
      /Algorithm "es256"/,
      () => assemble({ alg: 'es256', kid: 'one', typ: 'at+jwt' }, door.claims(), 'AAAA'),
    ],
  ],
  signatures: [
    [
      'of all zeros (CVE-2022-21449)',
      'token_signature_invalid',
      /Not signed by key "one"/,
      async () => {
        const [header, payload] = await segments()
        return `${header}.${payload}.${Buffer.alloc(64).toString('base64url')}`
      },
    ],
    [
      'r and s equal to the order of the curve',
      'token_signature_invalid',
      /Not signed by key "one"/,
      async () => {
        const [header, payload] = await segments()
        const order = 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551'
        return `${header}.${payload}.${Buffer.from(order + order, 'hex').toString('base64url')}`
      },
    ],
    [
      'in DER form',
      'token_signature_invalid',
      /Not signed by key "one"/,
      async () => {
        const [header, payload, signature] = await segments()
        const raw = Buffer.from(signature, 'base64url')
        const integer = (part: Buffer) => Buffer.concat([Buffer.from([2, 33, 0]), part])
        const body = Buffer.concat([integer(raw.subarray(0, 32)), integer(raw.subarray(32))])
        const der = Buffer.concat([Buffer.from([0x30, body.length]), body])
        return `${header}.${payload}.${der.toString('base64url')}`
      },
    ],
    ...([-1, 1] as const).map((change): Attack => [
      `${change < 0 ? 'truncated' : 'extended'} by a byte`,
      'token_signature_invalid',
      /Not signed by key "one"/,
      async () => {
        const [header, payload, signature] = await segments()
        const bytes = Buffer.concat([Buffer.from(signature, 'base64url'), Buffer.alloc(1)])
        const changed = bytes.subarray(0, 64 + change)
        return `${header}.${payload}.${changed.toString('base64url')}`
      },
    ]),
    [
      'of another token',
      'token_signature_invalid',
      /Not signed by key "one"/,
      async () => {
        const [header, , signature] = await segments()
        return `${header}.${encode(door.claims({ sub: 'mallory' }))}.${signature}`
      },
    ],
    [
      "by a stranger's key under a known key id",
      'token_signature_invalid',
      /Not signed by key "one"/,
      () => stranger.sign({}, door.claims()),
    ],
  ],
  'headers that bring their own rules (RFC 8725 section 3.10)': [
    [
      'an embedded jwk, which fits the signature',
      'token_header_refused',
      /has "jwk", which is never accepted/,
      () => stranger.sign({ jwk: stranger.publicJwk }, door.claims()),
    ],
    [
      'a jku',
      'token_header_refused',
      /has "jku"/,
      () => stranger.sign({ jku: `${door.server.issuer}/evil` }, door.claims()),
    ],
    [
      'a x5u',
      'token_header_refused',
      /has "x5u"/,
      () => stranger.sign({ x5u: `${door.server.issuer}/evil` }, door.claims()),
    ],
    [
      'a x5c',
      'token_header_refused',
      /has "x5c"/,
      () => stranger.sign({ x5c: ['AAAA'] }, door.claims()),
    ],
    ['a jwk that is null', 'token_header_refused', /has "jwk"/, () => signed({}, { jwk: null })],
    [
      'crit naming an extension',
      'token_header_refused',
      /has "crit"/,
      () => signed({}, { crit: ['http://example.com/x'], 'http://example.com/x': true }),
    ],
    [
      'an empty crit',
      'token_header_refused',
      /has "crit"/,
      () => assemble({ alg: 'ES256', kid: 'one', typ: 'at+jwt', crit: [] }, door.claims(), 'AAAA'),
    ],
    [
      'b64 false (RFC 7797)',
      'token_header_refused',
      /has "(crit|b64)"/,
      () =>
        assemble(
          { alg: 'ES256', kid: 'one', typ: 'at+jwt', b64: false, crit: ['b64'] },
          door.claims(),
          'AAAA',
        ),
    ],
    ['b64 without crit', 'token_header_refused', /has "b64"/, () => signed({}, { b64: true })],
    ['zip', 'token_header_refused', /has "zip"/, () => signed({}, { zip: 'DEF' })],
    [
      'a key id that climbs out of a folder',
      'token_key_unknown',
      /Key "\.\.\/\.\.\/dev\/null".*not among the published keys/,
      () => signed({}, { kid: '../../dev/null' }),
    ],
    [
      'a key id named like a member of every object',
      'token_key_unknown',
      /not among the published keys/,
      () => signed({}, { kid: '__proto__' }),
    ],
    [
      'a key id with a statement for a database',
      'token_key_unknown',
      /not among the published keys/,
      () => signed({}, { kid: "' UNION SELECT 'key" }),
    ],
    [
      'a key id that is a number',
      'token_header_refused',
      /"kid" is not a string/,
      () => signed({}, { kid: 1 }),
    ],
    [
      'a key id that is an object',
      'token_header_refused',
      /"kid" is not a string/,
      () => signed({}, { kid: { toString: 'one' } }),
    ],
    [
      'an endless key id',
      'token_header_refused',
      /"kid" is not a string of at most 256/,
      () => signed({}, { kid: 'k'.repeat(257) }),
    ],
    [
      'members that make it look like an answer of ours',
      'token_algorithm_refused',
      /names no algorithm/,
      () =>
        assemble({ kind: 'refusal', code: 'token_expired', detail: 'x' }, door.claims(), 'AAAA'),
    ],
  ],
  'other kinds of token (RFC 8725 section 3.11)': [
    [
      'an ID token, typ JWT',
      'token_type_refused',
      /Token type "jwt", expected at\+jwt/,
      () => signed({ nonce: 'n' }, { typ: 'JWT' }),
    ],
    [
      'no typ',
      'token_type_refused',
      /Token type missing, expected at\+jwt/,
      () => signed({}, { typ: undefined }),
    ],
    [
      'a logout token',
      'token_type_refused',
      /Token type "logout\+jwt"/,
      () => signed({ events: {} }, { typ: 'logout+jwt' }),
    ],
    [
      'a DPoP proof',
      'token_type_refused',
      /Token type "dpop\+jwt"/,
      () => signed({}, { typ: 'dpop+jwt' }),
    ],
    [
      'a typ that is not a string',
      'token_type_refused',
      /"typ" is not a string/,
      () => signed({}, { typ: ['at+jwt'] }),
    ],
    [
      'an ID token that claims to be an access token',
      'token_type_refused',
      /"at_hash" belongs to another kind of token/,
      () => signed({ at_hash: 'x' }),
    ],
    [
      'a token bound to a key, as a bearer token',
      'proof_missing',
      /came as a bearer token without proof of possession/,
      () => signed({ cnf: { jkt: 'A'.repeat(43) } }),
    ],
    ...(
      [null, 'x', [], {}, { jkt: 'x' }, { jwk: {} }, { jkt: 'A'.repeat(43), kid: 'x' }] as const
    ).map((cnf): Attack => [
      `a token bound to ${JSON.stringify(cnf)}, which nobody can check`,
      'token_claims_invalid',
      /bound to a key \("cnf"\) in a way that cannot be checked/,
      () => signed({ cnf }),
    ]),
    [
      'an encrypted token',
      'token_malformed',
      /JWE/,
      () => `${encode({ alg: 'dir', enc: 'A128GCM' })}.AAAA.AAAA.AAAA.AAAA`,
    ],
  ],
  'issuer and audience (RFC 8725 sections 3.8 and 3.9)': [
    [
      'another issuer',
      'token_issuer_unknown',
      /Issuer "https:\/\/evil.example.com" is not configured/,
      () => signed({ iss: 'https://evil.example.com' }),
    ],
    [
      'the issuer with a slash more',
      'token_issuer_unknown',
      /is not configured/,
      () => signed({ iss: `${door.server.issuer}/` }),
    ],
    [
      'the issuer in another case',
      'token_issuer_unknown',
      /is not configured/,
      () => signed({ iss: door.server.issuer.replace('http', 'HTTP') }),
    ],
    ['no issuer', 'token_issuer_unknown', /names no issuer/, () => signed({ iss: undefined })],
    [
      'a list of issuers',
      'token_issuer_unknown',
      /names no issuer/,
      () => signed({ iss: [door.server.issuer] }),
    ],
    [
      'an issuer named like a member of every object',
      'token_issuer_unknown',
      /is not configured/,
      () => signed({ iss: '__proto__' }),
    ],
    [
      'only other services as audience',
      'token_audience_refused',
      /Audience "other, another", expected api or api2/,
      () => signed({ aud: ['other', 'another'] }),
    ],
    [
      'an audience that begins like ours',
      'token_audience_refused',
      /Audience "api3"/,
      () => signed({ aud: 'api3' }),
    ],
    [
      'both of our audiences in one string',
      'token_audience_refused',
      /Audience "api api2"/,
      () => signed({ aud: 'api api2' }),
    ],
    [
      'no audience',
      'token_audience_refused',
      /names no audience/,
      () => signed({ aud: undefined }),
    ],
    ['an empty audience', 'token_audience_refused', /Audience ""/, () => signed({ aud: [] })],
    [
      'an audience among things that are no strings',
      'token_audience_refused',
      /neither a string nor an array/,
      () => signed({ aud: ['api', { toString: 'api' }] }),
    ],
    [
      'an audience within an array within an array',
      'token_audience_refused',
      /neither a string nor an array/,
      () => signed({ aud: [['api']] }),
    ],
    [
      'an object as audience',
      'token_audience_refused',
      /neither/,
      () => signed({ aud: { 0: 'api' } }),
    ],
    ['null as audience', 'token_audience_refused', /neither/, () => signed({ aud: null })],
    [
      'a thousand audiences',
      'token_audience_refused',
      /at most 64 strings/,
      () => signed({ aud: Array.from({ length: 1_000 }, () => 'api') }),
    ],
  ],
  dates: [
    ['expired', 'token_expired', /Expired 31 s ago/, () => signed({ exp: door.clock.nowS() - 31 })],
    [
      'expired to the second, skew included',
      'token_expired',
      /Expired 30 s ago/,
      () => signed({ exp: door.clock.nowS() - 30 }),
    ],
    [
      'not valid yet',
      'token_not_yet_valid',
      /Valid in 31 s \("nbf"\)/,
      () => signed({ nbf: door.clock.nowS() + 31 }),
    ],
    [
      'issued in the future',
      'token_not_yet_valid',
      /Issued 31 s from now \("iat"\)/,
      () => signed({ iat: door.clock.nowS() + 31 }),
    ],
    ['no expiry', 'token_claims_invalid', /has no "exp"/, () => signed({ exp: undefined })],
    ...(['exp', 'nbf', 'iat'] as const).flatMap((claim) =>
      ['"1900000000"', '1e400', '-1e400', '-1', 'true', 'null', '{}', '[1900000000]', '1e300'].map(
        (value): Attack => [
          `${claim}: ${value}`,
          'token_claims_invalid',
          new RegExp(`"${claim}" is not a number of seconds|kept exactly in "${claim}"`),
          () => {
            const { [claim]: _, ...others } = door.claims()
            return signedText(JSON.stringify(others).replace('{', `{"${claim}":${value},`))
          },
        ],
      ),
    ),
  ],
  subjects: [
    ...(
      [
        ['missing', undefined],
        ['empty', ''],
        ['a number', 1],
        ['an object', { toString: 'alice' }],
        ['an array', ['alice']],
        ['null', null],
        ['too long', 'a'.repeat(257)],
      ] as const
    ).map(([name, sub]): Attack => [
      name,
      'token_claims_invalid',
      /"sub" is not a string of 1 to 256 characters/,
      () => signed({ sub }),
    ]),
    ...['alice\r\nSallyport-Roles: admin', 'a\u0000b', 'alice\u007f', '\u0085', 'a\u2028b'].map(
      (sub): Attack => [
        JSON.stringify(sub),
        'token_claims_invalid',
        /control characters or surrounding space/,
        () => signed({ sub }),
      ],
    ),
    ...[' alice', 'alice ', 'alice\u00a0', '\ufeffalice', ' '].map((sub): Attack => [
      `${JSON.stringify(sub)}, which a header would trim`,
      'token_claims_invalid',
      /control characters or surrounding space/,
      () => signed({ sub }),
    ]),
    [
      'half a character',
      'token_claims_invalid',
      /control characters or surrounding space/,
      () => signedText(claimsText().replace('alice', String.raw`\ud800`)),
    ],
    [
      'nobody',
      'token_claims_invalid',
      /"sub" is the name of nobody/,
      () => signed({ sub: 'anonymous' }),
    ],
    ...(['jti', 'sid', 'acr'] as const).map((claim): Attack => [
      `a ${claim} that is not a string`,
      'token_claims_invalid',
      new RegExp(`"${claim}" is not a string`),
      () => signed({ [claim]: ['x'] }),
    ]),
  ],
  'JSON tricks': [
    [
      'a claim twice',
      'token_malformed',
      /payload has a member twice/,
      () => signedText(claimsText().replace('{', '{"sub":"admin",')),
    ],
    [
      'a claim twice, once written with an escape',
      'token_malformed',
      /payload has a member twice/,
      () => signedText(claimsText().replace('{', String.raw`{"\u0073ub":"admin",`)),
    ],
    [
      'a claim twice in a nested object',
      'token_malformed',
      /payload has a member twice/,
      () => signedText(claimsText().replace('{', '{"x":{"y":1,"y":2},')),
    ],
    [
      'alg twice',
      'token_malformed',
      /header has a member twice/,
      () => assemble(headerText().replace('{', '{"alg":"none",'), door.claims(), 'AAAA'),
    ],
    [
      'a payload that is an array',
      'token_malformed',
      /payload is not a JSON object/,
      () => signedText('[]'),
    ],
    ['a payload that is null', 'token_malformed', /is not a JSON object/, () => signedText('null')],
    ['a payload that is text', 'token_malformed', /is not a JSON object/, () => signedText('"x"')],
    ['an empty payload', 'token_malformed', /payload is not JSON/, () => signedText('')],
    [
      'a payload followed by another',
      'token_malformed',
      /payload is not JSON/,
      () => signedText(`${claimsText()}{"sub":"admin"}`),
    ],
    [
      'a payload after a byte order mark',
      'token_malformed',
      /payload is not JSON/,
      () => signedText(`\uFEFF${claimsText()}`),
    ],
    [
      'a payload with comments',
      'token_malformed',
      /payload is not JSON/,
      () => signedText(claimsText().replace('{', '{/**/')),
    ],
    [
      'a payload with a trailing comma',
      'token_malformed',
      /payload is not JSON/,
      () => signedText(claimsText().replace(/\}$/, ',}')),
    ],
    [
      'not-a-number in the payload',
      'token_malformed',
      /payload is not JSON/,
      () => signedText(claimsText().replace(/"exp":\d+/, '"exp":NaN')),
    ],
    [
      'a payload nested without end',
      'token_malformed',
      /payload is nested deeper than 16 levels/,
      () => signedText(claimsText().replace('{', `{"x":${'['.repeat(3_000)}${']'.repeat(3_000)},`)),
    ],
    [
      'a header nested without end',
      'token_malformed',
      /header is nested deeper than 4 levels/,
      () => assemble(`{"alg":${'{"a":'.repeat(500)}1${'}'.repeat(500)}}`, door.claims(), 'AAAA'),
    ],
    [
      'a header that is an array',
      'token_malformed',
      /header is not a JSON object/,
      () => assemble('[]', door.claims(), 'AAAA'),
    ],
    [
      'bytes that are not UTF-8',
      'token_malformed',
      /payload is not UTF-8/,
      async () => {
        const [header, , signature] = await segments()
        const bytes = Buffer.concat([
          Buffer.from('{"sub":"'),
          Buffer.from([0xc0, 0xaf]),
          Buffer.from('"}'),
        ])
        return `${header}.${bytes.toString('base64url')}.${signature}`
      },
    ],
  ],
  'spellings of base64url': [
    ...(['header', 'payload', 'signature'] as const).map((part): Attack => [
      `padding after the ${part}`,
      part === 'signature' ? 'token_malformed' : 'credential_malformed',
      part === 'signature' ? /signature is not canonical base64url/ : /must not hold/,
      async () => {
        const pieces = await segments()
        const index = ['header', 'payload', 'signature'].indexOf(part)
        pieces[index] = `${pieces[index]}==`
        return pieces.join('.')
      },
    ]),
    ...(['header', 'payload', 'signature'] as const).map((part): Attack => [
      `trailing bits set in the ${part}`,
      'token_malformed',
      new RegExp(`token ${part} is not canonical base64url`),
      async () => {
        // Lengths that leave bits over in the last character.
        const pieces = [
          encode(`${headerText()} `),
          encode(`${claimsText()} `),
          (await segments())[2],
        ]
        for (const [index, text] of [headerText(), claimsText()].entries()) {
          pieces[index] = encode(text + ' '.repeat((3 - (Buffer.byteLength(text) % 3) + 1) % 3))
        }
        const index = ['header', 'payload', 'signature'].indexOf(part)
        const piece = pieces[index] ?? ''
        const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
        const last = alphabet.indexOf(piece.at(-1) ?? '')
        pieces[index] = piece.slice(0, -1) + alphabet[last + 1]
        return pieces.join('.')
      },
    ]),
    [
      'the alphabet of plain base64',
      'token_malformed',
      /signature is not canonical base64url/,
      async () => {
        const [header, payload] = await segments()
        return `${header}.${payload}.${'+/'.repeat(43)}`
      },
    ],
    [
      'a length that no bytes have',
      'token_malformed',
      /signature is not canonical base64url/,
      async () => `${await signed({})}AAA`,
    ],
    [
      'a space inside',
      'credential_malformed',
      /must not hold, at offset 10/,
      async () => (await signed({})).replace(/^(.{10})/, '$1 '),
    ],
    [
      'a line break inside',
      'credential_malformed',
      /must not hold/,
      async () => (await signed({})).replace(/^(.{10})/, '$1\n'),
    ],
  ],
  shapes: [
    ['one segment', 'token_malformed', /three segments/, () => 'opaque-token'],
    [
      'two segments',
      'token_malformed',
      /three segments/,
      async () => (await segments()).slice(0, 2).join('.'),
    ],
    ['four segments', 'token_malformed', /three segments/, async () => `${await signed({})}.AAAA`],
    ['only dots', 'token_malformed', /header is not JSON/, () => '..'],
    ['a hundred dots', 'token_malformed', /three segments/, () => '.'.repeat(100)],
    [
      '100 KiB',
      'token_too_large',
      /has 10\d{4} bytes, accepted are 12288/,
      () => signed({ x: 'x'.repeat(76_000) }),
    ],
    [
      'two tokens with a comma',
      'credentials_multiple',
      /Several credentials/,
      async () => `${await signed({})},${await signed({})}`,
    ],
  ],
}

describe.each(Object.entries(attacks))('%s', (_, table) => {
  test.each(table)('refuses %s', async (_name, code, detail, forge) => {
    const token = await forge()
    const answer = await door.answer(token)
    expect(answer).toMatchObject({ kind: 'refusal', code })
    const said = isIdentity(answer) ? '' : answer.detail
    expect(said).toMatch(detail)
    // The log must not become a store of tokens.
    const leaked = token.split('.').filter((part) => part.length > 12 && said.includes(part))
    expect(leaked).toEqual([])
    expect(said).not.toMatch(/[\r\n]/)
    expect(said.length).toBeLessThan(500)
  })
})

test('asked the issuer for nothing that a token named', () => {
  expect(countOf(door.server, keySetPath)).toBe(2)
  expect(door.server.requests).not.toContain('/evil')
})

test('still lets the honest in', async () => {
  expect(isIdentity(await door.answer(await signed({})))).toBe(true)
  expect(isIdentity(await door.answer(await signed({ aud: ['other', 'api2'] })))).toBe(true)
  expect(isIdentity(await door.answer(await signed({}, { typ: 'application/AT+jwt' })))).toBe(true)
  expect(isIdentity(await door.answer(await signed({}, { kid: undefined })))).toBe(true)
  expect(isIdentity(await door.answer(await rsa.sign({}, door.claims())))).toBe(true)
  expect(isIdentity(await door.answer(await signedText(` ${claimsText()}\n`)))).toBe(true)
  expect(isIdentity(await door.answer(await signed({ sub: 'Zoë Ångström ☂' })))).toBe(true)
  expect(isIdentity(await door.answer(await signed({ exp: door.clock.nowS() - 29 })))).toBe(true)
  expect(isIdentity(await door.answer(await signed({ nbf: door.clock.nowS() + 30 })))).toBe(true)
  expect(isIdentity(await door.answer(await signed({ exp: door.clock.nowS() + 0.5 })))).toBe(true)
})
