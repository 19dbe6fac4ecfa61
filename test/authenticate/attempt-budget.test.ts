import { expect, test } from 'vitest'
import { AttemptBudget, burstS, maxSources } from '../../src/authenticate/attempt-budget.ts'
import type { ClientAddress } from '../../src/model/request-facts.ts'
import { createManualClock } from './manual-clock.ts'

function openBudget(maxFailuresPerAddress: number, maxFailures: number) {
  const clock = createManualClock()
  return { clock, budget: new AttemptBudget({ maxFailuresPerAddress, maxFailures }, clock) }
}

function from(ip: string): ClientAddress {
  return { ip, peerIp: ip, viaTrustedProxy: false }
}

function fail(budget: AttemptBudget, ip: string, times: number): void {
  for (let count = 0; count < times; count += 1) budget.failed(from(ip))
}

test('hears an address no longer that has failed too often, and again when time has passed', () => {
  const { budget, clock } = openBudget(2, 1_000)
  fail(budget, '192.0.2.1', 2 * burstS - 1)
  expect(budget.refuseAttempt(from('192.0.2.1'))).toBeNull()
  fail(budget, '192.0.2.1', 1)
  expect(budget.refuseAttempt(from('192.0.2.1'))).toMatchObject({
    code: 'attempts_exhausted',
    detail: 'Too many tokens from this address were refused lately ("max_failures_per_address")',
  })
  expect(budget.refuseAttempt(from('192.0.2.2'))).toBeNull()
  clock.advanceS(0.5)
  expect(budget.refuseAttempt(from('192.0.2.1'))).toBeNull()
})

test('takes an IPv6 network for one address, however it is written', () => {
  const { budget } = openBudget(1, 1_000)
  for (let host = 1; host <= burstS; host += 1) fail(budget, `2001:db8:0:7::${host}`, 1)
  expect(budget.refuseAttempt(from('2001:db8:0:7:ffff::1'))).toMatchObject({
    code: 'attempts_exhausted',
  })
  expect(budget.refuseAttempt(from('2001:0db8:0000:0007:0:0:0:1'))).not.toBeNull()
  expect(budget.refuseAttempt(from('2001:db8:0:8::1'))).toBeNull()
})

test('serves an address without failures while all others have spent what there is', () => {
  const { budget, clock } = openBudget(1_000, 10)
  for (let index = 0; index < 10 * burstS; index += 1) fail(budget, `192.0.2.${index}`, 1)
  expect(budget.refuseAttempt(from('192.0.2.1'))).toMatchObject({
    code: 'attempts_exhausted',
    detail: 'Too many tokens were refused lately ("max_failures"), some of them from this address',
  })
  expect(budget.refuseAttempt(from('198.51.100.1'))).toBeNull()
  clock.advanceS(1)
  expect(budget.refuseAttempt(from('192.0.2.1'))).toBeNull()
})

test('owes for what was under way no longer than a burst', () => {
  const { budget, clock } = openBudget(1, 1_000_000)
  fail(budget, '192.0.2.1', 100_000)
  clock.advanceS(burstS)
  expect(budget.refuseAttempt(from('192.0.2.1'))).not.toBeNull()
  clock.advanceS(1)
  expect(budget.refuseAttempt(from('192.0.2.1'))).toBeNull()
})

test('is not emptied by a clock that is set back', () => {
  const { budget, clock } = openBudget(1, 1_000)
  fail(budget, '192.0.2.1', 1)
  clock.advanceS(-3_600)
  expect(budget.refuseAttempt(from('192.0.2.1'))).toBeNull()
  fail(budget, '192.0.2.1', burstS)
  clock.advanceS(2)
  expect(budget.refuseAttempt(from('192.0.2.1'))).toBeNull()
})

test('remembers no more addresses than it may', () => {
  const { budget } = openBudget(1, 1_000_000)
  for (let index = 0; index < maxSources + 500; index += 1) {
    fail(budget, `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`, 1)
  }
  expect(budget.sources).toBe(maxSources)
})
