import { readFile } from 'node:fs/promises'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { readDocument } from '../../src/source/document.ts'
import { type SchemaValidator, validateSchema } from '../../src/source/validate-schema.ts'

function findings(schema: object, text: string): readonly string[] {
  const ajv = new Ajv2020({ allErrors: true, verbose: true, allowUnionTypes: true, strict: false })
  const { document } = readDocument('a.yaml', text)
  if (document === null) throw new Error('no document')
  const validator = ajv.compile(schema) as unknown as SchemaValidator
  return validateSchema(document, validator).map(({ line, column, code, message, hint }) => {
    return `${line}:${column} ${code}: ${message}${hint === null ? '' : ` [${hint}]`}`
  })
}

const object = (properties: object, rest: object = {}): object => {
  return { type: 'object', properties, additionalProperties: false, ...rest }
}

describe('schema findings in plain words', () => {
  it.each<[string, object, string, string]>([
    [
      'a whole number',
      { type: 'integer' },
      '1.5',
      '"a" must be a whole number, not a number (1.5)',
    ],
    [
      'one of several kinds',
      { type: ['string', 'null'] },
      '[1]',
      '"a" must be text or empty, not a list',
    ],
    ['a constant', { const: 'x' }, 'y', '"a" must be "x"'],
    ['a minimum', { type: 'number', minimum: 1 }, '0', '"a" must be at least 1, not 0'],
    ['a maximum', { type: 'number', maximum: 1 }, '2', '"a" must be at most 1, not 2'],
    [
      'an open minimum',
      { type: 'number', exclusiveMinimum: 1 },
      '1',
      '"a" must be more than 1, not 1',
    ],
    [
      'an open maximum',
      { type: 'number', exclusiveMaximum: 1 },
      '1',
      '"a" must be less than 1, not 1',
    ],
    ['a multiple', { type: 'number', multipleOf: 5 }, '7', '"a" must be a multiple of 5'],
    [
      'a shortest text',
      { type: 'string', minLength: 3 },
      'ab',
      '"a" must have at least 3 characters',
    ],
    ['a longest text', { type: 'string', maxLength: 1 }, 'ab', '"a" must have at most 1 character'],
    [
      'a pattern with a title',
      { type: 'string', pattern: '^x', title: 'an x' },
      'y',
      '"a" must be an x, not "y"',
    ],
    [
      'a pattern without',
      { type: 'string', pattern: '^x' },
      'y',
      '"a" must be text of the form ^x, not "y"',
    ],
    ['too few entries', { type: 'array', minItems: 2 }, '[1]', '"a" must have at least 2 entries'],
    ['too many entries', { type: 'array', maxItems: 1 }, '[1, 2]', '"a" must have at most 1 entry'],
    ['too few keys', { type: 'object', minProperties: 1 }, '{}', '"a" must not be empty'],
    [
      'too many keys',
      { type: 'object', maxProperties: 1 },
      '{ x: 1, y: 2 }',
      '"a" must have at most 1 key',
    ],
    ['what is never allowed', false as unknown as object, '1', '"a" is not allowed here'],
    ['what is excluded', { not: { type: 'number' } }, '1', '"a" is not allowed here'],
  ])('says %s', (_, schema, value, message) => {
    const [finding] = findings(object({ a: schema }), `a: ${value}\n`)
    expect(finding?.replace(/^\d+:\d+ [a-z-]+: /u, '')).toBe(message)
  })

  it('suggests the value that was meant', () => {
    const schema = object({ level: { enum: ['debug', 'info', 'warning'] } })
    expect(findings(schema, 'level: warn1ng\n')).toEqual([
      '1:8 unknown-value: "level" must be one of "debug", "info", "warning", not "warn1ng" [did you mean "warning"?]',
    ])
    expect(findings(schema, 'level: 7\n')).toEqual([
      '1:8 unknown-value: "level" must be one of "debug", "info", "warning", not "7"',
    ])
  })

  it('names what a key needs beside it', () => {
    const schema = object({ a: {}, b: {} }, { dependentRequired: { a: ['b'] } })
    expect(findings(schema, 'a: 1\n')).toEqual([
      '1:1 missing-key: "a" needs "b" beside it [add "b", or remove "a"]',
    ])
  })

  it('places a finding in a list at its entry, and a repeated entry at the second', () => {
    const schema = object({ list: { type: 'array', uniqueItems: true, items: { type: 'string' } } })
    expect(findings(schema, 'list:\n  - x\n  - 7\n  - x\n')).toEqual([
      '3:5 wrong-type: entry 2 of "list" must be text, not a number (7) [put it in quotes]',
      '4:5 duplicate-entry: "list" names "x" twice [remove one of them]',
    ])
  })

  it('keeps at most two hundred findings', () => {
    const schema = object({ list: { type: 'array', items: { type: 'string' } } })
    expect(findings(schema, `list: [${Array(1_000).fill('1').join(', ')}]`)).toHaveLength(200)
  })
})

describe('alternatives', () => {
  const either = {
    anyOf: [{ type: 'string' }, object({ name: { type: 'string' } }, { required: ['name'] })],
  }

  it('says what is wrong inside the alternative whose kind was used', () => {
    expect(findings(object({ a: either }), 'a: { nmae: x }\n')).toEqual([
      '1:1 missing-key: "a" has no "name"',
      '1:6 unknown-key: unknown key "nmae" in "a" [did you mean "name"?]',
    ])
  })

  it('names the alternatives when the kind fits none', () => {
    expect(findings(object({ a: either }), 'a: 7\n')).toEqual([
      '1:4 wrong-type: "a" must be text or a mapping, not a number (7)',
    ])
  })

  it('keeps what is wrong elsewhere', () => {
    const schema = object({ a: either, b: { type: 'integer' } })
    expect(findings(schema, 'b: x\na: 7\n')).toEqual([
      '2:4 wrong-type: "a" must be text or a mapping, not a number (7)',
      '1:4 wrong-type: "b" must be a whole number, not text ("x")',
    ])
  })

  it('chooses among mappings the one with the fewest findings', () => {
    const schema = object({
      a: {
        oneOf: [
          object({ file: { type: 'string' } }, { required: ['file'] }),
          object({ url: { type: 'string' }, timeout: { type: 'integer' } }, { required: ['url'] }),
        ],
      },
    })
    expect(findings(schema, 'a: { url: x, timeout: soon }\n')).toEqual([
      '1:23 wrong-type: "timeout" must be a whole number, not text ("soon")',
    ])
  })
})

describe('hostile documents', () => {
  it('does not take a key of the prototype for a known or a given key', () => {
    const schema = object({ constructor: { type: 'string' } }, { required: ['toString'] })
    expect(findings(schema, '__proto__: 1\n')).toEqual([
      '1:1 missing-key: the file has no "toString"',
      '1:1 unknown-key: unknown key "__proto__" [known keys: "constructor"]',
    ])
  })

  it('follows a key that contains slashes and tildes to its place', () => {
    const schema = { type: 'object', additionalProperties: { type: 'string' } }
    expect(findings(schema, '"a/b~c": x\n"GET /x~1/{y}": [1]\n')).toEqual([
      '2:17 wrong-type: "GET /x~1/{y}" must be text, not a list',
    ])
  })
})

it('publishes schemas that an editor can load', async () => {
  const schema = JSON.parse(await readFile('src/policy/policy.schema.json', 'utf8')) as object
  expect(schema).toHaveProperty('$schema', 'https://json-schema.org/draft/2020-12/schema')
})
