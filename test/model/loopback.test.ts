import { expect, test } from 'vitest'
import { isLoopback } from '../../src/model/loopback.ts'

test.each([
  '127.0.0.1',
  '127.1.2.3',
  '::1',
  '0:0:0:0:0:0:0:1',
  '[::1]',
  '::ffff:127.0.0.1',
  'localhost',
  'LOCALHOST',
])('takes %s for loopback', (host) => {
  expect(isLoopback(host)).toBe(true)
})

test.each([
  '0.0.0.0',
  '::',
  '[::]',
  '10.0.0.1',
  '128.0.0.1',
  '::ffff:10.0.0.1',
  'localhost.evil.test',
  'localhost.',
  '',
  '[]',
  '127.0.0.1.test',
  '127.1',
  '2130706433',
])('does not take "%s" for loopback', (host) => {
  expect(isLoopback(host)).toBe(false)
})
