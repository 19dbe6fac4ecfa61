import { once } from 'node:events'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { defaultIssuerOptions } from '../../src/authenticate/options.ts'
import { findKeySetUrl } from '../../src/issuers/discovery.ts'
import { certificate, privateKey } from './tls-certificate.ts'

const maxBytes = 65_536
const trustedBefore = getCACertificates('default')
const server = createServer({ cert: certificate, key: privateKey }, (_, response) => {
  response.end(JSON.stringify({ issuer, ...metadata }))
})
let metadata: object = {}
let issuer: string

beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  issuer = `https://localhost:${(server.address() as AddressInfo).port}`
})

afterAll(() => {
  server.close()
})

afterEach(() => {
  setDefaultCACertificates(trustedBefore)
})

function find(jwksUrl: string | null = null, changes: object = {}): Promise<URL> {
  return findKeySetUrl(
    { ...defaultIssuerOptions, issuer, audiences: ['api'], jwksUrl, ...changes },
    maxBytes,
    AbortSignal.timeout(5_000),
  )
}

test('refuses an issuer whose certificate nobody vouches for', async () => {
  await expect(find()).rejects.toThrow(/self-signed certificate/)
})

test('refuses it even where the environment would let Node be careless', async () => {
  process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0'
  try {
    await expect(find()).rejects.toThrow(/self-signed certificate/)
  } finally {
    delete process.env['NODE_TLS_REJECT_UNAUTHORIZED']
  }
})

test('reads metadata over TLS, with the key set on any host that has a certificate', async () => {
  setDefaultCACertificates([certificate])
  metadata = { jwks_uri: 'https://keys.example.com/jwks?tenant=1' }
  expect((await find()).href).toBe('https://keys.example.com/jwks?tenant=1')
})

test('sends nobody from an issuer elsewhere to our loopback interface', async () => {
  setDefaultCACertificates([certificate])
  for (const host of ['127.0.0.1', 'localhost', '[::1]', '127.1', '0x7f.1', '2130706433']) {
    metadata = { jwks_uri: `http://${host}:8282/metrics` }
    await expect(find()).rejects.toThrow('"jwks_uri" is on loopback, but the issuer is not')
  }
})

test.each([[[]], [[{}]], ['text'], [null], [7]])('refuses %j as metadata', async (document) => {
  setDefaultCACertificates([certificate])
  const strange = createServer({ cert: certificate, key: privateKey }, (_, response) => {
    response.end(JSON.stringify(document))
  })
  strange.listen(0, '127.0.0.1')
  await once(strange, 'listening')
  const address = `https://localhost:${(strange.address() as AddressInfo).port}`
  await expect(find(null, { issuer: address })).rejects.toThrow('is not a JSON object')
  strange.close()
})

test('removes one slash from the end of an issuer, and compares it with the slash', async () => {
  setDefaultCACertificates([certificate])
  metadata = { issuer: `${issuer}/`, jwks_uri: 'https://keys.example.com/' }
  expect((await find(null, { issuer: `${issuer}/` })).href).toBe('https://keys.example.com/')
  await expect(find()).rejects.toThrow(/is of issuer ".*\/", expected/)
})

test.each([
  ['http://keys.example.com/', 'The key set URL is neither https nor http on loopback'],
  ['ftp://127.0.0.1/', 'The key set URL is neither https nor http on loopback'],
  ['https://user@keys.example.com/', 'The key set URL is neither https nor http on loopback'],
  ['/jwks', 'The key set URL is not a URL'],
  ['', 'The key set URL is not a URL'],
])('refuses %j as a configured key set URL', async (jwksUrl, message) => {
  await expect(find(jwksUrl)).rejects.toThrow(message)
})
