import type { Candidates } from './candidates.ts'
import type { ResourceSpec } from './policy-spec.ts'

/** Empty cells per full one that the faster form may have, and how many do not matter. */
const maxEmptyPerFull = 3
const smallTable = 4_096

/**
 * Candidates by resource type and action: a row of cells for each type with a column for each
 * action of any, so that a look-up reads little memory. Where types have few actions in common
 * that would be mostly empty, and each type has a map of its own.
 */
export class CandidateTable {
  /** Where the row of a type begins. */
  readonly #rows = new Map<string, number>()
  readonly #columns = new Map<string, number>()
  readonly #cells: (Candidates | undefined)[]
  readonly #maps: Map<string, ReadonlyMap<string, Candidates>> | null

  constructor(resources: readonly Pick<ResourceSpec, 'actions'>[]) {
    let full = 0
    for (const { actions } of resources) {
      full += actions.length
      for (const action of actions) {
        if (!this.#columns.has(action)) this.#columns.set(action, this.#columns.size)
      }
    }
    const cells = resources.length * this.#columns.size
    const isSparse = cells > smallTable && cells > full * (1 + maxEmptyPerFull)
    this.#maps = isSparse ? new Map() : null
    this.#cells = Array.from({ length: isSparse ? 0 : cells })
  }

  /** Of the types that the table was made for, each once. */
  add(type: string, byAction: ReadonlyMap<string, Candidates>): void {
    const row = this.#rows.size * this.#columns.size
    this.#rows.set(type, row)
    if (this.#maps !== null) {
      this.#maps.set(type, byAction)
      return
    }
    for (const [action, candidates] of byAction) {
      this.#cells[row + (this.#columns.get(action) ?? 0)] = candidates
    }
  }

  has(type: string): boolean {
    return this.#rows.has(type)
  }

  find(type: string, action: string): Candidates | undefined {
    if (this.#maps !== null) return this.#maps.get(type)?.get(action)
    const column = this.#columns.get(action)
    if (column === undefined) return undefined
    const row = this.#rows.get(type)
    return row === undefined ? undefined : this.#cells[row + column]
  }

  forgetPlans(): void {
    for (const candidates of this.#cells) candidates?.forgetPlans()
    for (const byAction of this.#maps?.values() ?? []) {
      for (const candidates of byAction.values()) candidates.forgetPlans()
    }
  }
}
