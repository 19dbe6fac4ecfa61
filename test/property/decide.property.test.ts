import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decide } from '../../src/decide/decide.ts'
import { type PolicySet, buildPolicySet } from '../../src/decide/policy-set.ts'
import type { Condition } from '../../src/decide/policy-spec.ts'
import { rolesOf } from '../../src/decide/roles.ts'
import { TraceRecorder } from '../../src/decide/trace.ts'
import { compileCondition, compileExpression } from '../../src/policy/expression.ts'
import {
  type ExpressionScope,
  conditionScope,
  openConditionDeclarations,
  openDeclarations,
  roleScope,
} from '../../src/policy/expression-scope.ts'
import { CelFailure } from '../../src/policy/expression-values.ts'
import { policyModels, requestModels } from './policy-models.ts'
import { type PolicyModel, referenceDecide, referenceRoles } from './reference-decide.ts'
import { runs } from './runs.ts'

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

function build(model: PolicyModel): PolicySet {
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

describe('the engine and the reference', () => {
  it('give the same effect, reason, rules and failed rules', () => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(
        policyModels,
        fc.array(requestModels, { minLength: 20, maxLength: 20 }),
        (model, requests) => {
          const set = build(model)
          for (const request of requests) {
            const { effect, reason, rules, errors } = decide(set, request)
            seen.add(reason)
            expect({ effect, reason, rules, errors: errors.map(({ rule }) => rule) }).toEqual(
              referenceDecide(model, request),
            )
          }
        },
      ),
      runs(150),
    )
    expect([...seen].sort()).toEqual([
      'denied_by_rule',
      'deny_rule_failed',
      'no_applicable_rule',
      'permitted_by_rule',
      'unknown_action',
      'unknown_resource_type',
    ])
  })

  it('hold the same roles', () => {
    fc.assert(
      fc.property(policyModels, requestModels, (model, { subject }) => {
        expect(rolesOf(build(model), subject)).toEqual(referenceRoles(model, subject))
      }),
      runs(1_000),
    )
  })
})

describe('a decision', () => {
  it('is the same again, with a trace, from a new set and after other questions', () => {
    fc.assert(
      fc.property(policyModels, fc.array(requestModels, { maxLength: 10 }), (model, requests) => {
        const set = build(model)
        const first = requests.map((request) => decide(set, request))
        const again = build(model)
        for (const [at, request] of requests.entries()) {
          const trace = new TraceRecorder()
          expect(decide(set, request)).toEqual(first[at])
          expect(decide(set, request, trace)).toEqual(first[at])
          expect(decide(again, structuredClone(request))).toEqual(first[at])
          const deciding = trace.steps.filter(({ rule }) => first[at]?.rules.includes(rule))
          expect(deciding.every(({ result }) => result === 'matched' || result === 'failed')).toBe(
            true,
          )
        }
      }),
      runs(200),
    )
  })
})
