import type { Attributes } from '../model/attributes.ts'
import type { ExpressionScope, KnownValues } from './expression-scope.ts'
import type { Span, Syntax } from './expression-syntax.ts'
import { type Type, dynType } from './expression-types.ts'
import { CelFailure, type Meter } from './expression-values.ts'

/** A value, or a `CelFailure`. Never throws. */
export type Run<Frame> = (frame: Frame) => unknown

/**
 * A compiled part of an expression. INVARIANT: a part of a scalar type yields that type or a
 * failure; what a list or a map holds is only known once it is read.
 */
export interface Node<Frame> {
  readonly type: Type
  readonly run: Run<Frame>
  /** Known ahead of evaluation. */
  readonly constant: { readonly value: unknown } | null
  /** The same number without a bigint, where it is exact as a JavaScript number. */
  readonly numeric: ((frame: Frame) => number | CelFailure) | null
  /** It is an attribute, and an operator may read it without a call in between. */
  readonly attribute: AttributeRead<Frame> | null
  /** All that its value can be; absent: anything of its type. */
  readonly known?: KnownValues
}

export interface AttributeRead<Frame> {
  readonly properties: (frame: Frame) => Attributes
  readonly field: string
  readonly absent: CelFailure
  /** The value is not what it is declared to be. */
  readonly wrong: CelFailure
}

/** What a macro's variable holds during one turn of its loop. */
export interface Cell {
  value: unknown
}

export interface Local {
  readonly cell: Cell
  readonly type: Type
}

/** What the parts of the compiler share while one expression is compiled. */
export interface CompileContext<Frame> {
  readonly scope: ExpressionScope<Frame>
  /** Types are checked ahead; conformance tests of run-time behaviour switch it off. */
  readonly isChecked: boolean
  /** What a part draws on where it stands. */
  readonly meter: Meter
  /** What every loop of the expression draws on together. */
  readonly loopMeter: Meter
  readonly locals: ReadonlyMap<string, Local>
  /** Parts compiled so far: what one turn of a loop costs. */
  readonly compiledNodes: number
  compile(syntax: Syntax): Node<Frame>
  compileWith(locals: ReadonlyMap<string, Local>, syntax: Syntax): Node<Frame>
  /** Notes an error; the part that stands in for the faulty one fits everywhere. */
  report(span: Span, message: string, hint?: string | null): Node<Frame>
  /** Like `report`, but when unchecked the name may turn out not to be needed. */
  reportUnknown(span: Span, message: string, hint: string | null): Node<Frame>
  refer(name: string): void
}

export function node<Frame>(
  type: Type,
  run: Run<Frame>,
  numeric: Node<Frame>['numeric'] = null,
): Node<Frame> {
  return { type, run, constant: null, numeric, attribute: null }
}

export function constantNode<Frame>(type: Type, value: unknown): Node<Frame> {
  const number = typeof value === 'bigint' || typeof value === 'number' ? Number(value) : null
  const isExact = number !== null && (typeof value === 'number' || Number.isSafeInteger(number))
  return {
    type,
    run: () => value,
    constant: { value },
    numeric: isExact ? () => number : null,
    attribute: null,
  }
}

/** Own properties only: what a prototype holds is nobody's attribute. */
export function readAttribute(attributes: Attributes, field: string, absent: CelFailure): unknown {
  const value = Object.hasOwn(attributes, field) ? attributes[field] : undefined
  return value === undefined ? absent : value
}

export function faultyNode<Frame>(message: string): Node<Frame> {
  const failure = new CelFailure(message)
  return node(dynType, () => failure)
}
