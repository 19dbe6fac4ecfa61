import assert from 'node:assert/strict'
import type { Decision, Effect, EvaluationError, ReasonCode } from '../model/decision.ts'
import type { PolicySpec, ResourceSpec, RuleSpec } from './policy-spec.ts'
import { Candidates } from './candidates.ts'
import type { Plan } from './plan.ts'
import type { RoleSet } from './role-set.ts'
import { RoleTable } from './role-table.ts'
import { type CompiledRule, RuleList } from './rule-list.ts'

/** Plans beyond this many are dropped and made again: memory must not grow with requests. */
const maxPlans = 100_000

/**
 * Everything `decide` reads, compiled once: by resource type and action, the rules that could apply.
 * What changes are its failure counters and what it keeps to answer faster.
 */
export class PolicySet {
  readonly digest: string
  readonly ruleCount: number
  /** Every rule, in file order. */
  readonly rules: readonly RuleSpec[]
  readonly resources: readonly ResourceSpec[]
  readonly roles: RoleTable
  /** Per rule, by position in `rules`, how often it failed in a decision. */
  readonly failureCounts: Float64Array
  readonly unknownResourceType: Decision
  readonly unknownAction: Decision
  /** Action names by number: one small table that every resource type shares. */
  readonly #actionIds = new Map<string, number>()
  /** By resource type, then by action number; sparse. */
  readonly #index = new Map<string, readonly (Candidates | undefined)[]>()
  #planCount = 0

  constructor(spec: PolicySpec) {
    this.digest = spec.digest
    this.resources = spec.resources
    this.roles = new RoleTable(spec.roles)
    this.unknownResourceType = this.answer('deny', 'unknown_resource_type', none, none)
    this.unknownAction = this.answer('deny', 'unknown_action', none, none)
    const noApplicableRule = this.answer('deny', 'no_applicable_rule', none, none)
    const rules: RuleSpec[] = []
    for (const resource of spec.resources) {
      assert.ok(!this.#index.has(resource.type), `Resource "${resource.type}" is declared twice`)
      const compiled = resource.rules.map((rule, at) => this.#compile(rule, rules.length + at))
      rules.push(...resource.rules)
      this.#index.set(resource.type, this.#indexActions(resource, compiled, noApplicableRule))
    }
    this.rules = Object.freeze(rules)
    this.ruleCount = rules.length
    this.failureCounts = new Float64Array(rules.length)
  }

  get roleNames(): readonly string[] {
    return this.roles.names
  }

  /** Undefined: no such resource type, or no such action on it. */
  candidatesFor(resourceType: string, action: string): Candidates | undefined {
    const id = this.#actionIds.get(action)
    return id === undefined ? undefined : this.#index.get(resourceType)?.[id]
  }

  /** For a request without candidates. */
  unknown(resourceType: string): Decision {
    return this.#index.has(resourceType) ? this.unknownAction : this.unknownResourceType
  }

  addPlan(candidates: Candidates, roles: RoleSet): Plan {
    if (this.#planCount >= maxPlans) {
      for (const actions of this.#index.values()) {
        for (const each of actions) each?.forgetPlans()
      }
      this.#planCount = 0
    }
    this.#planCount += 1
    return candidates.addPlan(roles)
  }

  answer(
    effect: Effect,
    reason: ReasonCode,
    rules: readonly string[],
    errors: readonly EvaluationError[],
  ): Decision {
    return Object.freeze({
      effect,
      reason,
      rules: Object.freeze(rules),
      errors: Object.freeze(errors),
      obligations: none,
      policyDigest: this.digest,
    })
  }

  countFailure(order: number): void {
    this.failureCounts[order] = (this.failureCounts[order] ?? 0) + 1
  }

  #indexActions(
    resource: ResourceSpec,
    rules: readonly CompiledRule[],
    noApplicableRule: Decision,
  ): readonly (Candidates | undefined)[] {
    const byAction = new Map<string, { deny: CompiledRule[]; permit: CompiledRule[] }>()
    for (const action of resource.actions) byAction.set(action, { deny: [], permit: [] })
    for (const rule of rules) {
      for (const action of new Set(rule.spec.actions)) {
        const lists = byAction.get(action)
        assert.ok(lists !== undefined, `Action "${action}" of "${rule.spec.id}" is not declared`)
        lists[rule.spec.effect].push(rule)
      }
    }
    const index: (Candidates | undefined)[] = []
    for (const [action, { deny, permit }] of byAction) {
      const id = this.#actionIds.get(action) ?? this.#actionIds.size
      this.#actionIds.set(action, id)
      index[id] = new Candidates(new RuleList(deny), new RuleList(permit), noApplicableRule)
    }
    return index
  }

  #compile(spec: RuleSpec, order: number): CompiledRule {
    const reason = spec.effect === 'permit' ? 'permitted_by_rule' : 'denied_by_rule'
    return {
      order,
      spec,
      roles: spec.roles === null ? null : spec.roles.map((name) => this.roles.idOf(name)),
      condition: spec.condition,
      decision: this.answer(spec.effect, reason, [spec.id], none),
    }
  }
}

export function buildPolicySet(spec: PolicySpec): PolicySet {
  return new PolicySet(spec)
}

/** Shared: with many rules, empty lists of their own would be most of the memory. */
const none: readonly never[] = Object.freeze([])
