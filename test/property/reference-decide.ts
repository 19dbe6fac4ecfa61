import type { AccessRequest, Subject } from '../../src/model/access-request.ts'
import {
  ReferenceFailure,
  namesOfRequest,
  namesOfSubject,
  referenceCondition,
} from './reference-expression.ts'

export interface RoleModel {
  readonly name: string
  readonly inherits: readonly string[]
  readonly when: string | null
}

export interface RuleModel {
  readonly id: string
  readonly effect: 'permit' | 'deny'
  readonly actions: readonly string[]
  readonly roles: readonly string[] | null
  readonly when: string | null
}

export interface PolicyModel {
  readonly roles: readonly RoleModel[]
  readonly resources: readonly {
    readonly type: string
    readonly actions: readonly string[]
    readonly rules: readonly RuleModel[]
  }[]
}

export interface ReferenceDecision {
  readonly effect: 'permit' | 'deny'
  readonly reason: string
  readonly rules: readonly string[]
  /** Ids of the rules that failed on the way. */
  readonly errors: readonly string[]
}

type Outcome = 'yes' | 'no' | 'failed'

/** What `docs` and design say about deciding, rule by rule and without any index. */
export function referenceDecide(policy: PolicyModel, request: AccessRequest): ReferenceDecision {
  const resource = policy.resources.find(({ type }) => type === request.resource.type)
  if (resource === undefined) return deny('unknown_resource_type')
  if (!resource.actions.includes(request.action.name)) return deny('unknown_action')
  const spoken = resource.rules.filter(({ actions }) => actions.includes(request.action.name))
  const outcomeOf = (rule: RuleModel): Outcome =>
    both(rolesOutcome(policy, rule.roles, request.subject), conditionOutcome(rule.when, request))
  for (const rule of spoken.filter(({ effect }) => effect === 'deny')) {
    const outcome = outcomeOf(rule)
    if (outcome === 'yes') return deny('denied_by_rule', [rule.id])
    if (outcome === 'failed') return deny('deny_rule_failed', [rule.id], [rule.id])
  }
  const errors: string[] = []
  for (const rule of spoken.filter(({ effect }) => effect === 'permit')) {
    const outcome = outcomeOf(rule)
    if (outcome === 'yes') {
      return { effect: 'permit', reason: 'permitted_by_rule', rules: [rule.id], errors }
    }
    if (outcome === 'failed') errors.push(rule.id)
  }
  return deny('no_applicable_rule', [], errors)
}

export function referenceRoles(policy: PolicyModel, subject: Subject): readonly string[] {
  const held = policy.roles.filter(({ name }) => roleOutcome(policy, name, subject) === 'yes')
  return held.map(({ name }) => name)
}

function deny(
  reason: string,
  rules: readonly string[] = [],
  errors: readonly string[] = [],
): ReferenceDecision {
  return { effect: 'deny', reason, rules, errors }
}

function both(a: Outcome, b: Outcome): Outcome {
  if (a === 'no' || b === 'no') return 'no'
  return a === 'failed' || b === 'failed' ? 'failed' : 'yes'
}

function any(outcomes: readonly Outcome[]): Outcome {
  if (outcomes.includes('yes')) return 'yes'
  return outcomes.includes('failed') ? 'failed' : 'no'
}

function conditionOutcome(when: string | null, request: AccessRequest): Outcome {
  return when === null ? 'yes' : outcome(referenceCondition(when, namesOfRequest(request)))
}

function rolesOutcome(
  policy: PolicyModel,
  roles: readonly string[] | null,
  subject: Subject,
): Outcome {
  return roles === null ? 'yes' : any(roles.map((name) => roleOutcome(policy, name, subject)))
}

/** A role is held when its own condition says so or that of a role which brings it along. */
function roleOutcome(policy: PolicyModel, name: string, subject: Subject): Outcome {
  const granting = new Set([name])
  for (const granted of granting) {
    for (const role of policy.roles) if (role.inherits.includes(granted)) granting.add(role.name)
  }
  const conditions = policy.roles.filter((role) => granting.has(role.name))
  return any(
    conditions.map(({ when }) =>
      when === null ? 'no' : outcome(referenceCondition(when, namesOfSubject(subject))),
    ),
  )
}

function outcome(result: boolean | ReferenceFailure): Outcome {
  if (result instanceof ReferenceFailure) return 'failed'
  return result ? 'yes' : 'no'
}
