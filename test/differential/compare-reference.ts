import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import type { AccessRequest } from '../../src/model/access-request.ts'
import { maxScanned } from '../../src/decide/place-cells.ts'
import { buildModel } from '../property/build-model.ts'
import { engineAnswer } from '../property/engine-answer.ts'
import { policyModels, requestModels } from '../property/policy-models.ts'
import {
  type PolicyModel,
  type ReferenceDecision,
  referenceDecide,
} from '../property/reference-decide.ts'

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

/**
 * Effect, reason, deciding rules, failed rules and what they tell; of each policy as it is and among
 * so many more rules that its candidates are not looked through.
 */
export function compareWithReference(seed: number, pairs: number): ReferenceComparison {
  let [asked, permits] = [0, 0]
  const policies = Math.ceil(pairs / requestsPerPolicy)
  const requests = fc.array(requestModels, {
    minLength: requestsPerPolicy,
    maxLength: requestsPerPolicy,
  })
  const property = fc.property(policyModels, requests, (model, questions) => {
    const set = buildModel(model)
    const large = buildModel(model, maxScanned + 1)
    return questions.every((request) => {
      asked += 1
      const answer = engineAnswer(set, request)
      if (answer.effect === 'permit') permits += 1
      const expected = referenceDecide(model, request)
      return isSame(answer, expected) && isSame(engineAnswer(large, request), expected)
    })
  })
  const { counterexample } = fc.check(property, { seed, numRuns: policies })
  if (counterexample === null) return { pairs: asked, policies, permits, difference: null }
  const [model, questions] = counterexample
  const sets = [buildModel(model), buildModel(model, maxScanned + 1)]
  const differs = (request: AccessRequest): boolean => {
    const expected = referenceDecide(model, request)
    return sets.some((set) => !isSame(engineAnswer(set, request), expected))
  }
  const request = questions.find(differs) ?? null
  return { pairs: asked, policies, permits, difference: { model, request } }
}

function isSame(engine: ReferenceDecision, reference: ReferenceDecision): boolean {
  return isDeepStrictEqual(plain(engine), plain(reference))
}

/** Without prototypes and what is undefined. */
function plain(answer: ReferenceDecision): unknown {
  return JSON.parse(JSON.stringify(answer))
}
