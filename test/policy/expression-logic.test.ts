import { describe, expect, it } from 'vitest'
import { compileCondition, compileExpression } from '../../src/policy/expression.ts'
import { expressionScope, valueVariable } from '../../src/policy/expression-scope.ts'
import { boolType, stringType } from '../../src/policy/expression-types.ts'
import { errorsOf, evaluate, failure, withResource } from './expression-samples.ts'

const values = [true, false, 'failure'] as const
type Value = (typeof values)[number]

function rows(length: number): readonly (readonly Value[])[] {
  if (length === 0) return [[]]
  return rows(length - 1).flatMap((row) => values.map((value) => [...row, value]))
}

/** Terms in the order of `a`, `b` and so on; a failure is an attribute that is not there. */
function ask(operator: '&&' | '||', row: readonly Value[]): unknown {
  const names = ['a', 'b', 'c', 'd'].slice(0, row.length)
  const resource = Object.fromEntries(
    names.flatMap((name, at) => (row[at] === 'failure' ? [] : [[name, row[at]] as const])),
  )
  return evaluate(names.map((name) => `resource.${name}`).join(` ${operator} `), { resource })
}

/** What settles the answer outweighs every failure; otherwise the first failure is the answer. */
function answerOf(operator: '&&' | '||', row: readonly Value[]): unknown {
  const settles = operator === '||'
  if (row.includes(settles)) return settles
  const failed = row.indexOf('failure')
  return failed === -1 ? !settles : failure(`No attribute "resource.${'abcd'.charAt(failed)}"`)
}

describe.each(['&&', '||'] as const)('%s', (operator) => {
  it.each([2, 3, 4])('of %i terms is settled by one of them or fails like the first', (length) => {
    const all = rows(length)
    expect(all.map((row) => [row, ask(operator, row)])).toEqual(
      all.map((row) => [row, answerOf(operator, row)]),
    )
  })

  it.each([2, 3])(
    'of %i terms fails on what is no bool, unless another term settles it',
    (length) => {
      const settles = operator === '||'
      const others = Array.from({ length: length - 1 }, () => 'resource.b')
      const text = ['resource.a', ...others].join(` ${operator} `)
      const expected = failure('Expected a bool, got string')
      expect(evaluate(text, { resource: { a: 'x', b: !settles } })).toEqual(expected)
      expect(evaluate(text, { resource: { a: 'x', b: settles } })).toBe(settles)
    },
  )
})

describe('! and ? :', () => {
  it.each([
    ['!resource.a', true, false],
    ['!resource.a', false, true],
    ['!resource.a', 'x', failure('Expected a bool, got string')],
    ['!resource.a', undefined, failure('No attribute "resource.a"')],
    ['resource.a ? 1 : 2', true, 1n],
    ['resource.a ? 1 : 2', false, 2n],
    ['resource.a ? 1 : 2', 'x', failure('Expected a bool, got string')],
    ['resource.a ? 1 : 2', undefined, failure('No attribute "resource.a"')],
    ['true || resource.a ? 1 : resource.b', undefined, 1n],
  ])('%s, of %j', (text, a, expected) => {
    expect(evaluate(text, { resource: { a } })).toEqual(expected)
  })

  it('takes a failure for neither', () => {
    expect(evaluate('true ? resource.a : 1')).toEqual(failure('No attribute "resource.a"'))
    expect(evaluate('false ? resource.a : 1')).toBe(1n)
  })
})

describe('what may be compared', () => {
  const typed = withResource({
    names: 'list<string>',
    counts: 'list<int>',
    tags: 'map<string, int>',
  })

  it.each([
    ['resource.names == resource.counts', 'Cannot compare list<string> with list<int>'],
    ['"a" == resource.names', 'Cannot compare string with list<string>'],
    ['resource.tags == {"a": "b"}', 'Cannot compare map<string, int> with map<string, string>'],
    ['resource.tags == {1: 1}', 'Cannot compare map<string, int> with map<int, int>'],
    [
      'resource.?names == optional.of(resource.counts)',
      'Cannot compare optional<list<string>> with optional<list<int>>',
    ],
  ])('%s: %s', (text, message) => {
    expect(errorsOf(text, typed).map((error) => error.message)).toEqual([message])
  })

  it.each([
    ['resource.counts == [1.0]', { counts: [1] }, true],
    ['resource.names == ["a"]', { names: ['b'] }, false],
    ['resource.tags == {"a": 1}', { tags: { a: 1 } }, true],
    ['resource.tags != {"a": 1}', { tags: { b: 1 } }, true],
  ])('%s of %j is %j', (text, resource, expected) => {
    expect(evaluate(text, { resource }, typed)).toBe(expected)
  })
})

describe('a variable that is defined', () => {
  const scope = expressionScope([
    {
      ...valueVariable('pattern', stringType, () => '[a'),
      definition: { key: '"[a"', constant: { value: '[a' } },
    },
    {
      ...valueVariable('sound', boolType, () => failure('Division by zero')),
      definition: { key: '1 / 0 == 1', constant: null },
    },
  ])

  it('is checked ahead where it never changes', () => {
    const compiled = compileCondition('"a".matchesGlob(pattern)', scope)
    expect(compiled.ok ? [] : compiled.errors.map((error) => error.message)).toEqual([
      'Malformed glob',
    ])
  })

  it('fails as its expression does', () => {
    const compiled = compileExpression('sound', scope)
    expect(compiled.ok && compiled.evaluate({})).toEqual(failure('Division by zero'))
  })
})
