import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ReadConfig, readConfig } from '../../src/config/read-config.ts'

let dir = ''
const secret = Buffer.alloc(32, 7).toString('base64')

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'config-redis-'))
  await writeFile(join(dir, 'seal-keys'), `# keys\nk2 ${secret}\n\nk1 ${secret}\n`)
  await writeFile(join(dir, 'password'), 'hush\n')
})
afterEach(() => rm(dir, { recursive: true }))

async function load(redis: string, environment: Record<string, string> = {}): Promise<ReadConfig> {
  const file = join(dir, 'sallyport.yaml')
  const rest =
    'issuers: [{ issuer: "https://id.example.com", audiences: [a] }]\ncheck: { allow_unauthenticated: true }\n'
  await writeFile(file, `${rest}redis: ${redis}\n`)
  return await readConfig(file, environment)
}

async function found(redis: string): Promise<readonly string[]> {
  const { diagnostics } = await load(redis)
  return diagnostics.map(({ code, message }) => `${code}: ${message}`)
}

describe('redis', () => {
  it('reads its secrets from files, the password from the environment as well', async () => {
    const redis = '{ nodes: ["redis:6379"], seal_keys_file: seal-keys, password_file: password }'
    const { config } = await load(redis)
    expect(config?.redis.secrets).toMatchObject({
      password: 'hush',
      sealKeys: [{ id: 'k2' }, { id: 'k1' }],
    })
    const other = await load(redis, { SALLYPORT_REDIS_PASSWORD: 'louder' })
    expect(other.config?.redis.secrets.password).toBe('louder')
  })

  it('is nothing unless it says where it is', async () => {
    const { config } = await load('{ timeout: 5ms }')
    expect(config?.redis).toMatchObject({ timeoutMs: 5, nodes: [], secrets: { sealKeys: [] } })
  })

  it('needs keys to seal with', async () => {
    expect(await found('{ nodes: ["redis:6379"] }')).toEqual([
      'no-seal-keys: what is kept in Redis has to be sealed: nobody who can write there may gain by it',
    ])
    await writeFile(join(dir, 'seal-keys'), '# none yet\n')
    expect(await found('{ nodes: ["redis:6379"], seal_keys_file: seal-keys }')).toEqual([
      'no-seal-keys: the file lists no key',
    ])
  })

  it('says which line of the keys is wrong, and shows none', async () => {
    await writeFile(join(dir, 'seal-keys'), `k1 c2hvcnQ=\nk2 ${secret}\nk2 ${secret}\n`)
    const messages = await found('{ nodes: ["redis:6379"], seal_keys_file: seal-keys }')
    expect(messages.toSorted().toReversed()).toEqual([
      'malformed-line: line 1 of the file must be an id and at least 32 octets in base64',
      'duplicate-key-id: key "k2" is listed twice',
    ])
  })

  it('says which file cannot be read', async () => {
    expect(
      await found('{ nodes: ["redis:6379"], seal_keys_file: seal-keys, password_file: none }'),
    ).toEqual([`unreadable: "${join(dir, 'none')}" cannot be read: ENOENT`])
  })

  it.each([
    [
      '{ nodes: ["redis"] }',
      'malformed-value: "redis" is not an address such as redis.internal:6379',
    ],
    [
      '{ nodes: ["redis:0"] }',
      'malformed-value: "redis:0" is not an address such as redis.internal:6379',
    ],
    ['{ nodes: ["a:1", "b:2"] }', 'redis-place: "mode: single" means one node'],
    [
      '{ socket: s, mode: cluster }',
      'redis-place: "socket" is in place of "nodes", with "mode: single"',
    ],
    [
      '{ nodes: ["a:1"], mode: cluster, database: 1 }',
      'redis-place: a Cluster has only database 0',
    ],
    [
      '{ nodes: ["a:1"], tls: true, certificate: seal-keys }',
      'key-missing: a certificate and its key go together',
    ],
    [
      '{ nodes: ["a:1"], server_name: a }',
      'redis-tls: "authorities", "certificate" and "server_name" need "tls: true"',
    ],
  ])('%s does not go together', async (redis, message) => {
    expect(await found(redis.replace(' }', ', seal_keys_file: seal-keys }'))).toEqual([message])
  })
})

describe('a limit', () => {
  it('is refused when it is no rate', async () => {
    const { diagnostics } = await load('{}\nlimits: { subject: 10 a minute }')
    expect(diagnostics.map(({ message }) => message)).toEqual([
      '"subject" must be a rate such as 100/m or "100/m burst 20", not "10 a minute"',
    ])
  })
})
