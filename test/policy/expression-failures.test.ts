import { describe, expect, it } from 'vitest'
import { decide } from '../../src/decide/decide.ts'
import { compilePolicies } from '../../src/policy/compile.ts'
import { compileExpression } from '../../src/policy/expression.ts'
import { expressionScope, valueVariable } from '../../src/policy/expression-scope.ts'
import { dynType } from '../../src/policy/expression-types.ts'
import { CelOptional, CelUint } from '../../src/policy/expression-values.ts'
import { NotJson, toJson } from '../../src/policy/to-json.ts'
import { errorsOf, evaluate, failure, withResource } from './expression-samples.ts'

function nested(depth: number): unknown {
  let value: unknown = 'inmost'
  for (let level = 0; level < depth; level += 1) value = [value]
  return value
}

/** With `resource.x` as a request brings it, of whatever type it is. */
const failures: readonly (readonly [text: string, x: unknown, message: string])[] = [
  ['0u - 1u == 0u', null, 'Unsigned integer overflow'],
  ['-resource.x > 1', 'a', 'Cannot negate string'],
  ['resource.x + 1 > 1', 'a', '"+" does not combine string and int'],
  ['{resource.x: 1, resource.x: 2} == {}', 'a', 'Map key occurs twice'],
  ['{resource.x: 1} == {}', 1.5, 'Map keys cannot be double'],
  ['[1, 2].transformMapEntry(i, v, {resource.x: v}).size() == 1', 'a', 'Map key occurs twice'],
  ['[1].transformMapEntry(i, v, resource.x) == {}', 5, 'Expected a map, got double'],
  ['uint(resource.x) == 1u', -1, 'Number does not fit a uint'],
  ['int(resource.x) == 1', 1e300, 'Number does not fit an int'],
  ['string(b"\\xff") == ""', null, 'Bytes are not UTF-8'],
  ['int(resource.x) == 1', 'one', 'String does not read as int'],
  ['int(resource.x) == 1', [], 'Cannot convert list to int'],
  ['"%s".format([resource.x]) == ""', nested(100), 'Values are nested too deeply to format'],
  ['"%d".format([resource.x]) == ""', 'a', '"%d" does not format string'],
  ['"%s".format(resource.x) == ""', [], 'Format needs more arguments'],
  ['resource.x.contains("a")', 5, '"contains" does not apply to double and string'],
  ['resource.x.matches("a")', 5, '"matches" does not apply to double and string'],
  ['resource.x.getHours() == 1', 5, '"getHours" does not apply to double'],
  ['size(resource.x) == 1', 5, '"size" does not apply to double'],
  ['"a".matchesGlob(resource.x)', 'a'.repeat(513), 'Glob is too long'],
  ['"a".matches(resource.x)', 'a'.repeat(10_000), 'Regular expression is too long'],
  ['resource.x["a"] == 1', [1], 'Cannot look up string in list'],
  ['resource.x["a"] == 1', 5, 'Cannot look up a key in double'],
  ['resource.x["a"] == 1', {}, 'No such key'],
  ['resource.x[3] == 1', [1], 'Index out of range'],
  ['resource.x.b == 1', {}, 'No such key "b"'],
  ['resource.x == 1', undefined, 'No attribute "resource.x"'],
  ['resource.x.b == 1', 5, 'No members in double'],
  ['resource.x.?b.hasValue()', 5, 'No members in double'],
  ['[resource.x].flatten(100) == []', nested(100), 'Lists are nested too deeply to flatten'],
  ['[1].flatten(int(resource.x)) == []', -1, '"flatten" needs a depth that is not negative'],
  ['resource.x == [resource.x]', nested(100), 'Values are nested too deeply to compare'],
  ['"a" in resource.x', 5, '"in" needs a list or a map, not double'],
  ['resource.x < "a"', 5, 'Cannot order double and string'],
  ['resource.x && true', 5, 'Expected a bool, got double'],
  ['resource.x.all(y, true)', 5, 'Cannot loop over double'],
  ['[?resource.x] == []', 5, 'Expected an optional, got double'],
  ['timestamp("9999-12-31T23:59:59Z") + duration("1h") > now', null, 'Timestamp out of range'],
  ['duration(resource.x) < duration("1s")', '400000000000s', 'Duration out of range'],
  ['timestamp(resource.x) < now', 'soon', 'Malformed timestamp'],
  ['duration(resource.x) < duration("1s")', 'long', 'Malformed duration'],
]

describe('a condition that cannot be evaluated says why', () => {
  it.each(failures)('%s: %s', (text, x, message) => {
    expect(evaluate(text, { resource: { x } })).toEqual(failure(message))
  })
  it.each([
    ['resource.labels.max() == "a"', [5], '"resource.labels" is not a list<string>'],
    ['resource.counts.sum() == 1', [2 ** 53 - 1, 2 ** 53 - 1], 'Result of "sum" is not an int'],
    ['resource.labels[0] == "a"', [5], '"resource.labels" is not a list<string>'],
    [
      'resource.labels.exists(label, label == "a")',
      ['a', 5],
      '"resource.labels" is not a list<string>',
    ],
  ])('%s where %j was declared otherwise: %s', (text, x, message) => {
    const declared = withResource({ labels: 'list<string>', counts: 'list<int>' })
    const resource = { labels: x, counts: x }
    expect(evaluate(text, { resource }, declared)).toEqual(failure(message))
  })

  it('a name that has no value', () => {
    const scope = expressionScope([valueVariable('body', dynType, () => undefined)])
    const compiled = compileExpression('body == 1', scope)
    expect(compiled.ok && compiled.evaluate({})).toEqual(failure('No value for "body"'))
  })
})

describe('an expression that is too large', () => {
  it.each([
    ['Call has too many arguments', `f(${'1, '.repeat(40)}1)`],
    ['Expression has too many parts', `${'1 + '.repeat(600)}1 == 1`],
    ['Expression is nested too deeply', `${'('.repeat(100)}1${')'.repeat(100)} == 1`],
    ['Expression is longer than 4096 characters', `"${'a'.repeat(5_000)}" == ""`],
  ])('%s', (message, text) => {
    expect(errorsOf(text).map((error) => error.message)).toEqual([message])
  })
})

describe('a value that JSON cannot say', () => {
  it.each([
    [Number.NaN, 'not a finite number'],
    [[1, Number.POSITIVE_INFINITY], 'not a finite number'],
    [2n ** 60n, 'an integer too large'],
    [new CelUint(2n ** 60n), 'an integer too large'],
    [{ a: { b: new Uint8Array(1) } }, 'bytes cannot be an attribute'],
    [undefined, 'no value'],
    [CelOptional.none, 'no value'],
  ])('%#: %s', (value, message) => {
    expect(toJson(value)).toEqual(new NotJson(message))
  })
})

describe('a role that cannot be told says why', () => {
  const texts = {
    'roles.yaml': `
      roles:
        clerk: { when: 'true' }
        payer: { when: 'true' }
        guest: {}
      separation:
        - dynamic: [clerk, payer]
          used: resource.used
      assignments:
        - { roles: guest, groups: [visitors] }
    `,
    'bill.yaml': `
      resource: bill
      actions: [pay, view]
      attributes: { used: dyn }
      rules:
        - { id: pay, permit: [pay], roles: [payer] }
        - { id: view, permit: [view], roles: [guest] }
    `,
  }
  const files = Object.entries(texts).map(([path, text]) => ({ path, text }))

  it.each([
    ['pay', { used: 'clerk' }, 'the roles used are not a list of names'],
    ['view', {}, 'role "guest": "subject.groups" is not a list'],
  ])('%s: %j', (action, properties, message) => {
    const { diagnostics, policies } = compilePolicies(files)
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
    const decision =
      policies === null
        ? null
        : decide(policies, {
            subject: { type: 'user', id: 'ann', properties: { groups: 'visitors' } },
            action: { name: action, properties: {} },
            resource: { type: 'bill', id: '1', properties },
            context: {},
            timeMs: 0,
          })
    expect([decision?.effect, decision?.errors]).toEqual([
      'deny',
      [{ rule: `bill/${action}`, message }],
    ])
  })
})
