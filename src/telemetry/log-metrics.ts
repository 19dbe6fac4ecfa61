import { Counter, type Registry } from 'prom-client'
import type { Log } from './log.ts'

/** Read when somebody asks: a log that drops lines has no time to spare. */
export function createLogMetrics(registry: Registry, log: Log): void {
  let counted = 0
  const dropped = new Counter({
    name: 'sallyport_log_lines_dropped_total',
    help: 'Log lines dropped because stderr was not read fast enough',
    registers: [registry],
    collect: () => {
      const count = log.droppedLines?.() ?? 0
      dropped.inc(count - counted)
      counted = count
    },
  })
}
