import { Registry } from 'prom-client'
import { RedisClient } from '../../src/redis/client.ts'
import { createRedisMetrics } from '../../src/redis/metrics.ts'
import { defaultRedisOptions, noRedisSecrets, type RedisOptions } from '../../src/redis/options.ts'
import { type LoggedLine, recordingLog } from '../runtime/recording-log.ts'
import { until } from '../support/until.ts'

export const sealKey = { id: 'k1', secret: Buffer.alloc(32, 7) }

export interface OpenClient {
  readonly client: RedisClient
  readonly registry: Registry
  readonly lines: readonly LoggedLine[]
}

/** Patient, because the machine may be busy with other tests; what is about time says so. */
export function redisOptions(more: Partial<RedisOptions>): RedisOptions {
  return {
    ...defaultRedisOptions,
    timeoutMs: 2_000,
    secrets: { ...noRedisSecrets, sealKeys: [sealKey] },
    ...more,
  }
}

export async function openClient(
  options: Partial<RedisOptions>,
  awaits: 'usable' | 'nothing' = 'usable',
): Promise<OpenClient> {
  const { log, lines } = recordingLog()
  const registry = new Registry()
  const client = new RedisClient({
    options: redisOptions(options),
    log,
    metrics: createRedisMetrics(registry),
  })
  await client.start()
  if (awaits === 'usable') await until('Redis to be used', () => client.isUsable)
  return { client, registry, lines }
}

/** The value of a metric, labels as they are written. */
export async function metricOf(registry: Registry, name: string): Promise<number> {
  const text = await registry.metrics()
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${name} `))
  return Number(line?.split(' ').at(-1) ?? Number.NaN)
}
