import { Counter, Gauge, type Registry } from 'prom-client'
import { LeanHistogram } from '../telemetry/lean-histogram.ts'
import type { BreakerState } from './breaker.ts'

/** `ok`; no answer in time; not sent because Redis is away or too much is under way; an error. */
export type CommandResult = 'ok' | 'timeout' | 'away' | 'busy' | 'error'

const results: readonly CommandResult[] = ['ok', 'timeout', 'away', 'busy', 'error']
const states: readonly BreakerState[] = ['closed', 'half-open', 'open']

export interface RedisMetrics {
  counted(result: CommandResult, durationMs: number | null): void
  /** What was found in Redis cannot be used. */
  rejected(kind: string, reason: string): void
  observe(gauges: RedisGauges): void
}

interface RedisGauges {
  isUsable(): boolean
  state(): BreakerState
  inFlight(): number
}

const bounds = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 1]

export function createRedisMetrics(registry: Registry): RedisMetrics {
  const registers = [registry]
  const commands = new Counter({
    name: 'sallyport_redis_commands_total',
    help: 'Commands by result: ok, timeout, away, busy, error',
    labelNames: ['result'] as const,
    registers,
  })
  for (const result of results) commands.inc({ result }, 0)
  const rejections = new Counter({
    name: 'sallyport_redis_rejected_values_total',
    help: 'Values found in Redis that cannot be used, by kind and reason',
    labelNames: ['kind', 'reason'] as const,
    registers,
  })
  const duration = new LeanHistogram({
    name: 'sallyport_redis_command_duration_seconds',
    help: 'From a command to its answer; commands without an answer in time are not in it',
    bounds,
    registry,
  })
  return {
    counted: (result, durationMs) => {
      commands.inc({ result })
      if (result === 'ok' && durationMs !== null) duration.observe(durationMs / 1_000)
    },
    rejected: (kind, reason) => rejections.inc({ kind, reason }),
    observe: (gauges) => {
      const usable: Gauge = new Gauge({
        name: 'sallyport_redis_usable',
        help: 'Processes that use Redis at the moment; the others go on without it',
        registers,
        collect: () => usable.set(gauges.isUsable() ? 1 : 0),
      })
      const breaker: Gauge<'state'> = new Gauge({
        name: 'sallyport_redis_breaker',
        help: 'Processes whose circuit breaker is closed, half-open or open',
        labelNames: ['state'] as const,
        registers,
        collect: () => {
          for (const state of states) breaker.set({ state }, gauges.state() === state ? 1 : 0)
        },
      })
      const inFlight: Gauge = new Gauge({
        name: 'sallyport_redis_in_flight_commands',
        help: 'Commands that Redis has not answered yet',
        registers,
        collect: () => inFlight.set(gauges.inFlight()),
      })
    },
  }
}
