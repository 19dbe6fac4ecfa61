import { assert, dictionary, jsonValue, nat, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { parseStrictJson } from '../../src/authenticate/strict-json.ts'

function reasonFor(text: string, maxDepth = 4): string | null {
  const result = parseStrictJson(text, maxDepth)
  return result.ok ? null : result.reason
}

/** Whole numbers that a double does not tell from their neighbours are another test's business. */
function keepExact(_: string, value: unknown): unknown {
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? null : value
}

test.each([
  ['in the outer object', '{"iss":"a","sub":"x","iss":"b"}'],
  ['written with an escape', String.raw`{"iss":"a","\u0069ss":"b"}`],
  ['in a nested object', '{"a":{"b":1,"b":2}}'],
  ['in an object within an array', '{"a":[{"b":1},{"b":1,"b":2}]}'],
  ['named with the empty string', '{"":1,"":2}'],
  ['named __proto__', '{"__proto__":1,"__proto__":2}'],
  ['with white space around', '{ "a" : 1 ,\n"a"\t: 2 }'],
  ['named with an escaped quote', String.raw`{"a\"":1,"a\"":2}`],
])('refuses a member twice %s', (_, text) => {
  expect(reasonFor(text)).toBe('has a member twice')
})

test.each([
  ['the same name in two objects', '{"a":{"b":1},"c":{"b":1}}'],
  ['a name equal to a value', '{"a":"b","b":"a","c":["a","a"]}'],
  ['names that differ in case', '{"iss":1,"ISS":2}'],
  ['structure inside strings', String.raw`{"a":"{\"a\":1,\"a\":2}","b":"[[[[[[["}`],
  ['a backslash before the closing quote', String.raw`{"a":"\\","b":"\\\\"}`],
  ['empty objects and arrays', '{"a":{},"b":[],"c":[{}]}'],
])('accepts %s', (_, text) => {
  expect(reasonFor(text)).toBeNull()
})

test.each([
  ['{"uid":9007199254740993}', 'uid'],
  ['{"a":{"b":[1,-9007199254740992]}}', 'a.b.1'],
  ['{"uid":9.007199254740993e15}', 'uid'],
  ['{"exp":1e999}', 'exp'],
])('refuses an integer that would be rounded: %s', (text, place) => {
  expect(reasonFor(text)).toBe(`has a number too large to be kept exactly in "${place}"`)
})

test('accepts the largest integer that is exact', () => {
  expect(reasonFor('{"uid":9007199254740991,"id":"9007199254740993","f":1.5}')).toBeNull()
})

test('refuses nesting past the limit, however it is made', () => {
  expect(reasonFor('[[[[1]]]]')).toBeNull()
  expect(reasonFor('[[[[[1]]]]]')).toBe('is nested deeper than 4 levels')
  expect(reasonFor('{"a":[{"b":[{"c":1}]}]}')).toBe('is nested deeper than 4 levels')
  expect(reasonFor('['.repeat(6_000) + ']'.repeat(6_000))).toBe('is nested deeper than 4 levels')
})

test.each(['', ' ', '{', '{"a":1}}', '{"a":1}x', "{'a':1}", '{"a":NaN}', '{"a":01}', '\uFEFF{}'])(
  'refuses %j as not JSON',
  (text) => {
    expect(reasonFor(text)).toBe('is not JSON')
  },
)

test('accepts whatever JSON.stringify writes, and reads it alike', () => {
  assert(
    property(jsonValue({ maxDepth: 5 }), (value) => {
      const text = JSON.stringify(value, keepExact)
      expect(parseStrictJson(text, 12)).toEqual({ ok: true, value: JSON.parse(text) as unknown })
    }),
  )
})

test('finds a repeated member wherever it is put', () => {
  assert(
    property(
      dictionary(string(), jsonValue({ maxDepth: 2 }), { minKeys: 1 }),
      nat(),
      (object, position) => {
        const members = Object.entries(object).map(
          ([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value, keepExact)}`,
        )
        const repeated = members[position % members.length] ?? ''
        expect(reasonFor(`{${[...members, repeated].join(',')}}`, 12)).toBe('has a member twice')
        expect(reasonFor(`{${members.join(',')}}`, 12)).toBeNull()
      },
    ),
  )
})
