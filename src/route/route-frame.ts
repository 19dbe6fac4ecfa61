import type { Attributes } from '../model/attributes.ts'
import type { RequestFacts } from '../model/request-facts.ts'
import { decodePercent, parseQuery } from './query.ts'

/** What a route's expressions read; path and query parameters are decoded when first asked for. */
export class RouteFrame {
  readonly facts: RequestFacts
  readonly #names: readonly string[]
  readonly #values: readonly string[]
  #path: Attributes | null = null
  #query: Attributes | null = null

  constructor(facts: RequestFacts, names: readonly string[], values: readonly string[]) {
    this.facts = facts
    this.#names = names
    this.#values = values
  }

  /** A parameter that cannot be decoded is absent. */
  get path(): Attributes {
    if (this.#path === null) {
      const path = Object.create(null) as Record<string, unknown>
      for (const [index, name] of this.#names.entries()) {
        const value = decodePercent(this.#values[index] ?? '')
        if (value !== null) path[name] = value
      }
      this.#path = path
    }
    return this.#path
  }

  /** By name; a parameter given more than once, or not decodable, is absent. */
  get query(): Attributes {
    this.#query ??= parseQuery(this.facts.query).values
    return this.#query
  }
}
