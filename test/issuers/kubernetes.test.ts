import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Authenticator, createAuthenticator } from '../../src/authenticate/authenticate.ts'
import { fieldAlone } from '../../src/authenticate/credentials.ts'
import { defaultAuthenticateOptions } from '../../src/authenticate/options.ts'
import { readConfig } from '../../src/config/read-config.ts'
import { createIssuers, type Issuers } from '../../src/issuers/issuers.ts'
import { createManualClock } from '../authenticate/manual-clock.ts'
import { createSigningKey, type SigningKey } from '../authenticate/signing-key.ts'
import { CertificateAuthority } from '../support/certificate-authority.ts'
import { createRecordingLog } from './recording-log.ts'

const issuer = 'https://kubernetes.default.svc.cluster.local'
const cluster = new CertificateAuthority('cluster')
const clock = createManualClock()
const client = { ip: '10.1.2.3', peerIp: '10.1.2.3', viaTrustedProxy: false }
const log = createRecordingLog()

let dir: string
let server: Server
let key: SigningKey
let issuers: Issuers
let authenticator: Authenticator
/** What the API server was shown. */
const shown: (string | undefined)[] = []

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sallyport-cluster-'))
  key = await createSigningKey('cluster-key', 'RS256')
  const pair = cluster.issue({ name: 'apiserver', ip: [[127, 0, 0, 1]], usage: 'server' })
  server = createServer({ cert: pair.certificate, key: pair.key }, (req, res) => {
    shown.push(req.headers.authorization)
    if (req.url !== '/openid/v1/jwks') res.statusCode = 404
    else if (req.headers.authorization?.startsWith('Bearer pod-token-') !== true)
      res.statusCode = 401
    res.end(JSON.stringify({ keys: [key.publicJwk] }))
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  await writeFile(join(dir, 'ca.crt'), cluster.certificate)
  await writeFile(join(dir, 'token'), 'pod-token-1\n')
  const file = join(dir, 'sallyport.yaml')
  await writeFile(
    file,
    `issuers:
  - issuer: ${issuer}
    preset: kubernetes
    audiences: [sallyport]
    jwks_url: https://127.0.0.1:${port}/openid/v1/jwks
    authorities_file: ca.crt
    token_file: token
check: { allow_unauthenticated: true }
`,
  )
  const { config, diagnostics } = await readConfig(file, {})
  if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics))
  const options = config?.authentication.issuers ?? []
  issuers = createIssuers(options, { log, clock })
  await issuers.start()
  authenticator = createAuthenticator(
    { ...defaultAuthenticateOptions, issuers: options },
    issuers,
    clock,
  )
})

afterAll(async () => {
  issuers.close()
  server.closeAllConnections()
  server.close()
  await rm(dir, { recursive: true })
})

async function ask(claims: object = {}) {
  const token = await key.sign(
    { typ: undefined },
    {
      aud: ['sallyport'],
      iss: issuer,
      sub: 'system:serviceaccount:shop:orders',
      iat: clock.nowS(),
      nbf: clock.nowS(),
      exp: clock.nowS() + 3_600,
      jti: 'ea28ed49',
      'kubernetes.io': {
        namespace: 'shop',
        node: { name: 'node-1', uid: '646e7c5e' },
        pod: { name: 'orders-7f', uid: '5e0bd49b' },
        serviceaccount: { name: 'orders', uid: '14ee3fa4' },
      },
      ...claims,
    },
  )
  return authenticator.authenticate(fieldAlone(`Bearer ${token}`, 1, client))
}

test('knows a pod by the service account token it was given for this audience', async () => {
  expect(await ask()).toMatchObject({
    subject: {
      type: 'service_account',
      id: 'system:serviceaccount:shop:orders',
      properties: { namespace: 'shop', service_account: 'orders' },
    },
    issuer,
  })
  expect(shown).toEqual(['Bearer pod-token-1'])
})

test.each([
  ['for the API server', { aud: ['https://kubernetes.default.svc'] }, 'token_audience_refused'],
  ['of a node', { sub: 'system:node:node-1' }, 'token_claims_invalid'],
  ['of a person', { sub: 'ann' }, 'token_claims_invalid'],
  ['of a longer name', { sub: 'system:serviceaccount:shop:orders:admin' }, 'token_claims_invalid'],
  ['of no namespace', { sub: 'system:serviceaccount::orders' }, 'token_claims_invalid'],
  ['about another account', { sub: 'system:serviceaccount:shop:admin' }, 'token_claims_invalid'],
  ['of another namespace', { sub: 'system:serviceaccount:prod:orders' }, 'token_claims_invalid'],
  ['with a strange claim', { 'kubernetes.io': 'shop' }, 'token_claims_invalid'],
])('refuses a token %s', async (_, claims, code) => {
  expect(await ask(claims)).toMatchObject({ code })
})

test('shows the token that the pod has now, and says what keeps it from reading keys', async () => {
  await writeFile(join(dir, 'token'), 'pod-token-2\n')
  const keys = issuers.keysOf(issuer)
  clock.advanceS(60)
  await keys?.refresh()
  expect(shown.at(-1)).toBe('Bearer pod-token-2')
  await rm(join(dir, 'token'))
  clock.advanceS(60)
  await keys?.refresh()
  expect(log.lines.at(-1)?.fields).toMatchObject({
    reason: `Cannot read ${join(dir, 'token')}: ENOENT`,
  })
  expect(JSON.stringify(log.lines)).not.toContain('pod-token')
  expect(await ask()).toMatchObject({ issuer })
})

test('reads no keys from a server that the authorities do not vouch for', async () => {
  await writeFile(join(dir, 'token'), 'pod-token-3\n')
  await writeFile(join(dir, 'ca.crt'), new CertificateAuthority('another').certificate)
  const before = shown.length
  clock.advanceS(60)
  await issuers.keysOf(issuer)?.refresh()
  expect(shown).toHaveLength(before)
  await writeFile(join(dir, 'ca.crt'), cluster.certificate)
})

test('believes nobody else while the file of authorities is empty', async () => {
  const usual = getCACertificates('default')
  setDefaultCACertificates([cluster.certificate])
  try {
    await writeFile(join(dir, 'ca.crt'), '')
    const before = shown.length
    clock.advanceS(60)
    await issuers.keysOf(issuer)?.refresh()
    expect(shown).toHaveLength(before)
    expect(log.lines.at(-1)?.fields).toMatchObject({
      reason: `Cannot use ${join(dir, 'ca.crt')}: it holds no certificate`,
    })
  } finally {
    setDefaultCACertificates(usual)
    await writeFile(join(dir, 'ca.crt'), cluster.certificate)
  }
})
