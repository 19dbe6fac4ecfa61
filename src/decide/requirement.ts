import type { AccessRequest } from '../model/access-request.ts'
import type { Attributes } from '../model/attributes.ts'
import type { Requirement } from './policy-spec.ts'

/** How far the clock of who signed the subject in may be ahead of ours. */
const clockSkewS = 60

/** Whether the subject has signed in as required; what is not known does not count. */
export function meetsRequirement(requirement: Requirement, request: AccessRequest): boolean {
  const { acr, amr, maxAgeS } = requirement
  if (acr !== null) {
    const given = signInFact(request, 'acr')
    if (typeof given !== 'string' || !acr.includes(given)) return false
  }
  if (amr !== null) {
    const given = signInFact(request, 'amr')
    if (!Array.isArray(given) || !amr.some((method) => given.includes(method))) return false
  }
  if (maxAgeS === null) return true
  const signedInAtS = signInFact(request, 'auth_time')
  if (typeof signedInAtS !== 'number') return false
  const ageS = request.timeMs / 1000 - signedInAtS
  return ageS >= -clockSkewS && ageS <= maxAgeS
}

/** From the context, where the caller gives it there, else a claim of the subject. */
function signInFact({ context, subject }: AccessRequest, name: string): unknown {
  return own(context, name) ?? own(subject.properties, name)
}

function own(attributes: Attributes, name: string): unknown {
  return Object.hasOwn(attributes, name) ? attributes[name] : undefined
}

/** What the caller has to ask for, in the words of RFC 9470. */
export function stepUpProperties({ acr, amr, maxAgeS }: Requirement): Attributes {
  return Object.freeze({
    ...(acr === null ? {} : { acr_values: acr }),
    ...(amr === null ? {} : { amr_values: amr }),
    ...(maxAgeS === null ? {} : { max_age: maxAgeS }),
  })
}
