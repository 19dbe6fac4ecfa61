import type { PolicySet } from '../decide/policy-set.ts'
import type { RouteTable } from '../route/route-table.ts'

/** Everything the data plane decides from: immutable, replaced as one. */
export interface Snapshot {
  /** Counts the swaps since start, from 1. */
  readonly generation: number
  readonly policies: PolicySet
  readonly routes: RouteTable
}

/** Holds the one current snapshot. A request reads it once, at the top of its pipeline. */
export class SnapshotHolder {
  #current: Snapshot
  readonly #swapped: (() => void)[] = []

  constructor(policies: PolicySet, routes: RouteTable, generation = 1) {
    this.#current = Object.freeze({ generation, policies, routes })
  }

  get current(): Snapshot {
    return this.#current
  }

  swap(
    policies: PolicySet,
    routes: RouteTable,
    generation = this.#current.generation + 1,
  ): Snapshot {
    this.#current = Object.freeze({ generation, policies, routes })
    for (const listener of this.#swapped) listener()
    return this.#current
  }

  /** Called after each swap. */
  onSwap(listener: () => void): void {
    this.#swapped.push(listener)
  }
}
