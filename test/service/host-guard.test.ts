import { expect, test } from 'vitest'

import { isLocalAuthority } from '../../src/service/host-guard.ts'

test.each([
  'localhost',
  'LOCALHOST:81',
  'x.localhost',
  '127.0.0.1:1',
  '[::1]',
  '[::1]:2',
  '10.0.0.9',
])('serves a request for %s', (authority) => {
  expect(isLocalAuthority(authority)).toBe(true)
})

test.each([
  'evil.test',
  'localhost.evil.test',
  '127.0.0.1.evil.test:1',
  '[::1',
  '[',
  ':',
  '',
  'xlocalhost',
])('does not serve a request for "%s"', (authority) => {
  expect(isLocalAuthority(authority)).toBe(false)
})

test('serves the host that was configured, and a request without Host', () => {
  expect(isLocalAuthority('pdp.example.test:443', 'pdp.example.test')).toBe(true)
  expect(isLocalAuthority(undefined)).toBe(true)
})
