import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { readJsonObject } from '../../src/check/read-json.ts'
import { processorMs } from '../support/processor-ms.ts'

function read(text: string | Uint8Array, maxDepth = 32): unknown {
  return readJsonObject(Buffer.from(text as string), maxDepth)
}

/** Whole numbers that a double does not tell from their neighbours are another test's business. */
function keepExact(_: string, value: unknown): unknown {
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? null : value
}

test('reads any JSON object as JSON.parse does', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 5 })), (object) => {
      const text = JSON.stringify(object, keepExact)
      expect(read(text)).toEqual(JSON.parse(text))
    }),
  )
})

test.each([
  ['', 'The body is empty'],
  ['{', 'The body is not valid JSON'],
  ['{"a":1} x', 'The body is not valid JSON'],
  ['{"a":1}{"a":1}', 'The body is not valid JSON'],
  ['{"a":1,}', 'The body is not valid JSON'],
  ['{"a', 'The body is not valid JSON'],
  ['{"a\\', 'The body is not valid JSON'],
  ['\ufeff{"a":1}', 'The body is not valid JSON'],
  ["{'a':1}", 'The body is not valid JSON'],
  ['[]', 'The body is not a JSON object'],
  ['null', 'The body is not a JSON object'],
  ['"text"', 'The body is not a JSON object'],
  ['1', 'The body is not a JSON object'],
])('refuses %j', (text, problem) => {
  expect(read(text)).toBe(problem)
})

test.each([
  '{"a":1,"a":2}',
  '{"a":1,"\\u0061":2}',
  '{"x":{"a":1,"b":2,"a":3}}',
  '{"x":[1,{"a":1,"a":1}]}',
  '{"__proto__":1,"__proto__":2}',
  '{"1":1,"1":1}',
  '{"a":{"":1,"":1}}',
])('refuses a member twice: %s', (text) => {
  expect(read(text)).toBe('The body has a member twice in one object')
})

test('does not take colons, quotes and braces inside strings for structure', () => {
  const object = { 'a:b': '{"x":1,"x":[[[', 'c\\': '\\":', d: '\\\\' }
  expect(read(JSON.stringify(object), 2)).toEqual(object)
})

test('keeps a member named __proto__ a member', () => {
  const object = read('{"__proto__":{"admin":true}}') as Record<string, unknown>
  expect(Object.hasOwn(object, '__proto__')).toBe(true)
  expect(object['admin']).toBeUndefined()
})

test('refuses nesting deeper than the limit, measured before anything is built', () => {
  expect(read('{"a":[{"b":1}]}', 3)).toEqual({ a: [{ b: 1 }] })
  expect(read('{"a":[{"b":[]}]}', 3)).toBe('The body is nested deeper than 3 levels')
  const bomb = `{"a":${'['.repeat(500_000)}`
  const tookMs = processorMs(() => {
    expect(read(bomb)).toBe('The body is nested deeper than 32 levels')
  })
  expect(tookMs).toBeLessThan(1_000)
  // More closed than opened first: the nesting that follows is never reached.
  expect(read(`{}${'}'.repeat(100)}${'['.repeat(100)}`)).toBe('The body is not valid JSON')
})

test('refuses bytes that are not UTF-8 rather than replacing them', () => {
  expect(read(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))).toBe(
    'The body is not UTF-8',
  )
  // An overlong "/".
  expect(read(Buffer.from([0x7b, 0x22, 0xc0, 0xaf, 0x22, 0x3a, 0x31, 0x7d]))).toBe(
    'The body is not UTF-8',
  )
})

test.each([
  ['{"a":1e999}', 'a'],
  ['{"a":[0,-1e999]}', 'a.1'],
  ['{"a":"\\n","b":1e999}', 'b'],
  ['{"subject":{"properties":{"uid":9007199254740993}}}', 'subject.properties.uid'],
  ['{"a":-9007199254740992}', 'a'],
  ['{"a":9007199254740993.0}', 'a'],
  ['{"a":9.007199254740993e15}', 'a'],
  ['{"a":900719925474099.3e1}', 'a'],
  ['{"a":[{"b":[123456789012345678901234567890]}]}', 'a.0.b.0'],
  [`{"${'x'.repeat(500)}":1e300}`, `${'x'.repeat(120)}…`],
])('refuses a number that would be rounded: %s', (text, place) => {
  expect(read(text)).toBe(
    `"${place}" is a number too large to be kept exactly; send it as a string`,
  )
})

test('reads the largest integers that are exact', () => {
  const text = '{"a":9007199254740991,"b":-9007199254740991,"c":"9007199254740993","d":0.1}'
  expect(read(text)).toEqual(JSON.parse(text))
})

test.each(['{"a":"\\ud800"}', '{"a":["\\udc00x"]}', '{"\\ud800":1}'])(
  'refuses what is not I-JSON: %s',
  (text) => {
    expect(read(text)).toBe('The body has a lone surrogate')
  },
)

test('accepts escapes, pairs of surrogates and numbers of every form', () => {
  const text = '{"a":"\\ud83d\\ude00\\n\\"","b":-0.5e-3,"c":[true,false,null,1e-308],"d":{}}'
  expect(read(text)).toEqual(JSON.parse(text))
})
