import { expect, it } from 'vitest'
import { readForwarded } from '../../src/listen/forwarded.ts'
import { processorMs } from '../support/processor-ms.ts'

it('reads the examples of RFC 7239', () => {
  expect(readForwarded('for="_gazonk"', 8)).toEqual([{ node: '_gazonk', proto: null, host: null }])
  expect(readForwarded('For="[2001:db8:cafe::17]:4711"', 8)?.[0]?.node).toBe(
    '[2001:db8:cafe::17]:4711',
  )
  expect(readForwarded('for=192.0.2.60;proto=http;by=203.0.113.43', 8)).toEqual([
    { node: '192.0.2.60', proto: 'http', host: null },
  ])
  expect(readForwarded('for=192.0.2.43, for=198.51.100.17', 8)).toHaveLength(2)
})

it('undoes quoting', () => {
  expect(readForwarded('host="a\\"b"', 8)?.[0]?.host).toBe('a"b')
})

it.each([
  '',
  ',',
  'for',
  'for=',
  'for=a;',
  'for=a,',
  ';for=a',
  'for=a b',
  'for="a',
  'for=a;for=b',
  'for=a:80',
])('refuses %j', (text) => {
  expect(readForwarded(text, 8)).toBeNull()
})

it('refuses more elements than it was told to read', () => {
  expect(readForwarded('for=a,for=b,for=c', 2)).toBeNull()
})

it('takes time in proportion to its length', () => {
  const fields = Array.from({ length: 3_000 }, (_, index) => `a${index}=b`).join(';')
  const tookMs = processorMs(() => {
    readForwarded(`for="${'\\a'.repeat(8_000)}`, 8)
    readForwarded(fields, 8)
  })
  expect(tookMs).toBeLessThan(200)
})
