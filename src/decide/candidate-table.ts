import assert from 'node:assert/strict'
import type { Steps } from '../model/steps.ts'
import type { Answers } from './answers.ts'
import type { Candidates } from './candidates.ts'
import { type Step, buildPlan } from './plan.ts'
import { PlaceCells } from './place-cells.ts'
import type { RoleSet } from './role-set.ts'

/** Empty places per full one that the faster form may have, and how many do not matter. */
const maxEmptyPerFull = 3
const smallTable = 4_096
/**
 * What all plans may weigh, counted in rules: past it they are dropped and made again, because the
 * callers of the decision API choose the combinations of roles and memory must not grow with them.
 */
const maxPlanWeight = 1_000_000
/** Of a plan without rules. */
const planWeight = 8

/** Where nothing is: no such policy, or no such action in it. */
export const nowhere = -1

interface Row {
  readonly name: string
  readonly actions: readonly string[]
}

/**
 * Candidates by policy and action. Each pair has a place: policies have rows with a column for each
 * action of any, or columns of their own where most would be empty.
 */
export class CandidateTable {
  /** Where the row of a policy begins. */
  readonly #rows = new Map<string, number>()
  readonly #columns: ReadonlyMap<string, number>
  /** By where their row begins, of policies with columns of their own; null: the others are shared. */
  readonly #ownColumns: Map<number, ReadonlyMap<string, number>> | null
  readonly #candidates: (Candidates | undefined)[] = []
  readonly cells: PlaceCells
  #planWeight = 0

  private constructor(columns: ReadonlyMap<string, number>, isSparse: boolean, places: number) {
    this.#columns = columns
    this.cells = new PlaceCells(places)
    this.#ownColumns = isSparse ? new Map() : null
  }

  static *build(rows: readonly Row[]): Steps<CandidateTable> {
    const columns = new Map<string, number>()
    let full = 0
    for (const { actions } of rows) {
      yield
      full += actions.length
      for (const action of actions) if (!columns.has(action)) columns.set(action, columns.size)
    }
    const places = rows.length * columns.size
    const isSparse = places > smallTable && places > full * (1 + maxEmptyPerFull)
    const table = new CandidateTable(columns, isSparse, isSparse ? full : places)
    // The names lie where they were read, far from each other; of copies, those that one look-up
    // compares are side by side.
    const names = JSON.parse(JSON.stringify(rows.map(({ name }) => name))) as readonly string[]
    for (const [at, name] of names.entries()) {
      yield
      table.#reserve(name, isSparse ? (rows[at]?.actions.length ?? 0) : columns.size)
    }
    return table
  }

  #reserve(name: string, places: number): void {
    this.#rows.set(name, this.#candidates.length)
    for (let at = 0; at < places; at += 1) this.#candidates.push(undefined)
  }

  /** What the plans kept at this moment weigh, in rules. */
  get keptPlanWeight(): number {
    return this.#planWeight
  }

  add(name: string, byAction: ReadonlyMap<string, Candidates>): void {
    const row = this.#rows.get(name)
    assert.ok(row !== undefined, `The table has no row for "${name}"`)
    const own = [...byAction.keys()].map((action, at) => [action, at] as const)
    this.#ownColumns?.set(row, new Map(own))
    for (const [action, candidates] of byAction) {
      const place = row + (this.#columnsOf(row)?.get(action) ?? 0)
      this.#candidates[place] = candidates
      this.cells.add(place, candidates)
    }
  }

  /** `nowhere` also where nothing has been added yet. */
  find(name: string, action: string): number {
    const row = this.#rows.get(name)
    if (row === undefined) return nowhere
    const column = this.#columnsOf(row)?.get(action)
    if (column === undefined) return nowhere
    return this.cells.has(row + column) ? row + column : nowhere
  }

  #columnsOf(row: number): ReadonlyMap<string, number> | undefined {
    return this.#ownColumns === null ? this.#columns : this.#ownColumns.get(row)
  }

  candidatesAt(place: number): Candidates {
    const candidates = this.#candidates[place]
    assert.ok(candidates !== undefined, 'Nothing is at this place')
    return candidates
  }

  /** Puts into the cell what these roles leave of the candidates. */
  choosePlan(place: number, roles: RoleSet, answers: Answers): void {
    const plan = this.candidatesAt(place).plan(roles) ?? this.#addPlan(place, roles, answers)
    this.cells.putPlan(this.cells.start(place), plan)
  }

  #addPlan(place: number, roles: RoleSet, answers: Answers): Step {
    if (this.#planWeight >= maxPlanWeight) this.#forgetPlans()
    const candidates = this.candidatesAt(place)
    const plan = buildPlan(candidates.lists, roles, answers)
    const latest = this.cells.plan(this.cells.start(place))
    if (latest !== null) candidates.keepPlan(plan, latest)
    this.#planWeight += planWeight + plan.rules.length
    return plan
  }

  #forgetPlans(): void {
    for (const candidates of this.#candidates) candidates?.forgetPlans()
    this.cells.forgetPlans()
    this.#planWeight = 0
  }
}
