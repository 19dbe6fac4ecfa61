import assert from 'node:assert/strict'
import type { AccessRequest } from '../model/access-request.ts'
import type { Decision, EvaluationError } from '../model/decision.ts'
import { AclIndex, isExpired } from './acl-index.ts'
import { applies, holdsOne } from './applicability.ts'
import { nowhere } from './candidate-table.ts'
import type { Candidates } from './candidates.ts'
import { evaluateEffects } from './effects.ts'
import { beginDecision } from './once-per-decision.ts'
import { noEntry } from './place-cells.ts'
import type { Step } from './plan.ts'
import type { PolicySet } from './policy-set.ts'
import type { Condition } from './policy-spec.ts'
import { meetsRequirement } from './requirement.ts'
import type { RoleSet } from './role-set.ts'
import type { CompiledRule, EntryIndex } from './rule-list.ts'
import type { Trace, TraceStep } from './trace.ts'

/**
 * One request against one policy set: pure, synchronous, total. Deny by default; the first rule that
 * applies decides, in the order of the combining algorithm. A deny rule that fails has applied, a
 * permit rule that fails has not, and either failure is told in `errors`.
 *
 * The answer is a frozen object kept by the set unless a failure is to be told or the deciding rule
 * says something about this very request. With a trace every candidate rule is evaluated and
 * recorded; the answer is the same.
 */
export function decide(set: PolicySet, request: AccessRequest, trace?: Trace): Decision {
  const place = set.placeOf(request)
  if (place === nowhere) return set.unknown(request)
  const { cells } = set
  const start = cells.start(place)
  // Read ahead of the roles: with very many rules neither is in the cache, and both come at once.
  if (cells.isEmpty(start)) return set.answers.noApplicableRule
  beginDecision()
  const roles = set.roles.heldTowards(request)
  if (trace !== undefined) recordSteps(trace, set, set.candidatesAt(place), roles, request)
  if (cells.isPlan(start)) return decideByPlan(set, place, roles, request)
  // Every rule that asks for a role that could not be determined has to tell.
  if (roles.hasFailed) return decideSlowly(set, set.candidatesAt(place).ordered, 0, roles, request)
  let lastFalse: Condition<AccessRequest> | null = null
  let entry = cells.findHeld(start, 0, roles)
  while (entry !== noEntry) {
    const condition = cells.conditionOf(start, entry)
    // A rule that names several roles stands once for each of them.
    if (condition === null || condition !== lastFalse) {
      const result = condition === null ? true : condition(request)
      if (result !== false) {
        const answer = result === true ? cells.answerOf(start, entry) : null
        return answer ?? decideFromEntry(set, place, entry, roles, request)
      }
      lastFalse = condition
    }
    entry = cells.findHeld(start, entry + 1, roles)
  }
  return set.answers.noApplicableRule
}

/** Where the rule of this entry failed or its answer is not known; those before it do not apply. */
function decideFromEntry(
  set: PolicySet,
  place: number,
  entry: number,
  roles: RoleSet,
  request: AccessRequest,
): Decision {
  const candidates = set.candidatesAt(place)
  const at = candidates.positionOf(entry)
  const rule = candidates.ordered[at]
  assert.ok(rule !== undefined, 'The place has no such rule')
  const decision = decideSlowly(set, candidates.ordered, at, roles, request)
  const isSettled = decision === set.answers.settled(rule)
  if (isSettled) set.cells.keepAnswer(set.cells.start(place), entry, decision)
  return decision
}

function decideByPlan(
  set: PolicySet,
  place: number,
  roles: RoleSet,
  request: AccessRequest,
): Decision {
  const { cells } = set
  const start = cells.start(place)
  if (cells.planRoles(start) !== roles) set.choosePlan(place, roles)
  // All at once: reading an attribute may run code of the caller, and that may decide in between.
  const first = cells.plan(start)
  const answer = cells.planAnswer(start)
  const condition = cells.planCondition(start)
  const result = condition === null ? true : condition(request)
  if (result === false) return decideLater(set, first, request)
  return (result === true ? answer : null) ?? decideFromStep(set, first, request)
}

/** Where the first step of a plan does not apply. */
function decideLater(set: PolicySet, first: Step | null, request: AccessRequest): Decision {
  for (let step = first?.next ?? null; step !== null; step = step.next) {
    const { condition } = step
    const result = condition === null ? true : condition(request)
    if (result === false) continue
    const answer = result === true ? step.answer : null
    return answer ?? decideFromStep(set, step, request)
  }
  return set.answers.noApplicableRule
}

function decideFromStep(set: PolicySet, step: Step | null, request: AccessRequest): Decision {
  assert.ok(step !== null, 'The plan has no steps')
  return decideSlowly(set, step.rules, step.at, step.roles, request)
}

/**
 * From the first rule on that failed or whose answer is put together for the request; those before
 * it do not apply.
 */
function decideSlowly(
  set: PolicySet,
  rules: readonly CompiledRule[],
  start: number,
  roles: RoleSet,
  request: AccessRequest,
): Decision {
  const errors: EvaluationError[] = []
  /** The first permit that a better sign-in would make count. */
  let stepUp: CompiledRule | null = null
  for (let at = start; at < rules.length; at++) {
    const asked = rules[at]
    if (asked === undefined) break
    const result = applies(asked, roles, set.roles, request)
    if (result === false) continue
    const rule = asked.acl?.find(request, roles)?.rule ?? asked
    const { effect, id, requirement } = rule.spec
    if (result !== true) {
      fail(set, rule, result.message, errors)
      if (effect === 'permit') continue
      if (stepUp !== null) return set.answers.stepUp(stepUp, errors)
      return set.answers.make('deny', 'deny_rule_failed', [id], errors)
    }
    if (requirement !== undefined && !meetsRequirement(requirement, request)) {
      stepUp ??= rule
      continue
    }
    if (effect === 'deny' && stepUp !== null) break
    const decision = settle(set, rule, request, errors)
    if (decision !== null) return decision
  }
  if (stepUp !== null) return set.answers.stepUp(stepUp, errors)
  if (errors.length === 0) return set.answers.noApplicableRule
  return set.answers.make('deny', 'no_applicable_rule', [], errors)
}

/** The answer of a rule that applies; null: a permit whose obligations cannot be stated. */
function settle(
  set: PolicySet,
  rule: CompiledRule,
  request: AccessRequest,
  errors: EvaluationError[],
): Decision | null {
  const settled = errors.length === 0 ? set.answers.settled(rule) : null
  if (settled !== null) return settled
  const { effect, id } = rule.spec
  const effects = evaluateEffects(rule.spec, request)
  const { obligationFailure, outputFailure } = effects
  if (obligationFailure !== null) {
    fail(set, rule, obligationFailure, errors)
    if (effect === 'permit') return null
  }
  if (outputFailure !== null) fail(set, rule, outputFailure, errors)
  const reason = effect === 'permit' ? 'permitted_by_rule' : 'denied_by_rule'
  return set.answers.make(effect, reason, [id], errors, effects)
}

function fail(
  set: PolicySet,
  { spec }: CompiledRule,
  message: string,
  errors: EvaluationError[],
): void {
  set.countFailure(spec.id)
  errors.push(Object.freeze({ rule: spec.id, message }))
}

function recordSteps(
  trace: Trace,
  set: PolicySet,
  candidates: Candidates,
  roles: RoleSet,
  request: AccessRequest,
): void {
  for (const rule of candidates.rules) {
    if (rule.acl !== null) recordEntries(trace, rule.acl, roles, request)
    else trace.record(stepOf(set, rule, roles, request))
  }
}

function stepOf(
  set: PolicySet,
  rule: CompiledRule,
  roles: RoleSet,
  request: AccessRequest,
): TraceStep {
  const { id, location, effect, requirement } = rule.spec
  const step = { rule: id, location, effect, message: null }
  if (holdsOne(rule, roles, set.roles, request) === false)
    return { ...step, result: 'role_missing' }
  const result = applies(rule, roles, set.roles, request)
  if (result === false) return { ...step, result: 'condition_false' }
  if (result !== true) return { ...step, result: 'failed', message: result.message }
  if (requirement !== undefined && !meetsRequirement(requirement, request)) {
    return { ...step, result: 'step_up' }
  }
  return { ...step, result: 'matched' }
}

/** Of thousands of entries those about the resource. */
function recordEntries(
  trace: Trace,
  acl: EntryIndex,
  roles: RoleSet,
  request: AccessRequest,
): void {
  for (const rule of acl.about(request)) {
    const { id, location, effect } = rule.spec
    const step = { rule: id, location, effect, message: null }
    const found = isExpired(rule, request) ? null : new AclIndex([rule]).find(request, roles)
    if (isExpired(rule, request)) trace.record({ ...step, result: 'expired' })
    else if (found === null) trace.record({ ...step, result: 'not_listed' })
    else if (found.failure === null) trace.record({ ...step, result: 'matched' })
    else trace.record({ ...step, result: 'failed', message: found.failure.message })
  }
}
