import type { Decision } from '../model/decision.ts'

/** Obligation types this enforcement point can meet. */
const knownTypes: ReadonlySet<string> = new Set()

const denied = new WeakMap<Decision, Decision>()

/**
 * The decision as it can be enforced: a permit that asks for something unknown here is a deny. The
 * decisions of a policy set are shared, so what becomes of one is kept.
 */
export function meetObligations(decision: Decision): Decision {
  if (decision.effect === 'deny' || decision.obligations.length === 0) return decision
  if (decision.obligations.every((obligation) => knownTypes.has(obligation.type))) return decision
  let answer = denied.get(decision)
  if (answer === undefined) {
    answer = Object.freeze({ ...decision, effect: 'deny', reason: 'unknown_obligation' })
    denied.set(decision, answer)
  }
  return answer
}
