import { expect, it } from 'vitest'
import { statusOfRefusedCaller } from '../../src/check/refused-status.ts'

it('does not call a token bad that nobody has read', () => {
  expect(statusOfRefusedCaller('attempts_exhausted')).toEqual({
    status: 429,
    challenge: null,
    message: 'Too many keys and tokens from this address were not accepted lately',
  })
  expect(statusOfRefusedCaller('overloaded').status).toBe(503)
  expect(statusOfRefusedCaller('token_inactive').status).toBe(401)
})
