import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decide } from '../../src/decide/decide.ts'
import { maxScanned } from '../../src/decide/place-cells.ts'
import { rolesTowards } from '../../src/decide/roles.ts'
import { TraceRecorder } from '../../src/decide/trace.ts'
import { buildModel } from './build-model.ts'
import { engineAnswer } from './engine-answer.ts'
import { policyModels, requestModels } from './policy-models.ts'
import { referenceDecide, referenceRoles } from './reference-decide.ts'
import { runs } from './runs.ts'

describe('the engine and the reference', () => {
  it('give the same effect, reason, rules and failed rules', () => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(
        policyModels,
        fc.array(requestModels, { minLength: 20, maxLength: 20 }),
        (model, requests) => {
          const set = buildModel(model)
          const large = buildModel(model, maxScanned + 1)
          for (const request of requests) {
            const answer = engineAnswer(set, request)
            seen.add(answer.reason)
            const expected = referenceDecide(model, request)
            expect(answer).toEqual(expected)
            expect(engineAnswer(large, request)).toEqual(expected)
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
      'scope_missing',
      'step_up_required',
      'unknown_action',
      'unknown_policy_version',
      'unknown_resource_type',
      'unknown_scope',
    ])
  })

  it('hold the same roles', () => {
    fc.assert(
      fc.property(policyModels, requestModels, (model, request) => {
        expect(rolesTowards(buildModel(model), request)).toEqual(referenceRoles(model, request))
      }),
      runs(500),
    )
  })
})

describe('a decision', () => {
  it('is the same again, with a trace, from a new set and after other questions', () => {
    fc.assert(
      fc.property(policyModels, fc.array(requestModels, { maxLength: 10 }), (model, requests) => {
        const set = buildModel(model)
        const first = requests.map((request) => decide(set, request))
        const again = buildModel(model)
        for (const [at, request] of requests.entries()) {
          const trace = new TraceRecorder()
          expect(decide(set, request)).toEqual(first[at])
          expect(decide(set, request, trace)).toEqual(first[at])
          expect(decide(again, structuredClone(request))).toEqual(first[at])
          const deciding = trace.steps.filter(({ rule }) => first[at]?.rules.includes(rule))
          const deciders = ['matched', 'failed', 'step_up']
          expect(deciding.every(({ result }) => deciders.includes(result))).toBe(true)
        }
      }),
      runs(200),
    )
  })
})
