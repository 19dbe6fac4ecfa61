import type { AccessRequest, Subject } from '../../src/model/access-request.ts'
import { parseExpression } from '../../src/policy/expression-parser.ts'
import type { BinaryOperator, Syntax } from '../../src/policy/expression-syntax.ts'

/**
 * The meaning of an expression, written down as plainly as possible: a walk over the tree, every
 * value with its type beside it, failures thrown. Shares the parser with the compiler, nothing else.
 */
type Value =
  | { readonly is: 'null' }
  | { readonly is: 'bool'; readonly of: boolean }
  | { readonly is: 'int'; readonly of: bigint }
  | { readonly is: 'double'; readonly of: number }
  | { readonly is: 'string'; readonly of: string }
  | { readonly is: 'list'; readonly of: readonly Value[] }
  | { readonly is: 'map'; readonly of: readonly (readonly [key: Value, value: Value])[] }
  /** There, but not what it is declared to be. */
  | { readonly is: 'wrong'; readonly of: null }

/** By `resource.owner` and the like. */
export type DeclaredTypes = ReadonlyMap<string, 'string' | 'double'>

export function isWrong(types: DeclaredTypes | undefined, path: string, value: unknown): boolean {
  const declared = types?.get(path)
  return declared !== undefined && typeof value !== (declared === 'string' ? 'string' : 'number')
}

export class ReferenceFailure extends Error {}

type Names = ReadonlyMap<string, Value>

/** True, false, or a failure where the condition has no answer. */
export function referenceCondition(text: string, names: Names): boolean | ReferenceFailure {
  const syntax = parseExpression(text)
  if ('message' in syntax) throw new Error(`Not an expression: ${text}`)
  try {
    return asBool(valueOf(syntax, names))
  } catch (error) {
    if (error instanceof ReferenceFailure) return error
    throw error
  }
}

export function namesOfRequest(request: AccessRequest, types?: DeclaredTypes): Names {
  const { subject, action, resource, context } = request
  const { id, type } = resource
  return new Map([
    ...namesOfSubject(subject, types),
    ['action', entity('action', action.properties, { name: action.name }, types)],
    ['resource', entity('resource', resource.properties, { id, type }, types)],
    ['context', entity('context', context, {}, types)],
  ])
}

export function namesOfSubject({ id, type, properties }: Subject, types?: DeclaredTypes): Names {
  return new Map([['subject', entity('subject', properties, { id, type }, types)]])
}

function entity(root: string, properties: object, fixed: object, types?: DeclaredTypes): Value {
  const own = Object.entries(properties).filter(([name]) => !Object.hasOwn(fixed, name))
  const value = fromEntries([...own, ...Object.entries(fixed)])
  if (value.is !== 'map') return value
  const wrong = new Set(
    own.flatMap(([name, given]) => (isWrong(types, `${root}.${name}`, given) ? [name] : [])),
  )
  return {
    is: 'map',
    of: value.of.map(([key, each]) =>
      key.is === 'string' && wrong.has(key.of)
        ? [key, { is: 'wrong', of: null } as const]
        : [key, each],
    ),
  }
}

function fromJson(json: unknown): Value {
  if (json === null) return { is: 'null' }
  if (typeof json === 'boolean') return { is: 'bool', of: json }
  if (typeof json === 'number') return { is: 'double', of: json }
  if (typeof json === 'string') return { is: 'string', of: json }
  if (Array.isArray(json)) return { is: 'list', of: json.map(fromJson) }
  return fromEntries(Object.entries(json as object))
}

function fromEntries(entries: readonly (readonly [string, unknown])[]): Value {
  return {
    is: 'map',
    of: entries.map(([key, value]) => [{ is: 'string', of: key }, fromJson(value)] as const),
  }
}

function fail(message: string): never {
  throw new ReferenceFailure(message)
}

function valueOf(syntax: Syntax, names: Names): Value {
  switch (syntax.kind) {
    case 'literal':
      return literal(syntax.value)
    case 'name':
      return names.get(syntax.name) ?? fail(`no name ${syntax.name}`)
    case 'select':
      return member(valueOf(syntax.operand, names), syntax.field)
    case 'index':
      return element(valueOf(syntax.operand, names), valueOf(syntax.index, names))
    case 'list':
      return { is: 'list', of: syntax.elements.map((item) => valueOf(item, names)) }
    case 'map':
      return mapOf(
        syntax.entries.map(([key, value]) => [valueOf(key, names), valueOf(value, names)] as const),
      )
    case 'not':
      return { is: 'bool', of: !asBool(valueOf(syntax.operand, names)) }
    case 'negate':
      return arithmetic('-', { is: 'int', of: 0n }, valueOf(syntax.operand, names))
    case 'and':
      return { is: 'bool', of: !anyIs(false, syntax.terms, (term) => valueOf(term, names)) }
    case 'or':
      return { is: 'bool', of: anyIs(true, syntax.terms, (term) => valueOf(term, names)) }
    case 'conditional':
      return asBool(valueOf(syntax.condition, names))
        ? valueOf(syntax.consequent, names)
        : valueOf(syntax.alternate, names)
    case 'binary':
      return binary(syntax.operator, valueOf(syntax.left, names), valueOf(syntax.right, names))
    case 'call':
      return call(syntax, names)
    case 'optionalSelect':
    case 'optionalIndex':
    case 'optionalEntry':
      return fail('not in the reference')
    default:
      return syntax satisfies never
  }
}

/** Whether one of them is `wanted`; if none is, every one must have been a bool. */
function anyIs<T>(wanted: boolean, items: readonly T[], evaluate: (item: T) => Value): boolean {
  const outcomes = items.map((item): boolean | ReferenceFailure => {
    try {
      return asBool(evaluate(item))
    } catch (error) {
      if (error instanceof ReferenceFailure) return error
      throw error
    }
  })
  if (outcomes.includes(wanted)) return true
  const failure = outcomes.find((outcome) => outcome instanceof ReferenceFailure)
  if (failure instanceof ReferenceFailure) throw failure
  return false
}

function literal(value: unknown): Value {
  if (value === null) return { is: 'null' }
  if (typeof value === 'boolean') return { is: 'bool', of: value }
  if (typeof value === 'bigint') return int(value)
  if (typeof value === 'number') return { is: 'double', of: value }
  return typeof value === 'string' ? { is: 'string', of: value } : fail('not in the reference')
}

function int(value: bigint): Value {
  if (value > 2n ** 63n - 1n || value < -(2n ** 63n)) fail('overflow')
  return { is: 'int', of: value }
}

function asBool(value: Value): boolean {
  return value.is === 'bool' ? value.of : fail(`not a bool but ${value.is}`)
}

function member(value: Value, field: string): Value {
  if (value.is !== 'map') fail('no members')
  return element(value, { is: 'string', of: field })
}

function element(value: Value, index: Value): Value {
  if (value.is === 'map') {
    const found = value.of.find(([key]) => equal(key, index))
    if (found === undefined) return fail('no such key')
    return found[1].is === 'wrong' ? fail('not what it is declared to be') : found[1]
  }
  if (value.is !== 'list' || (index.is !== 'int' && index.is !== 'double')) fail('no elements')
  return value.of.find((_, at) => at === Number(index.of)) ?? fail('out of range')
}

function mapOf(entries: readonly (readonly [Value, Value])[]): Value {
  for (const [at, [key]] of entries.entries()) {
    if (key.is !== 'string' && key.is !== 'bool' && key.is !== 'int') fail('no key')
    if (entries.slice(0, at).some(([earlier]) => equal(earlier, key))) fail('key twice')
  }
  return { is: 'map', of: entries }
}

function equal(a: Value, b: Value): boolean {
  const isNumber = ({ is }: Value): boolean => is === 'int' || is === 'double'
  if (a.is === 'int' && b.is === 'int') return a.of === b.of
  if (isNumber(a) && isNumber(b)) return Number('of' in a && a.of) === Number('of' in b && b.of)
  if (a.is === 'list' && b.is === 'list') {
    const { of: others } = b
    return (
      a.of.length === others.length &&
      a.of.every((item, at) => equal(item, at in others ? (others[at] ?? item) : item))
    )
  }
  if (a.is === 'map' && b.is === 'map') {
    const { of: others } = b
    return (
      a.of.length === others.length &&
      a.of.every(([key, value]) => others.some(([k, v]) => equal(key, k) && equal(value, v)))
    )
  }
  if (a.is === 'null' || b.is === 'null') return a.is === b.is
  return a.is === b.is && a.of === b.of
}

function binary(operator: BinaryOperator, a: Value, b: Value): Value {
  switch (operator) {
    case '==':
      return { is: 'bool', of: equal(a, b) }
    case '!=':
      return { is: 'bool', of: !equal(a, b) }
    case '<':
      return { is: 'bool', of: isBelow(a, b) }
    case '>':
      return { is: 'bool', of: isBelow(b, a) }
    case '<=':
      return { is: 'bool', of: isBelow(a, b) || (equal(a, b) && isOrdered(a, b)) }
    case '>=':
      return { is: 'bool', of: isBelow(b, a) || (equal(a, b) && isOrdered(a, b)) }
    case 'in':
      if (b.is === 'list') return { is: 'bool', of: b.of.some((item) => equal(item, a)) }
      if (b.is === 'map') return { is: 'bool', of: b.of.some(([key]) => equal(key, a)) }
      return fail('nothing to look in')
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return arithmetic(operator, a, b)
    default:
      return operator satisfies never
  }
}

function isOrdered(a: Value, b: Value): boolean {
  const isNumber = ({ is }: Value): boolean => is === 'int' || is === 'double'
  if (isNumber(a) && isNumber(b)) return true
  if (a.is === b.is && (a.is === 'string' || a.is === 'bool')) return true
  return fail('no order')
}

function isBelow(a: Value, b: Value): boolean {
  isOrdered(a, b)
  if (a.is === 'int' && b.is === 'int') return a.of < b.of
  if (a.is === 'string' && b.is === 'string') return codePoints(a.of) < codePoints(b.of)
  return 'of' in a && 'of' in b && Number(a.of) < Number(b.of)
}

/** Text that JavaScript orders the way code points are ordered. */
function codePoints(text: string): string {
  return Array.from(text, (char) => String(char.codePointAt(0)).padStart(8, '0')).join('')
}

function arithmetic(operator: '+' | '-' | '*' | '/' | '%', a: Value, b: Value): Value {
  if (a.is === 'string' && b.is === 'string' && operator === '+') {
    return { is: 'string', of: a.of + b.of }
  }
  if (a.is === 'list' && b.is === 'list' && operator === '+') {
    return { is: 'list', of: [...a.of, ...b.of] }
  }
  if (a.is === 'double' && b.is === 'double' && operator !== '%') {
    const results = { '+': a.of + b.of, '-': a.of - b.of, '*': a.of * b.of, '/': a.of / b.of }
    return { is: 'double', of: results[operator] }
  }
  if (a.is === 'int' && b.is === 'double' && a.of === 0n && operator === '-') {
    return { is: 'double', of: -b.of }
  }
  if (a.is !== 'int' || b.is !== 'int') fail('no overload')
  if (operator === '+') return int(a.of + b.of)
  if (operator === '-') return int(a.of - b.of)
  if (operator === '*') return int(a.of * b.of)
  if (b.of === 0n) fail('by zero')
  return int(operator === '/' ? a.of / b.of : a.of % b.of)
}

function call(syntax: Syntax & { kind: 'call' }, names: Names): Value {
  const { name, target, args } = syntax
  const [first, second] = args
  if (name === 'has' && first?.kind === 'select') {
    const whole = valueOf(first.operand, names)
    if (whole.is !== 'map') fail('no members')
    return {
      is: 'bool',
      of: whole.of.some(([key]) => equal(key, { is: 'string', of: first.field })),
    }
  }
  if (target === null) return fail('not in the reference')
  const value = valueOf(target, names)
  if (first?.kind === 'name' && second !== undefined) {
    return loop(name, value, first.name, second, names)
  }
  if (name === 'size' && value.is === 'string') return int(BigInt(Array.from(value.of).length))
  if (name === 'size' && (value.is === 'list' || value.is === 'map'))
    return int(BigInt(value.of.length))
  const part = first === undefined ? fail('no argument') : valueOf(first, names)
  if (value.is !== 'string' || part.is !== 'string') fail('not text')
  if (name === 'startsWith') return { is: 'bool', of: value.of.startsWith(part.of) }
  if (name === 'endsWith') return { is: 'bool', of: value.of.endsWith(part.of) }
  if (name === 'contains') return { is: 'bool', of: value.of.includes(part.of) }
  return fail('not in the reference')
}

function loop(name: string, value: Value, variable: string, body: Syntax, names: Names): Value {
  if (value.is !== 'list' && value.is !== 'map') fail('nothing to loop over')
  const items: readonly Value[] = value.is === 'list' ? value.of : value.of.map(([key]) => key)
  const turn = (item: Value): Value => valueOf(body, new Map(names).set(variable, item))
  if (name === 'all') return { is: 'bool', of: !anyIs(false, items, turn) }
  if (name === 'exists') return { is: 'bool', of: anyIs(true, items, turn) }
  if (name === 'exists_one') {
    return { is: 'bool', of: items.map((item) => asBool(turn(item))).filter(Boolean).length === 1 }
  }
  if (name === 'map') return { is: 'list', of: items.map(turn) }
  if (name === 'filter') return { is: 'list', of: items.filter((item) => asBool(turn(item))) }
  return fail('not in the reference')
}
