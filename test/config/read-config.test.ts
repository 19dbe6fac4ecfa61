import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Config } from '../../src/config/config.ts'
import { type ReadConfig, readConfig } from '../../src/config/read-config.ts'

const sha256 = 'a'.repeat(64)
const sound = `
issuers:
  - issuer: https://login.example.com/
    audiences: [apps]
check:
  allow_unauthenticated: true
`

let dir = ''

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sallyport-config-'))
})

afterEach(async () => {
  await rm(dir, { recursive: true })
})

describe('a sound file', () => {
  test('gives every option, in the units of the code', async () => {
    await writeFile(join(dir, 'secret'), 'a secret\n')
    const config = await accepted(`
gateway:
  host: 0.0.0.0
  port: 9080
  trusted_proxies: [10.0.0.0/8, 192.0.2.7, 'fd00::/8']
  max_header_size: 32KiB
  max_body_size: unlimited
  headers_timeout: 5s
upstreams: { connect_timeout: 500ms }
issuers:
  - issuer: https://login.example.com/
    audiences: [apps]
    algorithms: [ES256]
    token_types: [at+jwt, JWT]
    profile: rfc9068
    required_claims: { tenant: [a, 7], scope: files, verified: true }
    jwks_file: keys/issuer.json
    introspection:
      url: https://login.example.com/introspect
      client_id: gateway
      client_secret_file: secret
      client_authentication: post
      timeout: 500ms
      max_age: 5s
    attributes: { groups: /realm_access/roles }
    subject_prefix: 'corp:'
authentication: { clock_skew: 1m, token_cache_max_age: 15m }
issuer_keys: { stale_use: 0s }
identity_token: { lifetime: 2m, key_file: keys/identity.pem }
check:
  keys: [{ id: orders, sha256: ${sha256.toUpperCase()} }]
  token_subjects: ['corp:gateway']
  public_url: https://pdp.example.com
records: { sink: file, file: records.ndjson }
policies: { dir: rules, settle: 100ms }
log: { level: debug }
`)
    expect(config.gateway).toMatchObject({
      host: '0.0.0.0',
      port: 9080,
      trustedProxies: ['10.0.0.0/8', '192.0.2.7', 'fd00::/8'],
      maxHeaderBytes: 32_768,
      maxBodyBytes: 0,
      headersTimeoutMs: 5_000,
      drainTimeoutMs: 20_000,
    })
    expect(config.upstreams.connectTimeoutMs).toBe(500)
    expect(config.authentication).toMatchObject({ clockSkewS: 60, tokenCacheMaxAgeS: 900 })
    expect(config.authentication.issuers).toEqual([
      {
        issuer: 'https://login.example.com/',
        audiences: ['apps'],
        algorithms: ['ES256'],
        tokenTypes: ['at+jwt', 'JWT'],
        profile: 'rfc9068',
        requiredClaims: [
          { claim: 'tenant', values: ['a', 7] },
          { claim: 'scope', values: ['files'] },
          { claim: 'verified', values: [true] },
        ],
        jwksUrl: null,
        jwksFile: join(dir, 'keys/issuer.json'),
        keySet: null,
        introspection: {
          url: 'https://login.example.com/introspect',
          clientId: 'gateway',
          clientSecret: 'a secret',
          clientAuthentication: 'post',
          tokens: 'opaque',
          timeoutMs: 500,
          maxAgeS: 5,
        },
        subjectPrefix: 'corp:',
        subjectType: 'user',
        subjectClaim: 'sub',
        attributes: [{ attribute: 'groups', claim: '/realm_access/roles' }],
        preset: 'none',
        requireBinding: 'none',
        authoritiesFile: null,
        tokenFile: null,
      },
    ])
    expect(config.issuerKeys.staleUseMs).toBe(0)
    expect(config.identityToken.lifetimeS).toBe(120)
    expect(config.check).toMatchObject({
      keys: [{ id: 'orders', sha256 }],
      tokenSubjects: ['corp:gateway'],
      publicUrl: 'https://pdp.example.com',
    })
    expect(config.log.level).toBe('debug')
  })

  test('resolves paths against the file, not against the working directory', async () => {
    const config = await accepted(`${sound}
identity_token: { key_file: keys/identity.pem }
records: { sink: file, file: ./records.ndjson }
`)
    expect(config.identityToken.keyFile).toBe(join(dir, 'keys/identity.pem'))
    expect(config.records.file).toBe(join(dir, 'records.ndjson'))
    expect(config.policies.dir).toBe(join(dir, 'policies'))
  })
})

describe('what is wrong is told with its place', () => {
  test('an unknown key, with a suggestion, and everything else at once', async () => {
    const { diagnostics } = await refused(`${sound}
gateway:
  prot: 8080
  drain_timeout: 2h
gatway: {}
`)
    expect(diagnostics).toMatchObject([
      { code: 'unknown-key', line: 9, column: 3, hint: 'did you mean "port"?' },
      {
        code: 'out-of-range',
        line: 10,
        message: '"drain_timeout" must be between 0s and 1h, not 2h',
      },
      { code: 'unknown-key', line: 11, hint: 'did you mean "gateway"?' },
    ])
  })

  test.each([
    ['gateway: { port: 70000 }', 'out-of-range'],
    ['gateway: { port: "8080" }', 'wrong-type'],
    ['gateway: { headers_timeout: 10 }', 'wrong-type'],
    ['gateway: { headers_timeout: 10sec }', 'malformed-value'],
    ['gateway: { headers_timeout: 10ms }', 'out-of-range'],
    ['gateway: { max_header_size: 16kb }', 'malformed-value'],
    ['gateway: { max_header_size: 1GiB }', 'out-of-range'],
    ['gateway: { max_body_size: 0B }', 'out-of-range'],
    ['authentication: { clock_skew: 1500ms }', 'malformed-value'],
    ['authentication: { clock_skew: 1h }', 'out-of-range'],
    ['log: { level: verbose }', 'unknown-value'],
    ['records: { sink: file }', 'records-file-missing'],
    ['records: { file: a.ndjson }', 'records-file-unused'],
    ['issuer_keys: { min_backoff: 2m }', 'out-of-range'],
    ['check: { port: 8080, allow_unauthenticated: true }', 'duplicate-port'],
    ['check: { host: 0.0.0.0, port: 8282, allow_unauthenticated: true }', 'check-open'],
    ['limits: { caller: 1000/m burst 999 }', 'caller-burst'],
  ])('%s is %s', async (line, code) => {
    const base = line.startsWith('check:') ? '' : 'check: { allow_unauthenticated: true }\n'
    const { diagnostics } = await refused(`${base}${line}\n`)
    expect(diagnostics.map((finding) => finding.code)).toContain(code)
  })

  test('a file that is not there, not YAML, or a list', async () => {
    const absent = await readConfig(join(dir, 'absent.yaml'), {})
    expect(absent.diagnostics).toMatchObject([{ code: 'unreadable', severity: 'error' }])
    expect((await refused('gateway: [')).diagnostics[0]?.code).toBe('yaml-syntax')
    expect((await refused('- gateway')).diagnostics[0]?.code).toBe('wrong-type')
  })
})

describe('issuers', () => {
  test('each of several must say its subject prefix', async () => {
    const { diagnostics } = await refused(`
check: { allow_unauthenticated: true }
issuers:
  - { issuer: https://a.example.com, audiences: [x], subject_prefix: '' }
  - { issuer: https://b.example.com, audiences: [x] }
`)
    expect(diagnostics).toMatchObject([{ code: 'subject-prefix-missing', line: 5 }])
  })

  test('two that share a prefix are pointed out', async () => {
    const { config, diagnostics } = await read(`
check: { allow_unauthenticated: true }
issuers:
  - { issuer: https://a.example.com, audiences: [x], subject_prefix: '' }
  - { issuer: https://b.example.com, audiences: [x], subject_prefix: '' }
`)
    expect(config).not.toBeNull()
    expect(diagnostics).toMatchObject([{ code: 'subject-prefix-shared', severity: 'warning' }])
  })

  test.each([
    ['http://login.example.com', 'insecure-url'],
    ['http://127.0.0.1.example.com', 'insecure-url'],
    ['http://localhost.example.com', 'insecure-url'],
    ['login.example.com', 'malformed-url'],
    ['file:///etc/passwd', 'malformed-url'],
    ['https://user:secret@login.example.com', 'malformed-url'],
    ['https://login.example.com/?tenant=1', 'malformed-url'],
    ['https://login.example.com/#x', 'malformed-url'],
  ])('refuses %s', async (issuer, code) => {
    const { diagnostics } = await refused(
      sound.replace('https://login.example.com/', `'${issuer}'`),
    )
    expect(diagnostics).toMatchObject([{ code }])
  })

  test.each([
    'http://127.0.0.1:9400',
    'http://localhost:9400/',
    'http://[::1]:9400',
    'https://a.example',
  ])('accepts %s', async (issuer) => {
    const config = await accepted(sound.replace('https://login.example.com/', `'${issuer}'`))
    expect(config.authentication.issuers[0]?.issuer).toBe(issuer)
  })

  const introspection = (changes = '') =>
    `[apps]\n    introspection: { url: https://login.example.com/i, client_id: g, client_secret_file: secret${changes} }`

  test.each([
    ['a file that is not there', null, 'unreadable', '"secret" cannot be read: ENOENT'],
    ['an empty file', '\n', 'malformed-secret', /must hold one line/],
    ['two lines', 'one\ntwo\n', 'malformed-secret', /must hold one line/],
  ])('have no secret from %s', async (_, text, code, message) => {
    if (text !== null) await writeFile(join(dir, 'secret'), text)
    const { diagnostics } = await refused(sound.replace('[apps]', introspection()))
    expect(diagnostics).toHaveLength(1)
    expect(diagnostics[0]?.code).toBe(code)
    expect(diagnostics[0]?.message).toMatch(message)
    expect(diagnostics[0]?.message).not.toContain('two')
  })

  test.each([
    ['timeout: 99ms', 'out-of-range'],
    ['max_age: 2h', 'out-of-range'],
    ['tokens: jwt', 'unknown-value'],
    ['client_secret: x', 'unknown-key'],
    ['url: http://login.example.com/i', 'insecure-url'],
  ])('cannot be introspected with %s', async (change, code) => {
    await writeFile(join(dir, 'secret'), 'x')
    const text = introspection(`, ${change}`).replace(
      change.startsWith('url') ? 'url: https://login.example.com/i, ' : '',
      '',
    )
    const { diagnostics } = await refused(sound.replace('[apps]', text))
    expect(diagnostics).toMatchObject([{ code }])
  })

  test('are asked about opaque tokens one only, and about all tokens when there is one', async () => {
    await writeFile(join(dir, 'secret'), 'x')
    const each = (name: string, more: string) =>
      `  - { issuer: 'https://${name}.example.com', audiences: [x], subject_prefix: '${name}', introspection: { url: 'https://${name}.example.com/i', client_id: g, client_secret_file: secret${more} } }`
    const { diagnostics } = await refused(`
check: { allow_unauthenticated: true }
issuers:
${each('a', '')}
${each('b', ', tokens: all')}
`)
    expect(diagnostics.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      'introspection-twice: the tokens of "https://a.example.com" are introspected already, and an opaque token does not say whose it is',
      'introspection-of-all: with more than one issuer "tokens: all" would have one asked about the tokens of the others',
    ])
  })

  test('have their keys in one place', async () => {
    const keys =
      '[apps]\n    jwks_url: https://login.example.com/k\n    jwks: { keys: [{ kty: EC }] }'
    const { diagnostics } = await refused(sound.replace('[apps]', keys))
    expect(diagnostics).toMatchObject([
      {
        code: 'keys-twice',
        message: '"jwks_url" and "jwks" are two places for the same keys',
        hint: 'keep one of them',
      },
    ])
  })

  test('never call their subjects what nobody in particular is called', async () => {
    const { diagnostics } = await refused(
      sound.replace('[apps]', '[apps]\n    subject_type: anonymous'),
    )
    expect(diagnostics).toMatchObject([
      {
        code: 'reserved-subject-type',
        message: '"anonymous" is the type of those who are nobody in particular',
      },
    ])
  })

  test('never have an empty list of audiences, nor a symmetric algorithm', async () => {
    expect((await refused(sound.replace('[apps]', '[]'))).diagnostics[0]?.code).toBe('too-few')
    const symmetric = sound.replace('[apps]', '[apps]\n    algorithms: [HS256]')
    expect((await refused(symmetric)).diagnostics[0]?.code).toBe('unknown-value')
    const none = sound.replace('[apps]', '[apps]\n    algorithms: [none]')
    expect((await refused(none)).diagnostics[0]?.code).toBe('unknown-value')
  })
})

describe('trusted proxies', () => {
  test.each([
    '0.0.0.0/0',
    '::/0',
    '0.0.0.0/1',
    '128.0.0.0/1',
    '10.0.0.0/7',
    '2000::/3',
    '::ffff:0.0.0.0/96',
    '::ffff:128.0.0.0/97',
    '::/64',
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    '10.0.0.256',
    'proxy.example.com',
    'fe80::1%eth0',
    '*',
  ])('refuses %s', async (proxy) => {
    const { diagnostics } = await refused(`${sound}gateway: { trusted_proxies: ['${proxy}'] }\n`)
    expect(diagnostics).toMatchObject([{ code: 'trusted-proxy', line: 7 }])
  })

  test.each(['10.0.0.0/8', '192.168.1.1', 'fc00::/7', '2001:db8::1', '::1', '::ffff:10.0.0.0/104'])(
    'accepts %s',
    async (proxy) => {
      const config = await accepted(`${sound}gateway: { trusted_proxies: ['${proxy}'] }\n`)
      expect(config.gateway.trustedProxies).toEqual([proxy])
    },
  )
})

describe('callers of the decision API', () => {
  test('must be named, or everybody on loopback be let in in so many words', async () => {
    const { diagnostics } = await refused('issuers: []\n')
    const [finding] = diagnostics.filter(({ severity }) => severity === 'error')
    expect(finding).toMatchObject({ code: 'check-without-callers' })
    expect(finding?.hint).toContain('allow_unauthenticated: true')
  })

  test('letting everybody in beside named callers is a contradiction', async () => {
    const { diagnostics } = await refused(`
check: { allow_unauthenticated: true, keys: [{ id: a, sha256: ${sha256} }] }
`)
    expect(diagnostics.map(({ code }) => code)).toContain('check-contradiction')
  })

  test('come from a file, too, whose lines are never shown', async () => {
    await writeFile(
      join(dir, 'keys'),
      `# services\norders ${sha256}\n\nbilling ${'B'.repeat(64)}\n`,
    )
    const config = await accepted(`check: { keys_file: keys }\n`)
    expect(config.check.keys).toEqual([
      { id: 'orders', sha256 },
      { id: 'billing', sha256: 'b'.repeat(64) },
    ])
    await writeFile(join(dir, 'keys'), 'orders my-secret-key\n')
    const { diagnostics } = await refused(`check: { keys_file: keys }\n`)
    expect(diagnostics).toMatchObject([{ code: 'malformed-line', line: 1 }, { code: 'no-issuers' }])
    expect(JSON.stringify(diagnostics)).not.toContain('my-secret-key')
  })

  test('have ids of their own', async () => {
    await writeFile(join(dir, 'keys'), `orders ${sha256}\n`)
    const { diagnostics } = await refused(`
check: { keys: [{ id: orders, sha256: ${sha256} }], keys_file: keys }
`)
    expect(diagnostics.map(({ code }) => code)).toContain('duplicate-key-id')
  })
})

describe('the environment', () => {
  test('wins over the file', async () => {
    const config = await accepted(`${sound}gateway: { port: 1, host: 127.0.0.2 }\n`, {
      SALLYPORT_GATEWAY_PORT: '9999',
      SALLYPORT_GATEWAY_HOST: '',
      SALLYPORT_POLICIES_DIR: '/etc/policies',
      SALLYPORT_LOG_LEVEL: 'warn',
    })
    expect(config.gateway).toMatchObject({ port: 9_999, host: '127.0.0.2' })
    expect(config.policies.dir).toBe('/etc/policies')
    expect(config.log.level).toBe('warn')
  })

  test('is checked like the file, naming the variable and never its value', async () => {
    const { diagnostics } = await refused(sound, {
      SALLYPORT_GATEWAY_PORT: 'hunter2',
      SALLYPORT_LOG_LEVEL: 'hunter2',
    })
    expect(diagnostics).toMatchObject([
      { code: 'out-of-range', file: '$SALLYPORT_GATEWAY_PORT' },
      { code: 'unknown-value', file: '$SALLYPORT_LOG_LEVEL' },
    ])
    expect(JSON.stringify(diagnostics)).not.toContain('hunter2')
  })

  test('is named by what the options together are wrong about', async () => {
    const { diagnostics } = await refused(sound, { SALLYPORT_CHECK_HOST: '0.0.0.0' })
    expect(diagnostics).toMatchObject([{ code: 'check-open', file: join(dir, 'sallyport.yaml') }])
    const ports = await refused(sound, { SALLYPORT_CHECK_PORT: '8080' })
    expect(ports.diagnostics).toMatchObject([
      { code: 'duplicate-port', file: '$SALLYPORT_CHECK_PORT' },
    ])
  })

  test('warns about a variable it does not know, without its value', async () => {
    const { config, diagnostics } = await read(sound, { SALLYPORT_GATEWAY_PROT: 'hunter2' })
    expect(config).not.toBeNull()
    expect(diagnostics).toMatchObject([
      {
        severity: 'warning',
        code: 'unknown-variable',
        hint: 'did you mean SALLYPORT_GATEWAY_PORT?',
      },
    ])
    expect(JSON.stringify(diagnostics)).not.toContain('hunter2')
  })

  test('is not confused by what Kubernetes sets for a Service', async () => {
    const { config, diagnostics } = await read(sound, {
      SALLYPORT_GATEWAY_PORT: 'tcp://10.0.0.1:8080',
      SALLYPORT_PORT: 'tcp://10.0.0.1:8080',
      SALLYPORT_GATEWAY_SERVICE_HOST: '10.0.0.1',
      SALLYPORT_GATEWAY_PORT_8080_TCP_ADDR: '10.0.0.1',
    })
    expect(config?.gateway.port).toBe(8080)
    expect(diagnostics).toMatchObject([{ severity: 'warning', code: 'service-link' }])
  })
})

async function read(text: string, environment: Record<string, string> = {}): Promise<ReadConfig> {
  const file = join(dir, 'sallyport.yaml')
  await writeFile(file, text)
  return readConfig(file, environment)
}

async function accepted(text: string, environment: Record<string, string> = {}): Promise<Config> {
  const { config, diagnostics } = await read(text, environment)
  if (config === null) throw new Error(JSON.stringify(diagnostics, null, 2))
  return config
}

async function refused(
  text: string,
  environment: Record<string, string> = {},
): Promise<ReadConfig> {
  const result = await read(text, environment)
  expect(result.config).toBeNull()
  return result
}
