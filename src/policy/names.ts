import { type Cursor, type Text } from '../source/cursor.ts'
import { type Findings, locate } from '../source/findings.ts'
import { quote } from '../source/quote.ts'

/** The first declaration of each name; every further one is a finding that names the first. */
export class Declared<Item> {
  readonly items = new Map<string, Item>()
  readonly #places = new Map<string, string | readonly [place: Cursor, part: 'key' | 'value']>()
  readonly #what: string

  /** `what` as in `role "editor" is declared twice`. */
  constructor(what: string) {
    this.#what = what
  }

  /** False: the name is taken. With a location, the place and its document are not kept. */
  add(
    name: string,
    item: Item,
    place: Cursor,
    part: 'key' | 'value',
    findings: Findings,
    location: string | null = null,
  ): boolean {
    const first = this.#places.get(name)
    if (first !== undefined) {
      const wording = {
        code: `duplicate-${this.#what.replaceAll(' ', '-')}`,
        message: `${this.#what} ${quote(name)} is declared twice, first at ${typeof first === 'string' ? first : locate(...first)}`,
        hint: 'choose another name, or remove one of them',
      }
      if (part === 'key') findings.errorAtKey(place, wording)
      else findings.error(place, wording)
      return false
    }
    this.#places.set(name, location ?? [place, part])
    this.items.set(name, item)
    return true
  }

  /** What has been looked at before; the name must be free. */
  take(name: string, item: Item, location: string): void {
    this.#places.set(name, location)
    this.items.set(name, item)
  }
}

/** A name that must be known; what it names, or undefined with a finding. */
export function resolveName<Item>(
  name: Text,
  known: ReadonlyMap<string, Item>,
  what: string,
  findings: Findings,
  within = '',
): Item | undefined {
  const item = known.get(name.value)
  if (item === undefined) {
    findings.error(name, {
      code: `unknown-${what.replaceAll(' ', '-')}`,
      message: `unknown ${what} ${quote(name.value)}${within}`,
      hint:
        known.size === 0
          ? `no ${what} is declared`
          : findings.suggest(name.value, [...known.keys()], `known ${what}s`),
    })
  }
  return item
}
