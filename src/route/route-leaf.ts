import assert from 'node:assert/strict'
import { type RouteSpec, templateSegments } from './route-spec.ts'

/** What the data plane knows of a route besides how to match it. */
export type Route = Readonly<RouteSpec>

/** The routes of one path shape, by method. */
export class RouteLeaf {
  readonly template: string
  /** One digit a segment: of two that match one path, the more specific is the lesser text. */
  readonly rank: string
  readonly #byMethod = new Map<string, Route>()
  #get: Route | null = null
  #any: Route | null = null

  constructor(template: string) {
    this.template = template
    this.rank = templateSegments(template)
      .map(({ kind }) => rankDigits[kind])
      .join('')
  }

  add(route: Route): void {
    const isKnown = route.method === 'ANY' ? this.#any !== null : this.#byMethod.has(route.method)
    assert.ok(!isKnown, `Route "${route.id}" is declared twice`)
    if (route.method === 'ANY') this.#any = route
    else this.#byMethod.set(route.method, route)
    if (route.method === 'GET') this.#get = route
  }

  find(method: string): Route | null {
    if (method === 'GET') return this.#get ?? this.#any
    const route = this.#byMethod.get(method)
    if (route !== undefined) return route
    // RFC 9110 section 9.3.2: HEAD is GET without the content, so it needs the same permission.
    return method === 'HEAD' ? (this.#get ?? this.#any) : this.#any
  }

  /** What an Allow field would name. */
  get methods(): readonly string[] {
    const named = [...this.#byMethod.keys()]
    return this.#get === null || named.includes('HEAD') ? named : [...named, 'HEAD']
  }

  get routes(): readonly Route[] {
    const named = [...this.#byMethod.values()]
    return this.#any === null ? named : [...named, this.#any]
  }
}

const rankDigits = { literal: '0', parameter: '1', tail: '2' } as const
