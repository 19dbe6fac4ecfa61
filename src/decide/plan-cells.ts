import type { AccessRequest } from '../model/access-request.ts'
import type { Decision } from '../model/decision.ts'
import type { Step } from './plan.ts'
import type { Condition } from './policy-spec.ts'
import type { RoleSet } from './role-set.ts'

/** Words of a cell: for whom the plan is, what its first step holds, and the step. */
const width = 4

type Word = RoleSet | Condition<AccessRequest> | Decision | Step | null | undefined

/**
 * By place the plan that was asked for last. Its first step settles most decisions, so what that
 * holds is repeated here, side by side: with very many rules a decision costs the cache lines it
 * reads one after the other, and this is one instead of two.
 */
export class PlanCells {
  readonly #words: Word[] = []

  /** Without candidates until `clear` says that there are some. */
  reserve(places: number): void {
    for (let at = 0; at < places * width; at += 1) this.#words.push(undefined)
  }

  /** Whether there are candidates at the place. */
  has(place: number): boolean {
    return this.#words[place * width] !== undefined
  }

  /** Null: nobody has asked, or the plan was forgotten. */
  roles(place: number): RoleSet | null {
    return this.#words[place * width] as RoleSet | null
  }

  condition(place: number): Condition<AccessRequest> | null {
    return this.#words[place * width + 1] as Condition<AccessRequest> | null
  }

  answer(place: number): Decision | null {
    return this.#words[place * width + 2] as Decision | null
  }

  step(place: number): Step | null {
    return this.#words[place * width + 3] as Step | null
  }

  put(place: number, step: Step): void {
    const word = place * width
    this.#words[word] = step.roles
    this.#words[word + 1] = step.condition
    this.#words[word + 2] = step.answer
    this.#words[word + 3] = step
  }

  clear(place: number): void {
    this.#words.fill(null, place * width, (place + 1) * width)
  }
}
