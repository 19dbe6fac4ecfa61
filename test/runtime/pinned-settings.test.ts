import { expect, test } from 'vitest'
import { type Config, defaultConfig } from '../../src/config/config.ts'
import type { RedisOptions, RedisSecrets } from '../../src/redis/options.ts'
import { findPinnedChanges } from '../../src/runtime/pinned-settings.ts'

function withRedis(redis: Partial<RedisOptions>, secrets: Partial<RedisSecrets> = {}): Config {
  const { redis: usual } = defaultConfig
  const all = { ...usual.secrets, ...secrets }
  return { ...defaultConfig, redis: { ...usual, ...redis, secrets: all } }
}

const files = { authoritiesFile: 'ca.pem', certificateFile: 'own.pem', keyFile: 'own.key' }
const before = withRedis(files, { authorities: 'A', certificate: 'B', key: 'C', password: 'D' })

test('certificates towards Redis that were renewed are no change of a setting', () => {
  const after = withRedis(files, { authorities: '1', certificate: '2', key: '3', password: 'D' })
  expect(findPinnedChanges(before, after)).toEqual([])
})

test('everything else about Redis is the business of the primary', () => {
  const secrets = before.redis.secrets
  expect(findPinnedChanges(before, withRedis(files, { ...secrets, password: 'E' }))).toEqual([
    'redis',
  ])
  const others = { ...files, keyFile: 'other.key' }
  expect(findPinnedChanges(before, withRedis(others, secrets))).toEqual(['redis'])
})
