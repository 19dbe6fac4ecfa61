import assert from 'node:assert/strict'
import { decide } from '../../src/decide/decide.ts'
import type { PolicySet } from '../../src/decide/policy-set.ts'
import type { AccessRequest } from '../../src/model/access-request.ts'
import type { Decision } from '../../src/model/decision.ts'
import type { ReferenceDecision } from './reference-decide.ts'

/** What the engine decides, in the words of the reference. */
export function engineAnswer(set: PolicySet, request: AccessRequest): ReferenceDecision {
  const decision = decide(set, request)
  const { effect, reason, rules } = decision
  return {
    effect,
    reason,
    rules,
    errors: decision.errors.map(({ rule }) => rule),
    ...told(decision),
  }
}

/** The rules of a model tell the same by an obligation and by their output. */
function told({ obligations, output, reason }: Decision): { told?: unknown } {
  if (reason === 'step_up_required' || obligations.length === 0) return {}
  assert.deepEqual(
    obligations.map(({ properties }) => properties),
    [output],
  )
  return { told: output?.['told'] }
}
