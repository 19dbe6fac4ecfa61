import { describe, expect, it } from 'vitest'
import { decide } from '../../src/decide/decide.ts'
import { buildPolicySet } from '../../src/decide/policy-set.ts'
import type { Combining, RuleSpec } from '../../src/decide/policy-spec.ts'
import type { Effect } from '../../src/model/decision.ts'
import { request, rule, type Says, specOf } from '../decide/samples.ts'

/**
 * XACML 3.0 appendix C, one test a cell. A rule is P (permits), D (denies), N (does not apply), or
 * indeterminate: p (would permit, its condition failed) or d (would deny, its condition failed).
 * Answers are P, D, or N where no rule decides; at the boundary N is a deny.
 */
const letters = ['P', 'D', 'N', 'p', 'd'] as const
type Letter = (typeof letters)[number]

/** Rows: the first rule. Columns: the second rule, in the order of `letters`. */
const tables: Readonly<Record<Combining, Readonly<Record<Letter, string>>>> = {
  'deny-overrides': { P: 'PDPPD', D: 'DDDDD', N: 'PDNND', p: 'PDNND', d: 'DDDDD' },
  'permit-overrides': { P: 'PPPPP', D: 'PDDDD', N: 'PDNND', p: 'PDNND', d: 'PDDDD' },
  'first-applicable': { P: 'PPPPP', D: 'DDDDD', N: 'PDNND', p: 'PDNND', d: 'DDDDD' },
  'deny-unless-permit': { P: 'PPPPP', D: 'PDDDD', N: 'PDNND', p: 'PDNND', d: 'PDDDD' },
}

const meanings: Readonly<Record<Letter, readonly [Effect, Says]>> = {
  P: ['permit', true],
  D: ['deny', true],
  N: ['permit', false],
  p: ['permit', 'failure'],
  d: ['deny', 'failure'],
}

const algorithms = Object.keys(tables) as readonly Combining[]
const cells = algorithms.flatMap((combining) =>
  letters.flatMap((first) =>
    letters.map((second, at) => ({
      combining,
      first,
      second,
      answer: tables[combining][first][at],
    })),
  ),
)

function ask(combining: Combining, rules: readonly RuleSpec[]): string {
  const spec = specOf(rules)
  const [resource] = spec.resources
  const resources = resource === undefined ? [] : [{ ...resource, combining }]
  const { effect, reason } = decide(buildPolicySet({ ...spec, resources }), request())
  if (effect === 'permit') return 'P'
  return reason === 'no_applicable_rule' ? 'N' : 'D'
}

function rulesOf(row: readonly Letter[]): readonly RuleSpec[] {
  return row.map((letter, at) => {
    const [effect, says] = meanings[letter]
    return rule(`p/${at}`, effect, { says })
  })
}

describe('combining algorithms', () => {
  it.each(cells)('$combining of $first and $second is $answer', (cell) => {
    const { combining, first, second, answer } = cell
    expect(ask(combining, rulesOf([first, second]))).toBe(answer)
  })

  it.each(algorithms)('%s of no rule at all permits nothing', (combining) => {
    expect(ask(combining, [])).toBe('N')
  })

  it.each(algorithms)(
    '%s permits only what it would permit however the failed conditions had come out',
    (combining) => {
      let permits = 0
      for (const row of rowsOf(4)) {
        if (ask(combining, rulesOf(row)) !== 'P') continue
        permits += 1
        for (const world of worldsOf(row)) {
          expect(ask(combining, rulesOf(world)), `${row.join('')} as ${world.join('')}`).toBe('P')
        }
      }
      expect(permits).toBeGreaterThan(50)
    },
  )
})

function rowsOf(length: number): readonly (readonly Letter[])[] {
  if (length === 0) return [[]]
  return rowsOf(length - 1).flatMap((row) => letters.map((letter) => [...row, letter]))
}

/** Every way in which conditions that failed could have come out. */
function worldsOf(row: readonly Letter[]): readonly (readonly Letter[])[] {
  const [first, ...rest] = row
  if (first === undefined) return [[]]
  const outcomes: readonly Letter[] =
    first === 'p' ? ['P', 'N'] : first === 'd' ? ['D', 'N'] : [first]
  return worldsOf(rest).flatMap((world) => outcomes.map((outcome) => [outcome, ...world]))
}
