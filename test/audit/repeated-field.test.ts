import { array, assert as check, constantFrom, property } from 'fast-check'
import { expect, it } from 'vitest'
import { quoteWithin } from '../../src/audit/json-string.ts'
import { RepeatedField } from '../../src/audit/repeated-field.ts'

const texts = ['', 'a', 'a"', 'ünï', '\ud800', 'a'.repeat(128), 'a'.repeat(129), 'x'.repeat(300)]

it('writes each value as it is written alone, whatever came before', () => {
  check(
    property(array(constantFrom(...texts), { maxLength: 30 }), (values) => {
      const field = new RepeatedField(',"a":', 200)
      for (const value of values) {
        expect(field.write(value)).toBe(`,"a":${quoteWithin(value, 200)}`)
      }
    }),
  )
})

it('takes out a credential the second and the third time as well', () => {
  const field = new RepeatedField(',"a":')
  const secret = 'https://user:secret@example.com/'
  for (let time = 0; time < 3; time += 1) expect(field.write(secret)).not.toContain('secret@')
})
