import { describe, expect, test } from 'vitest'
import { CertificateIdentities } from '../../src/authenticate/certificate-identity.ts'
import { createCertificateMethod } from '../../src/authenticate/certificate-method.ts'
import { fieldAlone } from '../../src/authenticate/credentials.ts'
import {
  type ClientIdentityOptions,
  defaultClientIdentityOptions,
} from '../../src/authenticate/options.ts'
import { parseSpiffeId } from '../../src/authenticate/spiffe-id.ts'
import { createManualClock } from './manual-clock.ts'

const clock = createManualClock()

function certificateOf(...san: readonly string[]) {
  return { subject: 'CN=a', issuer: 'CN=Clients', san, fingerprint: 'ab'.repeat(32), serial: '1' }
}

function identify(options: Partial<ClientIdentityOptions>, ...san: readonly string[]) {
  const identities = new CertificateIdentities({ ...defaultClientIdentityOptions, ...options })
  return identities.identify(certificateOf(...san), clock.nowS() + 60, clock.nowMs())
}

const spiffe = { subjectFrom: 'spiffe', trustDomains: ['prod.example.com'] } as const
const id = 'spiffe://prod.example.com/ns/shop/sa/orders'

describe('a SPIFFE ID', () => {
  test.each([
    ['spiffe://example.org', '', 'example.org'],
    ['spiffe://a_b-c.1/x', '/x', 'a_b-c.1'],
    ['spiffe://example.org/a/B.c-d_e/9', '/a/B.c-d_e/9', 'example.org'],
    ['spiffe://example.org/...', '/...', 'example.org'],
    [`spiffe://${'a'.repeat(255)}/x`, '/x', 'a'.repeat(255)],
  ])('is %s', (text, path, trustDomain) => {
    expect(parseSpiffeId(text)).toEqual({ id: text, path, trustDomain })
  })

  test.each([
    '',
    'spiffe://',
    'spiffe:///path',
    'spiffe:example.org/x',
    'SPIFFE://example.org/x',
    'spiffe://Example.org/x',
    'spiffe://example.org/',
    'spiffe://example.org/a/',
    'spiffe://example.org//a',
    'spiffe://example.org/./a',
    'spiffe://example.org/a/..',
    'spiffe://example.org/%61',
    'spiffe://example.org/a b',
    'spiffe://example.org/a?b',
    'spiffe://example.org/a#b',
    'spiffe://example.org:443/a',
    'spiffe://user@example.org/a',
    'spiffe://ex%61mple.org/a',
    'spiffe://example.org/ä',
    'spiffe://example.org\u0000/a',
    'https://example.org/a',
    `spiffe://${'a'.repeat(256)}/x`,
    `spiffe://example.org/${'a'.repeat(2_048)}`,
  ])('is not %j', (text) => {
    expect(parseSpiffeId(text)).toBeNull()
  })
})

test('makes a workload of the one SPIFFE ID of a certificate', () => {
  expect(identify(spiffe, `URI:${id}`, 'DNS:orders.internal')).toMatchObject({
    subject: {
      type: 'workload',
      id,
      properties: {
        trust_domain: 'prod.example.com',
        path: '/ns/shop/sa/orders',
        certificate_issuer: 'CN=Clients',
      },
    },
    credential: 'client_certificate',
    issuer: 'CN=Clients',
    expiresAtS: clock.nowS() + 60,
  })
})

test.each<[string, Partial<ClientIdentityOptions>, readonly string[], string]>([
  ['of another trust domain', spiffe, ['URI:spiffe://dev.example.com/a'], 'not accepted'],
  ['of a longer trust domain', spiffe, ['URI:spiffe://prod.example.com.evil.test/a'], 'not acc'],
  ['of the trust domain itself', spiffe, ['URI:spiffe://prod.example.com'], 'not of a workload'],
  [
    'with two URIs',
    spiffe,
    [`URI:${id}`, 'URI:https://a.test'],
    'has 2 names of the kind "spiffe"',
  ],
  ['with the same URI twice', spiffe, [`URI:${id}`, `URI:${id}`], 'has 2 names'],
  ['without a URI', spiffe, ['DNS:orders.internal'], 'has no names of the kind "spiffe"'],
  ['with a URI that is no SPIFFE ID', spiffe, ['URI:https://prod.example.com/a'], 'no SPIFFE ID'],
  ['with a SPIFFE ID as a DNS name', spiffe, [`DNS:${id}`], 'has no names'],
  ['with a wildcard', { subjectFrom: 'dns' }, ['DNS:*.internal'], 'names a wildcard'],
  ['with two DNS names', { subjectFrom: 'dns' }, ['DNS:a.test', 'DNS:b.test'], 'has 2 names'],
  [
    'with an address of two "@"',
    { subjectFrom: 'email' },
    ['email:a@b@c.test'],
    'no plain e-mail address',
  ],
  ['with control characters', { subjectFrom: 'uri' }, ['URI:urn:a\nb'], 'plain characters'],
  ['with the name of nobody', { subjectFrom: 'dns' }, ['DNS:anonymous'], 'has the name of nobody'],
])('knows nobody by a certificate %s', (_, options, san, detail) => {
  const refusal = identify(options, ...san)
  expect(refusal).toMatchObject({ code: 'client_certificate_refused' })
  expect((refusal as { detail: string }).detail).toContain(detail)
})

test.each<[ClientIdentityOptions['subjectFrom'], string, string]>([
  ['dns', 'DNS:Orders.Internal', 'orders.internal'],
  ['uri', 'URI:urn:example:orders', 'urn:example:orders'],
  ['email', 'email:ann@example.com', 'ann@example.com'],
])('reads a subject from %s', (subjectFrom, name, subject) => {
  const options = { subjectFrom, subjectType: 'machine', subjectPrefix: 'cert:' }
  expect(identify(options, name, 'IP:10.0.0.7')).toMatchObject({
    subject: { type: 'machine', id: `cert:${subject}` },
  })
})

describe('the method', () => {
  const identities = new CertificateIdentities({ ...defaultClientIdentityOptions, ...spiffe })
  const method = createCertificateMethod(identities, clock)
  const address = { ip: '192.0.2.1', peerIp: '192.0.2.1', viaTrustedProxy: false }
  const certificate = certificateOf(`URI:${id}`)
  const from = (changes: object) =>
    fieldAlone(null, 0, {
      ...address,
      certificate,
      certificateExpiresAtS: clock.nowS() + 60,
      ...changes,
    })

  test('has one identity for all requests of a connection', () => {
    expect(method.authenticate(from({}))).toBe(method.authenticate(from({})))
  })

  test('does not take the certificate of a trusted proxy for that of its clients', () => {
    expect(method.finds(from({}))).toBe(true)
    expect(method.finds(from({ viaTrustedProxy: true }))).toBe(false)
    expect(method.finds(fieldAlone(null, 0, address))).toBe(false)
  })

  test('refuses a certificate that expired while its connection stayed open', () => {
    expect(method.authenticate(from({ certificateExpiresAtS: clock.nowS() }))).toMatchObject({
      code: 'client_certificate_refused',
      detail: 'The client certificate has expired',
    })
  })
})
