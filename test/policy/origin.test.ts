import { describe, expect, it } from 'vitest'
import { readOrigin } from '../../src/policy/origin.ts'

describe('an upstream on a Unix socket', () => {
  it.each(['unix:/run/app.sock', 'unix:/var/run/app-1/http.sock', 'unix:/run/.hidden/a@b'])(
    'may be %s',
    (text) => {
      expect(readOrigin(text)).toEqual({ ok: true, value: text })
    },
  )

  it.each([
    'unix:',
    'unix:/',
    'unix:run/app.sock',
    'unix://run/app.sock',
    'unix:/run//app.sock',
    'unix:/run/../etc/app.sock',
    'unix:/run/./app.sock',
    'unix:/run/..',
    'unix:/run/app.sock?x',
    'unix:/run/app.sock#x',
    'unix:/run/app%2fsock',
    'unix:/run/app sock',
    'unix:/run/app.sock/',
    'unix:/run/app\0.sock',
    'UNIX:/run/app.sock',
    `unix:/${'a'.repeat(103)}`,
  ])('may not be %j', (text) => {
    expect(readOrigin(text).ok).toBe(false)
  })
})
