import assert from 'node:assert/strict'
import type { Effect } from '../model/decision.ts'
import type { Steps } from '../model/steps.ts'
import { AclIndex } from './acl-index.ts'
import type { Answers } from './answers.ts'
import { CandidateTable, nowhere } from './candidate-table.ts'
import { Candidates } from './candidates.ts'
import { combine } from './combine.ts'
import type { PlanCells } from './plan-cells.ts'
import { policyName } from './policy-choice.ts'
import type { ResourceSpec, RuleSpec } from './policy-spec.ts'
import type { RoleSet } from './role-set.ts'
import type { CompiledRule } from './rule-list.ts'
import type { ScopeTable } from './scope-table.ts'
import { ScopedRules, rulesInOrder } from './scoped-rules.ts'

/** Larger resources are indexed ahead: whoever asks about them first should not wait. */
const maxRulesOnDemand = 100

export interface RuleIndexParts {
  readonly scopes: ScopeTable
  readonly answers: Answers
  readonly compile: (rule: RuleSpec, order: number) => CompiledRule
}

interface Waiting {
  readonly resource: ResourceSpec
  /** Position of its first rule in the set. */
  readonly start: number
}

/**
 * The candidates by policy and action. Of a large folder few resources are asked about soon: the
 * small ones are indexed by the first request about them, in some microseconds.
 */
export class RuleIndex {
  readonly #parts: RuleIndexParts
  readonly #table: CandidateTable
  /** By the names of its policies. */
  readonly #waiting = new Map<string, Waiting>()

  private constructor(parts: RuleIndexParts, table: CandidateTable) {
    this.#parts = parts
    this.#table = table
  }

  static *build(resources: readonly ResourceSpec[], parts: RuleIndexParts): Steps<RuleIndex> {
    const rows: { readonly name: string; readonly actions: readonly string[] }[] = []
    for (const resource of resources) {
      yield
      for (const scope of scopesOf(resource)) {
        rows.push({ name: nameOf(resource, scope), actions: resource.actions })
      }
    }
    const index = new RuleIndex(parts, yield* CandidateTable.build(rows))
    let order = 0
    for (const resource of resources) {
      yield
      yield* index.#add(resource, order)
      order += countRules(resource)
    }
    return index
  }

  *#add(resource: ResourceSpec, start: number): Steps<void> {
    const { rules, scoped } = resource
    const waiting = { resource, start }
    if (scoped === undefined && rules.length <= maxRulesOnDemand) {
      for (const rule of rules) checkActions(rule, resource.actions)
      this.#waiting.set(nameOf(resource), waiting)
    } else yield* this.#index(waiting)
  }

  find(name: string, action: string): number {
    const place = this.#table.find(name, action)
    return place === nowhere ? this.#findFirst(name, action) : place
  }

  get cells(): PlanCells {
    return this.#table.cells
  }

  candidatesAt(place: number): Candidates {
    return this.#table.candidatesAt(place)
  }

  /** Puts into the cell what these roles leave of the candidates. */
  choosePlan(place: number, roles: RoleSet): void {
    this.#table.choosePlan(place, roles, this.#parts.answers)
  }

  get keptPlanWeight(): number {
    return this.#table.keptPlanWeight
  }

  #findFirst(name: string, action: string): number {
    const waiting = this.#waiting.get(name)
    if (waiting === undefined) return nowhere
    this.#waiting.delete(name)
    for (const step of this.#index(waiting)) assert.ok(step === undefined)
    return this.#table.find(name, action)
  }

  *#index({ resource, start }: Waiting): Steps<void> {
    const { compile, scopes } = this.#parts
    const compiled: CompiledRule[] = []
    for (const rule of rulesInOrder(resource)) {
      compiled.push(compile(rule, start + compiled.length))
      yield
    }
    const rules = new ScopedRules(resource, compiled, scopes)
    for (const scope of scopesOf(resource)) {
      yield
      const actions = indexActions(resource, rules.inScope(scope))
      this.#table.add(nameOf(resource, scope), actions)
    }
  }
}

function nameOf({ type, version }: ResourceSpec, scope: string | null = null): string {
  return policyName(type, version, scope)
}

export function countRules({ rules, scoped = [] }: ResourceSpec): number {
  return scoped.reduce((sum, each) => sum + each.rules.length, rules.length)
}

/** The root is null. */
function scopesOf({ scoped }: ResourceSpec): readonly (string | null)[] {
  return [null, ...(scoped ?? []).map(({ scope }) => scope)]
}

function checkActions({ actions, id }: RuleSpec, declared: readonly string[]): void {
  for (const action of actions) {
    if (!declared.includes(action)) assert.fail(`Action "${action}" of "${id}" is not declared`)
  }
}

function indexActions(
  resource: ResourceSpec,
  rules: readonly CompiledRule[],
): ReadonlyMap<string, Candidates> {
  const byAction = new Map<string, CompiledRule[]>()
  for (const action of resource.actions) byAction.set(action, [])
  for (const rule of rules) {
    checkActions(rule.spec, resource.actions)
    for (const action of new Set(rule.spec.actions)) byAction.get(action)?.push(rule)
  }
  const index = new Map<string, Candidates>()
  for (const [action, list] of byAction) {
    const lists = combine(resource.combining ?? 'deny-overrides', gatherEntries(list))
    index.set(action, new Candidates(lists))
  }
  return index
}

/** Entries of access control lists are asked after the rules, all of one effect at once. */
function gatherEntries(rules: readonly CompiledRule[]): readonly CompiledRule[] {
  const entries = rules.filter(({ spec }) => spec.acl !== undefined)
  if (entries.length === 0) return rules
  const gathered = (effect: Effect, offset: number): readonly CompiledRule[] => {
    const own = entries.filter(({ spec }) => spec.effect === effect)
    const [first] = own
    if (first === undefined) return []
    const order = (rules.at(-1)?.order ?? 0) + offset
    const acl = new AclIndex(own)
    return [{ ...first, order, roles: null, derivedRoles: [], acl }]
  }
  const plain = rules.filter(({ spec }) => spec.acl === undefined)
  return [...plain, ...gathered('deny', 0.25), ...gathered('permit', 0.5)]
}
