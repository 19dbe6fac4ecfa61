import { createHmac } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { assemble, createSigningKey, type SigningKey } from '../authenticate/signing-key.ts'
import { type IssuerServer, startIssuerServer } from '../issuers/issuer-server.ts'
import { ask } from '../support/ask.ts'
import { type Sallyport, startSallyport } from '../support/sallyport.ts'
import { until } from '../support/until.ts'
import { startUpstream, type Upstream } from '../support/upstream.ts'

let issuer: IssuerServer
let upstream: Upstream
let sallyport: Sallyport
let key: SigningKey
let rsa: SigningKey
let stranger: SigningKey

beforeAll(async () => {
  ;[key, rsa, stranger] = await Promise.all([
    createSigningKey('one'),
    createSigningKey('rsa', 'RS256'),
    createSigningKey('stranger'),
  ])
  issuer = await startIssuerServer([key.publicJwk, rsa.publicJwk])
  upstream = await startUpstream((_, res) => res.end('in'))
  sallyport = await startSallyport({
    upstream: upstream.origin,
    config: {
      issuers: [{ issuer: issuer.issuer, audiences: ['api'] }],
      gateway: { max_header_size: '256KiB' },
    },
  })
  await until('readiness', async () => (await ask(sallyport.operations, '/readyz')).status === 200)
})
afterAll(async () => {
  await sallyport.remove()
  await upstream.close()
  await issuer.close()
})

const nowS = (): number => Math.floor(Date.now() / 1_000)

function claims(changes: object = {}): Record<string, unknown> {
  const times = { iat: nowS(), exp: nowS() + 600 }
  return { iss: issuer.issuer, aud: 'api', sub: 'alice', groups: ['staff'], ...times, ...changes }
}

const signed = (changes: object = {}, header: object = {}): Promise<string> =>
  key.sign(header, claims(changes))

function signedByPublicKey(): string {
  const unsigned = assemble({ alg: 'HS256', typ: 'at+jwt', kid: 'rsa' }, claims()).slice(0, -1)
  const signature = createHmac('sha256', rsa.publicPem).update(unsigned).digest('base64url')
  return `${unsigned}.${signature}`
}

async function tampered(): Promise<string> {
  const [header, , signature] = (await signed()).split('.')
  const [, payload] = (await signed({ sub: 'mallory' })).split('.')
  return `${header}.${payload}.${signature}`
}

interface Answer {
  readonly status: number
  readonly challenge: string | null
  readonly id: string
  readonly body: string
}

/** The request as bytes, so that nothing between the test and the gateway tidies it up. */
async function send(
  fields: readonly string[],
  target = '/files/a',
  to = sallyport,
): Promise<Answer> {
  const socket = connect(Number(new URL(to.gateway).port), '127.0.0.1')
  const lines = [`GET ${target} HTTP/1.1`, 'Host: files.test', ...fields, 'Connection: close']
  socket.write(`${lines.join('\r\n')}\r\n\r\n`)
  let text = ''
  for await (const chunk of socket) text += String(chunk)
  const [head = '', body = ''] = text.split('\r\n\r\n')
  const field = (name: string): string | null =>
    new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1]?.trim() ?? null
  return {
    status: Number(text.slice(9, 12)),
    challenge: field('www-authenticate')?.replace(metadataParameter, '') ?? null,
    id: field('sallyport-decision') ?? '',
    body,
  }
}

/** RFC 9728, in every challenge. */
const metadataParameter =
  /,? resource_metadata="http:\/\/files\.test\/\.well-known\/oauth-protected-resource"/

const invalidToken = 'Bearer error="invalid_token"'
const invalidRequest = 'Bearer error="invalid_request"'

interface Attack {
  readonly name: string
  readonly forge: () => string | Promise<string>
  readonly code: string
  /** What the log says. */
  readonly why: RegExp
}

const attacks: readonly Attack[] = [
  {
    name: 'with "alg: none"',
    forge: () => assemble({ alg: 'none', typ: 'at+jwt' }, claims()),
    code: 'token_algorithm_refused',
    why: /Algorithm "none" is never accepted/,
  },
  {
    name: 'with HS256 signed by the public key',
    forge: signedByPublicKey,
    code: 'token_algorithm_refused',
    why: /Algorithm "HS256" is never accepted/,
  },
  {
    name: 'that has expired',
    forge: () => signed({ iat: nowS() - 700, exp: nowS() - 100 }),
    code: 'token_expired',
    why: /expired/i,
  },
  {
    name: 'that is not yet valid',
    forge: () => signed({ nbf: nowS() + 300 }),
    code: 'token_not_yet_valid',
    why: /not valid before|nbf/i,
  },
  {
    name: 'of another issuer',
    forge: () => signed({ iss: 'https://login.evil.example' }),
    code: 'token_issuer_unknown',
    why: /Issuer "https:\/\/login\.evil\.example" is not configured/,
  },
  {
    name: 'for another audience',
    forge: () => signed({ aud: ['payroll', 'api2'] }),
    code: 'token_audience_refused',
    why: /audience/i,
  },
  {
    name: 'with a "crit" header',
    forge: () => signed({}, { crit: ['exp-strict'], 'exp-strict': true }),
    code: 'token_header_refused',
    why: /"crit"/,
  },
  {
    name: 'with an embedded "jwk"',
    forge: () => stranger.sign({ jwk: stranger.publicJwk }, claims()),
    code: 'token_header_refused',
    why: /"jwk"/,
  },
  {
    name: 'with "kid" path traversal',
    forge: () => stranger.sign({ kid: '../../../../dev/null' }, claims()),
    code: 'token_key_unknown',
    why: /Key "\.\.\/\.\.\/\.\.\/\.\.\/dev\/null" of issuer/,
  },
  {
    name: '100 KiB long',
    forge: () => signed({ padding: 'x'.repeat(76_800) }),
    code: 'token_too_large',
    why: /The token has 10\d{4} bytes, accepted are 12288/,
  },
  {
    name: 'signed by a stranger under a known key id',
    forge: () => stranger.sign({ kid: 'one' }, claims()),
    code: 'token_signature_invalid',
    why: /Not signed by key "one"/,
  },
  {
    name: 'whose payload was exchanged',
    forge: tampered,
    code: 'token_signature_invalid',
    why: /Not signed by key "one"/,
  },
  {
    name: 'that is an ID token',
    forge: () => signed({ nonce: 'n' }, { typ: 'JWT' }),
    code: 'token_type_refused',
    why: /typ/i,
  },
  {
    name: 'that is no JWT',
    forge: () => 'opaque',
    code: 'token_malformed',
    why: /three segments/,
  },
]

/** Log and record tell why under the id that the client got; the client is told nothing of it. */
async function expectExplained(answer: Answer, code: string, why: RegExp): Promise<void> {
  expect(JSON.parse(answer.body)).toMatchObject({ code, decision_id: answer.id })
  expect(answer.body).not.toMatch(/kid|crit|jwk|evil|payroll|HS256|12288/)
  const line = await sallyport.logged('Refused a request', ({ decision }) => decision === answer.id)
  expect(line['code']).toBe(code)
  expect(line['reason']).toMatch(why)
  const record = await sallyport.recordOf(answer.id)
  expect(record).toMatchObject({
    source: 'gateway',
    path: '/files/a',
    refusal: { code, detail: line['reason'] },
    outcome: { kind: 'refused', status: answer.status, code },
  })
  expect(record).not.toHaveProperty('subject')
  expect(record).not.toHaveProperty('effect')
}

const forged: string[] = []

describe('a token', () => {
  it.each(attacks)('$name is refused, and the log says why', async ({ forge, code, why }) => {
    const token = await forge()
    forged.push(token)
    const answer = await send([`Authorization: Bearer ${token}`])
    expect(answer).toMatchObject({ status: 401, challenge: invalidToken })
    await expectExplained(answer, code, why)
  })

  it.each([
    ['in two fields', (token: string) => [`Bearer ${token}`, `Bearer ${token}`]],
    ['in two fields, the second one good', (token: string) => ['Bearer x', `Bearer ${token}`]],
    ['in two fields of different schemes', (token: string) => [`Bearer ${token}`, 'Basic YTpi']],
    ['in one field with a comma', (token: string) => [`Bearer ${token}, Bearer ${token}`]],
  ])('sent twice %s is refused as a malformed request', async (_, write) => {
    const token = await signed()
    forged.push(token)
    const answer = await send(write(token).map((value) => `Authorization: ${value}`))
    expect(answer).toMatchObject({ status: 400, challenge: invalidRequest })
    await expectExplained(answer, 'credentials_multiple', /Authorization field/)
  })

  it('is no credential in the query, and is written nowhere', async () => {
    const token = await signed()
    forged.push(token)
    const answer = await send([], `/files/a?access_token=${token}`)
    expect(answer).toMatchObject({ status: 400, challenge: invalidRequest })
    await expectExplained(answer, 'credential_malformed', /token in the query/)
    const both = await send([`Authorization: Bearer ${token}`], `/files/a?access_token=${token}`)
    expect(both).toMatchObject({ status: 400, challenge: invalidRequest })
    await expectExplained(both, 'credentials_multiple', /token in the query/)
  })

  it('is accepted when nothing is wrong with it', async () => {
    const token = await signed()
    forged.push(token)
    expect((await send([`Authorization: Bearer ${token}`])).status).toBe(200)
    expect((await send([`authorization:bearer   ${token}`])).status).toBe(200)
    expect((await send([`Authorization: Bearer ${await rsa.sign({}, claims())}`])).status).toBe(200)
  })

  it('never reached the upstream when refused, nor anybody else', () => {
    const subjects = upstream.seen.map(({ headers }) => headers['sallyport-subject'])
    expect(subjects).toEqual(['alice', 'alice', 'alice'])
    const paths = new Set(issuer.requests)
    expect(paths).toEqual(new Set(['/.well-known/openid-configuration', '/jwks']))
  })

  it('is in neither log nor records, whole or in part', async () => {
    const said = sallyport.output() + (await readFile(sallyport.recordFile, 'utf8'))
    expect(forged.length).toBeGreaterThan(attacks.length)
    const parts = forged.flatMap((token) => token.split('.')).filter((part) => part.length > 10)
    expect(parts.filter((part) => said.includes(part))).toEqual([])
  })
})

describe('with the limits a gateway has by default', () => {
  let small: Sallyport
  beforeAll(async () => {
    small = await startSallyport({
      upstream: upstream.origin,
      config: { issuers: [{ issuer: issuer.issuer, audiences: ['api'] }] },
    })
  })
  afterAll(() => small.remove())

  it('a token of 100 KiB is refused with the header that carries it, before it is read', async () => {
    const token = await signed({ padding: 'x'.repeat(76_800) })
    const answer = await send([`Authorization: Bearer ${token}`], '/files/a', small)
    expect(answer.status).toBe(431)
    expect(JSON.parse(answer.body)).toMatchObject({
      code: 'headers_too_large',
      decision_id: answer.id,
    })
    expect(await small.recordOf(answer.id)).toMatchObject({
      refusal: { code: 'headers_too_large' },
      outcome: { kind: 'refused', status: 431 },
    })
    await small.logged('Refused what is not a request', ({ decision }) => decision === answer.id)
  })
})
