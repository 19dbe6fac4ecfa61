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
  ['cidr("10.0.0.0/33").containsIP("10.0.0.1")', 'cidr("10.0.0.0/33")', 'Malformed CIDR', null],
  [
    'cidr("::ffff:10.0.0.0/104").containsIP("10.0.0.1")',
    'cidr("::ffff:10.0.0.0/104")',
    'IPv4-mapped IPv6 address: write the IPv4 address',
    null,
  ],
  [
    'cidr("10.0.0.0/8").containsIP("10.0.0")',
    'cidr("10.0.0.0/8").containsIP("10.0.0")',
    'Malformed IP address',
    null,
  ],
  [
    'cidr("10.0.0.0/8").containsCIDR("10/8")',
    'cidr("10.0.0.0/8").containsCIDR("10/8")',
    'Malformed CIDR',
    null,
  ],
  ['ip("10.0.0.256").isLoopback()', 'ip("10.0.0.256")', 'Malformed IP address', null],
  ['ip("fe80::1%eth0").isLoopback()', 'ip("fe80::1%eth0")', 'Malformed IP address', null],
  ['ip.isCanonical("1")', 'ip.isCanonical("1")', 'Malformed IP address', null],
  ['semver("1.2").major() == 1', 'semver("1.2")', 'Malformed semantic version', null],
  ['resource.owner.matchesGlob("[a")', 'resource.owner.matchesGlob("[a")', 'Malformed glob', null],
  ['resource.owner.matchesGlob("{a")', 'resource.owner.matchesGlob("{a")', 'Malformed glob', null],
  ['resource.owner.matchesGlob("a}")', 'resource.owner.matchesGlob("a}")', 'Malformed glob', null],
  ['resource.owner.matchesGlob("[]")', 'resource.owner.matchesGlob("[]")', 'Malformed glob', null],
  [
    'resource.owner.matchesGlob("[b-a]")',
    'resource.owner.matchesGlob("[b-a]")',
    'Malformed glob',
    null,
  ],
  [
    'resource.owner.matchesGlob("[.-0]")',
    'resource.owner.matchesGlob("[.-0]")',
    'Malformed glob',
    null,
  ],
  [
    'resource.owner.matchesGlob("a\\\\")',
    'resource.owner.matchesGlob("a\\\\")',
    'Malformed glob',
    null,
  ],
  [
    'resource.owner.hasPathPrefix("docs")',
    'resource.owner.hasPathPrefix("docs")',
    'Path does not begin with "/"',
    null,
  ],
  [
    'resource.owner.hasPathPrefix("/a/../b")',
    'resource.owner.hasPathPrefix("/a/../b")',
    'Path is not normalised',
    null,
  ],
  ['timestamp("yesterday") < now', 'timestamp("yesterday")', 'Malformed timestamp', null],
  ['duration("1 day") < duration("1h")', 'duration("1 day")', 'Malformed duration', null],
  ['base64.decode("a") == b""', 'base64.decode("a")', 'Malformed base64', null],
  [
    '"%y".format([resource.owner]) == ""',
    '"%y".format([resource.owner])',
    'Unknown format clause "%y"',
    null,
  ],
  [
    '"%.99f".format([resource.amount]) == ""',
    '"%.99f".format([resource.amount])',
    'Format asks for too many digits',
    null,
  ],
  [
    'ip(resource.amount).isLoopback()',
    'ip(resource.amount)',
    '"ip" does not apply to (double)',
    null,
  ],
  [
    'resource.owner.containsIP("1.1.1.1")',
    'resource.owner.containsIP("1.1.1.1")',
    '"containsIP" does not apply to (string, string)',
    null,
  ],
  ['[1, 2].join() == ""', '[1, 2].join()', '"join" does not apply to (list<int>)', null],
  ['[1, 2].max() == "a"', '[1, 2].max() == "a"', 'Cannot compare int with string', null],
  ['ip("::1") < ip("::2")', 'ip("::1") < ip("::2")', 'Cannot order ip and ip', null],
  [
    'ip("10.0.0.1") == context.client_ip',
    'ip("10.0.0.1") == context.client_ip',
    'Cannot compare ip with dyn',
    'write ip(…) around the text',
  ],
  [
    'ip("10.0.0.1") in subject.addresses.map(a, a)',
    'ip("10.0.0.1") in subject.addresses.map(a, a)',
    'Cannot look for ip in list',
    'write ip(…) around the texts',
  ],
  [
    'semver("1.2.3") < semver(resource.owner)',
    'semver("1.2.3") < semver(resource.owner)',
    'Cannot order semver and semver',
    'write a.isLessThan(b) or a.isGreaterThan(b)',
  ],
  [
    'resource.?owner.value() == 1',
    'resource.?owner.value() == 1',
    'Cannot compare string with int',
    null,
  ],
  ['math.ab(1) == 1', 'math.ab(1)', 'Unknown function "math.ab"', 'did you mean "math.abs"?'],
  ['cel.bind(1, 2, true)', '1', 'Expected the name of a variable', null],
  ['cel.bind(x, 2)', 'cel.bind(x, 2)', '"cel.bind" needs a name, a value and an expression', null],
  ['cel.block(1, 2) == 2', 'cel.block(1, 2)', '"cel.block" needs a list and an expression', null],
  [
    'resource.owner.orValue("x") == "x"',
    'resource.owner',
    '"orValue" needs an optional, not string',
    'write .? before the name, or [?…]',
  ],
  [
    'resource.?owner == "x"',
    'resource.?owner == "x"',
    'Cannot compare optional<string> with string',
    'write .orValue(…) for what to take where there is no value',
  ],
  ['resource.?owner.orValue(1) == 1', '1', '"orValue" needs string, not int', null],
  ['resource.?owner.or("x").hasValue()', '"x"', '"or" needs an optional, not string', null],
  [
    'resource.?owner.optFlatMap(o, o + "x").hasValue()',
    'o + "x"',
    '"optFlatMap" needs an optional, not string',
    null,
  ],
  ['resource.?owner.optMap(1, true).hasValue()', '1', 'Expected the name of a variable', null],
  [
    'resource.?onwer.hasValue()',
    'resource.?onwer',
    'Unknown attribute "resource.onwer"',
    'did you mean "owner"?',
  ],
  ['resource.owner.?name.hasValue()', 'resource.owner.?name', 'No member "name" in string', null],
  ['resource.owner[?0].hasValue()', 'resource.owner[?0]', 'Cannot look up int in string', null],
  ['[?resource.owner] == []', 'resource.owner', '"?" needs an optional, not string', null],
  ['resource.owner.contains("a", ?"b")', '?', 'Unexpected "?"', null],
  [
    'has(resource.?owner)',
    'has(resource.?owner)',
    '"has" needs a member',
    'write has(resource.owner)',
  ],
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
