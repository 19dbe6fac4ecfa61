import { expect, it } from 'vitest'
import { dateField } from '../../src/service/date-field.ts'

it('changes with the second, also when the clock is set back', () => {
  const nowMs = Date.UTC(2026, 10, 29, 21, 15, 56)
  expect(dateField(nowMs)).toBe('Date: Sun, 29 Nov 2026 21:15:56 GMT\r\n')
  expect(dateField(nowMs + 999)).toBe('Date: Sun, 29 Nov 2026 21:15:56 GMT\r\n')
  expect(dateField(nowMs + 1_000)).toBe('Date: Sun, 29 Nov 2026 21:15:57 GMT\r\n')
  expect(dateField(nowMs - 60_000)).toBe('Date: Sun, 29 Nov 2026 21:14:56 GMT\r\n')
})
