import type { AccessRequest } from '../model/access-request.ts'
import type { Decision, EvaluationError } from '../model/decision.ts'
import type { Candidates } from './candidates.ts'
import type { Plan } from './plan.ts'
import type { ConditionFailure } from './policy-spec.ts'
import type { PolicySet } from './policy-set.ts'
import { type RoleSet, roleAbsent, roleFailed, roleHeld } from './role-set.ts'
import type { CompiledRule } from './rule-list.ts'
import type { Trace } from './trace.ts'

/**
 * One request against one policy set: pure, synchronous, total. Deny by default, deny overrides;
 * within an effect the first rule in file order that matches decides. A deny rule that fails has
 * matched, a permit rule that fails has not, and either failure is told in `errors`.
 *
 * The answer is a frozen object kept by the set unless a failure is to be told. With a trace every
 * candidate rule is evaluated and recorded; the answer is the same.
 */
export function decide(set: PolicySet, request: AccessRequest, trace?: Trace): Decision {
  const { type } = request.resource
  const candidates = set.candidatesFor(type, request.action.name)
  if (candidates === undefined) return set.unknown(type)
  const roles = set.roles.heldBy(request.subject)
  if (trace !== undefined) recordSteps(trace, set, candidates, roles, request)
  const plan = candidates.plan(roles) ?? set.addPlan(candidates, roles)
  if (plan.hasFailedRoles) return decideWithFailures(set, candidates, plan, roles, request)
  const { conditions } = plan
  for (let at = 0; at < conditions.length; at++) {
    const condition = conditions[at]
    const result = condition === null || condition === undefined ? true : condition(request)
    if (result === false) continue
    if (result !== true) return decideWithFailures(set, candidates, plan, roles, request)
    return plan.rules[at]?.decision ?? candidates.noApplicableRule
  }
  return candidates.noApplicableRule
}

/** Some rule failed or may fail on the way: the answer is put together with its errors. */
function decideWithFailures(
  set: PolicySet,
  { noApplicableRule }: Candidates,
  plan: Plan,
  roles: RoleSet,
  request: AccessRequest,
): Decision {
  const errors: EvaluationError[] = []
  for (const rule of plan.rules) {
    const { effect, id } = rule.spec
    const result = evaluateRule(set, rule, roles, request)
    if (result === false) continue
    if (result !== true) {
      set.countFailure(rule.order)
      errors.push(Object.freeze({ rule: id, message: result.message }))
      if (effect === 'permit') continue
      return set.answer('deny', 'deny_rule_failed', [id], errors)
    }
    if (errors.length === 0) return rule.decision
    return set.answer('permit', 'permitted_by_rule', [id], errors)
  }
  if (errors.length === 0) return noApplicableRule
  return set.answer('deny', 'no_applicable_rule', [], errors)
}

/**
 * False: a role is missing or the condition is false. Role and condition are a conjunction, so a
 * failed role does not outweigh a condition that is false.
 */
function evaluateRule(
  set: PolicySet,
  rule: CompiledRule,
  roles: RoleSet,
  request: AccessRequest,
): boolean | ConditionFailure {
  const role = rule.roles === null ? roleHeld : bestState(rule.roles, roles)
  if (role === roleAbsent) return false
  const result = rule.condition === null ? true : rule.condition(request)
  if (result !== true || role === roleHeld) return result
  const unknown = rule.roles?.find((id) => roles.states[id] === roleFailed) ?? 0
  return { kind: 'failure', message: set.roles.failureOf(request.subject, unknown) }
}

function bestState(wanted: readonly number[], { states }: RoleSet): number {
  let best: number = roleAbsent
  for (const role of wanted) {
    if (states[role] === roleHeld) return roleHeld
    if (states[role] === roleFailed) best = roleFailed
  }
  return best
}

function recordSteps(
  trace: Trace,
  set: PolicySet,
  { deny, permit }: Candidates,
  roles: RoleSet,
  request: AccessRequest,
): void {
  for (const rule of [...deny.all, ...permit.all]) {
    const { id, location, effect } = rule.spec
    const step = { rule: id, location, effect, message: null }
    if (rule.roles !== null && bestState(rule.roles, roles) === roleAbsent) {
      trace.record({ ...step, result: 'role_missing' })
      continue
    }
    const result = evaluateRule(set, rule, roles, request)
    if (result === true) trace.record({ ...step, result: 'matched' })
    else if (result === false) trace.record({ ...step, result: 'condition_false' })
    else trace.record({ ...step, result: 'failed', message: result.message })
  }
}
