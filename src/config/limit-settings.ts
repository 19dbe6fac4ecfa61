import { defaultConfig } from './config.ts'
import type { SettingGroup } from './settings.ts'

/** Those of `limits`. */
export const limitSettings = {
  part: 'limits',
  defaults: defaultConfig.limits,
  settings: {
    address: { property: 'address', kind: 'rate' },
    subject: { property: 'subject', kind: 'rate' },
    client: { property: 'client', kind: 'rate' },
    caller: { property: 'caller', kind: 'rate' },
    ipv4_prefix: { property: 'ipv4Prefix', kind: 'count', min: 8, max: 32 },
    ipv6_prefix: { property: 'ipv6Prefix', kind: 'count', min: 16, max: 128 },
    max_buckets: { property: 'maxBuckets', kind: 'count', min: 1_000, max: 10_000_000 },
    sync_interval: {
      property: 'syncIntervalMs',
      kind: 'duration-ms',
      min: 10,
      max: 10_000,
    },
  },
} as const satisfies SettingGroup
