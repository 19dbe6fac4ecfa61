import { type CelCase, casesOf } from './cel-suite.ts'

interface Section {
  readonly name: string
  /** How many of its cases are run, all of which pass. */
  readonly passes: number
}

/** Sections of the CEL specification's tests that a policy can meet. */
export const coreSections: readonly Section[] = [
  { name: 'basic', passes: 43 },
  { name: 'comparisons', passes: 334 },
  { name: 'conversions', passes: 109 },
  { name: 'fields', passes: 60 },
  { name: 'fp_math', passes: 30 },
  { name: 'integer_math', passes: 64 },
  { name: 'lists', passes: 39 },
  { name: 'logic', passes: 30 },
  { name: 'macros', passes: 44 },
  { name: 'macros2', passes: 46 },
  { name: 'parse', passes: 193 },
  { name: 'string', passes: 51 },
  { name: 'timestamps', passes: 76 },
]

export const otherSections: readonly Section[] = [
  { name: 'bindings_ext', passes: 5 },
  { name: 'block_ext', passes: 25 },
  { name: 'encoders_ext', passes: 4 },
  { name: 'math_ext', passes: 199 },
  { name: 'namespace', passes: 1 },
  { name: 'optionals', passes: 59 },
  { name: 'plumbing', passes: 5 },
  { name: 'string_ext', passes: 206 },
  { name: 'type_deductions', passes: 16 },
]

/** Sections of which no case is run. */
export const absentSections: readonly string[] = [
  'dynamic',
  'enums',
  'proto2',
  'proto2_ext',
  'proto3',
  'wrappers',
]

interface Omission {
  readonly reason: string
  readonly covers: (found: CelCase) => boolean
}

const messages = /TestAll|google\.protobuf\.[A-Za-z0-9]+\{|GlobalEnum/

/** Why a case is not run, the first that covers it. */
const omissions: readonly Omission[] = [
  {
    reason: 'needs protobuf messages: attributes are JSON, there are no message types',
    covers: ({ id, test }) =>
      absentSections.includes(id.split('/', 1)[0] ?? '') ||
      messages.test(test.expr) ||
      messages.test(JSON.stringify([test.bindings ?? null, test.typeEnv ?? null])),
  },
  {
    reason: 'resolves names in a container: conditions have none',
    covers: ({ test }) => test.container !== undefined,
  },
  {
    reason: 'declares functions of its own: policies cannot',
    covers: ({ test }) =>
      test.typeEnv?.some((declared) => declared.function !== undefined) === true,
  },
  {
    reason: 'asks which type variables stand for: what is not known ahead is dyn here',
    covers: ({ id }) => /^type_deductions\/flexible.*\/(?:list_parameter|optional_none)/.test(id),
  },
  {
    reason: 'takes null for a value of any abstract type: here null is of its own type only',
    covers: ({ id }) => id.startsWith('type_deductions/legacy_nullable_types/'),
  },
]

/** Null: it is run. */
function reasonToOmit(found: CelCase): string | null {
  return omissions.find(({ covers }) => covers(found))?.reason ?? null
}

interface SectionCases {
  readonly all: number
  readonly run: readonly CelCase[]
  /** How many are left out, by reason. */
  readonly omitted: ReadonlyMap<string, number>
}

export function sectionCases(name: string): SectionCases {
  const all = casesOf(name)
  const omitted = new Map<string, number>()
  const run = all.filter((found) => {
    const reason = reasonToOmit(found)
    if (reason !== null) omitted.set(reason, (omitted.get(reason) ?? 0) + 1)
    return reason === null
  })
  return { all: all.length, run, omitted }
}
