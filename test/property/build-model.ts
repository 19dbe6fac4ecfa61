import assert from 'node:assert/strict'
import { type PolicySet, buildPolicySet } from '../../src/decide/policy-set.ts'
import type { Condition } from '../../src/decide/policy-spec.ts'
import { compileCondition, compileExpression } from '../../src/policy/expression.ts'
import {
  type ExpressionScope,
  conditionScope,
  openConditionDeclarations,
  openDeclarations,
  roleScope,
} from '../../src/policy/expression-scope.ts'
import { CelFailure } from '../../src/policy/expression-values.ts'
import type { PolicyModel } from './reference-decide.ts'

const scope = conditionScope(openConditionDeclarations)
const subjectScope = roleScope(openDeclarations)

/** As the language compiles it, or unchecked where the types of a random condition do not fit. */
function compiled<Frame>(
  text: string | null,
  names: ExpressionScope<Frame>,
): Condition<Frame> | null {
  if (text === null) return null
  const condition = compileCondition(text, names)
  if (condition.ok) return condition.evaluate
  const unchecked = compileExpression(text, names, { isChecked: false })
  assert.ok(unchecked.ok)
  return (frame) => {
    const value = unchecked.evaluate(frame)
    return typeof value === 'boolean' || value instanceof CelFailure
      ? value
      : new CelFailure('not a bool')
  }
}

export function buildModel(model: PolicyModel): PolicySet {
  return buildPolicySet({
    digest: 'random',
    roles: model.roles.map(({ name, inherits, when }) => ({
      name,
      inherits,
      condition: compiled(when, subjectScope),
    })),
    resources: model.resources.map(({ type, actions, rules }) => ({
      type,
      actions,
      rules: rules.map((rule) => ({
        ...rule,
        condition: compiled(rule.when, scope),
        location: rule.id,
      })),
    })),
  })
}
