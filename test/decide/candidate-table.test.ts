import { describe, expect, it } from 'vitest'
import { CandidateTable, nowhere } from '../../src/decide/candidate-table.ts'
import { Candidates } from '../../src/decide/candidates.ts'
import { runAtOnce } from '../../src/model/steps.ts'

/** `shared` of the actions of each type are those of every type. */
function tableOf(types: number, shared: number): CandidateTable {
  const resources = Array.from({ length: types }, (_, at) => ({
    name: `type-${at}`,
    actions: Array.from({ length: 4 }, (_none, n) => (n < shared ? `act-${n}` : `act-${at}-${n}`)),
  }))
  const table = runAtOnce(CandidateTable.build(resources))
  for (const { name, actions } of resources) {
    table.add(name, new Map(actions.map((action) => [action, new Candidates([])])))
  }
  return table
}

describe.each([
  ['in rows', 2_000, 4],
  ['in maps, where types have nothing in common', 2_000, 0],
])('candidates %s', (_, types, shared) => {
  const table = tableOf(types, shared)
  const own = (at: number, n: number): string => (n < shared ? `act-${n}` : `act-${at}-${n}`)

  it('are those of the type and the action', () => {
    const found = new Set<Candidates>()
    for (let at = 0; at < types; at += 1) {
      for (let n = 0; n < 4; n += 1) {
        found.add(table.candidatesAt(table.find(`type-${at}`, own(at, n))))
      }
    }
    expect(found.size).toBe(types * 4)
  })

  it('are none of another type, nor of an action that only other types have', () => {
    expect(table.find('type-x', own(0, 0))).toBe(nowhere)
    expect(table.find('type-1', 'act-0-3')).toBe(nowhere)
    expect(table.find('__proto__', 'constructor')).toBe(nowhere)
  })
})
