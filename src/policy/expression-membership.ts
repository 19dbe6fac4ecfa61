import type { Membership } from '../decide/policy-spec.ts'
import type { ExpressionScope } from './expression-scope.ts'
import type { Syntax } from './expression-syntax.ts'
import { dynType } from './expression-types.ts'

/**
 * Whether an expression asks no more than `"x" in subject.groups` or `subject.team == "x"`, or
 * several of one kind joined by `||`: the engine then looks roles up instead of evaluating them.
 */
export function membershipOf<Frame>(
  syntax: Syntax,
  scope: ExpressionScope<Frame>,
): Membership | null {
  const terms = syntax.kind === 'or' ? syntax.terms : [syntax]
  const parts = terms.map((term) => singleMembership(term, scope))
  const [first] = parts
  if (first === null || first === undefined) return null
  const { kind, attribute, isOfText } = first
  const values: string[] = []
  for (const part of parts) {
    if (part === null || part.kind !== kind || part.attribute !== attribute) return null
    values.push(...part.values)
  }
  return { kind, attribute, values, isOfText }
}

function singleMembership<Frame>(syntax: Syntax, scope: ExpressionScope<Frame>): Membership | null {
  if (syntax.kind !== 'binary') return null
  const { operator, left, right } = syntax
  if (operator === 'in') return membership('contains', right, left, scope)
  if (operator !== '==') return null
  return membership('equals', left, right, scope) ?? membership('equals', right, left, scope)
}

function membership<Frame>(
  kind: Membership['kind'],
  attribute: Syntax,
  value: Syntax,
  scope: ExpressionScope<Frame>,
): Membership | null {
  if (value.kind !== 'literal' || typeof value.value !== 'string') return null
  if (attribute.kind !== 'select' || attribute.operand.kind !== 'name') return null
  const variable = scope.variables.get(attribute.operand.name)
  if (variable?.kind !== 'object' || variable.name !== 'subject') return null
  const { field } = attribute
  if (variable.properties === null || variable.fixed.has(field)) return null
  const type = variable.type.members.get(field) ?? dynType
  if (kind === 'contains' && type.kind !== 'list' && type.kind !== 'dyn') return null
  const isOfText = type.kind === 'list' && type.element.kind === 'string'
  return { kind, attribute: field, values: [value.value], isOfText }
}
