import type { Registry } from 'prom-client'
import type { Log } from '../telemetry/log.ts'
import { RedisClient } from './client.ts'
import { createRedisMetrics } from './metrics.ts'
import { type RedisOptions, usesRedis } from './options.ts'
import { checkServer, type ServerFinding } from './server-check.ts'

/** After a connection, and then so often: servers are set up anew, and failed over. */
const checkIntervalMs = 60_000

interface RedisState {
  /** Null while it is usable, else why not. */
  readonly awayReason: string | null
  readonly findings: readonly ServerFinding[]
}

/** The client of one process, and what is known of its server. */
export interface SharedRedis {
  readonly client: RedisClient
  state(): RedisState
  close(): void
}

/** Null: there is none. Connects in the background; nothing waits. One process of several checks. */
export function openRedis(
  options: RedisOptions,
  log: Log,
  registry: Registry,
  checks = true,
): SharedRedis | null {
  if (!usesRedis(options)) return null
  let findings: readonly ServerFinding[] = []
  let known = ''
  const check = async (): Promise<void> => {
    const found = await checkServer(client)
    // That it cannot be reached is said by the client, and is no finding about how it is set up.
    if (found.some(({ code }) => code === 'unreachable')) return
    findings = found
    const codes = found.map(({ code, message }) => `${code} ${message}`).join('\n')
    if (codes === known) return
    known = codes
    for (const { code, message, hint } of found) {
      log.warn({ code, reason: message, hint }, 'Redis is not set up as it should be')
    }
  }
  const client = new RedisClient({
    options,
    log,
    metrics: createRedisMetrics(registry),
    ready: () => {
      if (checks) void check()
    },
  })
  const timer = checks ? setInterval(() => void check(), checkIntervalMs).unref() : undefined
  void client.start()
  return {
    client,
    state: () => ({ awayReason: client.awayReason, findings }),
    close: () => {
      clearInterval(timer)
      client.close()
    },
  }
}
