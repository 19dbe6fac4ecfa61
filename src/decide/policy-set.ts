import type { AccessRequest } from '../model/access-request.ts'
import type { Decision } from '../model/decision.ts'
import { runAtOnce, type Steps } from '../model/steps.ts'
import { Answers } from './answers.ts'
import { nowhere } from './candidate-table.ts'
import type { Candidates } from './candidates.ts'
import type { Step } from './plan.ts'
import { PolicyChoice } from './policy-choice.ts'
import type { PolicySpec, ResourceSpec, RuleSpec } from './policy-spec.ts'
import type { RoleSet } from './role-set.ts'
import { RoleTable } from './role-table.ts'
import { RuleIndex } from './rule-index.ts'
import type { CompiledRule } from './rule-list.ts'
import { ScopeTable } from './scope-table.ts'
import { rulesInOrder } from './scoped-rules.ts'

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
  readonly answers: Answers
  readonly #index: RuleIndex
  #rules: readonly RuleSpec[] | null = null

  private constructor(spec: PolicySpec) {
    this.digest = spec.digest
    this.resources = spec.resources
    this.scopes = new ScopeTable(spec.scopes ?? [])
    this.choice = new PolicyChoice(spec.resources, this.scopes)
    this.roles = new RoleTable(spec.roles, spec, this.scopes)
    this.ruleCount = spec.resources.reduce((sum, resource) => sum + countRules(resource), 0)
    this.answers = new Answers(spec.digest, this.ruleCount)
    this.#index = new RuleIndex(spec.resources, {
      scopes: this.scopes,
      answers: this.answers,
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

  /** Where the candidates for a request are; `nowhere`: no policy answers, or it has no such action. */
  placeOf(request: AccessRequest): number {
    const { action, context, resource } = request
    if (!this.choice.isNeeded && context['policy_version'] === undefined) {
      return this.#index.find(resource.type, action.name)
    }
    const chosen = this.choice.find(request)
    if (typeof chosen === 'string') return nowhere
    return this.#index.find(chosen.name, action.name)
  }

  /** For a request without candidates. */
  unknown(request: AccessRequest): Decision {
    switch (this.choice.find(request)) {
      case 'unknown_resource_type':
        return this.answers.unknownResourceType
      case 'unknown_policy_version':
        return this.answers.unknownPolicyVersion
      case 'unknown_scope':
        return this.answers.unknownScope
      default:
        return this.answers.unknownAction
    }
  }

  candidatesAt(place: number): Candidates {
    return this.#index.candidatesAt(place)
  }

  /** The first step of what these roles leave of the candidates. */
  plan(place: number, roles: RoleSet): Step {
    return this.#index.plan(place, roles)
  }

  /** What the plans kept at this moment weigh, in rules. */
  get keptPlanWeight(): number {
    return this.#index.keptPlanWeight
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
    const { condition, derivedRoles, roles } = spec
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
