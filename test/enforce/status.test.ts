import { expect, it } from 'vitest'
import { explainFault, explainRefusal } from '../../src/enforce/explanations.ts'
import {
  challengeOf,
  endsConnection,
  statusOfFault,
  statusOfRefusal,
} from '../../src/enforce/status.ts'
import { faultCodes } from '../../src/model/fault.ts'
import { refusalCodes } from '../../src/model/refusal.ts'

it('never answers a no with a status that means yes', () => {
  for (const code of refusalCodes) expect(statusOfRefusal(code)).toBeGreaterThanOrEqual(400)
  for (const code of faultCodes) expect(statusOfFault(code)).toBeGreaterThanOrEqual(500)
})

it('challenges with every 401, and tells an error only where a credential was sent', () => {
  for (const code of refusalCodes.filter((one) => statusOfRefusal(one) === 401)) {
    expect(challengeOf(code)).toBe(
      code === 'credential_missing' ? 'Bearer' : 'Bearer error="invalid_token"',
    )
  }
  expect(challengeOf('credentials_multiple')).toBe('Bearer error="invalid_request"')
  expect(challengeOf('route_unknown')).toBeNull()
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
