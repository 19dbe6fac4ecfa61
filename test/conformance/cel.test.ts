import { describe, expect, it } from 'vitest'
import { type CelCase, casesOf, runCase } from './cel-suite.ts'

/** Sections of the CEL specification's tests that a policy can meet, and how many must pass. */
const floors: readonly (readonly [section: string, floor: number])[] = [
  ['basic', 43],
  ['comparisons', 334],
  ['conversions', 109],
  ['fields', 60],
  ['fp_math', 30],
  ['integer_math', 64],
  ['lists', 39],
  ['logic', 30],
  ['macros', 44],
  ['macros2', 46],
  ['parse', 193],
  ['string', 51],
  ['timestamps', 76],
]

interface Omission {
  readonly reason: string
  readonly covers: (found: CelCase) => boolean
  readonly cases: number
}

/** Everything that is not run, and why. */
const omissions: readonly Omission[] = [
  {
    reason: 'builds a protobuf message: attributes are JSON, there are no message types',
    covers: ({ test }) => /TestAllTypes|google\.protobuf\.[A-Za-z0-9]+\{/.test(test.expr),
    cases: 98,
  },
]

/** Cases that run and do not pass, each with its reason. */
const knownFailures: ReadonlyMap<string, string> = new Map()

function isOmitted(found: CelCase): boolean {
  return omissions.some(({ covers }) => covers(found))
}

describe('CEL conformance', () => {
  it.each(floors)(
    'passes every case of section %s that needs no message types',
    (section, floor) => {
      const run = casesOf(section).filter((found) => !isOmitted(found))
      const failed = run.flatMap((found) => {
        const problem = runCase(found)
        return problem === null || knownFailures.has(found.id) ? [] : [`${found.id}: ${problem}`]
      })
      expect(failed).toEqual([])
      expect(run.filter((found) => !knownFailures.has(found.id)).length).toBe(floor)
    },
  )

  it('leaves out exactly the cases it gives a reason for', () => {
    const all = floors.flatMap(([section]) => casesOf(section))
    expect(all.length).toBe(1_217)
    for (const { covers, cases } of omissions) expect(all.filter(covers).length).toBe(cases)
    expect(all.filter((found) => !isOmitted(found)).length).toBe(1_119)
  })
})
