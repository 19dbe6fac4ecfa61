import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import { decide } from '../../src/decide/decide.ts'
import type { AccessRequest } from '../../src/model/access-request.ts'
import { buildModel } from '../property/build-model.ts'
import { policyModels, requestModels } from '../property/policy-models.ts'
import { type PolicyModel, referenceDecide } from '../property/reference-decide.ts'

const requestsPerPolicy = 20

export interface ReferenceComparison {
  readonly pairs: number
  readonly policies: number
  readonly permits: number
  /** The first one found, cut down as far as it still differs. */
  readonly difference: {
    readonly model: PolicyModel
    readonly request: AccessRequest | null
  } | null
}

/** Effect, reason, deciding rules and failed rules. */
export function compareWithReference(seed: number, pairs: number): ReferenceComparison {
  let [asked, permits] = [0, 0]
  const policies = Math.ceil(pairs / requestsPerPolicy)
  const requests = fc.array(requestModels, {
    minLength: requestsPerPolicy,
    maxLength: requestsPerPolicy,
  })
  const property = fc.property(policyModels, requests, (model, questions) => {
    const set = buildModel(model)
    return questions.every((request) => {
      asked += 1
      const { effect } = decide(set, request)
      if (effect === 'permit') permits += 1
      return isSame(model, request, set)
    })
  })
  const { counterexample } = fc.check(property, { seed, numRuns: policies })
  if (counterexample === null) return { pairs: asked, policies, permits, difference: null }
  const [model, questions] = counterexample
  const request = questions.find((each) => !isSame(model, each)) ?? null
  return { pairs: asked, policies, permits, difference: { model, request } }
}

function isSame(model: PolicyModel, request: AccessRequest, set = buildModel(model)): boolean {
  const { effect, reason, rules, errors } = decide(set, request)
  const answer = { effect, reason, rules, errors: errors.map(({ rule }) => rule) }
  return isDeepStrictEqual(answer, referenceDecide(model, request))
}
