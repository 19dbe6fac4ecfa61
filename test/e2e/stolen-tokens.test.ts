import { hash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import { request } from 'node:https'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createApiKey } from '../../src/authenticate/api-key.ts'
import { createDpopClient, type DpopClient } from '../authenticate/dpop-client.ts'
import { createProviderKey } from '../authenticate/openid-provider.ts'
import { listenOn, policyText, readAll } from '../gateway/front-door.ts'
import { ask, type Reply } from '../support/ask.ts'
import {
  boundAudience,
  type BoundTokenProvider,
  startBoundTokenProvider,
} from '../support/bound-token-provider.ts'
import { CertificateAuthority, type IssuedCertificate } from '../support/certificate-authority.ts'
import { type Sallyport, startSallyport } from '../support/sallyport.ts'
import { until } from '../support/until.ts'

const services = new CertificateAuthority('Services')
const workloads = new CertificateAuthority('Workloads')
const ordersId = 'spiffe://prod.test/orders'
const orders = workloads.issue({ name: 'orders', uri: [ordersId], usage: 'client' })
const thiefs = workloads.issue({
  name: 'thief',
  uri: ['spiffe://prod.test/thief'],
  usage: 'client',
})
const foreign = workloads.issue({
  name: 'foreign',
  uri: ['spiffe://dev.test/orders'],
  usage: 'client',
})
const policy = `${policyText}
  - id: workloads
    permit: [view]
    when: subject.type == "workload" && subject.path == "/orders"
`
const apiKey = createApiKey()

let provider: BoundTokenProvider
let upstream: Server
let exchange: Server
let sallyport: Sallyport
let client: DpopClient
let dpopToken: string
/** What reached the application. */
let seen: IncomingHttpHeaders[] = []
let exchanged: Record<string, string>[] = []
let refusesExchange = false

beforeAll(async () => {
  client = await createDpopClient()
  provider = await startBoundTokenProvider(services, [await createProviderKey('one', 'ES256')])
  upstream = createServer((req, res) => {
    seen.push(req.headers)
    res.end('done')
  })
  const port = await listenOn(upstream)
  exchange = createServer((req, res) => {
    void readAll(req).then((body) => {
      exchanged.push(Object.fromEntries(new URLSearchParams(body.toString())))
      if (refusesExchange) res.statusCode = 400
      return res.end(
        JSON.stringify(
          refusesExchange
            ? { error: 'invalid_target' }
            : { access_token: 'for-the-upstream', token_type: 'Bearer', expires_in: 60 },
        ),
      )
    })
  })
  const exchangePort = await listenOn(exchange)
  const routes = `routes:
  - host: passing.test
    upstream: http://127.0.0.1:${port}
    pass_token: true
    identity_headers: false
    paths: { 'GET /files/{id}': { action: view, resource: file, id: path.id } }
  - host: exchanging.test
    upstream: http://localhost:${port}
    audience: https://orders.test
    paths: { 'GET /files/{id}': { action: view, resource: file, id: path.id } }
  - host: bound.test
    upstream: http://127.0.0.1:${port}
    credentials: [dpop, client_certificate]
    paths: { 'GET /files/{id}': { action: view, resource: file, id: path.id } }
`
  sallyport = await startSallyport({
    upstream: `http://127.0.0.1:${port}`,
    policy,
    config: {
      gateway: {
        workers: 2,
        tls: {
          certificates: [{ certificate: 'gateway.pem', key: 'gateway.key' }],
          client_certificates: { authorities: 'workloads.pem', mode: 'optional' },
        },
      },
      upstreams: {
        token_exchange: [
          {
            upstream: `http://localhost:${port}`,
            token_endpoint: `http://127.0.0.1:${exchangePort}/token`,
            client_id: 'sallyport',
            client_secret_file: 'exchange.secret',
          },
        ],
      },
      issuers: [
        { issuer: provider.issuer, audiences: [boundAudience], authorities_file: 'services.pem' },
      ],
      authentication: { clock_skew: '1s' },
      client_identity: { subject_from: 'spiffe', trust_domains: ['prod.test'] },
      api_keys: { file: 'api-keys.yaml', header: 'X-Service-Key' },
    },
    prepare: async (dir) => {
      const dns = ['app.test', 'passing.test', 'exchanging.test', 'bound.test']
      const pair = services.issue({ name: 'gateway', dns, usage: 'server' })
      await writeFile(join(dir, 'gateway.pem'), pair.certificate)
      await writeFile(join(dir, 'gateway.key'), pair.key)
      await writeFile(join(dir, 'workloads.pem'), workloads.certificate)
      await writeFile(join(dir, 'services.pem'), services.certificate)
      await writeFile(join(dir, 'exchange.secret'), 'secret\n')
      await writeFile(join(dir, 'api-keys.yaml'), keysText(true))
      await writeFile(join(dir, 'policies/more-routes.yaml'), routes)
    },
  })
  await until('readiness', async () => (await ask(sallyport.operations, '/readyz')).status === 200)
  // Proofs of before the start need a nonce, give or take the skew, and times are in whole seconds.
  const startedS = Math.ceil(Date.now() / 1_000) + 1
  await until('two seconds', () => Promise.resolve(Date.now() / 1_000 > startedS))
  const url = provider.tokenEndpoint
  const proof = await client.proof({ method: 'POST', url, token: '', claims: { ath: undefined } })
  dpopToken = await provider.dpopToken(proof)
})

beforeEach(() => {
  seen = []
  exchanged = []
  refusesExchange = false
})

afterAll(async () => {
  await sallyport.remove()
  for (const server of [upstream, exchange]) {
    server.closeAllConnections()
    server.close()
  }
  await provider.close()
})

function keysText(isListed: boolean): string {
  const entry = `{ id: ${apiKey.id}, sha256: ${hash('sha256', apiKey.key)} }`
  const other = createApiKey()
  return `services:
  - subject: billing
    groups: [staff]
    keys: [${isListed ? entry : `{ id: ${other.id}, sha256: ${hash('sha256', other.key)} }`}]
`
}

interface Asking {
  readonly host?: string
  readonly path?: string
  readonly pair?: IssuedCertificate | null
  readonly headers?: Readonly<Record<string, string | string[]>>
}

/** A request on a TLS connection of its own, so that any worker may get it. */
function get({
  host = 'app.test',
  path = '/files/a',
  pair = null,
  headers = {},
}: Asking): Promise<Pick<Reply, 'status' | 'headers'> & { readonly code: string | null }> {
  return new Promise((resolve, reject) => {
    const req = request(
      {
        host: '127.0.0.1',
        port: new URL(sallyport.gateway).port,
        servername: host,
        ca: services.certificate,
        agent: false,
        path,
        ...(pair === null ? null : { cert: pair.certificate, key: pair.key }),
        headers: { host, ...headers },
      },
      (res) => {
        readAll(res).then((body) => {
          const text = body.toString()
          const { code = null } = (text.startsWith('{') ? JSON.parse(text) : {}) as {
            code?: string
          }
          return resolve({ status: res.statusCode ?? 0, headers: res.headers, code })
        }, reject)
      },
    )
    req.on('error', reject)
    req.end()
  })
}

function proofFor(path = '/files/a', by = client, changes: object = {}): Promise<string> {
  return by.proof({ url: `https://app.test${path}`, token: dpopToken, ...changes })
}

function dpop(proof: string, token = dpopToken): { readonly headers: Record<string, string> } {
  return { headers: { authorization: `DPoP ${token}`, dpop: proof } }
}

describe('a token bound to a key', () => {
  it('serves who holds the key, and tells the upstream nothing that could be used again', async () => {
    expect(await get(dpop(await proofFor()))).toMatchObject({ status: 200 })
    expect(await get(dpop(await proofFor()))).toMatchObject({ status: 200 })
    expect(seen).toHaveLength(2)
    for (const headers of seen) {
      expect(headers).not.toHaveProperty('authorization')
      expect(headers).not.toHaveProperty('dpop')
      expect(headers['sallyport-subject']).toBe('dpop')
      expect(JSON.stringify(headers)).not.toContain(dpopToken)
    }
  })

  it('is of no use to a thief', async () => {
    const thief = await createDpopClient()
    const proof = await proofFor()
    expect(await get(dpop(proof))).toMatchObject({ status: 200 })
    const answers = await Promise.all([
      get(dpop(proof)),
      get({ ...dpop(proof), path: '/files/b' }),
      get(dpop(await proofFor('/files/a', thief))),
      get({ headers: { authorization: `Bearer ${dpopToken}` } }),
      get({ headers: { authorization: `DPoP ${dpopToken}` } }),
      get({ headers: { authorization: `DPoP ${dpopToken}`, dpop: [proof, proof] } }),
      get(dpop(await proofFor('/files/a', client, { nowS: Date.now() / 1_000 + 120 }))),
      get({ ...dpop(proof), pair: thiefs }),
    ])
    expect(answers.map(({ code }) => code)).toEqual([
      'proof_replayed',
      'proof_mismatch',
      'proof_key_mismatch',
      'proof_missing',
      'proof_missing',
      'proof_malformed',
      'proof_stale',
      'proof_replayed',
    ])
    for (const { status, headers } of answers) {
      expect(status).toBe(401)
      expect(headers['www-authenticate']).toMatch(/DPoP error="invalid_(dpop_proof|token)"/)
    }
    expect(seen).toHaveLength(1)
  })

  it('is served once for a proof, whichever workers it is shown to at one moment', async () => {
    const proof = await proofFor()
    const answers = await Promise.all(Array.from({ length: 24 }, () => get(dpop(proof))))
    const codes = answers.map(({ status, code }) => (status === 200 ? 'served' : code))
    expect(codes.filter((code) => code === 'served')).toHaveLength(1)
    expect(codes.filter((code) => code === 'proof_replayed')).toHaveLength(23)
    expect(seen).toHaveLength(1)
  })

  it('needs a nonce with a proof of before the start, and every worker knows it', async () => {
    const early = { nowS: Date.now() / 1_000 - 60 }
    const asked = await get(dpop(await proofFor('/files/a', client, early)))
    expect(asked).toMatchObject({ status: 401, code: 'proof_nonce_required' })
    expect(asked.headers['www-authenticate']).toContain('DPoP error="use_dpop_nonce"')
    const nonce = String(asked.headers['dpop-nonce'])
    const answers = await Promise.all(
      Array.from({ length: 8 }, async () =>
        get(dpop(await proofFor('/files/a', client, { ...early, nonce }))),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200))
  })
})

describe('a token bound to a certificate', () => {
  it('serves the connection of that certificate, and nobody who stole it', async () => {
    const token = await provider.certificateToken(orders)
    const headers = { authorization: `Bearer ${token}` }
    expect(await get({ headers, pair: orders })).toMatchObject({ status: 200 })
    for (const pair of [thiefs, foreign, null]) {
      const answer = await get({ headers, pair })
      expect(answer).toMatchObject({ status: 401, code: 'token_certificate_mismatch' })
      expect(answer.headers['www-authenticate']).toContain('Bearer error="invalid_token"')
    }
    expect(seen).toHaveLength(1)
  })
})

describe('a client certificate', () => {
  it('is an identity of its own, with the rights of its SPIFFE ID and no others', async () => {
    expect(await get({ pair: orders })).toMatchObject({ status: 200 })
    expect(seen[0]).toMatchObject({ 'sallyport-subject': ordersId })
    expect(await get({ pair: thiefs })).toMatchObject({ status: 403, code: 'no_applicable_rule' })
    expect(await get({ pair: foreign })).toMatchObject({
      status: 403,
      code: 'client_certificate_refused',
    })
    expect(await get({})).toMatchObject({ status: 401, code: 'credential_missing' })
    const bad = { authorization: 'Bearer a.b.c' }
    expect(await get({ pair: orders, headers: bad })).toMatchObject({ status: 401 })
  })

  it('opens a route that takes no bearer tokens', async () => {
    const host = 'bound.test'
    const token = await provider.bearerToken()
    const headers = { authorization: `Bearer ${token}` }
    expect(await get({ headers })).toMatchObject({ status: 200 })
    expect(await get({ host, headers })).toMatchObject({ code: 'credential_not_accepted' })
    expect(await get({ host, pair: orders })).toMatchObject({ status: 200 })
  })
})

describe('what the upstream gets', () => {
  it('is the token of the client where the route says so, without plain fields', async () => {
    const authorization = `Bearer ${await provider.bearerToken()}`
    await get({ headers: { authorization } })
    await get({ host: 'passing.test', headers: { authorization } })
    expect(seen[0]).not.toHaveProperty('authorization')
    expect(seen[0]).toHaveProperty('sallyport-subject')
    expect(seen[1]).toMatchObject({ authorization })
    expect(seen[1]).not.toHaveProperty('sallyport-subject')
    expect(seen[1]).toHaveProperty('sallyport-identity')
  })

  it('is a token of its own, or nothing at all', async () => {
    const token = await provider.bearerToken()
    const asking = { host: 'exchanging.test', headers: { authorization: `Bearer ${token}` } }
    expect(await get(asking)).toMatchObject({ status: 200 })
    expect(seen[0]).toMatchObject({ authorization: 'Bearer for-the-upstream' })
    expect(exchanged[0]).toMatchObject({ subject_token: token, audience: 'https://orders.test' })
    refusesExchange = true
    const another = { authorization: `Bearer ${await provider.bearerToken()}` }
    expect(await get({ ...asking, headers: another })).toMatchObject({
      status: 502,
      code: 'ERR_TOKEN_EXCHANGE_REFUSED',
    })
    expect(seen).toHaveLength(1)
  })
})

describe('an API key', () => {
  it('serves its service until it is taken out of the file', async () => {
    const headers = { 'x-service-key': apiKey.key }
    expect(await get({ headers })).toMatchObject({ status: 200 })
    expect(await get({ headers: { authorization: `Bearer ${apiKey.key}` } })).toMatchObject({
      status: 200,
    })
    expect(seen[0]).not.toHaveProperty('x-service-key')
    // Not the field of keys here, and so the application's own business.
    expect(await get({ headers: { 'x-api-key': apiKey.key } })).toMatchObject({ status: 401 })
    expect(seen[0]).toMatchObject({ 'sallyport-subject': 'billing' })
    const wrong = await get({ headers: { 'x-service-key': createApiKey().key } })
    expect(wrong).toMatchObject({ status: 401, code: 'api_key_invalid' })
    expect(wrong.headers['www-authenticate']).toContain('ApiKey')
    await writeFile(join(sallyport.dir, 'api-keys.yaml'), keysText(false))
    await sallyport.logged('API keys read again')
    await until('every worker', async () => {
      const answers = await Promise.all(Array.from({ length: 8 }, () => get({ headers })))
      return answers.every(({ code }) => code === 'api_key_invalid')
    })
    const records = JSON.stringify(await sallyport.records()) + sallyport.output()
    expect(records).not.toContain(apiKey.key)
    expect(records).not.toContain(dpopToken)
  })
})
