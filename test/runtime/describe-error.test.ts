import { expect, test } from 'vitest'
import { describeError } from '../../src/runtime/describe-error.ts'

const jwt = 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl'

test.each([
  `verifying ${jwt} failed`,
  'upstream said: invalid header "Authorization: Bearer opaque-token"',
  'GET https://ada:opaque-token@id.example.com/ failed',
  'GET /callback?code=opaque-token failed',
  'Basic opaque-token',
])('takes the credential out of: %s', (message) => {
  const text = JSON.stringify(describeError(new Error(message, { cause: new Error(message) })))
  expect(text).not.toMatch(/opaque-token|eyJzdWIi|c2lnbmF0dXJl/)
  expect(text).toContain('[redacted]')
})

test('keeps what helps: name, code, place and causes, but only so many of them', () => {
  const cause = Object.assign(new TypeError('deep'), { code: 'ERR_DEEP' })
  expect(describeError(new Error('shallow', { cause }))).toMatchObject({
    name: 'Error',
    message: 'shallow',
    stack: expect.stringContaining('describe-error.test.ts') as string,
    cause: { name: 'TypeError', code: 'ERR_DEEP', message: 'deep' },
  })
  const loop = new Error('loop')
  loop.cause = loop
  expect(JSON.stringify(describeError(loop)).match(/"message":"loop"/g)).toHaveLength(5)
})

test('leaves out what else hangs on an error, and what is thrown without being one', () => {
  const error = Object.assign(new Error('lost'), { options: { password: 'hunter2' } })
  expect(JSON.stringify(describeError(error))).not.toContain('hunter2')
  expect(JSON.stringify(describeError({ password: 'hunter2' }))).not.toContain('hunter2')
  expect(describeError('plain text')).toEqual({ message: 'plain text' })
})
