import { describe, expect, it } from 'vitest'
import { absentSections, coreSections, otherSections, sectionCases } from './cel-sections.ts'
import { runCase, sectionNames } from './cel-suite.ts'

const run = [...coreSections, ...otherSections]

describe('CEL conformance', () => {
  it.each(run)('passes $passes cases of section $name, all that apply', ({ name, passes }) => {
    const { run: cases } = sectionCases(name)
    const failed = cases.flatMap((found) => {
      const problem = runCase(found)
      return problem === null ? [] : [`${found.id}: ${problem}`]
    })
    expect(failed).toEqual([])
    expect(cases.length).toBe(passes)
  })

  it('leaves out exactly the cases it gives a reason for', () => {
    const omitted = new Map<string, number>()
    for (const { name } of run) {
      for (const [reason, count] of sectionCases(name).omitted) {
        omitted.set(reason, (omitted.get(reason) ?? 0) + count)
      }
    }
    expect([...omitted]).toEqual([
      ['needs protobuf messages: attributes are JSON, there are no message types', 145],
      ['resolves names in a container: conditions have none', 2],
      ['declares functions of its own: policies cannot', 5],
      ['asks which type variables stand for: what is not known ahead is dyn here', 4],
      ['takes null for a value of any abstract type: here null is of its own type only', 1],
    ])
  })

  it('runs every case of the core but those that build messages', () => {
    const cases = coreSections.map(({ name }) => sectionCases(name))
    expect(cases.reduce((sum, { all }) => sum + all, 0)).toBe(1_217)
    expect(cases.reduce((sum, section) => sum + section.run.length, 0)).toBe(1_119)
  })

  it('knows every section there is', () => {
    const known = [...run.map(({ name }) => name), ...absentSections, 'unknowns']
    expect(known.toSorted()).toEqual([...sectionNames].toSorted())
  })
})
