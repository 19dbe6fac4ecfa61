import { foldSegment } from './fold-segment.ts'
import { type Route, RouteLeaf } from './route-leaf.ts'
import { RouteNode } from './route-node.ts'
import { type RouteSpec, templateSegments } from './route-spec.ts'

export type { Route } from './route-leaf.ts'

/** The routes of one host. */
export class HostRoutes {
  readonly root = new RouteNode('')
  /** Paths without parameters, found in one step. */
  readonly exact = new Map<string, RouteLeaf>()
  /** The same templates with their literals folded: only whether there is a leaf counts. */
  readonly folded = new RouteNode('')
  /** A literal is not its own folded form, so that any path may be another spelling of it. */
  hasUnfolded = false

  add(route: Route): void {
    const leaf = declareLeaf(this.root, route.template, (text) => text)
    leaf.add(route)
    if (route.parameters.length === 0) this.exact.set(route.template, leaf)
    declareLeaf(this.folded, route.template, (text) => {
      const folded = foldSegment(text)
      if (folded !== text) this.hasUnfolded = true
      return folded
    })
  }

  seal(): void {
    this.root.seal()
    this.folded.seal()
  }
}

function declareLeaf(
  root: RouteNode,
  template: string,
  write: (literal: string) => string,
): RouteLeaf {
  let node = root
  for (const segment of templateSegments(template)) {
    if (segment.kind === 'tail') return (node.tail ??= new RouteLeaf(template))
    if (segment.kind === 'parameter') node = node.parameter ??= new RouteNode('')
    else node = node.literal(write(segment.text))
  }
  return (node.leaf ??= new RouteLeaf(template))
}

/**
 * Every route, built once per snapshot and not changed after. The host is settled first, then the
 * path, then the method; a later step never goes back to an earlier one, so that a request is read
 * in one way only.
 */
export class RouteTable {
  readonly routes: readonly Route[]
  /** Every protocol that some route may switch to. */
  readonly upgrades: ReadonlySet<string>
  readonly #hosts = new Map<string, HostRoutes>()
  /** Of `*.example.com`, by `example.com`. */
  readonly #suffixes = new Map<string, HostRoutes>()
  #everyHost: HostRoutes | null = null

  constructor(specs: readonly RouteSpec[]) {
    this.routes = Object.freeze(specs.map((spec) => Object.freeze({ ...spec })))
    this.upgrades = new Set(this.routes.flatMap(({ upgrades }) => upgrades ?? []))
    for (const route of this.routes) this.#declareHost(route.host).add(route)
    for (const host of this.#hosts.values()) host.seal()
    for (const host of this.#suffixes.values()) host.seal()
    this.#everyHost?.seal()
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
