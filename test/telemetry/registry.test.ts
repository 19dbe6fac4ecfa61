import { open } from 'node:fs/promises'
import { Counter, Registry } from 'prom-client'
import { describe, expect, test } from 'vitest'

import { PacedRegistry } from '../../src/telemetry/paced-registry.ts'
import { createRegistry } from '../../src/telemetry/registry.ts'

test('keeps two processes in one apart: no registry is global', async () => {
  const one = createRegistry('1.0.0')
  const other = createRegistry('2.0.0')
  expect(await one.metrics()).toContain('version="1.0.0"')
  expect(await other.metrics()).not.toContain('version="1.0.0"')
})

test('says what Node.js says of itself, but for what takes a look at every connection', async () => {
  const text = await createRegistry('1.0.0').metrics()
  expect(text).toContain('\nnodejs_heap_size_total_bytes')
  expect(text).toContain('\nprocess_open_fds')
  expect(text).not.toContain('nodejs_active_')
})

test('counts the open files', async () => {
  const registry = createRegistry('1.0.0')
  const count = async (): Promise<number> =>
    Number(/^process_open_fds (\d+)$/m.exec(await registry.metrics())?.[1])
  const before = await count()
  const files = await Promise.all(Array.from({ length: 5 }, () => open('/dev/null')))
  const after = await count()
  await Promise.all(files.map((file) => file.close()))
  expect(before).toBeGreaterThan(3)
  // Others of this process may open and close some meanwhile.
  expect(after - before).toBeGreaterThanOrEqual(3)
})

describe('PacedRegistry', () => {
  const fill = (registry: Registry, collect: () => void): void => {
    for (let index = 0; index < 8; index += 1) {
      const name = `metric_${index}`
      const counter = new Counter({
        name,
        help: 'Of a test',
        labelNames: ['l'],
        registers: [registry],
        collect,
      })
      counter.inc({ l: 'a "quoted" one' }, index)
    }
  }

  test('says what any registry says', async () => {
    const paced = new PacedRegistry()
    const plain = new Registry()
    for (const registry of [paced, plain]) fill(registry, () => {})
    expect(await paced.metrics()).toBe(await plain.metrics())
    expect(await paced.getMetricsAsJSON()).toEqual(await plain.getMetricsAsJSON())
  })

  test.each(['metrics', 'getMetricsAsJSON'] as const)(
    'lets others go first between metrics: %s',
    async (read) => {
      const registry = new PacedRegistry()
      let turns = 0
      const turnsAtCollect: number[] = []
      fill(registry, () => {
        turnsAtCollect.push(turns)
        const untilMs = performance.now() + 1
        while (performance.now() < untilMs);
      })
      const isRead = new AbortController()
      const count = (): void => {
        turns += 1
        if (!isRead.signal.aborted) setImmediate(count)
      }
      setImmediate(count)
      await registry[read]()
      isRead.abort()
      expect(new Set(turnsAtCollect).size).toBe(8)
    },
  )
})
