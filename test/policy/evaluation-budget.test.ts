import { assert, describe, expect, it } from 'vitest'
import { compileExpression } from '../../src/policy/expression.ts'
import { memberFunctions, plainFunctions } from '../../src/policy/expression-functions.ts'
import { conditionScope, openConditionDeclarations } from '../../src/policy/expression-scope.ts'
import type { Type } from '../../src/policy/expression-types.ts'
import { failure, requestOf } from './expression-samples.ts'

/** What a body of the default size can carry: long texts, a long list, a map of many keys. */
const manyKeys = Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`k${at}`, at]))
const str = 'ab'.repeat(225_000)
const attributes = {
  subject: { str, str2: `${str.slice(0, -1)}c`, d: '1'.repeat(450_000), short: 'ab' },
  resource: {
    x: Array.from({ length: 10_000 }, () => 0),
    m: manyKeys,
    l: Array.from({ length: 1_000 }, (_, at) => 'ab'.repeat(200) + String(at).padStart(4, '0')),
  },
  context: manyKeys,
}

const request = requestOf(attributes)

/** Far more than any of them takes here, and far less than any took that was not bounded. */
const boundMs = 1_000

function evaluateTimed(text: string): unknown {
  const compiled = compileExpression(text, conditionScope(openConditionDeclarations))
  assert(compiled.ok, text)
  const before = process.cpuUsage()
  const value = compiled.evaluate(request)
  const { user, system } = process.cpuUsage(before)
  expect((user + system) / 1_000).toBeLessThan(boundMs)
  return value
}

const overBudget = failure('Evaluation costs too much')

describe('what reads long values in a loop runs out of budget', () => {
  it.each([
    'double(subject.d) < 1.0',
    'subject.str > subject.str2',
    'subject.str == subject.str2',
    'string(subject.str) == string(subject.str2)',
    'subject.str == string(subject.str2)',
    'bytes(subject.str).size() == 0',
    'cel.bind(b, bytes(subject.str), b == b"a")',
    '(subject.str + subject.str) == subject.str',
    '(bytes(subject.str) + b"a") == b"a"',
    '[subject.str] == [subject.str2]',
    '{subject.str: 1, subject.str2: 2} == {}',
    'subject.str in resource.m',
    'subject.str2 in [subject.str]',
    'subject.str in ["a", "b"]',
    'has(resource.m.k) || resource.m[subject.str] == 1',
    'resource.m[?subject.str].hasValue()',
    'size(resource.m) == 1',
    'resource.m == {}',
    'resource.m.exists(k, true) && i == 1',
    'context == {}',
    '[1].transformMapEntry(j, v, resource.m) == {}',
    'subject.str in resource.l',
    'sets.contains([subject.str2], [subject.str])',
  ])('%s', (body) => {
    const text = `resource.x.exists(i, ${body})`
    expect(evaluateTimed(text)).toEqual(overBudget)
  })

  it('and short values in a long loop do not', () => {
    const text = 'resource.x.all(i, subject.short == "ab" && subject.short in ["ab"])'
    expect(evaluateTimed(text)).toBe(true)
  })
})

const samples: Readonly<Record<Type['kind'], string>> = {
  null: 'null',
  bool: 'true',
  int: '1',
  uint: '1u',
  double: '1.5',
  string: 'subject.str',
  bytes: 'bytes(subject.str)',
  list: 'resource.l',
  map: 'resource.m',
  object: 'resource.m',
  timestamp: 'now',
  duration: 'duration("1s")',
  type: 'type(1)',
  optional: 'optional.of(subject.str)',
  ip: 'ip("10.0.0.1")',
  cidr: 'cidr("10.0.0.0/8")',
  semver: 'semver("1.2.3")',
  dyn: 'subject.str',
}

function callsOf(): readonly string[] {
  const plain = [...plainFunctions].flatMap(([name, { overloads }]) =>
    overloads.map(({ params }) => `${name}(${params.map(({ kind }) => samples[kind]).join(', ')})`),
  )
  const member = [...memberFunctions].flatMap(([name, { overloads }]) =>
    overloads.map(({ params: [target, ...params] }) => {
      const args = params.map(({ kind }) => samples[kind]).join(', ')
      return `${samples[target?.kind ?? 'dyn']}.${name}(${args})`
    }),
  )
  return [...new Set([...plain, ...member])]
}

describe('every function, called ten thousand times with long values', () => {
  const calls = callsOf()

  it.each(calls.filter((call) => call.includes('subject.str')))('%s runs out of budget', (call) => {
    const text = `resource.x.all(i, [dyn(${call})].size() == 1)`
    expect(evaluateTimed(text)).toEqual(overBudget)
    evaluateTimed(text)
  })

  it.each(calls.filter((call) => !call.includes('subject.str')))('%s ends soon', (call) => {
    const text = `resource.x.all(i, [dyn(${call})].size() == 1)`
    evaluateTimed(text)
  })
})
