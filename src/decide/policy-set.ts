import type { AccessRequest } from '../model/access-request.ts'
import type { Decision } from '../model/decision.ts'
import { runAtOnce, type Steps } from '../model/steps.ts'
import { Answers } from './answers.ts'
import { nowhere } from './candidate-table.ts'
import type { Candidates } from './candidates.ts'
import type { PlaceCells } from './place-cells.ts'
import { PolicyChoice } from './policy-choice.ts'
import type { PolicySpec, ResourceSpec, RuleSpec } from './policy-spec.ts'
import type { RoleSet } from './role-set.ts'
import { RoleTable } from './role-table.ts'
import { countRules, RuleIndex } from './rule-index.ts'
import type { CompiledRule } from './rule-list.ts'
import { ScopeTable } from './scope-table.ts'
import { rulesInOrder } from './scoped-rules.ts'

interface Parts {
  readonly ruleCount: number
  readonly scopes: ScopeTable
  readonly choice: PolicyChoice
  readonly roles: RoleTable
  readonly answers: Answers
  readonly index: RuleIndex
}

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
  readonly cells: PlaceCells
  readonly #index: RuleIndex
  #rules: readonly RuleSpec[] | null = null

  private constructor({ digest, resources }: PolicySpec, parts: Parts) {
    this.digest = digest
    this.resources = resources
    this.ruleCount = parts.ruleCount
    this.scopes = parts.scopes
    this.choice = parts.choice
    this.roles = parts.roles
    this.answers = parts.answers
    this.#index = parts.index
    this.cells = parts.index.cells
  }

  /** Resource by resource. */
  static *build(spec: PolicySpec): Steps<PolicySet> {
    const { digest, resources } = spec
    const scopes = new ScopeTable(spec.scopes ?? [])
    const choice = yield* PolicyChoice.build(resources, scopes)
    const roles = new RoleTable(spec.roles, spec, scopes)
    let ruleCount = 0
    for (const resource of resources) {
      yield
      for (const rule of resource.rules) checkRoles(rule, roles)
      ruleCount += countRules(resource)
    }
    const answers = new Answers(digest, ruleCount)
    const compile = (rule: RuleSpec, order: number): CompiledRule => compileRule(rule, order, roles)
    const index = yield* RuleIndex.build(resources, { scopes, answers, compile })
    return new PolicySet(spec, { ruleCount, scopes, choice, roles, answers, index })
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
      case 'scope_missing':
        return this.answers.scopeMissing
      default:
        return this.answers.unknownAction
    }
  }

  candidatesAt(place: number): Candidates {
    return this.#index.candidatesAt(place)
  }

  /** Puts into the cell of the place what these roles leave of the candidates. */
  choosePlan(place: number, roles: RoleSet): void {
    this.#index.choosePlan(place, roles)
  }

  /** What the plans kept at this moment weigh, in rules. */
  get keptPlanWeight(): number {
    return this.#index.keptPlanWeight
  }

  countFailure(rule: string): void {
    this.failureCounts.set(rule, (this.failureCounts.get(rule) ?? 0) + 1)
  }
}

/** What is indexed later must not fail then. */
function checkRoles({ derivedRoles, roles }: RuleSpec, table: RoleTable): void {
  for (const role of roles ?? none) table.idOf(role)
  for (const derived of derivedRoles ?? none) {
    for (const role of derived.roles ?? none) table.idOf(role)
  }
}

function compileRule(spec: RuleSpec, order: number, table: RoleTable): CompiledRule {
  const { condition, derivedRoles, roles } = spec
  const idsOf = (names: readonly string[] | null): readonly number[] | null =>
    names === null ? null : names.map((name) => table.idOf(name))
  return {
    order,
    spec,
    roles: idsOf(roles),
    derivedRoles:
      derivedRoles?.map((derived) => ({
        roles: idsOf(derived.roles),
        condition: derived.condition,
      })) ?? none,
    condition,
    acl: null,
  }
}

export function buildPolicySet(spec: PolicySpec): PolicySet {
  return runAtOnce(PolicySet.build(spec))
}

export function buildPolicySetInSteps(spec: PolicySpec): Steps<PolicySet> {
  return PolicySet.build(spec)
}

/** Shared: with many rules, empty lists of their own would be most of the memory. */
const none: readonly never[] = Object.freeze([])
