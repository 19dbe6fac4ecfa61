import { describe, expect, it } from 'vitest'
import { errorsOf, withResource } from './expression-samples.ts'

const expense = withResource({
  owner: 'string',
  department: 'string',
  amount: 'double',
  count: 'int',
})

type Row = readonly [text: string, marked: string, message: string, hint: string | null]

/** `marked` is the part of the text that the error points at. */
const found: readonly Row[] = [
  [
    'resource.onwer == "a"',
    'resource.onwer',
    'Unknown attribute "resource.onwer"',
    'did you mean "owner"?',
  ],
  [
    'has(resource.onwer)',
    'resource.onwer',
    'Unknown attribute "resource.onwer"',
    'did you mean "owner"?',
  ],
  [
    'resource.zzz == "a"',
    'resource.zzz',
    'Unknown attribute "resource.zzz"',
    'declared attributes: "owner", "department", "amount", "count", "id", "type"',
  ],
  ['subjet.id == "a"', 'subjet', 'Unknown name "subjet"', 'did you mean "subject"?'],
  [
    'resource.owner.startWith("a")',
    'resource.owner.startWith("a")',
    'Unknown function "startWith"',
    'did you mean "startsWith"?',
  ],
  [
    'sise(resource.owner) > 1',
    'sise(resource.owner)',
    'Unknown function "sise"',
    'did you mean "size"?',
  ],
  ['resource.amount == "5"', 'resource.amount == "5"', 'Cannot compare double with string', null],
  [
    'resource.owner == null',
    'resource.owner == null',
    'Cannot compare string with null',
    'use has() to ask whether an attribute is there',
  ],
  [
    '["a"] == resource.owner',
    '["a"] == resource.owner',
    'Cannot compare list<string> with string',
    'write x in list to look for one element',
  ],
  ['resource.amount < "5"', 'resource.amount < "5"', 'Cannot order double and string', null],
  [
    'now > "2026-01-01T00:00:00Z"',
    'now > "2026-01-01T00:00:00Z"',
    'Cannot order timestamp and string',
    'write timestamp("…") for an instant',
  ],
  [
    'now - now > "1h"',
    'now - now > "1h"',
    'Cannot order duration and string',
    'write duration("…") for a span of time',
  ],
  ['[1] < [2]', '[1] < [2]', 'Cannot order list<int> and list<int>', null],
  [
    '"a" in resource.owner',
    '"a" in resource.owner',
    '"in" needs a list or a map, not string',
    null,
  ],
  ['1 in ["a"]', '1 in ["a"]', 'Cannot look for int in list<string>', null],
  [
    'resource.amount + 1 > 0.0',
    'resource.amount + 1',
    '"+" does not combine double and int',
    'write 1.0 for a double, or convert with double() or int()',
  ],
  ['now + 1 > now', 'now + 1', '"+" does not combine timestamp and int', null],
  ['now + now > now', 'now + now', '"+" does not combine timestamp and timestamp', null],
  [
    'duration("1h") - now > duration("1h")',
    'duration("1h") - now',
    '"-" does not combine duration and timestamp',
    null,
  ],
  ['[1] + 1 == [1]', '[1] + 1', '"+" does not combine list<int> and int', null],
  [
    '{"a": 1} == {"a": "x"}',
    '{"a": 1} == {"a": "x"}',
    'Cannot compare map<string, int> with map<string, string>',
    null,
  ],
  [
    'resource.owner - "a" == ""',
    'resource.owner - "a"',
    '"-" does not combine string and string',
    null,
  ],
  ['-resource.owner == ""', '-resource.owner', 'Cannot negate string', null],
  ['!resource.owner', 'resource.owner', '"!" needs a bool, not string', null],
  ['resource.owner && true', 'resource.owner', '"&&" needs a bool, not string', null],
  ['true || resource.amount', 'resource.amount', '"||" needs a bool, not double', null],
  ['resource.amount ? true : false', 'resource.amount', '"? :" needs a bool, not double', null],
  [
    '(true ? "a" : 1) == "a"',
    'true ? "a" : 1',
    'The two results of "? :" differ in type: string and int',
    null,
  ],
  ['resource.owner.id == ""', 'resource.owner.id', 'No member "id" in string', null],
  ['resource.owner[0] == ""', 'resource.owner[0]', 'Cannot look up int in string', null],
  [
    'resource.owner.all(x, true)',
    'resource.owner',
    '"all" needs a list or a map, not string',
    null,
  ],
  ['[1].all(x, x)', 'x', '"all" needs a bool, not int', null],
  ['[1].all(x, x, true)', 'x', 'Variable "x" is named twice', null],
  ['[1].all(1, true)', '1', 'Expected the name of a variable', null],
  ['has(resource)', 'has(resource)', '"has" needs a member', 'write has(resource.owner)'],
  ['{1.5: "a"} == {}', '1.5', 'Map keys cannot be double', null],
  ['size(1) == 1', 'size(1)', '"size" does not apply to (int)', null],
  ['timestamp() < now', 'timestamp()', '"timestamp" does not apply to ()', null],
  [
    'resource.owner.matches("(")',
    'resource.owner.matches("(")',
    'Malformed regular expression',
    null,
  ],
  ['now.getHours("Mars/Base") == 1', 'now.getHours("Mars/Base")', 'Unknown time zone', null],
  ['9223372036854775808 > 1', '9223372036854775808', 'Number does not fit an int', null],
  ['resource.owner = "a"', '=', 'Unexpected "="', 'write "==" to compare'],
  ['true and false', 'and', 'Unexpected "and"', 'write "&&" for "and"'],
  ['true & false', '&', 'Unexpected "&"', 'write "&&" for "and"'],
  ['(true', '', 'Expected ")", found end of the expression', null],
  ['[1, 2', '', 'Expected "]", found end of the expression', null],
  ['', '', 'Unexpected end of the expression', null],
  ['resource.', '', 'Expected a name, found end of the expression', null],
  ['"abc', '"abc', 'Unterminated string', null],
  ['"a\\q"', '\\q', 'Unknown escape sequence', null],
  ['"\\ud800"', '\\ud800', 'Not a Unicode character', null],
  ['b"\\u0041"', '\\u0041', 'Unicode escape in a bytes literal', null],
  ['resource.`a', '`a', 'Unterminated quoted field', null],
  ['`a` == 1', '`a`', 'Malformed quoted field', null],
  ['while == 1', 'while', 'Reserved word "while" cannot be a name', null],
  ['1e999 > 1.0', '1e999', 'Malformed number', null],
  ['Thing{a: 1} == 1', '{', 'Unexpected "{"', 'messages cannot be built in an expression'],
]

describe('errors in an expression', () => {
  it.each(found)('%s', (text, marked, message, hint) => {
    const [error, ...more] = errorsOf(text, expense)
    expect(more).toEqual([])
    expect([error?.message, error?.hint]).toEqual([message, hint])
    expect(text.slice(error?.start, error?.end)).toBe(marked)
  })

  it('are all told at once, in the order of the text', () => {
    const errors = errorsOf(
      'resource.onwer == "a" && subjet.id == 1 && resource.amount == "x"',
      expense,
    )
    expect(errors.map(({ message }) => message)).toEqual([
      'Unknown attribute "resource.onwer"',
      'Unknown name "subjet"',
      'Cannot compare double with string',
    ])
  })

  it('are at most twenty', () => {
    const text = Array.from({ length: 50 }, () => '!1').join(' || ')
    expect(errorsOf(text, expense).length).toBe(20)
  })

  it.each([
    ['"'.padEnd(5_000, 'x'), 'Expression is longer than 4096 characters'],
    [`${'('.repeat(80)}1${')'.repeat(80)} == 1`, 'Expression is nested too deeply'],
    [`${'1 + '.repeat(900)}1 == 1`, 'Expression has too many parts'],
    [`${'-'.repeat(400)}(1) == 1`, 'Expression is nested too deeply'],
    [`[${'1,'.repeat(1_100)}1] == []`, 'Expression has too many parts'],
  ])('name the limit that %.12s… exceeds', (text, message) => {
    expect(errorsOf(text).map((error) => error.message)).toEqual([message])
  })
})
