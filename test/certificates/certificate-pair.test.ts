import { describe, expect, it } from 'vitest'
import { readAuthorities, readPair } from '../../src/certificates/certificate-pair.ts'
import { NameTable, namesOf } from '../../src/certificates/name-table.ts'
import { CertificateAuthority } from '../support/certificate-authority.ts'

const hourMs = 3_600_000
const root = new CertificateAuthority('Root')
const intermediate = new CertificateAuthority('Intermediate', root)
const other = new CertificateAuthority('Other')
const app = intermediate.issue({ name: 'app', dns: ['app.test', '*.app.test'], usage: 'server' })

function judge(certificate: string, key: string, purpose: 'server' | 'client' = 'server'): string {
  const read = readPair(certificate, key, purpose, Date.now())
  return typeof read === 'string' ? read : 'sound'
}

describe('a certificate and its key', () => {
  it('are sound with their chain, the root at its end or not', () => {
    const { certificate, key } = app
    expect(judge(certificate + intermediate.certificate, key)).toBe('sound')
    expect(judge(certificate + intermediate.certificate + root.certificate, key)).toBe('sound')
    const read = readPair(`Subject: app\n${certificate}\n`, key, 'server', Date.now())
    expect(read).toMatchObject({ names: ['app.test', '*.app.test'] })
  })

  it('must belong to each other', () => {
    const { key } = intermediate.issue({ name: 'app', dns: ['app.test'] })
    expect(judge(app.certificate, key)).toBe('is not the certificate of the key beside it')
  })

  it('must come first, and each next one must be the issuer of the one before', () => {
    const { certificate, key } = app
    expect(judge(intermediate.certificate + certificate, key)).toMatch(/key beside it/)
    expect(judge(certificate + other.certificate, key)).toBe(
      'certificate 2 of the file is not the issuer of the one before it',
    )
    expect(judge(certificate + root.certificate + intermediate.certificate, key)).toMatch(
      /^certificate 2/,
    )
    // The same name, another key.
    const impostor = new CertificateAuthority('Intermediate')
    expect(judge(certificate + impostor.certificate, key)).toMatch(/^certificate 2/)
  })

  it('must be valid now', () => {
    const expired = root.issue({ name: 'app', dns: ['app.test'], until: -1_000 })
    expect(judge(expired.certificate, expired.key)).toMatch(/^expired on /)
    const early = root.issue({ name: 'app', dns: ['app.test'], from: hourMs, until: 2 * hourMs })
    expect(judge(early.certificate, early.key)).toMatch(/^is valid only from /)
  })

  it('must be meant for what they are used for', () => {
    const client = root.issue({ name: 'app', dns: ['app.test'], usage: 'client' })
    expect(judge(client.certificate, client.key)).toBe(
      'is not meant for a server (extended key usage)',
    )
    expect(judge(client.certificate, client.key, 'client')).toBe('sound')
    const any = root.issue({ name: 'app', dns: ['app.test'] })
    expect(judge(any.certificate, any.key)).toBe('sound')
  })

  it('must name a server', () => {
    const nameless = root.issue({ name: 'app.test' })
    expect(judge(nameless.certificate, nameless.key)).toMatch(/^names no server/)
    expect(judge(nameless.certificate, nameless.key, 'client')).toBe('sound')
  })

  it('must be readable', () => {
    const { certificate, key } = app
    expect(judge('', key)).toBe('holds no certificate')
    const broken = certificate.replace(/\n[A-Za-z0-9+/]{20}/, '\n!!!!')
    expect(judge(broken, key)).toBe('holds a certificate that cannot be read')
    expect(judge(certificate, 'no key')).toMatch(/^has a key that cannot be read/)
    const encrypted = key.replaceAll('PRIVATE KEY', 'ENCRYPTED PRIVATE KEY')
    expect(judge(certificate, encrypted)).toMatch(/^has a key that is encrypted/)
  })
})

it('authorities are authorities', () => {
  expect(readAuthorities(root.certificate + other.certificate)).toHaveLength(2)
  const half = other.certificate.slice(0, other.certificate.length / 2)
  expect(readAuthorities(root.certificate + half)).toBe('holds a certificate that cannot be read')
  expect(readAuthorities('')).toBe('holds no certificate')
  expect(readAuthorities(root.certificate + app.certificate)).toBe(
    'holds the certificate of no authority: CN=app',
  )
})

describe('names', () => {
  it('are those a client can ask for', () => {
    const text =
      'DNS:App.test, DNS:*.app.test, DNS:*.test, DNS:f*.app.test, DNS:a.*.test, DNS:*, DNS:"a, DNS:b", IP Address:10.0.0.7, URI:spiffe://a, email:a@b.test'
    expect(namesOf(text)).toEqual(['app.test', '*.app.test', '10.0.0.7'])
    expect(namesOf(undefined)).toEqual([])
  })

  it('lead to a certificate, the exact one first, a wildcard for one label only', () => {
    const table = new NameTable<string>()
    expect(table.add('*.app.test', 'any')).toBe(true)
    expect(table.add('one.app.test', 'one')).toBe(true)
    expect(table.add('one.app.test', 'again')).toBe(false)
    expect(table.add('*.app.test', 'again')).toBe(false)
    expect(table.find('one.app.test')).toBe('one')
    expect(table.find('TWO.App.Test')).toBe('any')
    for (const name of ['app.test', 'a.b.app.test', '.app.test', 'xapp.test', '', '*']) {
      expect(table.find(name)).toBeNull()
    }
  })
})
