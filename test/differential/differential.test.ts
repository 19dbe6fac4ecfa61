import { describe, expect, it } from 'vitest'
import { compareWithCedar } from './compare-cedar.ts'
import { compareWithCerbos } from './compare-cerbos.ts'
import { compareWithReference } from './compare-reference.ts'
import { compareWritten } from './compare-written.ts'

/** `npm run prove` asks many more, with any seed. */
const seed = 20_261_123

describe('random policies', () => {
  it('are decided as Cerbos decides them, rule by rule', { timeout: 120_000 }, async () => {
    const { differences, pairs, permits, failedDenies, rules } = await compareWithCerbos(seed, 480)
    expect(differences).toEqual([])
    expect(pairs).toBe(480)
    expect(rules).toBeGreaterThan(pairs)
    expect(permits).toBeGreaterThan(pairs / 10)
    expect(failedDenies).toBeGreaterThan(0)
  })

  it('are decided as Cedar decides them', { timeout: 60_000 }, () => {
    const { differences, permits } = compareWithCedar(seed, 1_500)
    expect(differences).toEqual([])
    expect(permits).toBeGreaterThan(150)
  })

  it('are decided as the reference says', { timeout: 60_000 }, () => {
    const { difference, pairs } = compareWithReference(seed, 3_000)
    expect(difference).toBeNull()
    expect(pairs).toBe(3_000)
  })

  it(
    'are decided as the reference says when they are written as files',
    { timeout: 60_000 },
    () => {
      const { difference, pairs, reasons } = compareWritten(seed, 800)
      expect(difference).toBeNull()
      expect(pairs).toBe(800)
      expect([...reasons.keys()]).toEqual(
        expect.arrayContaining([
          'permitted_by_rule',
          'denied_by_rule',
          'deny_rule_failed',
          'step_up_required',
          'no_applicable_rule',
        ]),
      )
    },
  )
})
