import type { Attribute, Condition, Literal, Operand } from './condition.ts'

/** How one engine calls the roots that conditions read. */
export interface CelNames {
  readonly subject: string
  readonly resource: string
  readonly context: string
  readonly subjectId: string
  readonly resourceId: string
}

export const sallyportNames: CelNames = {
  subject: 'subject',
  resource: 'resource',
  context: 'context',
  subjectId: 'subject.id',
  resourceId: 'resource.id',
}

/** Cerbos knows no context: it travels as an attribute of the principal. */
export const cerbosNames: CelNames = {
  subject: 'P.attr',
  resource: 'R.attr',
  context: 'P.attr.context',
  subjectId: 'P.id',
  resourceId: 'R.id',
}

export function printCel(condition: Condition, names: CelNames): string {
  const print = (inner: Condition): string => printCel(inner, names)
  const operand = (inner: Operand): string => printOperand(inner, names)
  switch (condition.kind) {
    case 'constant':
      return String(condition.value)
    case 'compare':
      return `${operand(condition.left)} ${condition.operator} ${operand(condition.right)}`
    case 'in':
      return `${operand(condition.item)} in ${operand(condition.list)}`
    case 'both':
      return `(${condition.parts.map(print).join(' && ')})`
    case 'either':
      return `(${condition.parts.map(print).join(' || ')})`
    case 'not':
      return `!(${print(condition.part)})`
    case 'choice': {
      const [asked, yes, no] = condition.parts
      return `(${print(asked)} ? ${print(yes)} : ${print(no)})`
    }
    case 'has':
      return `has(${printAttribute(condition.attribute, names)})`
    case 'text':
      return `${operand(condition.target)}.${condition.method}(${JSON.stringify(condition.text)})`
    case 'quantifier': {
      const { list, macro, body } = condition
      return `${operand(list)}.${macro}(x, ${print(body)})`
    }
    default:
      return condition satisfies never
  }
}

function printOperand(operand: Operand, names: CelNames): string {
  const print = (inner: Operand): string => printOperand(inner, names)
  switch (operand.kind) {
    case 'attribute':
      return printAttribute(operand, names)
    case 'id':
      return operand.of === 'subject' ? names.subjectId : names.resourceId
    case 'literal':
      return printLiteral(operand.value)
    case 'item':
      return 'x'
    case 'size':
      return `size(${print(operand.of)})`
    case 'element':
      return `${print(operand.list)}[${operand.at}]`
    case 'arithmetic':
      return `(${print(operand.left)} ${operand.operator} ${print(operand.right)})`
    case 'convert':
      return `${operand.to}(${print(operand.value)})`
    case 'derived': {
      const { list, macro, body } = operand
      const inner = macro === 'filter' ? printCel(body as Condition, names) : print(body as Operand)
      return `${print(list)}.${macro}(x, ${inner})`
    }
    case 'accessor':
      return `${print(operand.of)}.${operand.name}()`
    default:
      return operand satisfies never
  }
}

function printAttribute({ of, path }: Attribute, names: CelNames): string {
  return [names[of], ...path].join('.')
}

function printLiteral(literal: Literal): string {
  switch (literal.type) {
    case 'text':
      return JSON.stringify(literal.value)
    case 'int':
      return String(literal.value)
    case 'double':
      return Number.isInteger(literal.value) ? literal.value.toFixed(1) : String(literal.value)
    case 'bool':
      return String(literal.value)
    case 'null':
      return 'null'
    case 'list':
      return `[${literal.items.map(printLiteral).join(', ')}]`
    case 'map':
      return `{${literal.entries.map(([key, value]) => `${JSON.stringify(key)}: ${printLiteral(value)}`).join(', ')}}`
    default:
      return literal satisfies never
  }
}
