import type { Condition, ConditionFailure } from '../decide/policy-spec.ts'
import type { ExpressionScope } from './expression-scope.ts'
import type { Type } from './expression-types.ts'

/** A finding about an expression; offsets count UTF-16 units of its text. */
export interface ExpressionError {
  readonly message: string
  readonly hint: string | null
  readonly start: number
  readonly end: number
}

export type CompiledExpression<Frame> =
  | {
      readonly ok: true
      readonly type: Type
      /** Pure and total: a value, or why there is none. Never throws. */
      readonly evaluate: (frame: Frame) => unknown
      /** What it reads, as written and sorted: `subject.department`, `now`. */
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

/** CEL text to closures, type-checked against the scope. Bounded in size; never throws. */
export function compileExpression<Frame>(
  text: string,
  scope: ExpressionScope<Frame>,
): CompiledExpression<Frame> {
  void scope
  return { ok: false, errors: [{ message: 'Not built', hint: null, start: 0, end: text.length }] }
}

/** An expression that is a `bool`, or may be one at run time. */
export function compileCondition<Frame>(
  text: string,
  scope: ExpressionScope<Frame>,
): CompiledCondition<Frame> {
  void scope
  return { ok: false, errors: [{ message: 'Not built', hint: null, start: 0, end: text.length }] }
}

/** Tells a failure from a value: no JSON can be mistaken for one. */
export function isConditionFailure(value: unknown): value is ConditionFailure {
  void value
  return false
}
