import { expect, test } from 'vitest'
import {
  AttemptBudget,
  burstS,
  maxRegions,
  maxSources,
} from '../../src/authenticate/attempt-budget.ts'
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
    detail:
      'Too many credentials from this address were refused lately ("max_failures_per_address")',
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
    detail:
      'Too many credentials were refused lately ("max_failures"), some of them from this address',
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

/** One failure each of so many networks that a client may have, from `2001:db8::` on. */
function failAll(budget: AttemptBudget, count: number, prefix = '2001:db8'): void {
  for (let index = 0; index < count; index += 1) {
    const network = `${(index >> 16).toString(16)}:${(index & 0xffff).toString(16)}`
    fail(budget, `${prefix}:${network}::1`, 1)
  }
}

test('remembers no more addresses than it may, and forgets none for others', () => {
  const { budget } = openBudget(1, 1_000_000)
  fail(budget, '192.0.2.1', burstS)
  failAll(budget, 3 * maxSources)
  expect(budget.sources).toBe(maxSources)
  expect(budget.refuseAttempt(from('192.0.2.1'))).toMatchObject({ code: 'attempts_exhausted' })
})

test('has networks share a budget when there are more addresses than it can count', () => {
  const { budget } = openBudget(1, 1_000_000)
  failAll(budget, maxSources)
  // An attacker who has a /32 of IPv6, or a /16 of IPv4, gets nothing more by it.
  failAll(budget, burstS, '2a00:1')
  expect(budget.refuseAttempt(from('2a00:1:ffff:ffff::1'))).toMatchObject({
    code: 'attempts_exhausted',
  })
  for (let host = 0; host < burstS; host += 1) fail(budget, `198.51.${host}.7`, 1)
  expect(budget.refuseAttempt(from('198.51.100.1'))).not.toBeNull()
  // His neighbours are served, and so is whoever has a place already.
  expect(budget.refuseAttempt(from('2a00:2::1'))).toBeNull()
  expect(budget.refuseAttempt(from('203.0.113.1'))).toBeNull()
  expect(budget.refuseAttempt(from('2001:db8:0:7::1'))).toBeNull()
})

test('has all the rest share one budget when there are too many networks as well', () => {
  const { budget } = openBudget(1, 1_000_000)
  failAll(budget, maxSources)
  for (let index = 0; index < maxRegions; index += 1)
    fail(budget, `2a00:${index.toString(16)}::1`, 1)
  expect(budget.refuseAttempt(from('198.51.100.1'))).toBeNull()
  for (let index = 0; index < burstS; index += 1) fail(budget, `198.${index}.100.1`, 1)
  expect(budget.refuseAttempt(from('203.0.113.1'))).toMatchObject({ code: 'attempts_exhausted' })
})

test('gives a place up once who has it has not failed for ten seconds', () => {
  const { budget, clock } = openBudget(1, 1_000_000)
  failAll(budget, maxSources)
  failAll(budget, burstS, '2a00:1')
  clock.advanceS(2 * burstS - 0.001)
  expect(budget.refuseAttempt(from('2a00:1:ffff:ffff::1'))).toBeNull()
  failAll(budget, 2 * burstS, '2a00:1')
  expect(budget.refuseAttempt(from('2a00:1:ffff:ffff::1'))).not.toBeNull()
  clock.advanceS(0.001)
  expect(budget.refuseAttempt(from('2a00:1:ffff:ffff::1'))).toBeNull()
  fail(budget, '192.0.2.1', burstS)
  expect(budget.refuseAttempt(from('192.0.2.1'))).not.toBeNull()
  expect(budget.refuseAttempt(from('192.0.2.2'))).toBeNull()
  failAll(budget, maxSources)
  expect(budget.sources).toBe(maxSources)
})

test('tells of those alone that failed lately', () => {
  const { budget, clock } = openBudget(1, 1_000_000)
  failAll(budget, maxSources - 1)
  clock.advanceS(burstS)
  fail(budget, '192.0.2.1', 1)
  expect(budget.sources).toBe(maxSources)
  clock.advanceS(burstS)
  expect(budget.sources).toBe(1)
  clock.advanceS(burstS)
  expect(budget.sources).toBe(0)
})

test('takes an IPv4 client for the same on a socket of both families', () => {
  const { budget } = openBudget(1, 1_000)
  fail(budget, '::ffff:192.0.2.1', burstS)
  expect(budget.refuseAttempt(from('192.0.2.1'))).not.toBeNull()
  expect(budget.refuseAttempt(from('::ffff:192.0.2.2'))).toBeNull()
})
