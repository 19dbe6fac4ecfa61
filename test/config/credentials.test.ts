import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '../../src/config/read-config.ts'

let dir: string

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sallyport-config-'))
  await writeFile(join(dir, 'secret'), 's3cret\n')
  await writeFile(join(dir, 'empty'), '\n')
  await writeFile(join(dir, 'two-lines'), 's3cret\ns3cret\n')
})

afterAll(() => rm(dir, { recursive: true }))

async function read(text: string) {
  const file = join(dir, 'sallyport.yaml')
  const issuer = 'issuers: [{ issuer: https://a.example.com, audiences: [a] }]\n'
  const issuers = text.includes('issuers:') ? '' : issuer
  await writeFile(file, `${issuers}check: { allow_unauthenticated: true }\n${text}\n`)
  return readConfig(file, {})
}

const tls = `gateway:
  tls:
    certificates: [{ certificate: a.pem, key: a.key }]
    client_certificates: { authorities: b.pem }
`

test('reads where tokens are exchanged, with the secret but for its line end', async () => {
  const { config, diagnostics } = await read(`upstreams:
  token_exchange:
    - upstream: https://app.internal
      token_endpoint: https://login.example.com/token
      client_id: gateway
      client_secret_file: secret
      scope: orders
      timeout: 500ms`)
  expect(diagnostics).toEqual([])
  expect(config?.upstreams.tokenExchange).toEqual([
    {
      upstream: 'https://app.internal',
      tokenEndpoint: 'https://login.example.com/token',
      clientId: 'gateway',
      clientSecret: 's3cret',
      audience: null,
      resource: null,
      scope: 'orders',
      timeoutMs: 500,
    },
  ])
})

test('knows what a cluster is like unless told', async () => {
  const { config } = await read(
    'issuers: [{ issuer: https://kubernetes.default.svc, preset: kubernetes, audiences: [a] }]',
  )
  expect(config?.authentication.issuers).toMatchObject([
    {
      jwksUrl: 'https://kubernetes.default.svc/openid/v1/jwks',
      tokenTypes: ['none'],
      subjectType: 'service_account',
      authoritiesFile: '/var/run/secrets/kubernetes.io/serviceaccount/ca.crt',
      tokenFile: '/var/run/secrets/kubernetes.io/serviceaccount/token',
    },
  ])
})

function exchange(changes: string): string {
  const usual: Record<string, string> = {
    upstream: 'https://app.internal',
    token_endpoint: 'https://login.example.com/token',
    client_id: 'gateway',
    client_secret_file: 'secret',
  }
  const [key = '', value = ''] = changes.split('=')
  const entry = JSON.stringify({ ...usual, [key]: value })
  return `upstreams: { token_exchange: [${entry}] }`
}

test.each([
  [
    'client_identity: { subject_from: dns }',
    'no client certificate is asked for, so nobody can be known by one',
  ],
  [
    `${tls}client_identity: { subject_from: spiffe }`,
    '"subject_from: spiffe" needs to know whose workloads are meant: set "trust_domains"',
  ],
  [
    `${tls}client_identity: { subject_from: dns, trust_domains: [a.test] }`,
    '"trust_domains" are not looked at with "subject_from: dns"',
  ],
  [
    `${tls}client_identity: { subject_from: spiffe, trust_domains: [A.test] }`,
    'must be a SPIFFE trust domain such as prod.example.com',
  ],
  [
    `${tls}client_identity: { subject_from: dns, subject_type: anonymous }`,
    '"anonymous" is the type of those who are nobody in particular',
  ],
  ['api_keys: { header: Cookie }', '"Cookie" means something else already'],
  ['api_keys: { header: X-Forwarded-Key }', '"X-Forwarded-Key" means something else already'],
  ['dpop: { algorithms: [HS256] }', '"HS256"'],
  ['dpop: { max_age: 11m }', '"max_age" must be between 5s and 10m, not 11m'],
  [
    'issuers: [{ issuer: https://a.test, audiences: [a], token_file: t }]',
    '"token_file" needs "jwks_url": the token is not shown where a document leads',
  ],
  [
    exchange('token_endpoint=http://login.example.com/token'),
    '"token_endpoint" must be https: tokens and the secret go there',
  ],
  [
    exchange('token_endpoint=https://user:pass@login.example.com/token'),
    '"token_endpoint" must be an https URL without user',
  ],
  [exchange('client_secret_file=absent'), '"absent" cannot be read: ENOENT'],
  [exchange('client_secret_file=empty'), '"empty" must hold one line of at most 4096 characters'],
  [exchange('client_secret_file=two-lines'), '"two-lines" must hold one line'],
  [exchange('timeout=2m'), '"timeout" must be between 100ms and 1m, not 2m'],
  [exchange('').replace(/\[(.*)\]/, '[$1, $1]'), 'upstream "https://app.internal" is listed twice'],
])('%s: says what is wrong', async (text, message) => {
  const { config, diagnostics } = await read(text)
  expect(config).toBeNull()
  expect(diagnostics.map((one) => one.message).join('\n')).toContain(message)
  expect(JSON.stringify(diagnostics)).not.toMatch(/s3cret|user:pass/)
})
