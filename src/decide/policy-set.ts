import assert from 'node:assert/strict'
import type { AccessRequest } from '../model/access-request.ts'
import type { Decision, Effect, EvaluationError, ReasonCode } from '../model/decision.ts'
import { runAtOnce, type Steps } from '../model/steps.ts'
import type { Candidates } from './candidates.ts'
import { type Effects, evaluateEffects, hasDynamicEffects } from './effects.ts'
import type { Plan } from './plan.ts'
import { PolicyChoice } from './policy-choice.ts'
import type { PolicySpec, ResourceSpec, RuleSpec } from './policy-spec.ts'
import { stepUpProperties } from './requirement.ts'
import type { RoleSet } from './role-set.ts'
import { RoleTable } from './role-table.ts'
import { RuleIndex } from './rule-index.ts'
import type { CompiledRule } from './rule-list.ts'
import { ScopeTable } from './scope-table.ts'
import { rulesInOrder } from './scoped-rules.ts'

/**
 * What all plans may weigh, counted in rules: past it they are dropped and made again, because the
 * callers of the decision API choose the combinations of roles and memory must not grow with them.
 */
const maxPlanWeight = 1_000_000
/** Of a plan without rules. */
const planWeight = 8

/**
 * Everything `decide` reads, compiled once: by resource type and action, the rules that could apply.
 * What changes are its failure counters and what it keeps to answer faster.
 */
export class PolicySet {
  readonly digest: string
  readonly ruleCount: number
  readonly resources: readonly ResourceSpec[]
  readonly roles: RoleTable
  readonly scopes: ScopeTable
  readonly choice: PolicyChoice
  /** By rule id, how often the rule failed in a decision. */
  readonly failureCounts = new Map<string, number>()
  readonly unknownResourceType: Decision
  readonly unknownAction: Decision
  readonly unknownPolicyVersion: Decision
  readonly unknownScope: Decision
  readonly #index: RuleIndex
  #rules: readonly RuleSpec[] | null = null
  #planWeight = 0

  private constructor(spec: PolicySpec) {
    this.digest = spec.digest
    this.resources = spec.resources
    this.scopes = new ScopeTable(spec.scopes ?? [])
    this.choice = new PolicyChoice(spec.resources, this.scopes)
    this.roles = new RoleTable(spec.roles, spec, this.scopes)
    this.unknownResourceType = this.answer('deny', 'unknown_resource_type', none, none)
    this.unknownAction = this.answer('deny', 'unknown_action', none, none)
    this.unknownPolicyVersion = this.answer('deny', 'unknown_policy_version', none, none)
    this.unknownScope = this.answer('deny', 'unknown_scope', none, none)
    this.ruleCount = spec.resources.reduce((sum, resource) => sum + countRules(resource), 0)
    this.#index = new RuleIndex(spec.resources, {
      scopes: this.scopes,
      noApplicableRule: this.answer('deny', 'no_applicable_rule', none, none),
      compile: (rule, order) => this.#compile(rule, order),
    })
  }

  /** Resource by resource. */
  static *build(spec: PolicySpec): Steps<PolicySet> {
    const set = new PolicySet(spec)
    let order = 0
    for (const resource of spec.resources) {
      yield
      for (const rule of resource.rules) set.#checkRoles(rule)
      yield* set.#index.add(resource, order)
      order += countRules(resource)
    }
    return set
  }

  /** Every rule, in file order; of one resource those of the deepest scopes first. */
  get rules(): readonly RuleSpec[] {
    this.#rules ??= Object.freeze(this.resources.flatMap(rulesInOrder))
    return this.#rules
  }

  get roleNames(): readonly string[] {
    return this.roles.names
  }

  /** Undefined: no policy answers, or it has no such action. */
  candidatesFor(request: AccessRequest): Candidates | undefined {
    const { action, context, resource } = request
    if (!this.choice.isNeeded && context['policy_version'] === undefined) {
      return this.#index.find(resource.type, action.name)
    }
    const chosen = this.choice.find(request)
    if (typeof chosen === 'string') return undefined
    return this.#index.find(chosen.name, action.name)
  }

  /** For a request without candidates. */
  unknown(request: AccessRequest): Decision {
    switch (this.choice.find(request)) {
      case 'unknown_resource_type':
        return this.unknownResourceType
      case 'unknown_policy_version':
        return this.unknownPolicyVersion
      case 'unknown_scope':
        return this.unknownScope
      default:
        return this.unknownAction
    }
  }

  /** What the plans kept at this moment weigh, in rules. */
  get keptPlanWeight(): number {
    return this.#planWeight
  }

  addPlan(candidates: Candidates, roles: RoleSet): Plan {
    if (this.#planWeight >= maxPlanWeight) {
      this.#index.forgetPlans()
      this.#planWeight = 0
    }
    const plan = candidates.addPlan(roles)
    this.#planWeight += planWeight + plan.rules.length
    return plan
  }

  answer(
    effect: Effect,
    reason: ReasonCode,
    rules: readonly string[],
    errors: readonly EvaluationError[],
    { obligations, output }: Effects = noEffects,
  ): Decision {
    return Object.freeze({
      effect,
      reason,
      rules: Object.freeze(rules),
      errors: Object.freeze(errors),
      obligations: obligations.length === 0 ? none : Object.freeze(obligations),
      policyDigest: this.digest,
      ...(output === null ? {} : { output }),
    })
  }

  /** Denied, and would be permitted after a better sign-in. */
  stepUp({ spec }: CompiledRule, errors: readonly EvaluationError[]): Decision {
    assert.ok(spec.requirement !== undefined, `Rule "${spec.id}" requires nothing`)
    const properties = stepUpProperties(spec.requirement)
    const obligations = [Object.freeze({ id: `${spec.id}#step-up`, type: 'step_up', properties })]
    const effects = { obligations, output: null }
    return this.answer('deny', 'step_up_required', [spec.id], errors, effects)
  }

  countFailure(rule: string): void {
    this.failureCounts.set(rule, (this.failureCounts.get(rule) ?? 0) + 1)
  }

  /** What is indexed later must not fail then. */
  #checkRoles({ derivedRoles, roles }: RuleSpec): void {
    for (const role of roles ?? none) this.roles.idOf(role)
    for (const derived of derivedRoles ?? none) {
      for (const role of derived.roles ?? none) this.roles.idOf(role)
    }
  }

  #compile(spec: RuleSpec, order: number): CompiledRule {
    const { condition, derivedRoles, effect, id, requirement, roles } = spec
    const reason = effect === 'permit' ? 'permitted_by_rule' : 'denied_by_rule'
    const isPrebuilt = requirement === undefined && !hasDynamicEffects(spec)
    return {
      order,
      spec,
      roles: this.#idsOf(roles),
      derivedRoles:
        derivedRoles?.map((derived) => ({
          roles: this.#idsOf(derived.roles),
          condition: derived.condition,
        })) ?? none,
      condition,
      acl: null,
      decision: isPrebuilt
        ? this.answer(effect, reason, [id], none, evaluateEffects(spec, null))
        : null,
    }
  }

  #idsOf(roles: readonly string[] | null): readonly number[] | null {
    return roles === null ? null : roles.map((name) => this.roles.idOf(name))
  }
}

function countRules({ rules, scoped }: ResourceSpec): number {
  return (scoped ?? none).reduce((sum, each) => sum + each.rules.length, rules.length)
}

export function buildPolicySet(spec: PolicySpec): PolicySet {
  return runAtOnce(PolicySet.build(spec))
}

export function buildPolicySetInSteps(spec: PolicySpec): Steps<PolicySet> {
  return PolicySet.build(spec)
}

/** Shared: with many rules, empty lists of their own would be most of the memory. */
const none: readonly never[] = Object.freeze([])
const noEffects: Effects = { obligations: none, output: null }
