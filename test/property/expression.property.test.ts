import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AccessRequest } from '../../src/model/access-request.ts'
import {
  compileCondition,
  compileExpression,
  isConditionFailure,
} from '../../src/policy/expression.ts'
import { conditionScope, openConditionDeclarations } from '../../src/policy/expression-scope.ts'
import type { ExpressionError } from '../../src/policy/expression-syntax.ts'
import { kindOf } from '../../src/policy/expression-values.ts'
import { attributeNames, expressionTexts } from './expression-texts.ts'
import { runs } from './runs.ts'

const scope = conditionScope(openConditionDeclarations)

const jsonValues = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<unknown>,
  fc.constantFrom<unknown>('alice', '2026-01-01T00:00:00Z', '1h', 5, 1.5, true, null, ['a', 'b'], {
    owner: 1,
  }),
)
const attributes = fc
  .array(fc.tuple(fc.constantFrom(...attributeNames), jsonValues), { maxLength: 6 })
  .map(
    (entries) =>
      `{${entries.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join()}}`,
  )

const requests = fc
  .tuple(attributes, attributes, attributes, fc.integer({ min: 0, max: 4_102_444_800_000 }))
  .map(([subject, resource, context, timeMs]): AccessRequest => {
    const text = `{"subject":{"type":"user","id":"alice","properties":${subject}},
      "action":{"name":"read","properties":{}},
      "resource":{"type":"doc","id":"1","properties":${resource}},
      "context":${context},"timeMs":${timeMs}}`
    return JSON.parse(text) as AccessRequest
  })

function arePlaced(errors: readonly ExpressionError[], text: string): boolean {
  return errors.every(
    ({ start, end, message }) => message !== '' && start >= 0 && start <= end && end <= text.length,
  )
}

describe('any expression over any request', () => {
  it('yields a value or a failure, twice the same, and never throws', () => {
    let evaluated = 0
    fc.assert(
      fc.property(expressionTexts, requests, fc.boolean(), (text, request, isChecked) => {
        const compiled = compileExpression(text, scope, { isChecked })
        if (!compiled.ok) {
          return arePlaced(compiled.errors, text)
        }
        evaluated += 1
        const first = compiled.evaluate(request)
        expect(isConditionFailure(first) || kindOf(first) !== 'unknown').toBe(true)
        expect(compiled.evaluate(request)).toEqual(first)
        return true
      }),
      runs(2_000),
    )
    expect(evaluated).toBeGreaterThan(100)
  })

  it('yields what its static type promises', () => {
    fc.assert(
      fc.property(expressionTexts, requests, (text, request) => {
        const compiled = compileExpression(text, scope)
        if (!compiled.ok || compiled.type.kind === 'dyn') return
        const value = compiled.evaluate(request)
        if (isConditionFailure(value)) return
        const kind = compiled.type.kind === 'object' ? 'map' : compiled.type.kind
        expect(kindOf(value)).toBe(kind)
      }),
      runs(2_000),
    )
  })

  it('as a condition is true, false or a failure', () => {
    fc.assert(
      fc.property(expressionTexts, requests, (text, request) => {
        const compiled = compileCondition(text, scope)
        if (!compiled.ok) return
        const value = compiled.evaluate(request)
        expect(typeof value === 'boolean' || isConditionFailure(value)).toBe(true)
      }),
      runs(1_000),
    )
  })
})

describe('any text at all', () => {
  it('compiles or is refused, and never throws', () => {
    const characters = fc.constantFrom(
      ...Array.from('abrBxu01.9\'"`\\(){}[]?:,+-*/%<>=!&| \n\t\r\f/é😀_in'),
    )
    const texts = fc.array(characters, { maxLength: 40 }).map((units) => units.join(''))
    fc.assert(
      fc.property(fc.oneof(texts, fc.string({ unit: 'binary' })), (text) => {
        const compiled = compileExpression(text, scope)
        return compiled.ok || arePlaced(compiled.errors, text)
      }),
      runs(2_000),
    )
  })
})
