/** Of two roles that exclude each other. */
export type Pair = readonly [string, string]

/** Lists of roles of which nobody may hold two, to be asked about what somebody holds. */
export class SeparatedLists {
  readonly lists: readonly (readonly string[])[]
  readonly #byName = new Map<string, readonly number[]>()

  constructor(lists: readonly (readonly string[])[]) {
    this.lists = lists
    for (const [at, names] of lists.entries()) {
      for (const name of names) this.#byName.set(name, [...this.listsOf(name), at])
    }
  }

  has(name: string): boolean {
    return this.#byName.has(name)
  }

  /** The lists that name it, by number. */
  listsOf(name: string): readonly number[] {
    return this.#byName.get(name) ?? []
  }

  /** Two of one list that are held together, in the order of the list. */
  pairIn(held: Iterable<string>): Pair | null {
    const found = new Held(this)
    for (const name of held) found.add(name)
    return found.pair
  }

  /** In the order in which a list names them. */
  inOrder(list: number, a: string, b: string): Pair {
    const names = this.lists[list] ?? []
    return names.indexOf(a) <= names.indexOf(b) ? [a, b] : [b, a]
  }
}

/** What one holder is found to hold, until two roles exclude each other. */
export class Held {
  pair: Pair | null = null
  readonly #separated: SeparatedLists
  readonly #firstOf = new Map<number, string>()

  constructor(separated: SeparatedLists) {
    this.#separated = separated
  }

  /** False: it holds two that exclude each other, and more does not matter. */
  add(name: string): boolean {
    if (this.pair !== null) return false
    for (const list of this.#separated.listsOf(name)) {
      const first = this.#firstOf.get(list)
      if (first === undefined) this.#firstOf.set(list, name)
      else if (first !== name) {
        this.pair = this.#separated.inOrder(list, first, name)
        return false
      }
    }
    return true
  }
}
