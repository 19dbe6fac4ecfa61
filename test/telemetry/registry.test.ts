import { expect, test } from 'vitest'

import { createRegistry } from '../../src/telemetry/registry.ts'

test('keeps two processes in one apart: no registry is global', async () => {
  const one = createRegistry('1.0.0')
  const other = createRegistry('2.0.0')
  expect(await one.metrics()).toContain('version="1.0.0"')
  expect(await other.metrics()).not.toContain('version="1.0.0"')
})
