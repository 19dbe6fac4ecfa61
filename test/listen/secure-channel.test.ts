import { expect, test } from 'vitest'
import { readAlternativeNames } from '../../src/listen/secure-channel.ts'

test.each<[string | undefined, string[]]>([
  [undefined, []],
  ['', []],
  ['DNS:orders.test, IP Address:10.0.0.7', ['DNS:orders.test', 'IP:10.0.0.7']],
  [
    String.raw`DNS:"a, DNS:b", URI:spiffe://prod.test/a`,
    ['DNS:a, DNS:b', 'URI:spiffe://prod.test/a'],
  ],
  [
    'URI:spiffe://prod.test/a, X400Name:<unsupported>, URI:spiffe://prod.test/b',
    ['URI:spiffe://prod.test/a', 'X400Name:<unsupported>', 'URI:spiffe://prod.test/b'],
  ],
])('reads every name of a certificate: %s', (text, names) => {
  expect(readAlternativeNames(text)).toEqual(names)
})

test('reads no name where one of them cannot be read', () => {
  expect(readAlternativeNames('URI:spiffe://prod.test/a, ???, URI:spiffe://prod.test/b')).toEqual(
    [],
  )
})
