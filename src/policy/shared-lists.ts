import { isSameList } from './compiler-memory.ts'

const maxLists = 10_000

/** Lists of names, each kept once: of many thousands of rules most ask for the same roles and actions. */
export class SharedLists {
  readonly #lists = new Map<string, readonly string[]>()

  of(names: readonly string[]): readonly string[] {
    const key = names.join('\n')
    const known = this.#lists.get(key)
    // A file with errors may hold names with line breaks in them.
    if (known !== undefined && isSameList(known, names)) return known
    // A copy, since a list that grew has room for more.
    const list = Object.freeze(names.slice())
    if (this.#lists.size === maxLists) this.#lists.clear()
    this.#lists.set(key, list)
    return list
  }
}
