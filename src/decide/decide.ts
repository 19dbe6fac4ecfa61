import type { AccessRequest } from '../model/access-request.ts'
import type { Decision, EvaluationError } from '../model/decision.ts'
import type { ConditionFailure } from './policy-spec.ts'
import type { Candidates, PolicySet } from './policy-set.ts'
import { type HeldRoles, noRoles, roleFailed, roleHeld } from './role-table.ts'
import type { CompiledRule, RoleBuckets, RuleList } from './rule-list.ts'
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
  const actions = set.actionsOf(request.resource.type)
  if (actions === undefined) return set.unknownResourceType
  const candidates = actions.get(request.action.name)
  if (candidates === undefined) return set.unknownAction
  const { deny, permit } = candidates
  const held = deny.needsRoles || permit.needsRoles ? set.roles.held(request.subject) : noRoles
  if (trace !== undefined) {
    recordSteps(trace, deny, held, request)
    recordSteps(trace, permit, held, request)
  }
  const denied = firstMatch(deny, held, request)
  if (denied === failed) return decideWithFailures(set, candidates, held, request)
  if (denied !== null) return denied.decision
  const permitted = firstMatch(permit, held, request)
  if (permitted === failed) return decideWithFailures(set, candidates, held, request)
  return permitted === null ? candidates.noApplicableRule : permitted.decision
}

/** Some rule failed on the way: the answer has to be put together in full. */
const failed = Symbol('failed')

type FirstMatch = CompiledRule | typeof failed | null

function firstMatch(list: RuleList, held: HeldRoles, request: AccessRequest): FirstMatch {
  if (list.buckets !== null) return firstInBuckets(list.buckets, held, request)
  for (const rule of list.all) {
    const result = evaluateRule(rule, held, request)
    if (result === true) return rule
    if (result !== false) return failed
  }
  return null
}

function firstInBuckets(buckets: RoleBuckets, held: HeldRoles, request: AccessRequest): FirstMatch {
  if (held.failures !== null) return failed
  let first: CompiledRule | null = null
  for (const rule of buckets.open) {
    const result = rule.condition === null ? true : rule.condition(request)
    if (result === false) continue
    if (result !== true) return failed
    first = rule
    break
  }
  for (const role of held.ids) {
    const bucket = buckets.byRole.get(role)
    if (bucket === undefined) continue
    for (const rule of bucket) {
      if (first !== null && rule.order >= first.order) break
      const result = rule.condition === null ? true : rule.condition(request)
      if (result === false) continue
      if (result !== true) return failed
      first = rule
      break
    }
  }
  return first
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
    const state = held.states[role]
    if (state === roleHeld) return true
    if (state === roleFailed && failure === null) failure = role
  }
  if (failure === null) return false
  return { kind: 'failure', message: held.failures?.get(failure) ?? '' }
}

function decideWithFailures(
  set: PolicySet,
  { deny, permit, noApplicableRule }: Candidates,
  held: HeldRoles,
  request: AccessRequest,
): Decision {
  const errors: EvaluationError[] = []
  const note = (rule: CompiledRule, failure: ConditionFailure): void => {
    set.countFailure(rule.order)
    errors.push(Object.freeze({ rule: rule.spec.id, message: failure.message }))
  }
  for (const rule of deny.candidatesFor(held)) {
    const result = evaluateRule(rule, held, request)
    if (result === true) return rule.decision
    if (result !== false) {
      note(rule, result)
      return set.answer('deny', 'deny_rule_failed', [rule.spec.id], errors)
    }
  }
  for (const rule of permit.candidatesFor(held)) {
    const result = evaluateRule(rule, held, request)
    if (result === true) {
      if (errors.length === 0) return rule.decision
      return set.answer('permit', 'permitted_by_rule', [rule.spec.id], errors)
    }
    if (result !== false) note(rule, result)
  }
  if (errors.length === 0) return noApplicableRule
  return set.answer('deny', 'no_applicable_rule', [], errors)
}

function recordSteps(trace: Trace, list: RuleList, held: HeldRoles, request: AccessRequest): void {
  for (const rule of list.all) {
    const role = rule.roles === null ? true : bestRole(rule.roles, held)
    const { id, location, effect } = rule.spec
    const step = { rule: id, location, effect, message: null }
    if (role === false) {
      trace.record({ ...step, result: 'role_missing' })
      continue
    }
    const result = evaluateRule(rule, held, request)
    if (result === true) trace.record({ ...step, result: 'matched' })
    else if (result === false) trace.record({ ...step, result: 'condition_false' })
    else trace.record({ ...step, result: 'failed', message: result.message })
  }
}
