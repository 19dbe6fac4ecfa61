import { expect, it } from 'vitest'
import { explainFault, explainRefusal } from '../../src/enforce/explanations.ts'
import {
  challengeOf,
  challengeOfDenial,
  endsConnection,
  statusOfDenial,
  statusOfFault,
  statusOfRefusal,
} from '../../src/enforce/status.ts'
import type { Attributes } from '../../src/model/attributes.ts'
import { type Decision, reasonCodes } from '../../src/model/decision.ts'
import { faultCodes } from '../../src/model/fault.ts'
import { refusalCodes } from '../../src/model/refusal.ts'

it('never answers a no with a status that means yes', () => {
  for (const code of refusalCodes) expect(statusOfRefusal(code)).toBeGreaterThanOrEqual(400)
  for (const code of faultCodes) expect(statusOfFault(code)).toBeGreaterThanOrEqual(500)
})

it('challenges with every 401, and tells an error only where a credential was sent', () => {
  for (const code of refusalCodes.filter((one) => statusOfRefusal(one) === 401)) {
    expect(challengeOf(code)).toBe(wantedChallenge(code))
  }
  expect(challengeOf('credentials_multiple')).toBe('Bearer error="invalid_request"')
  expect(challengeOf('route_unknown')).toBeNull()
})

/** RFC 6750 section 3, RFC 9449 sections 7.1 and 8. */
function wantedChallenge(code: string): string {
  if (code === 'credential_missing') return 'Bearer'
  if (code.startsWith('api_key_')) return 'ApiKey'
  if (code === 'proof_nonce_required') return 'DPoP error="use_dpop_nonce"'
  if (code === 'proof_missing' || code === 'token_not_bound') return 'DPoP error="invalid_token"'
  return code.startsWith('proof_')
    ? 'DPoP error="invalid_dpop_proof"'
    : 'Bearer error="invalid_token"'
}

it('asks for a better sign-in where that would change the answer, in the words of RFC 9470', () => {
  const stepUp = (properties: Attributes): Decision => ({
    effect: 'deny',
    reason: 'step_up_required',
    rules: ['expense/approve'],
    errors: [],
    obligations: [{ id: 'expense/approve#step-up', type: 'step_up', properties }],
    policyDigest: 'x',
  })
  expect(statusOfDenial('step_up_required')).toBe(401)
  expect(challengeOfDenial(stepUp({ acr_values: ['mfa', 'phr'], max_age: 900 }))).toBe(
    'Bearer error="insufficient_user_authentication", ' +
      'error_description="A stronger or more recent sign-in is required", ' +
      'acr_values="mfa phr", max_age="900"',
  )
  expect(challengeOfDenial(stepUp({ amr_values: ['otp'] }))).not.toContain('acr_values')
  for (const reason of reasonCodes.filter((one) => one !== 'step_up_required')) {
    expect(statusOfDenial(reason)).toBe(403)
    expect(challengeOfDenial({ ...stepUp({ acr_values: ['mfa'] }), reason })).toBeNull()
  }
})

it('ends the connection when where the message ends is not certain', () => {
  expect(endsConnection('framing_ambiguous')).toBe(true)
  expect(endsConnection('request_malformed')).toBe(true)
  expect(endsConnection('credential_missing')).toBe(false)
})

it('says something a person understands for every code, and no internals', () => {
  for (const sentence of [...refusalCodes.map(explainRefusal), ...faultCodes.map(explainFault)]) {
    expect(sentence).toMatch(/^[A-Z].{20,220}\.$/)
    expect(sentence).not.toMatch(/_|jwt|jwks|undici|node|upstream|claim/i)
  }
})
