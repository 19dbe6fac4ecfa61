import type { Condition } from '../decide/policy-spec.ts'
import { Compiler } from './expression-compile.ts'
import { membershipOf } from './expression-membership.ts'
import type { Run } from './expression-node.ts'
import { parseExpression } from './expression-parser.ts'
import { ConditionPool } from './expression-pool.ts'
import type { ExpressionScope } from './expression-scope.ts'
import type { ExpressionError, Syntax } from './expression-syntax.ts'
import { type Type, withArticle } from './expression-types.ts'
import { CelFailure, kindOf } from './expression-values.ts'

export type CompiledExpression<Frame> =
  | {
      readonly ok: true
      readonly type: Type
      /** Pure and total: a value, or a `ConditionFailure` that says why there is none. */
      readonly evaluate: (frame: Frame) => unknown
      /** What it reads, sorted: `now`, `subject.department`. */
      readonly references: readonly string[]
    }
  | { readonly ok: false; readonly errors: readonly ExpressionError[] }

export type CompiledCondition<Frame> =
  | {
      readonly ok: true
      readonly evaluate: Condition<Frame>
      readonly references: readonly string[]
    }
  | { readonly ok: false; readonly errors: readonly ExpressionError[] }

export interface ExpressionOptions {
  /**
   * False: operands are not checked ahead of evaluation, as the specification allows. What does
   * not fit fails when it is reached.
   */
  readonly isChecked: boolean
}

/**
 * CEL text to closures, type-checked against the scope. Bounded in size, and so is every
 * evaluation. One evaluation must end before the next begins: loops keep their variables in it.
 */
export function compileExpression<Frame>(
  text: string,
  scope: ExpressionScope<Frame>,
  options: ExpressionOptions = { isChecked: true },
): CompiledExpression<Frame> {
  const syntax = parseExpression(text)
  if ('message' in syntax) return { ok: false, errors: [syntax] }
  return compileSyntax(syntax, scope, options)
}

function compileSyntax<Frame>(
  syntax: Syntax,
  scope: ExpressionScope<Frame>,
  options: ExpressionOptions,
): CompiledExpression<Frame> {
  const compiler = new Compiler(scope, options.isChecked)
  const { type, run } = compiler.compile(syntax)
  const { errors } = compiler
  if (errors.length > 0) return { ok: false, errors: errors.sort((a, b) => a.start - b.start) }
  const references = [...compiler.references].sort()
  return { ok: true, type, evaluate: metered(compiler, run), references }
}

function metered<Frame>(compiler: Compiler<Frame>, run: Run<Frame>): Run<Frame> {
  if (!compiler.isMetered) return run
  const { loopMeter } = compiler
  return (frame) => {
    loopMeter.reset()
    return run(frame)
  }
}

/** An expression that is a `bool`, or may turn out to be one. */
export function compileCondition<Frame>(
  text: string,
  scope: ExpressionScope<Frame>,
): CompiledCondition<Frame> {
  const pooled = pool.find(text, scope)
  if (pooled !== null) return { ok: true, ...pooled }
  const syntax = parseExpression(text)
  if ('message' in syntax) return { ok: false, errors: [syntax] }
  const compiled = compileSyntax(syntax, scope, { isChecked: true })
  if (!compiled.ok) return compiled
  const { type, references } = compiled
  if (type.kind !== 'bool' && type.kind !== 'dyn') {
    const message = `A condition must be a bool, and this is ${withArticle(type)}`
    return { ok: false, errors: [{ message, hint: null, start: 0, end: text.length }] }
  }
  // A part of static type bool yields a bool or a failure and nothing else.
  const condition =
    type.kind === 'bool' ? (compiled.evaluate as Condition<Frame>) : boolOf(compiled.evaluate)
  const membership = membershipOf(syntax, scope)
  const evaluate = membership === null ? condition : Object.assign(condition, { membership })
  pool.add(text, scope, { evaluate, references })
  return { ok: true, evaluate, references }
}

const pool = new ConditionPool()

function boolOf<Frame>(evaluate: Run<Frame>): Condition<Frame> {
  return (frame) => {
    const value = evaluate(frame)
    if (typeof value === 'boolean' || value instanceof CelFailure) return value
    return new CelFailure(`Condition is not a bool but ${kindOf(value)}`)
  }
}

/** Tells a failure from a value: nothing that JSON can say passes for one. */
export function isConditionFailure(value: unknown): value is CelFailure {
  return value instanceof CelFailure
}
