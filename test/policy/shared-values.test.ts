import { assert, describe, expect, it } from 'vitest'
import { decide } from '../../src/decide/decide.ts'
import type { Decision } from '../../src/model/decision.ts'
import { compilePolicies } from '../../src/policy/compile.ts'
import { NotJson, toJson } from '../../src/policy/to-json.ts'
import { requestOf } from './expression-samples.ts'

function nestedLists(depth: number): unknown {
  let value: unknown = 'inmost'
  for (let level = 0; level < depth; level += 1) value = [value]
  return value
}

/** Small in memory and, written out, more than the world holds: each holds the one before twice. */
function doubling(name: string, first: string): string {
  const levels = Array.from({ length: 28 }, (_, at) => {
    return `${name}${at + 1}: '[${name}${at}, ${name}${at}]'`
  })
  return [`${name}0: '${first}'`, ...levels].map((line) => `    ${line}\n`).join('')
}

function decided(rule: string): Decision {
  const text = `
resource: expense
actions: [approve]
variables:
${doubling('v', '[subject.id]')}${doubling('w', '[subject.id]')}rules:
  - ${rule}
`
  const { diagnostics, policies } = compilePolicies([{ path: 'expense.yaml', text }])
  assert(policies !== null, JSON.stringify(diagnostics))
  return decide(policies, requestOf({}))
}

function errorsOf({ effect, errors }: Decision): readonly string[] {
  return [effect, ...errors.map(({ message }) => message)]
}

describe('variables that hold one another twice', () => {
  it('are too many values for an output, which is left out', () => {
    const decision = decided('{ id: told, permit: [approve], output: { big: v28 } }')
    expect(errorsOf(decision)).toEqual(['permit', 'output: "big": more than 10000 values'])
  })

  it('are too many values for an obligation, without which the rule does not permit', () => {
    const rule =
      '{ id: owed, permit: [approve], obligations: [{ type: log, properties: { big: v28 } }] }'
    expect(errorsOf(decided(rule))).toEqual([
      'deny',
      'obligation "log": "big": more than 10000 values',
    ])
  })

  it.each([
    'v28 == w28',
    'v28 in [1, w28]',
    'sets.contains([v28], [w28])',
    '{"a": v28} == {"a": w28}',
  ])('cost too much to be compared: %s', (condition) => {
    const decision = decided(`{ id: no, deny: [approve], when: '${condition}' }`)
    expect(errorsOf(decision)).toEqual(['deny', 'Evaluation costs too much'])
  })
})

describe('what JSON may hold of one value', () => {
  it.each([
    [Array.from({ length: 10_000 }, () => 1), 'more than 10000 values'],
    ['a'.repeat(65_537), 'more than 65536 characters of text'],
    [{ ['a'.repeat(40_000)]: 'b'.repeat(40_000) }, 'more than 65536 characters of text'],
    [nestedLists(65), 'nested deeper than 64 levels'],
  ])('%#', (value, message) => {
    expect(toJson(value)).toEqual(new NotJson(message))
  })

  it('and holds up to that', () => {
    for (const value of [
      Array.from({ length: 9_999 }, () => 1),
      'a'.repeat(65_536),
      nestedLists(64),
    ]) {
      expect(toJson(value)).toEqual(value)
    }
  })
})
