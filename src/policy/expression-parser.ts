import { type ASTNode, Environment, ParseError } from '@marcbachmann/cel-js'
import { type ScannedExpression, scanLiterals } from './expression-literals.ts'
import { explainParseError } from './expression-parse-error.ts'
import type { BinaryOperator, ExpressionError, Span, Syntax } from './expression-syntax.ts'

const maxExpressionLength = 4096
const maxExpressionNodes = 1000
const maxExpressionDepth = 64

/** Only its parser is used; nothing is registered, evaluated or checked by the library. */
const library = new Environment({
  enableOptionalTypes: true,
  limits: {
    maxAstNodes: maxExpressionNodes,
    maxDepth: maxExpressionDepth,
    maxListElements: maxExpressionNodes,
    maxMapEntries: maxExpressionNodes,
    maxCallArguments: 32,
  },
})

export function parseExpression(text: string): Syntax | ExpressionError {
  if (text.length > maxExpressionLength) {
    const message = `Expression is longer than ${maxExpressionLength} characters`
    return { message, hint: null, start: 0, end: text.length }
  }
  const scanned = scanLiterals(text)
  if ('message' in scanned) return scanned
  try {
    return new Reader(scanned).readWhole(library.parse(scanned.text).ast)
  } catch (error) {
    if (error instanceof ParseError) return explainParseError(error, text)
    throw error
  }
}

const binaryOperators: ReadonlySet<string> = new Set([
  '==',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  'in',
  '+',
  '-',
  '*',
  '/',
  '%',
] satisfies BinaryOperator[])
const relations: ReadonlySet<string> = new Set(['<', '<=', '>', '>=', 'in'])

/** From the library's tree to ours: literals put back, precedence as the specification has it. */
class Reader {
  readonly #scanned: ScannedExpression
  /** Offsets of every `?` that makes an entry optional, and that no entry has claimed yet. */
  readonly #marks: Set<number>

  constructor(scanned: ScannedExpression) {
    this.#scanned = scanned
    this.#marks = new Set(scanned.optionalMarks)
  }

  readWhole(node: ASTNode): Syntax | ExpressionError {
    const syntax = this.read(node)
    const [start] = this.#marks
    if (start === undefined) return syntax
    return { message: 'Unexpected "?"', hint: null, start, end: start + 1 }
  }

  read(node: ASTNode): Syntax {
    const { start, end } = node
    if (isBinary(node)) return this.#binary(node)
    switch (node.op) {
      case 'value':
        return this.#literal(node)
      case 'id': {
        const isAbsolute = this.#scanned.absoluteNames.has(start)
        return { kind: 'name', name: node.args, isAbsolute, start, end }
      }
      case '.':
      case '.?': {
        const [operand, name] = node.args
        const fieldStart = node.pos
        const field = this.#scanned.quotedFields.get(fieldStart) ?? name
        const kind = node.op === '.' ? 'select' : 'optionalSelect'
        return { kind, operand: this.read(operand), field, fieldStart, start, end }
      }
      case '[]':
      case '[?]': {
        const [operand, index] = node.args
        const kind = node.op === '[]' ? 'index' : 'optionalIndex'
        return { kind, operand: this.read(operand), index: this.read(index), start, end }
      }
      case 'call': {
        const [name, args] = node.args
        return {
          kind: 'call',
          name,
          target: null,
          args: args.map((arg) => this.read(arg)),
          start,
          end,
        }
      }
      case 'rcall': {
        const [name, target, args] = node.args
        const read = args.map((arg) => this.read(arg))
        return { kind: 'call', name, target: this.read(target), args: read, start, end }
      }
      case 'list':
        return { kind: 'list', elements: this.#elements(node.args, start), start, end }
      case 'map':
        return { kind: 'map', entries: this.#entries(node.args, start), start, end }
      case '?:': {
        const [condition, consequent, alternate] = node.args
        return {
          kind: 'conditional',
          condition: this.read(condition),
          consequent: this.read(consequent),
          alternate: this.read(alternate),
          start,
          end,
        }
      }
      case '||':
        return { kind: 'or', terms: this.#terms(node, '||'), start, end }
      case '&&':
        return { kind: 'and', terms: this.#terms(node, '&&'), start, end }
      case '!_':
        return { kind: 'not', operand: this.read(node.args), start, end }
      case '-_':
        return { kind: 'negate', operand: this.read(node.args), start, end }
      default:
        return node satisfies never
    }
  }

  #elements(items: readonly ASTNode[], start: number): readonly Syntax[] {
    let from = start
    return items.map((item) => {
      const isOptional = this.#takeMark(from, item.start)
      from = item.end
      return this.#entry(item, isOptional)
    })
  }

  #entries(
    entries: readonly (readonly [ASTNode, ASTNode])[],
    start: number,
  ): readonly (readonly [Syntax, Syntax])[] {
    let from = start
    return entries.map(([key, value]) => {
      const isOptional = this.#takeMark(from, key.start)
      from = value.end
      return [this.read(key), this.#entry(value, isOptional)] as const
    })
  }

  #entry(node: ASTNode, isOptional: boolean): Syntax {
    const operand = this.read(node)
    if (!isOptional) return operand
    return { kind: 'optionalEntry', operand, start: operand.start, end: operand.end }
  }

  /** Whether a `?` stands between here and there. */
  #takeMark(from: number, to: number): boolean {
    for (const mark of this.#marks) {
      if (mark < from || mark >= to) continue
      this.#marks.delete(mark)
      return true
    }
    return false
  }

  #literal(node: ASTNode & { op: 'value' }): Syntax {
    const { start } = node
    const scanned = this.#scanned.literals.get(start)
    if (scanned !== undefined) {
      return { kind: 'literal', value: scanned.value, isUnsigned: false, start, end: scanned.end }
    }
    const value = node.args
    const isUnsigned = typeof value === 'object' && value !== null && !(value instanceof Uint8Array)
    return {
      kind: 'literal',
      value: isUnsigned ? value.value : value,
      isUnsigned,
      start,
      end: node.end,
    }
  }

  /** `a && b && c` as three terms, so that a long chain is not a deep tree. */
  #terms(node: ASTNode, op: '&&' | '||'): readonly Syntax[] {
    const terms: Syntax[] = []
    let rest = node
    while (rest.op === op) {
      const [left, right] = rest.args
      terms.push(this.read(right))
      rest = left
    }
    terms.push(this.read(rest))
    return terms.reverse()
  }

  /**
   * The specification gives `==`, `<` and `in` one precedence; the library lets `<` and `in` bind
   * tighter, so that `a == b < c` has to be turned round.
   */
  #binary(node: Extract<ASTNode, { op: BinaryOperator }>): Syntax {
    const [left, right] = node.args
    const isEquality = node.op === '==' || node.op === '!='
    if (!isEquality || !relations.has(right.op) || this.#isParenthesized(node.op, left, right)) {
      return combine(node.op, this.read(left), this.read(right))
    }
    const chain: { op: BinaryOperator; right: ASTNode }[] = []
    let rest: ASTNode = right
    while (isRelation(rest) && !this.#isParenthesized(node.op, left, rest)) {
      chain.push({ op: rest.op, right: rest.args[1] })
      rest = rest.args[0]
    }
    let tree = combine(node.op, this.read(left), this.read(rest))
    for (const step of chain.reverse()) tree = combine(step.op, tree, this.read(step.right))
    return tree
  }

  /** Whether the right operand stands in parentheses of its own. */
  #isParenthesized(op: string, left: Span, right: Span): boolean {
    const { text } = this.#scanned
    let at = text.indexOf(op, left.end) + op.length
    while (/\s/.test(text.charAt(at))) at += 1
    if (text.charAt(at) !== '(' || at >= right.start) return false
    let depth = 0
    for (; at < text.length; at++) {
      if (text.charAt(at) === '(') depth += 1
      if (text.charAt(at) === ')') depth -= 1
      if (depth === 0) return at >= right.end
    }
    return false
  }
}

function isBinary(node: ASTNode): node is Extract<ASTNode, { op: BinaryOperator }> {
  return binaryOperators.has(node.op)
}

function isRelation(node: ASTNode): node is ASTNode & { op: '<' | '<=' | '>' | '>=' | 'in' } {
  return relations.has(node.op)
}

function combine(operator: BinaryOperator, left: Syntax, right: Syntax): Syntax {
  return { kind: 'binary', operator, left, right, start: left.start, end: right.end }
}
