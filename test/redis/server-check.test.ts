import { readFileSync } from 'node:fs'
import { Registry } from 'prom-client'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { RedisClient } from '../../src/redis/client.ts'
import type { RedisOptions } from '../../src/redis/options.ts'
import { openRedis } from '../../src/redis/redis.ts'
import { checkServer } from '../../src/redis/server-check.ts'
import { recordingLog } from '../runtime/recording-log.ts'
import { type RedisServer, startRedis } from '../support/redis-server.ts'
import { until } from '../support/until.ts'
import { openClient, redisOptions } from './redis-client.ts'

let server: RedisServer
const clients: RedisClient[] = []

beforeAll(async () => {
  server = await startRedis({ config: ['maxmemory 100mb', 'maxmemory-policy volatile-ttl'] })
})
afterAll(() => server.remove())
afterEach(() => {
  for (const client of clients.splice(0)) client.close()
})

async function findings(options: Partial<RedisOptions> = {}): Promise<readonly string[]> {
  const { client } = await openClient({ nodes: [server.node], ...options })
  clients.push(client)
  return (await checkServer(client)).map(({ code, message }) => `${code}: ${message}`)
}

async function within(
  changes: readonly (readonly string[])[],
  undo: readonly (readonly string[])[],
): Promise<readonly string[]> {
  for (const command of changes) await server.ask(...command)
  try {
    return await findings()
  } finally {
    for (const command of undo) await server.ask(...command)
  }
}

it('has nothing to say about a server that is set up as documented', async () => {
  expect(await findings()).toEqual([])
})

it('says that a policy of eviction would forget what must not be forgotten', async () => {
  const set = (policy: string): readonly (readonly string[])[] => [
    ['CONFIG', 'SET', 'maxmemory-policy', policy],
  ]
  expect(await within(set('allkeys-lru'), set('volatile-ttl'))).toEqual([
    'eviction: "maxmemory-policy" is allkeys-lru: identifiers that may be used once are forgotten before their time',
  ])
  expect(await within(set('noeviction'), set('volatile-ttl'))).toEqual([])
})

it('says that there is no limit, or that it is reached', async () => {
  const set = (size: string): readonly (readonly string[])[] => [
    ['CONFIG', 'SET', 'maxmemory', size],
  ]
  expect(await within(set('0'), set('100mb'))).toEqual([
    'no-limit: the server has no "maxmemory": it grows until its machine has no memory left',
  ])
  const full = [...set('1'), ['CONFIG', 'SET', 'maxmemory-policy', 'noeviction']]
  const empty = [...set('100mb'), ['CONFIG', 'SET', 'maxmemory-policy', 'volatile-ttl']]
  expect(await within(full, empty)).toEqual(['full: the server is full and takes nothing more'])
})

it('says that it is a replica', async () => {
  const found = await within([['REPLICAOF', '127.0.0.1', '1']], [['REPLICAOF', 'NO', 'ONE']])
  expect(found).toEqual(['replica: the server is a replica, to which nothing can be written'])
})

it('says that it is part of no Cluster where one is expected', async () => {
  const { client } = await openClient({ nodes: [server.node], mode: 'cluster' }, 'nothing')
  clients.push(client)
  expect((await checkServer(client)).map(({ code }) => code)).toEqual(['unreachable'])
})

it('says what its user may not do, and how that is changed', async () => {
  const user = ['ACL', 'SETUSER', 'weak', 'on', '>hush', '~sallyport:1:*', '-@all']
  await server.ask(...user, '+info', '+hello', '+client|setname', '+set', '+getrange')
  const secrets = { ...redisOptions({}).secrets, password: 'hush' }
  expect(await findings({ username: 'weak', secrets })).toEqual([
    'not-permitted: the user may not use: EVAL, EVALSHA, GET, TIME; EVAL, EVALSHA, DEL',
  ])
})

it('is content with the user that is documented', async () => {
  const operations = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8')
  const [line = ''] = /ACL SETUSER sallyport .*/u.exec(operations) ?? []
  await server.ask(...line.replace('PASSWORD', 'hush').split(' '))
  const secrets = { ...redisOptions({}).secrets, password: 'hush' }
  expect(await findings({ username: 'sallyport', secrets })).toEqual([])
})

it('is made after connecting, and shows in the log and in what is told of the state', async () => {
  await server.ask('CONFIG', 'SET', 'maxmemory', '0')
  const { log, lines } = recordingLog()
  const redis = openRedis(redisOptions({ nodes: [server.node] }), log, new Registry())
  if (redis === null) throw new Error('There is no Redis')
  clients.push(redis.client)
  try {
    await until('the check', () => redis.state().findings.length > 0)
    expect(redis.state()).toMatchObject({ awayReason: null, findings: [{ code: 'no-limit' }] })
    expect(lines.find(({ level }) => level === 'warn')).toMatchObject({
      message: 'Redis is not set up as it should be',
      fields: { code: 'no-limit', hint: 'set maxmemory, see docs/operations.md for how much' },
    })
  } finally {
    redis.close()
    await server.ask('CONFIG', 'SET', 'maxmemory', '100mb')
  }
})
