import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileExpression, isConditionFailure } from '../../src/policy/expression.ts'
import { conditionScope, openConditionDeclarations } from '../../src/policy/expression-scope.ts'
import { requestOf, withResource } from '../policy/expression-samples.ts'
import { runs } from './runs.ts'

const values = fc.constantFrom<unknown>(
  undefined,
  null,
  '',
  'a',
  'b',
  true,
  false,
  0,
  1,
  1.5,
  -1,
  2 ** 60,
  [],
  ['a'],
  { a: 1 },
)
const constants = fc.constantFrom(
  '""',
  '"a"',
  '"b"',
  'true',
  'null',
  '0',
  '1',
  '1.5',
  '1u',
  '["a"]',
)
const operators = fc.constantFrom('==', '!=', '<', '<=', '>', '>=', 'in')
const types = fc.constantFrom(
  'dyn',
  'string',
  'int',
  'double',
  'bool',
  'list<string>',
  'map<string, dyn>',
)

/** An answer, or that there is none: by which words it is told may differ. Null: refused. */
function outcome(text: string, declared: string, x: unknown, y: unknown): unknown {
  const scope = conditionScope(withResource({ x: declared, y: declared }))
  const compiled = compileExpression(text, scope)
  if (!compiled.ok) return null
  const value = compiled.evaluate(requestOf({ resource: { x, y } }))
  return isConditionFailure(value) ? 'failure' : value
}

describe('an attribute', () => {
  it('compares alike however it is read', () => {
    let answers = 0
    fc.assert(
      fc.property(
        types,
        values,
        values,
        operators,
        constants,
        (declared, x, y, operator, constant) => {
          const forms = [
            ['resource.x', constant],
            [constant, 'resource.x'],
            ['resource.x', 'resource.y'],
            ['resource.x', 'subject.id'],
            ['subject.id', 'resource.x'],
            ['resource.x', 'size("a")'],
          ] as const
          for (const [left, right] of forms) {
            const direct = `${left} ${operator} ${right}`
            const bound = `cel.bind(l, ${left}, cel.bind(r, ${right}, dyn(l) ${operator} dyn(r)))`
            const answer = outcome(direct, declared, x, y)
            const wanted = answer === null ? null : outcome(bound, declared, x, y)
            expect([direct, answer]).toEqual([direct, wanted])
            answers += Number(typeof answer === 'boolean')
          }
        },
      ),
      runs(2_000),
    )
    expect(answers).toBeGreaterThan(500)
  })

  it('equals a text only when it is that text', () => {
    const scope = conditionScope(openConditionDeclarations)
    for (const [x, wanted] of [
      ['a', true],
      ['b', false],
      [1, false],
      [null, false],
    ] as const) {
      for (const [text, answer] of [
        ['resource.x == "a"', wanted],
        ['"a" == resource.x', wanted],
        ['resource.x != "a"', !wanted],
      ] as const) {
        const compiled = compileExpression(text, scope)
        expect(compiled.ok && compiled.evaluate(requestOf({ resource: { x } }))).toBe(answer)
      }
    }
  })
})
