import type { Resource, Subject } from '../model/access-request.ts'
import type { Attributes } from '../model/attributes.ts'
import type { Span } from '../source/diagnostic.ts'

/** One question and the answer expected: a test, or one cell of a table. */
export interface Case {
  readonly test: string
  readonly span: Span
  readonly question: Question
  readonly expected: Expectation
}

export type Question = ActionQuestion | RequestQuestion

interface AnyQuestion {
  readonly subject: Subject
  readonly context: Attributes
  readonly timeMs: number
  /** As the author would say it: `ann: approve expense/e-1`. */
  readonly text: string
}

export interface ActionQuestion extends AnyQuestion {
  readonly kind: 'action'
  readonly action: string
  readonly resource: Resource
}

export interface RequestQuestion extends AnyQuestion {
  readonly kind: 'request'
  readonly method: string
  readonly scheme: 'http' | 'https'
  readonly host: string
  readonly path: string
  readonly query: string
}

export type Answer =
  | 'permit'
  | 'deny'
  | 'route_unknown'
  | 'method_unknown'
  | 'resource_incomplete'
  | 'credential_missing'
  | 'credential_not_accepted'

/** What is null is not looked at. */
export interface Expectation {
  readonly answer: Answer
  readonly rule: string | null
  readonly reason: string | null
  readonly action: string | null
  readonly resource: string | null
}
