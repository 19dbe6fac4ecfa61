import { afterEach, describe, expect, it } from 'vitest'
import { Ledger } from '../../src/limit/ledger.ts'
import type { Rate, Settlement, SharedLedger } from '../../src/model/rate-limit.ts'
import { until } from '../support/until.ts'

const rate: Rate = { count: 10, windowS: 3_600, burst: 10 }
const ledgers: Ledger[] = []
afterEach(() => {
  for (const ledger of ledgers.splice(0)) ledger.close()
})

function open(shared: SharedLedger | null, maxBuckets = 1_000): Ledger {
  const ledger = new Ledger({ maxBuckets, syncIntervalMs: 10, shared })
  ledgers.push(ledger)
  return ledger
}

function take(ledger: Ledger, name = 'alice'): boolean {
  const nowMs = performance.now()
  const bucket = ledger.bucket('subject', name, rate)
  if (bucket.waitMs(nowMs) > 0) return false
  ledger.take(bucket, nowMs)
  return true
}

const left = (ledger: Ledger, name = 'alice'): number =>
  ledger.bucket('subject', name, rate).left(performance.now())

describe('a ledger', () => {
  it('counts together with others by way of the one they share', async () => {
    const shared = open(null)
    const [one, two] = [open(shared), open(shared)]
    for (let index = 0; index < 6; index += 1) take(one)
    take(two)
    await until('the second to hear of it', () => left(two) === 3)
    take(one)
    await until('the first to hear of all', () => left(one) === 2)
  })

  it('pays back what went beyond a limit before it was known', async () => {
    const shared = open(null)
    const sidecars = [open(shared), open(shared), open(shared)]
    let taken = 0
    for (const sidecar of sidecars) while (take(sidecar)) taken += 1
    expect(taken).toBe(30)
    // Ten of thirty are forgiven, ten have to come back before the next is to be had.
    const waitMs = (ledger: Ledger): number =>
      ledger.bucket('subject', 'alice', rate).waitMs(performance.now())
    await until('all to be told', () => waitMs(shared) > 10 * 360_000)
    const late = open(shared)
    take(late)
    await until('whoever comes late to hear of it', () => waitMs(late) > 10 * 360_000)
    expect(waitMs(late)).toBeLessThanOrEqual(11 * 360_000)
  })

  it('tells again what was not taken, and only that', async () => {
    const told: Settlement[] = []
    let answer: readonly (number | null)[] = [null]
    const ledger = open({
      settle: (entries) => {
        told.push(...entries)
        return Promise.resolve(answer)
      },
    })
    take(ledger)
    await until('it to be told twice', () => told.length >= 2)
    answer = [Number.NaN]
    const before = told.length
    await until('it to be told for the last time', () => told.length > before)
    take(ledger)
    await until('the next to be told', () => told.length > before + 1)
    expect(told.map(({ count }) => count)).toEqual(told.map(() => 1))
  })

  it('forgets the bucket used longest ago when there are too many', () => {
    const ledger = open(null, 100)
    for (let index = 0; index < 1_000; index += 1) take(ledger, `subject ${index}`)
    expect(ledger.size).toBe(100)
  })

  it('tells no more than a thousand at a time', async () => {
    const sizes: number[] = []
    const ledger = open(
      {
        settle: (entries) => {
          sizes.push(entries.length)
          return Promise.resolve(entries.map(() => 0))
        },
      },
      10_000,
    )
    for (let index = 0; index < 2_500; index += 1) take(ledger, `subject ${index}`)
    await until('all to be told', () => sizes.reduce((sum, size) => sum + size, 0) === 2_500)
    expect(sizes).toEqual([1_024, 1_024, 452])
  })
})
