import { expect, test } from 'vitest'

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
