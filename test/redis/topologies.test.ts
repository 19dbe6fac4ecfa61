import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type RedisClient, unavailable } from '../../src/redis/client.ts'
import { noRedisSecrets, type RedisOptions } from '../../src/redis/options.ts'
import { SharedBuckets } from '../../src/redis/shared-buckets.ts'
import { CertificateAuthority } from '../support/certificate-authority.ts'
import { type RedisServer, startRedis } from '../support/redis-server.ts'
import { type SentinelSet, startCluster, startSentinels } from '../support/redis-topologies.ts'
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts'
import { until } from '../support/until.ts'
import { openClient, sealKey } from './redis-client.ts'

const clients: RedisClient[] = []
afterEach(() => {
  for (const client of clients.splice(0)) client.close()
})

async function open(options: Partial<RedisOptions>): Promise<RedisClient> {
  const { client } = await openClient(options)
  clients.push(client)
  return client
}

const claim = (client: RedisClient): Promise<unknown> =>
  client.claim(client.keys.once(randomUUID()), 60_000)

describe('Sentinel', () => {
  let set: SentinelSet
  beforeAll(async () => {
    set = await startSentinels()
  })
  afterAll(() => set.remove())

  it('says where the primary is, and the client follows it when it fails over', async () => {
    const client = await open({
      mode: 'sentinel',
      nodes: [set.sentinel.node],
      sentinelName: set.name,
      timeoutMs: 100,
    })
    expect(await claim(client)).toBe(true)
    const before = await set.primary()
    await before.kill()
    let longestMs = 0
    await until('the other one to be written to', async () => {
      const startedAtMs = performance.now()
      const answer = await claim(client)
      longestMs = Math.max(longestMs, performance.now() - startedAtMs)
      return answer === true
    })
    expect((await set.primary()).port).not.toBe(before.port)
    // The time-out, and what a busy machine adds.
    expect(longestMs).toBeLessThan(600)
  })
})

describe('a Cluster', () => {
  let nodes: readonly RedisServer[] = []
  beforeAll(async () => {
    nodes = await startCluster()
  })
  afterAll(() => Promise.all(nodes.map((node) => node.remove())))

  it('holds every kind of key, and goes on with what is left when a node is lost', async () => {
    const client = await open({
      mode: 'cluster',
      nodes: nodes.map(({ node }) => node),
      timeoutMs: 200,
    })
    await until('every node to be written to', async () => {
      const all = await Promise.all(Array.from({ length: 60 }, () => claim(client)))
      return all.every((isFirst) => isFirst === true)
    })
    const keys = client.keys.value('introspection', 'token')
    expect(await client.readOrLease(keys, 'me', 1_000)).toEqual({ kind: 'leased' })
    await client.writeAndRelease(keys, 'me', Buffer.from('value'), 10_000)
    expect(await client.readOrLease(keys, 'you', 1_000)).toMatchObject({ kind: 'found' })
    const buckets = Array.from({ length: 200 }, (_, index) => ({
      bucket: String(index),
      intervalMs: 1_000,
      capacityMs: 60_000,
      count: 1,
    }))
    const spent = await new SharedBuckets(client).settle(buckets)
    expect(spent.every((ms) => ms !== null && ms > 0)).toBe(true)

    await nodes[2]?.kill()
    await until('the other two thirds to work', async () => {
      const answers = await Promise.all(Array.from({ length: 60 }, () => claim(client)))
      const first = answers.filter((isFirst) => isFirst === true).length
      return first > 20 && first < 60
    })
    await nodes[2]?.start()
    await until('all of it to work', async () => {
      const answers = await Promise.all(Array.from({ length: 60 }, () => claim(client)))
      return answers.every((isFirst) => isFirst === true)
    })
  })
})

describe('a server behind a network that is cut', () => {
  let server: RedisServer
  let proxy: TcpProxy
  beforeAll(async () => {
    server = await startRedis()
    proxy = await startTcpProxy(server.port)
  })
  afterAll(async () => {
    await proxy.close()
    await server.remove()
  })

  it('is gone on without, and is used again once the network heals', async () => {
    const client = await open({ nodes: [`127.0.0.1:${proxy.port}`], timeoutMs: 50 })
    const near = await open({ nodes: [server.node] })
    proxy.cut()
    const startedAtMs = performance.now()
    const answers = await Promise.all(Array.from({ length: 30 }, () => claim(client)))
    expect(performance.now() - startedAtMs).toBeLessThan(600)
    expect(new Set(answers)).toEqual(new Set([unavailable]))
    expect(await claim(near)).toBe(true)
    proxy.heal()
    await until('it to be used', async () => (await claim(client)) === true)
  })

  it('costs its time-out while it is slow, and nothing once that is known', async () => {
    const client = await open({ nodes: [`127.0.0.1:${proxy.port}`], timeoutMs: 30 })
    proxy.delay(200)
    await until('the breaker to open', async () => {
      await Promise.all(Array.from({ length: 10 }, () => claim(client)))
      return client.state !== 'closed'
    })
    proxy.delay(0)
    await until('it to be used', async () => (await claim(client)) === true)
  })
})

describe('a server that asks who it is', () => {
  it('is reached over TLS with a certificate, as a user with few rights', async () => {
    const authority = new CertificateAuthority('redis')
    const [own, client] = [
      authority.issue({ name: 'redis.test', dns: ['redis.test'] }),
      authority.issue({ name: 'sidecar' }),
    ]
    const user =
      'user sallyport on >hush ~sallyport:1:* -@all +get +getrange +set +del +eval +evalsha +time +info +hello +auth +ping +client|setname'
    const server = await startRedis({
      config: ['user default on nopass ~* +@all', user],
      prepare: async (dir, port) => {
        await Promise.all([
          writeFile(join(dir, 'ca.pem'), authority.certificate),
          writeFile(join(dir, 'own.pem'), own.certificate),
          writeFile(join(dir, 'own.key'), own.key),
        ])
        const tls = ['tls-cert-file own.pem', 'tls-key-file own.key', 'tls-ca-cert-file ca.pem']
        return [
          `tls-port ${port + 1}`,
          ...tls,
          'tls-auth-clients yes',
          `unixsocket ${dir}/redis.sock`,
        ]
      },
    })
    const secrets = {
      ...noRedisSecrets,
      sealKeys: [sealKey],
      password: 'hush',
      authorities: authority.certificate,
      certificate: client.certificate,
      key: client.key,
    }
    try {
      const options = { nodes: [`127.0.0.1:${server.port + 1}`], username: 'sallyport', tls: true }
      const secure = await open({ ...options, serverName: 'redis.test', secrets })
      expect(await claim(secure)).toBe(true)
      const local = await open({
        nodes: [],
        socket: join(server.dir, 'redis.sock'),
        username: 'sallyport',
        secrets,
      })
      expect(await claim(local)).toBe(true)
      const stranger = { ...secrets, authorities: new CertificateAuthority('other').certificate }
      const { client: refused, lines } = await openClient(
        { ...options, secrets: stranger },
        'nothing',
      )
      clients.push(refused)
      await until('it to be said', () => lines.length > 0)
      expect(refused.isUsable).toBe(false)
      const { client: wrong, lines: said } = await openClient(
        { ...options, serverName: 'redis.test', secrets: { ...secrets, password: 'wrong' } },
        'nothing',
      )
      clients.push(wrong)
      await until('it to be said', () => said.length > 0)
      expect(JSON.stringify(said)).toContain('WRONGPASS')
      expect(JSON.stringify(said)).not.toContain('hush')
    } finally {
      await server.remove()
    }
  })
})
