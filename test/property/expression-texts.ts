import * as fc from 'fast-check'

/** Attribute names that random requests use too, so that expressions find something to read. */
export const attributeNames = [
  'owner',
  'groups',
  'amount',
  'tags',
  'due',
  'flag',
  '__proto__',
  'constructor',
]

const literals = fc.constantFrom(
  'true',
  'false',
  'null',
  '0',
  '-1',
  '2',
  '9223372036854775807',
  '-9223372036854775808',
  '18446744073709551615u',
  '0u',
  '0.0',
  '-0.0',
  '1.5',
  '1e308',
  '""',
  '"alice"',
  '"é😀"',
  '"\\u0000"',
  'b"\\xff"',
  '[]',
  '{}',
  'timestamp("9999-12-31T23:59:59Z")',
  'timestamp("0001-01-01T00:00:00Z")',
  'duration("9223372036s")',
  'duration("-1ns")',
  'int',
  'now',
  'subject',
  'resource',
)

const members = fc
  .tuple(
    fc.constantFrom('subject', 'resource', 'context', 'action'),
    fc.constantFrom(...attributeNames, 'id'),
  )
  .map(([root, name]) => `${root}.${name}`)

const operators = ['==', '!=', '<', '<=', '>', '>=', 'in', '+', '-', '*', '/', '%', '&&', '||']
const plain = [
  'size',
  'int',
  'uint',
  'double',
  'string',
  'bytes',
  'bool',
  'timestamp',
  'duration',
  'type',
  'dyn',
]
const methods = [
  'size',
  'getFullYear',
  'getMonth',
  'getDayOfWeek',
  'getDayOfYear',
  'getHours',
  'getMilliseconds',
]
const methodsOfOne = ['contains', 'startsWith', 'endsWith', 'matches', 'getHours', 'getDate']
const loops = ['all', 'exists', 'exists_one', 'filter', 'map']
const loopsOfTwo = [
  'all',
  'exists',
  'existsOne',
  'transformList',
  'transformMap',
  'transformMapEntry',
]

/** Expressions of the language's every form, sensible and not. */
export const expressionTexts: fc.Arbitrary<string> = fc.letrec<{ node: string }>((tie) => {
  const node = tie('node')
  return {
    node: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      fc.oneof(literals, members, fc.constantFrom('x', 'y')),
      fc
        .tuple(node, fc.constantFrom(...operators), node)
        .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
      fc.tuple(node, fc.constantFrom(...operators), node).map((parts) => parts.join(' ')),
      fc
        .tuple(fc.constantFrom('!', '-'), node)
        .map(([operator, operand]) => `${operator}(${operand})`),
      fc.tuple(node, node, node).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
      fc.tuple(node, fc.constantFrom(...attributeNames)).map(([a, name]) => `(${a}).${name}`),
      fc.tuple(members).map(([member]) => `has(${member})`),
      fc.tuple(node, node).map(([a, b]) => `(${a})[${b}]`),
      fc.array(node, { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
      fc
        .array(fc.tuple(node, node), { maxLength: 3 })
        .map((entries) => `{${entries.map(([key, value]) => `${key}: ${value}`).join(', ')}}`),
      fc.tuple(fc.constantFrom(...plain), node).map(([name, a]) => `${name}(${a})`),
      fc.tuple(node, fc.constantFrom(...methods)).map(([a, name]) => `(${a}).${name}()`),
      fc
        .tuple(node, fc.constantFrom(...methodsOfOne), node)
        .map(([a, name, b]) => `(${a}).${name}(${b})`),
      fc
        .tuple(node, fc.constantFrom(...loops), node)
        .map(([a, name, body]) => `(${a}).${name}(x, ${body})`),
      fc
        .tuple(node, fc.constantFrom(...loopsOfTwo), node)
        .map(([a, name, body]) => `(${a}).${name}(x, y, ${body})`),
    ),
  }
}).node
