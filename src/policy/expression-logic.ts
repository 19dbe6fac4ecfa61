import { type CompileContext, type Node, node } from './expression-node.ts'
import type { ConditionalSyntax, Syntax } from './expression-syntax.ts'
import { type Type, boolType, dynType, isNumeric, typeName } from './expression-types.ts'
import { CelFailure, kindOf } from './expression-values.ts'

/**
 * `&&` and `||` in any number of terms. A term that settles the answer outweighs a failure on
 * either side of it; otherwise the first failure is the answer.
 */
export function compileLogic<Frame>(
  context: CompileContext<Frame>,
  syntax: Syntax & { kind: 'and' | 'or' },
): Node<Frame> {
  const settles = syntax.kind === 'or'
  const operator = syntax.kind === 'or' ? '||' : '&&'
  const terms = syntax.terms.map((term) => {
    const compiled = context.compile(term)
    checkBool(context, compiled.type, term, `"${operator}"`)
    return compiled.run
  })
  const [first, second, third] = terms
  if (first !== undefined && second !== undefined && third === undefined) {
    return node(boolType, (frame) => {
      const left = first(frame)
      if (left === settles) return settles
      const right = second(frame)
      if (right === settles) return settles
      if (left !== !settles) return asFailure(left)
      return right === !settles ? right : asFailure(right)
    })
  }
  return node(boolType, (frame) => {
    let failure: CelFailure | null = null
    for (const term of terms) {
      const result = term(frame)
      if (result === settles) return settles
      if (result !== !settles) failure ??= asFailure(result)
    }
    return failure ?? !settles
  })
}

export function compileNot<Frame>(context: CompileContext<Frame>, operand: Syntax): Node<Frame> {
  const compiled = context.compile(operand)
  checkBool(context, compiled.type, operand, '"!"')
  const { run } = compiled
  return node(boolType, (frame) => {
    const value = run(frame)
    return typeof value === 'boolean' ? !value : asFailure(value)
  })
}

export function compileConditional<Frame>(
  context: CompileContext<Frame>,
  syntax: ConditionalSyntax,
): Node<Frame> {
  const condition = context.compile(syntax.condition)
  checkBool(context, condition.type, syntax.condition, '"? :"')
  const consequent = context.compile(syntax.consequent)
  const alternate = context.compile(syntax.alternate)
  const [test, yes, no] = [condition.run, consequent.run, alternate.run]
  const type = joinTypes(consequent.type, alternate.type)
  if (type === null && context.isChecked) {
    const sides = `${typeName(consequent.type)} and ${typeName(alternate.type)}`
    context.report(syntax, `The two results of "? :" differ in type: ${sides}`)
  }
  return node(context.isChecked ? (type ?? dynType) : dynType, (frame) => {
    const value = test(frame)
    if (value === true) return yes(frame)
    return value === false ? no(frame) : asFailure(value)
  })
}

/** One type for both, or null. */
export function joinTypes(a: Type, b: Type): Type | null {
  if (a.kind === 'dyn' || b.kind === 'dyn') return dynType
  if (a.kind === 'list' && b.kind === 'list') {
    return { kind: 'list', element: joinTypes(a.element, b.element) ?? dynType }
  }
  if (a.kind === 'map' && b.kind === 'map') {
    const key = joinTypes(a.key, b.key) ?? dynType
    return { kind: 'map', key, value: joinTypes(a.value, b.value) ?? dynType }
  }
  if (a.kind === 'optional' && b.kind === 'optional') {
    return { kind: 'optional', value: joinTypes(a.value, b.value) ?? dynType }
  }
  if (a.kind === b.kind) return a
  return isNumeric(a) && isNumeric(b) ? dynType : null
}

export function checkBool<Frame>(
  context: CompileContext<Frame>,
  type: Type,
  syntax: Syntax,
  operator: string,
): void {
  if (!context.isChecked || type.kind === 'bool' || type.kind === 'dyn') return
  context.report(syntax, `${operator} needs a bool, not ${typeName(type)}`)
}

export function asFailure(value: unknown): CelFailure {
  return value instanceof CelFailure
    ? value
    : new CelFailure(`Expected a bool, got ${kindOf(value)}`)
}
