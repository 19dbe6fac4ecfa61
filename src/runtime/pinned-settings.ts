import { isDeepStrictEqual } from 'node:util'
import type { Config } from '../config/config.ts'

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
export function findPinnedChanges(before: Config, after: Config): readonly string[] {
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
