import type { AccessRequest } from '../model/access-request.ts'
import type { Decision } from '../model/decision.ts'
import type { Candidates } from './candidates.ts'
import type { Step } from './plan.ts'
import type { Condition } from './policy-spec.ts'
import type { RoleSet } from './role-set.ts'

/**
 * Places with more rules, each counted once for each role it names, are asked by plan: from there on
 * it costs less to look up what a combination of roles leaves of them than to look through them.
 */
export const maxScanned = 32

/** Instead of the number of a role. */
const everyone = -1

/** Instead of where a cell begins, where there are no candidates. Less: what is there is a plan. */
const nothing = -1

/** Instead of an entry, when there is none. */
export const noEntry = -1

/** Words of a plan: for whom it is, what its first step holds, and the step. */
const planWidth = 4

type EntryWord = number | Condition<AccessRequest> | Decision | null
type PlanWord = RoleSet | Condition<AccessRequest> | Decision | Step | null

/**
 * By place, what is read to decide there. With very many rules a decision costs the cache lines and
 * pages it reads one after the other, so all of a place lies side by side: how many entries there
 * are, the roles they ask for in the order in which they are asked, and then the condition and the
 * answer of each. Where the rules are too many, or ask for more than a role, it is the plan that was
 * asked for last.
 */
export class PlaceCells {
  readonly #starts: Int32Array
  readonly #entries: EntryWord[] = []
  readonly #plans: PlanWord[] = []

  constructor(places: number) {
    this.#starts = new Int32Array(places).fill(nothing)
  }

  /** Whether there are candidates at the place. */
  has(place: number): boolean {
    return this.#starts[place] !== nothing
  }

  /** Where the cell of a place with candidates begins: its first entry, or its plan. */
  start(place: number): number {
    return this.#starts[place] ?? nothing
  }

  isPlan(cell: number): boolean {
    return cell < nothing
  }

  /** There are no rules. */
  isEmpty(cell: number): boolean {
    return !this.isPlan(cell) && this.#entries[cell] === 0
  }

  add(place: number, candidates: Candidates): void {
    if (!isScannable(candidates)) {
      this.#starts[place] = nothing - 1 - this.#plans.length / planWidth
      this.#plans.push(null, null, null, null)
      return
    }
    this.#starts[place] = this.#entries.length
    const wanted: number[] = []
    const words: EntryWord[] = []
    for (const { condition, roles } of candidates.rules) {
      for (const role of roles ?? [everyone]) {
        wanted.push(role)
        words.push(condition, null)
      }
    }
    this.#entries.push(wanted.length, ...wanted, ...words)
  }

  /** The number of the first entry from this one on whose role is held, or `noEntry`. */
  findHeld(cell: number, from: number, roles: RoleSet): number {
    const words = this.#entries
    const count = words[cell] as number
    for (let entry = from; entry < count; entry += 1) {
      const role = words[cell + 1 + entry] as number
      if (role === everyone || roles.holds(role)) return entry
    }
    return noEntry
  }

  conditionOf(cell: number, entry: number): Condition<AccessRequest> | null {
    return this.#entries[this.#wordOf(cell, entry)] as Condition<AccessRequest> | null
  }

  /** Null: it is put together for the request, or has never been asked for. */
  answerOf(cell: number, entry: number): Decision | null {
    return this.#entries[this.#wordOf(cell, entry) + 1] as Decision | null
  }

  keepAnswer(cell: number, entry: number, answer: Decision): void {
    this.#entries[this.#wordOf(cell, entry) + 1] = answer
  }

  #wordOf(cell: number, entry: number): number {
    return cell + 1 + (this.#entries[cell] as number) + entry * 2
  }

  /** Null: nobody has asked, or the plan was forgotten. */
  planRoles(cell: number): RoleSet | null {
    return this.#plans[planWordOf(cell)] as RoleSet | null
  }

  planCondition(cell: number): Condition<AccessRequest> | null {
    return this.#plans[planWordOf(cell) + 1] as Condition<AccessRequest> | null
  }

  planAnswer(cell: number): Decision | null {
    return this.#plans[planWordOf(cell) + 2] as Decision | null
  }

  plan(cell: number): Step | null {
    return this.#plans[planWordOf(cell) + 3] as Step | null
  }

  putPlan(cell: number, step: Step): void {
    const word = planWordOf(cell)
    this.#plans[word] = step.roles
    this.#plans[word + 1] = step.condition
    this.#plans[word + 2] = step.answer
    this.#plans[word + 3] = step
  }

  forgetPlans(): void {
    this.#plans.fill(null)
  }
}

function planWordOf(cell: number): number {
  return (nothing - 1 - cell) * planWidth
}

function isScannable({ lists }: Candidates): boolean {
  let entries = 0
  for (const { all } of lists) {
    for (const { acl, derivedRoles, roles } of all) {
      if (acl !== null || derivedRoles.length > 0) return false
      entries += roles?.length ?? 1
      if (entries > maxScanned) return false
    }
  }
  return true
}
