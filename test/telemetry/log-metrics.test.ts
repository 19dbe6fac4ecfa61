import { Registry } from 'prom-client'
import { expect, it } from 'vitest'
import { createLogMetrics } from '../../src/telemetry/log-metrics.ts'
import { createLog } from '../../src/telemetry/log.ts'

it('tells how many lines were dropped, however often it is asked', async () => {
  const registry = new Registry()
  let dropped = 0
  createLogMetrics(registry, { ...createLog('silent'), droppedLines: () => dropped })
  expect(await registry.metrics()).toContain('\nsallyport_log_lines_dropped_total 0\n')
  dropped = 7
  for (let asked = 0; asked < 2; asked += 1) {
    expect(await registry.metrics()).toContain('\nsallyport_log_lines_dropped_total 7\n')
  }
})

it('counts nothing of a log that drops nothing', async () => {
  const registry = new Registry()
  createLogMetrics(registry, createLog('silent'))
  expect(await registry.metrics()).toContain('\nsallyport_log_lines_dropped_total 0\n')
})
