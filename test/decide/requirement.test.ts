import { describe, expect, it } from 'vitest'
import { decide } from '../../src/decide/decide.ts'
import { buildPolicySet } from '../../src/decide/policy-set.ts'
import type { Requirement } from '../../src/decide/policy-spec.ts'
import { meetsRequirement } from '../../src/decide/requirement.ts'
import { TraceRecorder } from '../../src/decide/trace.ts'
import { request, rule, specOf } from './samples.ts'

const nothing: Requirement = { acr: null, amr: null, maxAgeS: null }
/** At second 1,000. */
const now = { timeMs: 1_000_000 }

function meets(
  requirement: Partial<Requirement>,
  context: Readonly<Record<string, unknown>>,
  claims: Readonly<Record<string, unknown>> = {},
): boolean {
  const subject = { type: 'user', id: 'alice', properties: claims }
  return meetsRequirement({ ...nothing, ...requirement }, request({ context, subject, ...now }))
}

describe('a requirement of how the subject has signed in', () => {
  it.each([
    ['mfa', true],
    ['key', true],
    ['password', false],
    [['mfa'], false],
    [undefined, false],
    [null, false],
  ])('is met by one of the wanted acr: %j', (acr, expected) => {
    expect(meets({ acr: ['mfa', 'key'] }, { acr })).toBe(expected)
  })

  it.each([
    [['otp'], true],
    [['pwd', 'hwk'], true],
    [['pwd'], false],
    [[], false],
    ['otp', false],
    [undefined, false],
    [{ 0: 'otp' }, false],
  ])('is met by one of the wanted amr: %j', (amr, expected) => {
    expect(meets({ amr: ['otp', 'hwk'] }, { amr })).toBe(expected)
  })

  it.each([
    [940, true],
    [939, false],
    [1_000, true],
    [1_060, true],
    [1_061, false],
    ['990', false],
    [undefined, false],
    [Number.NaN, false],
  ])(
    'is met by a sign-in of the last minute, a clock ahead by one included: %j',
    (at, expected) => {
      expect(meets({ maxAgeS: 60 }, { auth_time: at })).toBe(expected)
    },
  )

  it('asks for all it names', () => {
    const all: Requirement = { acr: ['mfa'], amr: ['otp'], maxAgeS: 60 }
    const met = { acr: 'mfa', amr: ['otp'], auth_time: 990 }
    expect(meets(all, met)).toBe(true)
    const without = Object.keys(met).filter((name) => meets(all, { ...met, [name]: undefined }))
    expect(without).toEqual([])
  })

  it('takes a claim where the context says nothing, and the context where both speak', () => {
    expect(meets({ acr: ['mfa'] }, {}, { acr: 'mfa' })).toBe(true)
    expect(meets({ acr: ['mfa'] }, { acr: 'password' }, { acr: 'mfa' })).toBe(false)
    expect(meets({ acr: ['mfa'] }, { acr: 'mfa' }, { acr: 'password' })).toBe(true)
  })

  it('finds nothing that only a prototype holds', () => {
    expect(meets({ acr: ['mfa'] }, Object.create({ acr: 'mfa' }) as object as never)).toBe(false)
  })
})

describe('a permit that requires a better sign-in', () => {
  const rules = [
    rule('p/first', 'permit', { requirement: { acr: ['mfa'], amr: ['otp'], maxAgeS: 60 } }),
    rule('p/second', 'permit', { requirement: { ...nothing, acr: ['key'] } }),
  ]
  const set = buildPolicySet(specOf(rules))

  it('asks for what the first such rule requires', () => {
    expect(decide(set, request(now))).toMatchObject({
      effect: 'deny',
      reason: 'step_up_required',
      rules: ['p/first'],
      obligations: [
        {
          id: 'p/first#step-up',
          type: 'step_up',
          properties: { acr_values: ['mfa'], amr_values: ['otp'], max_age: 60 },
        },
      ],
    })
  })

  it('permits once the sign-in is good enough for one rule', () => {
    const context = { acr: 'key' }
    expect(decide(set, request({ ...now, context }))).toMatchObject({
      effect: 'permit',
      reason: 'permitted_by_rule',
      rules: ['p/second'],
      obligations: [],
    })
  })

  it('is traced as waiting for it', () => {
    const trace = new TraceRecorder()
    decide(set, request({ ...now, context: { acr: 'key' } }), trace)
    expect(trace.steps.map((step) => [step.rule, step.result])).toEqual([
      ['p/first', 'step_up'],
      ['p/second', 'matched'],
    ])
  })

  it('gives way to a rule that permits without', () => {
    const permitted = buildPolicySet(specOf([...rules, rule('p/plain', 'permit')]))
    expect(decide(permitted, request(now))).toMatchObject({ effect: 'permit', rules: ['p/plain'] })
  })
})
