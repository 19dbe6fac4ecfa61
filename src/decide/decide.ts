import type { AccessRequest } from '../model/access-request.ts'
import type { Decision, EvaluationError } from '../model/decision.ts'
import type { Plan } from './plan.ts'
import type { ConditionFailure } from './policy-spec.ts'
import type { PolicySet } from './policy-set.ts'
import { roleFailed, roleHeld } from './role-set.ts'
import type { HeldRoles } from './role-table.ts'
import type { CompiledRule, RuleList } from './rule-list.ts'
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
  const held = set.roles.held(request.subject)
  if (trace !== undefined) recordSteps(trace, set, held, request)
  const { type } = request.resource
  const { name } = request.action
  const plan = held.set.plan(type, name) ?? set.planFor(held.set, type, name)
  if ('effect' in plan) return plan
  if (plan.hasFailedRoles) return decideWithFailures(set, plan, held, request)
  for (const { condition, decision } of plan.deny) {
    const result = condition === null ? true : condition(request)
    if (result === true) return decision
    if (result !== false) return decideWithFailures(set, plan, held, request)
  }
  for (const { condition, decision } of plan.permit) {
    const result = condition === null ? true : condition(request)
    if (result === true) return decision
    if (result !== false) return decideWithFailures(set, plan, held, request)
  }
  return plan.noApplicableRule
}

/** Some rule failed or may fail on the way: the answer is put together with its errors. */
function decideWithFailures(
  set: PolicySet,
  plan: Plan,
  held: HeldRoles,
  request: AccessRequest,
): Decision {
  const errors: EvaluationError[] = []
  const note = (rule: CompiledRule, failure: ConditionFailure): void => {
    set.countFailure(rule.order)
    errors.push(Object.freeze({ rule: rule.spec.id, message: failure.message }))
  }
  for (const rule of plan.deny) {
    const result = evaluateRule(rule, held, request)
    if (result === true) return rule.decision
    if (result !== false) {
      note(rule, result)
      return set.answer('deny', 'deny_rule_failed', [rule.spec.id], errors)
    }
  }
  for (const rule of plan.permit) {
    const result = evaluateRule(rule, held, request)
    if (result === true) {
      if (errors.length === 0) return rule.decision
      return set.answer('permit', 'permitted_by_rule', [rule.spec.id], errors)
    }
    if (result !== false) note(rule, result)
  }
  if (errors.length === 0) return plan.noApplicableRule
  return set.answer('deny', 'no_applicable_rule', [], errors)
}

/**
 * False: a role is missing or the condition is false. Role and condition are a conjunction, so a
 * failed role does not outweigh a condition that is false.
 */
function evaluateRule(
  rule: CompiledRule,
  held: HeldRoles,
  request: AccessRequest,
): boolean | ConditionFailure {
  const role = rule.roles === null ? true : bestRole(rule.roles, held)
  if (role === false) return false
  const result = rule.condition === null ? true : rule.condition(request)
  return result === true ? role : result
}

function bestRole(roles: readonly number[], held: HeldRoles): boolean | ConditionFailure {
  let failure: number | null = null
  for (const role of roles) {
    const state = held.set.states[role]
    if (state === roleHeld) return true
    if (state === roleFailed && failure === null) failure = role
  }
  if (failure === null) return false
  return { kind: 'failure', message: held.failures?.get(failure) ?? '' }
}

function recordSteps(trace: Trace, set: PolicySet, held: HeldRoles, request: AccessRequest): void {
  const candidates = set.candidatesFor(request.resource.type, request.action.name)
  if (candidates === undefined) return
  recordList(trace, candidates.deny, held, request)
  recordList(trace, candidates.permit, held, request)
}

function recordList(trace: Trace, list: RuleList, held: HeldRoles, request: AccessRequest): void {
  for (const rule of list.all) {
    const { id, location, effect } = rule.spec
    const step = { rule: id, location, effect, message: null }
    if (rule.roles !== null && bestRole(rule.roles, held) === false) {
      trace.record({ ...step, result: 'role_missing' })
      continue
    }
    const result = evaluateRule(rule, held, request)
    if (result === true) trace.record({ ...step, result: 'matched' })
    else if (result === false) trace.record({ ...step, result: 'condition_false' })
    else trace.record({ ...step, result: 'failed', message: result.message })
  }
}
