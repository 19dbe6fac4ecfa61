import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RoleGraph } from '../../src/decide/role-graph.ts'

const roles = 12

/** Each role inherits only later ones, so there is no circle. */
const inherits = fc
  .array(fc.array(fc.nat(roles - 1), { maxLength: 4 }), { minLength: roles, maxLength: roles })
  .map((lists) => lists.map((list, id) => [...new Set(list)].filter((each) => each > id)))

function closureOf(lists: readonly (readonly number[])[], id: number): readonly number[] {
  return [id, ...(lists[id] ?? []).flatMap((each) => closureOf(lists, each))]
}

const ids = fc.array(fc.nat(roles - 1))

describe('which role brings which along', () => {
  it('is what one finds by going from role to role', () => {
    fc.assert(
      fc.property(inherits, ids, ids, (lists, given, except) => {
        const graph = new RoleGraph(lists)
        const all = new Set(given.flatMap((id) => closureOf(lists, id)))
        const ascending = [...all].sort((a, b) => a - b)
        expect(graph.close(given)).toEqual(ascending)
        const bringing = graph.bringing(given)
        for (let id = 0; id < roles; id += 1) {
          const brings = closureOf(lists, id).some((each) => given.includes(each))
          expect(bringing.has(id)).toBe(brings)
        }
        const held = graph.close(except)
        expect(graph.close(given, held)).toEqual(ascending.filter((id) => !held.includes(id)))
        expect(graph.close(given)).toEqual(ascending)
      }),
    )
  })

  it('takes a chain of a hundred thousand roles in its stride', () => {
    const chain = Array.from({ length: 100_000 }, (_, id) => (id === 99_999 ? [] : [id + 1]))
    const graph = new RoleGraph(chain)
    expect(graph.close([0])).toHaveLength(100_000)
    expect(graph.bringing([99_999]).size).toBe(100_000)
  })
})
