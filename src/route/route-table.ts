import { type Route, RouteLeaf } from './route-leaf.ts'
import { RouteNode } from './route-node.ts'
import { type RouteSpec, templateSegments } from './route-spec.ts'

export type { Route } from './route-leaf.ts'

/** The routes of one host. */
export class HostRoutes {
  readonly root = new RouteNode('')
  /** Paths without parameters, found in one step. */
  readonly exact = new Map<string, RouteLeaf>()

  add(route: Route): void {
    let node = this.root
    let leaf: RouteLeaf | null = null
    for (const segment of templateSegments(route.template)) {
      if (segment.kind === 'tail') leaf = node.tail ??= new RouteLeaf(route.template)
      else if (segment.kind === 'parameter') node = node.parameter ??= new RouteNode('')
      else node = node.literal(segment.text)
    }
    leaf ??= node.leaf ??= new RouteLeaf(route.template)
    leaf.add(route)
    if (route.parameters.length === 0) this.exact.set(route.template, leaf)
  }
}

/**
 * Every route, built once per snapshot and not changed after. The host is settled first, then the
 * path, then the method; a later step never goes back to an earlier one, so that a request is read
 * in one way only.
 */
export class RouteTable {
  readonly routes: readonly Route[]
  readonly #hosts = new Map<string, HostRoutes>()
  /** Of `*.example.com`, by `example.com`. */
  readonly #suffixes = new Map<string, HostRoutes>()
  #everyHost: HostRoutes | null = null

  constructor(specs: readonly RouteSpec[]) {
    this.routes = Object.freeze(specs.map((spec) => Object.freeze({ ...spec })))
    for (const route of this.routes) this.#declareHost(route.host).add(route)
    for (const host of this.#hosts.values()) host.root.seal()
    for (const host of this.#suffixes.values()) host.root.seal()
    this.#everyHost?.root.seal()
  }

  hostRoutes(host: string): HostRoutes | null {
    return this.#hosts.get(host) ?? this.#wildcard(host) ?? this.#everyHost
  }

  get hosts(): readonly string[] {
    const suffixes = Array.from(this.#suffixes.keys(), (suffix) => `*.${suffix}`)
    return [...this.#hosts.keys(), ...suffixes]
  }

  #wildcard(host: string): HostRoutes | undefined {
    if (this.#suffixes.size === 0) return undefined
    for (let dot = host.indexOf('.'); dot !== -1; dot = host.indexOf('.', dot + 1)) {
      if (dot === 0) continue
      const found = this.#suffixes.get(host.slice(dot + 1))
      if (found !== undefined) return found
    }
    return undefined
  }

  #declareHost(host: string | null): HostRoutes {
    if (host === null) return (this.#everyHost ??= new HostRoutes())
    const isWildcard = host.startsWith('*.')
    const hosts = isWildcard ? this.#suffixes : this.#hosts
    const name = isWildcard ? host.slice(2) : host
    const known = hosts.get(name)
    if (known !== undefined) return known
    const added = new HostRoutes()
    hosts.set(name, added)
    return added
  }
}

/** The specs have been checked: no two of them match the same host, method and path shape. */
export function buildRouteTable(specs: readonly RouteSpec[]): RouteTable {
  return new RouteTable(specs)
}
