import { describe, expect, it } from 'vitest'
import { isRequestId, mintRequestId } from '../../src/listen/request-id.ts'

it('mints ids that are all different and tell nothing', () => {
  const ids = Array.from({ length: 5_000 }, mintRequestId)
  expect(new Set(ids).size).toBe(ids.length)
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/)
})

describe('isRequestId', () => {
  it.each(['a', 'A-1_b.c:d/e+f=@', '550e8400-e29b-41d4-a716-446655440000', 'x'.repeat(128)])(
    'accepts %j',
    (text) => {
      expect(isRequestId(text)).toBe(true)
    },
  )

  it.each([
    '',
    'x'.repeat(129),
    'a b',
    'a\nb',
    '"',
    '<a>',
    'a,b',
    '{',
    '[',
    '`',
    '\u00e9',
    '$(id)',
    "'",
  ])('refuses %j', (text) => {
    expect(isRequestId(text)).toBe(false)
  })
})
