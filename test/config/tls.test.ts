import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ReadConfig, readConfig } from '../../src/config/read-config.ts'
import { listenTlsSettings } from '../../src/config/read-tls.ts'
import { formatDuration } from '../../src/config/units.ts'
import { defaultListenTlsOptions } from '../../src/listen/options.ts'

const read = (path: string): string =>
  readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

const sound = `
issuers:
  - issuer: https://login.example.com/
    audiences: [apps]
check:
  allow_unauthenticated: true
`
let dir = ''

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'config-tls-'))
})
afterEach(() => rm(dir, { recursive: true }))

async function load(text: string): Promise<ReadConfig> {
  const file = join(dir, 'sallyport.yaml')
  await writeFile(file, `${sound}${text}`)
  return await readConfig(file, {})
}

async function codesOf(text: string): Promise<readonly string[]> {
  return (await load(text)).diagnostics.map(({ code }) => code)
}

describe('gateway.tls', () => {
  it('is off unless it is written', async () => {
    expect((await load('')).config?.gateway.tls).toBeNull()
  })

  it('names files relative to its own, and is strict where nothing else is said', async () => {
    const { config } = await load(
      'gateway: { tls: { certificates: [{ certificate: tls/a.pem, key: /keys/a.key }] } }',
    )
    expect(config?.gateway.tls).toEqual({
      ...defaultListenTlsOptions,
      certificates: [{ certificate: join(dir, 'tls/a.pem'), key: '/keys/a.key' }],
    })
    expect(config?.gateway.tls).toMatchObject({ minVersion: '1.3', clientAuthorities: null })
  })

  it('says everything else that can be said', async () => {
    const { config } = await load(`
gateway:
  tls:
    certificates: [{ certificate: a.pem, key: a.key }]
    min_version: 1.2
    unknown_names: refuse
    client_certificates: { authorities: clients.pem, mode: optional }
    handshake_timeout: 3s
    max_handshakes: 50
    max_client_handshakes: 20
    client_handshake_rate: 5
`)
    expect(config?.gateway.tls).toMatchObject({
      minVersion: '1.2',
      unknownNames: 'refuse',
      clientAuthorities: join(dir, 'clients.pem'),
      clientCertificates: 'optional',
      handshakeTimeoutMs: 3_000,
      maxHandshakes: 50,
      maxClientHandshakes: 20,
      clientHandshakesPerS: 5,
    })
  })

  it.each([
    ['no certificate', '{}'],
    ['an empty list', '{ certificates: [] }'],
    ['a certificate without a key', '{ certificates: [{ certificate: a }] }'],
    ['an older version', '{ certificates: [{ certificate: a, key: a }], min_version: 1.1 }'],
    [
      'a mode that is none',
      '{ certificates: [{ certificate: a, key: a }], client_certificates: { authorities: c, mode: maybe } }',
    ],
    [
      'a time-out out of its range',
      '{ certificates: [{ certificate: a, key: a }], handshake_timeout: 10ms }',
    ],
    [
      'a switch that there is not',
      '{ certificates: [{ certificate: a, key: a }], insecure: true }',
    ],
  ])('refuses %s', async (_, text) => {
    expect((await load(`gateway: { tls: ${text} }`)).config).toBeNull()
  })
})

describe('upstreams.tls', () => {
  it('is a list, with one entry for all that have none of their own', async () => {
    const { config } = await load(`
upstreams:
  tls:
    - authorities: ca.pem
    - { upstream: 'https://pay.internal:8443', server_name: pay, certificate: c.pem, key: c.key, min_version: "1.3" }
`)
    const nothing = { serverName: null, authorities: null, certificate: null, key: null }
    expect(config?.upstreams.tls).toEqual([
      { ...nothing, upstream: null, authorities: join(dir, 'ca.pem'), minVersion: '1.2' },
      {
        ...nothing,
        upstream: 'https://pay.internal:8443',
        serverName: 'pay',
        certificate: join(dir, 'c.pem'),
        key: join(dir, 'c.key'),
        minVersion: '1.3',
      },
    ])
  })

  it.each([
    ['upstream-tls-twice', '[{ authorities: a }, { authorities: b }]'],
    ['upstream-tls-twice', "[{ upstream: 'https://a.test' }, { upstream: 'https://a.test' }]"],
    ['key-missing', '[{ certificate: a }]'],
    ['key-missing', '[{ key: a }]'],
    ['malformed-value', "[{ upstream: 'http://a.test' }]"],
    ['malformed-value', "[{ upstream: 'https://a.test/' }]"],
    ['malformed-value', "[{ upstream: 'https://A.test' }]"],
    ['unknown-key', '[{ insecure_skip_verify: true }]'],
  ])('reports %s of %s', async (code, text) => {
    expect(await codesOf(`upstreams: { tls: ${text} }`)).toContain(code)
  })
})

describe('addresses and sockets', () => {
  it.each([
    ['address-range', "upstreams: { allowed_addresses: ['10.0.0.0/33'] }"],
    ['address-range', 'upstreams: { denied_addresses: [metadata.internal] }'],
    ['trusted-proxy', "gateway: { proxy_protocol: ['0.0.0.0/0'] }"],
    [
      'proxy-protocol-unix',
      'gateway: { proxy_protocol: [unix], tls: { certificates: [{ certificate: a, key: a }] } }',
    ],
  ])('reports %s', async (code, text) => {
    expect(await codesOf(text)).toContain(code)
  })

  it('may be a whole family, and everybody on the Unix socket', async () => {
    const { config } = await load(`
gateway: { socket: run/gateway.sock, socket_mode: "0600", port: 8181, trusted_proxies: [unix], proxy_protocol: [unix] }
upstreams: { allowed_addresses: ['10.0.0.0/8', '::1'], denied_addresses: ['0.0.0.0/0'] }
`)
    expect(config?.gateway).toMatchObject({
      socket: join(dir, 'run/gateway.sock'),
      socketMode: 0o600,
      trustedProxies: ['unix'],
      proxyProtocol: ['unix'],
    })
  })
})

interface Schema {
  readonly description?: string
  readonly default?: string | number
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
}

describe('schema and documentation are in step', () => {
  const schema = JSON.parse(read('src/config/sallyport.schema.json')) as Schema
  const docs = read('docs/configuration.md')
  const sections = [
    ['gateway.tls', schema.properties?.['gateway']?.properties?.['tls']],
    ['upstreams.tls', schema.properties?.['upstreams']?.properties?.['tls']?.items],
  ] as const

  it.each(sections)('%s: every option has its row, with its default', (name, own) => {
    const [, after = ''] = docs.split(`### \`${name}\`\n`)
    const rows = (after.split(/\n##/u)[0] ?? '').split('\n')
    const described = rows
      .map((row) => /^\| `(\w+)` \| (\S+) \|/u.exec(row))
      .filter((row) => row !== null)
    const known = Object.entries(own?.properties ?? {})
    expect(described.map((row) => row[1])).toEqual(known.map(([key]) => key))
    const wanted = known.map(([key, { default: fallback }]) => {
      if (fallback !== undefined) return `\`${fallback}\``
      return own?.required?.includes(key) === true ? 'required' : 'none'
    })
    expect(described.map((row) => row[2])).toEqual(wanted)
  })

  it('the ranges and defaults are those of the code', () => {
    const own = schema.properties?.['gateway']?.properties?.['tls']?.properties ?? {}
    const { handshake_timeout: timeout, ...counts } = listenTlsSettings
    const { handshakeTimeoutMs } = defaultListenTlsOptions
    expect(own['handshake_timeout']?.default).toBe(formatDuration(handshakeTimeoutMs))
    const range = `Range: ${formatDuration(timeout.min)} to ${formatDuration(timeout.max)}.`
    expect(own['handshake_timeout']?.description).toContain(range)
    for (const [key, { property, min, max }] of Object.entries(counts)) {
      expect(own[key]?.default).toBe(defaultListenTlsOptions[property])
      expect(own[key]?.description).toContain(`Range: ${min} to ${max}.`)
    }
  })
})
