/**
 * Which role brings which along, by number. Only what is declared is kept: the closures of a chain
 * of ten thousand roles would hold fifty million numbers.
 */
export class RoleGraph {
  /** Per role, those it inherits. */
  readonly #inherits: readonly (readonly number[])[]
  /** Per role, those that inherit it. */
  readonly #inheritors: readonly (readonly number[])[]
  /** Work space of one `close`, all zero between two. */
  readonly #isMarked: Uint8Array

  constructor(inherits: readonly (readonly number[])[]) {
    const inheritors: number[][] = inherits.map(() => [])
    for (const [id, inherited] of inherits.entries()) {
      for (const each of inherited) inheritors[each]?.push(id)
    }
    this.#inherits = inherits
    this.#inheritors = inheritors
    this.#isMarked = new Uint8Array(inherits.length)
  }

  /** These and all they bring along, ascending; without those in `except`. */
  close(ids: Iterable<number>, except: readonly number[] = none): number[] {
    const marked = this.#isMarked
    for (const id of except) marked[id] = 1
    const closed: number[] = []
    for (const id of ids) this.#mark(id, closed)
    for (const id of closed) {
      for (const inherited of this.#inherits[id] ?? none) this.#mark(inherited, closed)
    }
    for (const id of except) marked[id] = 0
    for (const id of closed) marked[id] = 0
    return closed.length < 2 ? closed : closed.sort((a, b) => a - b)
  }

  #mark(id: number, closed: number[]): void {
    if (this.#isMarked[id] === 1) return
    this.#isMarked[id] = 1
    closed.push(id)
  }

  /** These and every role that brings one of them along. */
  bringing(ids: Iterable<number>): ReadonlySet<number> {
    const found = new Set(ids)
    for (const id of found) for (const each of this.#inheritors[id] ?? none) found.add(each)
    return found
  }
}

const none: readonly number[] = []
