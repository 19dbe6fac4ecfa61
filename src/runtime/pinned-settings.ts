import { isDeepStrictEqual } from 'node:util'
import type { Config } from '../config/config.ts'
import { noRedisSecrets } from '../redis/options.ts'

const addresses = ['gateway', 'check', 'operations'] as const
const held = [
  'authentication',
  'issuerKeys',
  'identityToken',
  'records',
  'policies',
  'redis',
  'limits',
  'log',
] as const

/** What belongs to the primary, and so changes only when the whole process is started anew. */
export function findPinnedChanges(was: Config, is: Config): readonly string[] {
  const [before, after] = [settingsOf(was), settingsOf(is)]
  return [
    ...addresses
      .filter((part) => {
        const { host, port } = before[part]
        return after[part].host !== host || after[part].port !== port
      })
      .map((part) => `${part}: host and port`),
    ...(['tls', 'socket', 'socketMode', 'reusePort'] as const)
      .filter((key) => !isDeepStrictEqual(before.gateway[key], after.gateway[key]))
      .map((key) => `gateway: ${key}`),
    ...(isDeepStrictEqual(before.upstreams.tls, after.upstreams.tls) ? [] : ['upstreams: tls']),
    ...held.filter((part) => !isDeepStrictEqual(before[part], after[part])),
  ]
}

/** Without what the files of certificates hold: they are watched, and renewed without a restart. */
function settingsOf(config: Config): Config {
  const { redis } = config
  const { authorities, certificate, key } = noRedisSecrets
  const secrets = { ...redis.secrets, authorities, certificate, key }
  return { ...config, redis: { ...redis, secrets } }
}
