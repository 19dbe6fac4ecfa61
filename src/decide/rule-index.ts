import assert from 'node:assert/strict'
import type { Steps } from '../model/steps.ts'
import type { Answers } from './answers.ts'
import { CandidateTable, nowhere } from './candidate-table.ts'
import { Candidates } from './candidates.ts'
import { combine, inTurn } from './combine.ts'
import type { PlaceCells } from './place-cells.ts'
import { policyName } from './policy-choice.ts'
import type { ResourceSpec, RuleSpec } from './policy-spec.ts'
import type { RoleSet } from './role-set.ts'
import type { CompiledRule, RuleList } from './rule-list.ts'
import type { Scope, ScopeTable } from './scope-table.ts'
import { rulesByScope, rulesInOrder } from './scoped-rules.ts'

/** Larger resources are indexed ahead: whoever asks about them first should not wait. */
const maxRulesOnDemand = 100

export interface RuleIndexParts {
  readonly scopes: ScopeTable
  readonly answers: Answers
  readonly compile: (rule: RuleSpec, order: number) => CompiledRule
}

/** Of one policy, by action. */
type Lists = ReadonlyMap<string, readonly RuleList[]>

/**
 * The candidates by policy and action. Of a large folder few resources are asked about soon: the
 * small ones are indexed by the first request about them, in some microseconds.
 */
export class RuleIndex {
  readonly #parts: RuleIndexParts
  readonly #table: CandidateTable
  /** By the names of the policies that nobody has asked about, what indexes them. */
  readonly #waiting = new Map<string, () => void>()

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
    if (scoped === undefined && rules.length <= maxRulesOnDemand) {
      for (const rule of rules) checkActions(rule, resource.actions)
      this.#waiting.set(nameOf(resource), () => {
        for (const step of this.#index(resource, start)) assert.ok(step === undefined)
      })
    } else yield* this.#index(resource, start)
  }

  find(name: string, action: string): number {
    const place = this.#table.find(name, action)
    return place === nowhere ? this.#findFirst(name, action) : place
  }

  get cells(): PlaceCells {
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
    waiting()
    return this.#table.find(name, action)
  }

  *#index(resource: ResourceSpec, start: number): Steps<void> {
    const { compile, scopes } = this.#parts
    const compiled: CompiledRule[] = []
    for (const rule of rulesInOrder(resource)) {
      compiled.push(compile(rule, start + compiled.length))
      yield
    }
    const levels = new Map<string | null, Lists>()
    for (const [scope, rules] of rulesByScope(resource, compiled)) {
      yield
      levels.set(scope, listsByAction(resource, rules))
    }
    this.#table.add(nameOf(resource), candidatesOf(resource, [levels.get(null)]))
    for (const { scope } of resource.scoped ?? []) {
      const name = nameOf(resource, scope)
      this.#waiting.set(name, () => {
        const chain = [...upwards(scopes.get(scope)), null].map((each) => levels.get(each))
        this.#table.add(name, candidatesOf(resource, chain))
      })
    }
  }
}

/** The names of a scope and of those above it. */
function* upwards(scope: Scope): Iterable<string> {
  for (let at: Scope | null = scope; at !== null; at = at.parent) yield at.name
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

function listsByAction(
  { actions, combining }: ResourceSpec,
  rules: readonly CompiledRule[],
): Lists {
  const byAction = new Map<string, CompiledRule[]>()
  for (const rule of rules) {
    checkActions(rule.spec, actions)
    for (const action of new Set(rule.spec.actions)) {
      const known = byAction.get(action)
      if (known === undefined) byAction.set(action, [rule])
      else known.push(rule)
    }
  }
  return new Map(
    Array.from(byAction, ([action, own]) => [action, combine(combining ?? 'deny-overrides', own)]),
  )
}

/** Of the policies whose rules count, the deepest scope first. */
function candidatesOf(
  { actions }: ResourceSpec,
  chain: readonly (Lists | undefined)[],
): ReadonlyMap<string, Candidates> {
  return new Map(
    actions.map((action) => {
      const lists = chain.flatMap((each) => [each?.get(action) ?? []]).filter(hasAny)
      return [action, new Candidates(inTurn(lists))]
    }),
  )
}

function hasAny({ length }: readonly RuleList[]): boolean {
  return length > 0
}
