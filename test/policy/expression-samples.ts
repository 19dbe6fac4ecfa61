import { assert } from 'vitest'
import type { AccessRequest } from '../../src/model/access-request.ts'
import { compileExpression } from '../../src/policy/expression.ts'
import {
  type ConditionDeclarations,
  type Declarations,
  conditionScope,
  openConditionDeclarations,
} from '../../src/policy/expression-scope.ts'
import { parseAttributeType } from '../../src/policy/expression-types.ts'
import type { ExpressionError } from '../../src/policy/expression-syntax.ts'

/** Attributes of a kind, closed: what is not declared does not exist. */
function declared(types: Readonly<Record<string, string>>): Declarations {
  const members = new Map(
    Object.entries(types).map(([name, text]) => {
      const type = parseAttributeType(text)
      assert(type !== null, text)
      return [name, type] as const
    }),
  )
  return { members, open: false }
}

export function withResource(types: Readonly<Record<string, string>>): ConditionDeclarations {
  return { ...openConditionDeclarations, resource: declared(types) }
}

export interface Attributes {
  readonly subject?: unknown
  readonly resource?: unknown
  readonly context?: unknown
}

/** A request as JSON brings it: own keys such as `__proto__` included. */
export function requestOf({
  subject = {},
  resource = {},
  context = {},
}: Attributes): AccessRequest {
  const text = JSON.stringify({
    subject: { type: 'user', id: 'alice', properties: subject },
    action: { name: 'approve', properties: {} },
    resource: { type: 'expense', id: '42', properties: resource },
    context,
    timeMs: Date.UTC(2026, 0, 31, 12, 30, 15, 250),
  })
  return JSON.parse(text) as AccessRequest
}

/** What an expression yields; undeclared attributes may be read. */
export function evaluate(
  text: string,
  attributes: Attributes = {},
  declarations: ConditionDeclarations = openConditionDeclarations,
): unknown {
  const compiled = compileExpression(text, conditionScope(declarations))
  assert(compiled.ok, compiled.ok ? '' : compiled.errors.map((error) => error.message).join())
  return compiled.evaluate(requestOf(attributes))
}

export function errorsOf(
  text: string,
  declarations: ConditionDeclarations = openConditionDeclarations,
): readonly ExpressionError[] {
  const compiled = compileExpression(text, conditionScope(declarations))
  return compiled.ok ? [] : compiled.errors
}

export function failure(message: string): unknown {
  return { kind: 'failure', message }
}
