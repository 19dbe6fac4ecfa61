import { expect, it } from 'vitest'
import { meetObligations } from '../../src/enforce/obligations.ts'
import type { Decision } from '../../src/model/decision.ts'

const permit: Decision = {
  effect: 'permit',
  reason: 'permitted_by_rule',
  rules: ['file/staff'],
  errors: [],
  obligations: [],
  policyDigest: 'd',
}

it('leaves a permit without obligations alone', () => {
  expect(meetObligations(permit)).toBe(permit)
})

it('turns a permit with an obligation it does not know into a deny', () => {
  const asking: Decision = {
    ...permit,
    obligations: [{ id: '1', type: 'watermark', properties: {} }],
  }
  const denied = meetObligations(asking)
  expect(denied).toMatchObject({
    effect: 'deny',
    reason: 'unknown_obligation',
    rules: permit.rules,
  })
  expect(meetObligations(asking)).toBe(denied)
})

it('leaves a deny alone, whatever it asks for', () => {
  const deny: Decision = {
    ...permit,
    effect: 'deny',
    obligations: [{ id: '1', type: 'watermark', properties: {} }],
  }
  expect(meetObligations(deny)).toBe(deny)
})
