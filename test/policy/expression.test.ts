import { describe, expect, it } from 'vitest'
import {
  compileCondition,
  compileExpression,
  isConditionFailure,
} from '../../src/policy/expression.ts'
import {
  conditionScope,
  openConditionDeclarations,
  openDeclarations,
  roleScope,
} from '../../src/policy/expression-scope.ts'
import { evaluate, failure, requestOf, withResource } from './expression-samples.ts'
import { processorMs } from '../support/processor-ms.ts'

const scope = conditionScope(openConditionDeclarations)

describe('what a condition reads', () => {
  const attributes = {
    subject: { department: 'sales', id: 'mallory', groups: ['staff', 'managers'] },
    resource: { owner: 'alice', amount: 120.5, type: 'secret', tags: { kind: 'travel' } },
    context: { method: 'POST', subject: 'nobody' },
  }

  it.each([
    ['subject.id', 'alice'],
    ['subject.type', 'user'],
    ['subject.department', 'sales'],
    ['resource.id', '42'],
    ['resource.type', 'expense'],
    ['resource.amount', 120.5],
    ['resource.tags.kind', 'travel'],
    ['resource["owner"]', 'alice'],
    ['action.name', 'approve'],
    ['context.method', 'POST'],
    ['context.subject', 'nobody'],
    ['now == timestamp("2026-01-31T12:30:15.250Z")', true],
    ['now.getHours("Europe/Berlin")', 13n],
    ['now.getHours("-08:00")', 4n],
    ['"managers" in subject.groups', true],
    ['subject.groups.exists(g, g.startsWith("man"))', true],
    ['size(subject.groups) == 2', true],
  ])('%s', (text, wanted) => {
    expect(evaluate(text, attributes)).toEqual(wanted)
  })

  it('lets no property shadow the id, the type or the name', () => {
    expect(evaluate('subject["id"] == "alice" && subject.id == "alice"', attributes)).toBe(true)
    expect(evaluate('resource["type"] == "expense" && has(resource.type)', attributes)).toBe(true)
  })

  it('lists what it reads, sorted', () => {
    const compiled = compileCondition(
      'subject.department == resource.department && now > timestamp(context.since) && size(action) > 0',
      scope,
    )
    expect(compiled.ok && compiled.references).toEqual([
      'action',
      'context.since',
      'now',
      'resource.department',
      'subject.department',
    ])
  })
})

describe('absence', () => {
  it.each([
    ['resource.owner == subject.id', 'No attribute "resource.owner"'],
    ['subject.id == resource.owner', 'No attribute "resource.owner"'],
    ['resource.owner != "alice"', 'No attribute "resource.owner"'],
    ['resource.amount < 10', 'No attribute "resource.amount"'],
    ['10 > resource.amount', 'No attribute "resource.amount"'],
    ['"a" in resource.tags', 'No attribute "resource.tags"'],
    ['resource.owner in ["alice"]', 'No attribute "resource.owner"'],
    ['!resource.isPublic', 'No attribute "resource.isPublic"'],
    ['resource.tags.kind == "x"', 'No attribute "resource.tags"'],
    ['has(resource.tags.kind)', 'No attribute "resource.tags"'],
    ['resource["owner"] == "alice"', 'No such key'],
    ['resource.tags.all(t, t == "x")', 'No attribute "resource.tags"'],
  ])('%s fails and is not false', (text, message) => {
    expect(evaluate(text)).toEqual(failure(message))
  })

  it.each([
    ['has(resource.owner)', false],
    ['has(resource.owner) && resource.owner == "alice"', false],
    ['!has(resource.owner) || resource.owner == "alice"', true],
    ['has(resource.id)', true],
    ['"owner" in resource', false],
    ['"id" in resource', true],
  ])('%s is %s', (text, wanted) => {
    expect(evaluate(text)).toBe(wanted)
  })

  it('takes null for a value', () => {
    expect(
      evaluate('has(resource.owner) && resource.owner == null', { resource: { owner: null } }),
    ).toBe(true)
    expect(evaluate('resource.owner == "x"', { resource: { owner: null } })).toBe(false)
  })
})

describe('hostile names', () => {
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'isAdmin']

  it.each(names)('does not find %s through a prototype', (name) => {
    expect(evaluate(`resource["${name}"] == 1`)).toEqual(failure('No such key'))
    expect(evaluate(`"${name}" in resource`)).toBe(false)
    expect(evaluate(`"${name}" in {"a": 1}`)).toBe(false)
    expect(evaluate(`has(resource.${name})`)).toBe(false)
    expect(evaluate(`resource.${name} == 1`)).toEqual(failure(`No attribute "resource.${name}"`))
    expect(evaluate(`has(resource.inner.${name})`, { resource: { inner: {} } })).toBe(false)
  })

  it.each(names)('reads an attribute that is really called %s', (name) => {
    const resource = JSON.parse(`{"${name}": true, "inner": {"${name}": true}}`) as object
    expect(evaluate(`resource.${name}`, { resource })).toBe(true)
    expect(evaluate(`resource["${name}"]`, { resource })).toBe(true)
    expect(evaluate(`resource.inner.${name}`, { resource })).toBe(true)
  })

  it('does not let JSON pass for a failure, a time or a number type', () => {
    const resource = { x: { kind: 'failure', message: 'm' }, t: { seconds: 1, nanos: 0 } }
    expect(evaluate('resource.x == 1', { resource })).toBe(false)
    expect(evaluate('type(resource.x) == map', { resource })).toBe(true)
    expect(evaluate('type(resource.t) == map', { resource })).toBe(true)
    expect(isConditionFailure(evaluate('resource.x', { resource }))).toBe(false)
  })
})

describe('failures in a conjunction or a disjunction', () => {
  it.each([
    ['resource.x == 1 && false', false],
    ['false && resource.x == 1', false],
    ['resource.x == 1 || true', true],
    ['true || resource.x == 1', true],
    ['resource.x == 1 && resource.y == 1 && false', false],
    ['resource.x == 1 || resource.y == 1 || true', true],
    ['resource.x == 1 && true', failure('No attribute "resource.x"')],
    ['true && resource.x == 1', failure('No attribute "resource.x"')],
    ['resource.x == 1 || false', failure('No attribute "resource.x"')],
    ['resource.x == 1 && resource.y == 1', failure('No attribute "resource.x"')],
    ['!(resource.x == 1)', failure('No attribute "resource.x"')],
    ['resource.x == 1 ? true : false', failure('No attribute "resource.x"')],
    ['true ? true : resource.x', true],
    ['[1, 2].exists(n, n == 2 || resource.x)', true],
    ['[1, 2].all(n, n == 2 && resource.x == 1)', false],
    ['[1, 2].exists(n, resource.x == n)', failure('No attribute "resource.x"')],
  ])('%s', (text, wanted) => {
    expect(evaluate(text)).toEqual(wanted)
  })
})

describe('declared attributes', () => {
  const declarations = withResource({
    owner: 'string',
    amount: 'double',
    count: 'int',
    isPublic: 'bool',
    due: 'timestamp',
    grace: 'duration',
    tags: 'list<string>',
    counts: 'list<int>',
    labels: 'map<string, int>',
    extra: 'dyn',
  })
  const resource = {
    owner: 'alice',
    amount: 5,
    count: 7,
    isPublic: true,
    due: '2026-02-01T00:00:00Z',
    grace: '36h',
    tags: ['a', 'b'],
    counts: [1, 2],
    labels: { x: 3 },
    extra: 4,
  }

  it.each([
    ['resource.count == 7 && resource.count + 1 == 8 && type(resource.count) == int', true],
    ['resource.count >= 7 && 7 <= resource.count && resource.count != 8', true],
    ['type(resource.amount) == double && resource.amount <= 10.0 && resource.amount < 10', true],
    ['resource.isPublic && resource.isPublic == true', true],
    ['now < resource.due && now + resource.grace > resource.due', true],
    ['resource.due.getFullYear() == 2026 && resource.grace.getHours() == 36', true],
    [
      '"a" in resource.tags && resource.tags[1] == "b" && resource.tags.all(t, t.size() == 1)',
      true,
    ],
    ['resource.counts[0] + 1 == 2 && resource.counts.exists(c, c % 2 == 0)', true],
    ['resource.labels.x + 1 == 4 && resource.labels["x"] == 3', true],
    ['type(resource.extra) == double', true],
  ])('%s', (text, wanted) => {
    expect(evaluate(text, { resource }, declarations)).toBe(wanted)
  })

  it.each([
    ['resource.owner == "alice"', { owner: 5 }, '"resource.owner" is not a string'],
    ['resource.owner == subject.id', { owner: ['alice'] }, '"resource.owner" is not a string'],
    ['resource.owner != "alice"', { owner: null }, '"resource.owner" is not a string'],
    ['resource.count == 7', { count: 7.5 }, '"resource.count" is not an int'],
    ['resource.count < 7', { count: 2 ** 60 }, '"resource.count" is not an int'],
    ['resource.count + 1 > 0', { count: '7' }, '"resource.count" is not an int'],
    ['resource.amount < 7.0', { amount: '5' }, '"resource.amount" is not a double'],
    ['resource.isPublic', { isPublic: 'true' }, '"resource.isPublic" is not a bool'],
    ['resource.due > now', { due: 'tomorrow' }, '"resource.due" is not a timestamp'],
    ['resource.grace > duration("1h")', { grace: 5 }, '"resource.grace" is not a duration'],
    ['"a" in resource.tags', { tags: 'abc' }, '"resource.tags" is not a list<string>'],
    ['"a" in resource.tags', { tags: ['a', 1] }, '"resource.tags" is not a list<string>'],
    ['resource.counts[0] == 1', { counts: ['1'] }, '"resource.counts" is not a list<int>'],
    [
      'resource.labels.x == 1',
      { labels: { x: 'y' } },
      '"resource.labels" is not a map<string, int>',
    ],
  ])('%s fails for %j', (text, wrong, message) => {
    expect(evaluate(text, { resource: wrong }, declarations)).toEqual(failure(message))
  })
})

describe('the edges of comparisons', () => {
  const declarations = withResource({ owner: 'string', amount: 'double', count: 'int' })
  const resource = { owner: 'alice', amount: 5, count: 5, free: 5 }

  it.each(['amount', 'count', 'free'])('%s against a number below, equal and above', (name) => {
    const open = name === 'free' ? undefined : declarations
    const results = (operator: string): readonly unknown[] =>
      ['4', '5', '6', '4.5', '5.0', '5.5'].map((constant) =>
        evaluate(`resource.${name} ${operator} ${constant}`, { resource }, open),
      )
    expect(results('<')).toEqual([false, false, true, false, false, true])
    expect(results('<=')).toEqual([false, true, true, false, true, true])
    expect(results('>')).toEqual([true, false, false, true, false, false])
    expect(results('>=')).toEqual([true, true, false, true, true, false])
    expect(results('==')).toEqual([false, true, false, false, true, false])
    expect(results('!=')).toEqual([true, false, true, true, false, true])
  })

  it.each([
    ['9007199254740993 == 9007199254740992', false],
    ['9007199254740993 > 9007199254740992', true],
    ['9223372036854775807 < 9223372036854775806', false],
    ['-9223372036854775808 < -9223372036854775807', true],
    ['resource.count < 9007199254740993', true],
    ['9007199254740993 in [9007199254740992]', false],
    ['resource.owner.startsWith("al") && resource.owner.size() == 5', true],
    ['resource.owner + "!" == "alice!" && resource.owner < "bob"', true],
    ['[resource.owner] == ["alice"] && resource.owner in ["alice", "bob"]', true],
    ['{"a": 1} == {"a": 1.0} && {"a": 1} != {"a": 2}', true],
  ])('%s is %s', (text, wanted) => {
    expect(evaluate(text, { resource }, declarations)).toBe(wanted)
  })
})

describe('conditions', () => {
  it('are of type bool or may turn out to be', () => {
    const ok = compileCondition('resource.isPublic', scope)
    expect(ok.ok && ok.evaluate(requestOf({ resource: { isPublic: true } }))).toBe(true)
    expect(ok.ok && ok.evaluate(requestOf({ resource: { isPublic: 'yes' } }))).toEqual(
      failure('Condition is not a bool but string'),
    )
    const bad = compileCondition(
      'resource.amount + 1.0 ',
      conditionScope(withResource({ amount: 'double' })),
    )
    expect(bad).toEqual({
      ok: false,
      errors: [
        {
          message: 'A condition must be a bool, and this is a double',
          hint: null,
          start: 0,
          end: 22,
        },
      ],
    })
  })

  it('say which group or value they come down to, so that roles can be looked up', () => {
    const subjects = roleScope(openDeclarations)
    const membership = (text: string): unknown => {
      const compiled = compileCondition(text, subjects)
      return compiled.ok ? (compiled.evaluate.membership ?? null) : compiled.errors
    }
    expect(membership('"staff" in subject.groups')).toEqual({
      kind: 'contains',
      attribute: 'groups',
      values: ['staff'],
      isOfText: false,
    })
    expect(membership('subject.team == "a" || "b" == subject.team')).toEqual({
      kind: 'equals',
      attribute: 'team',
      values: ['a', 'b'],
      isOfText: false,
    })
    expect(membership('"staff" in subject.groups || subject.team == "a"')).toBeNull()
    expect(membership('subject.id == "alice"')).toBeNull()
    expect(membership('subject.team != "a"')).toBeNull()
    expect(membership('"staff" in subject.groups && true')).toBeNull()
  })
})

describe('limits', () => {
  const big = { subject: { groups: Array.from({ length: 2_000 }, (_, at) => `g${at}`) } }
  const all = 'subject.groups.all(a, subject.groups.all(b, a != b || a == b))'

  it('stops a loop within a loop that costs too much', () => {
    expect(evaluate(all, big)).toEqual(failure('Evaluation costs too much'))
  })

  it('gives every evaluation its own budget', () => {
    const compiled = compileExpression('subject.groups.all(a, a != "x")', scope)
    for (let turn = 0; turn < 500; turn += 1) {
      expect(compiled.ok && compiled.evaluate(requestOf(big))).toBe(true)
    }
  })

  it('bounds text that doubles with every step', () => {
    const doubling = '.map(x, x + x)'.repeat(40)
    expect(evaluate(`["0123456789"]${doubling}[0] == ""`)).toEqual(failure('String is too long'))
  })

  it('bounds lists that double with every step', () => {
    const doubling = '.map(x, x + x)'.repeat(40)
    expect(evaluate(`[[1, 2]]${doubling}[0] == [1]`)).toEqual(failure('List is too long'))
  })

  it('compares values nested to any depth without exhausting the stack', () => {
    let deep: unknown = 1
    for (let depth = 0; depth < 2_000; depth += 1) deep = [deep]
    expect(evaluate('resource.a == resource.b', { resource: { a: deep, b: deep } })).toEqual(
      failure('Values are nested too deeply to compare'),
    )
  })

  it('matches regular expressions in linear time', () => {
    const text = `${'a'.repeat(5_000)}!`
    const tookMs = processorMs(() => {
      expect(evaluate('resource.text.matches("^(a+)+$")', { resource: { text } })).toBe(false)
    })
    expect(tookMs).toBeLessThan(1_000)
  })

  it.each([
    ['(a{100}){100}', 'Regular expression repeats too often'],
    ['a'.repeat(2_000), 'Regular expression is too long'],
    ['(', 'Malformed regular expression'],
    ['(?=a)', 'Malformed regular expression'],
  ])('refuses the regular expression %.20s from a request', (pattern, message) => {
    expect(evaluate('"x".matches(resource.pattern)', { resource: { pattern } })).toEqual(
      failure(message),
    )
  })
})
