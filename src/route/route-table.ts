import assert from 'node:assert/strict'
import { type RouteSpec, templateSegments } from './route-spec.ts'

/** What the data plane knows of a route besides how to match it. */
export type Route = Readonly<RouteSpec>

/** The routes of one path shape, by method. */
export interface RouteLeaf {
  readonly template: string
  readonly byMethod: Map<string, Route>
  anyMethod: Route | null
}

/** One path segment's choices: literal first, then a parameter, then everything that is left. */
export interface RouteNode {
  readonly literals: Map<string, RouteNode>
  parameter: RouteNode | null
  tail: RouteLeaf | null
  leaf: RouteLeaf | null
}

/** The routes of one host. */
export interface HostRoutes {
  readonly root: RouteNode
  /** Paths without parameters, found in one step. */
  readonly exact: Map<string, RouteLeaf>
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
    for (const route of this.routes) addRoute(this.#declareHost(route.host), route)
    for (const host of this.#all()) for (const leaf of leavesOf(host.root)) letHeadUseGet(leaf)
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
    if (host === null) return (this.#everyHost ??= emptyHost())
    const isWildcard = host.startsWith('*.')
    const hosts = isWildcard ? this.#suffixes : this.#hosts
    const name = isWildcard ? host.slice(2) : host
    const known = hosts.get(name)
    if (known !== undefined) return known
    const added = emptyHost()
    hosts.set(name, added)
    return added
  }

  *#all(): Iterable<HostRoutes> {
    yield* this.#hosts.values()
    yield* this.#suffixes.values()
    if (this.#everyHost !== null) yield this.#everyHost
  }
}

/** The specs have been checked: no two of them match the same host, method and path shape. */
export function buildRouteTable(specs: readonly RouteSpec[]): RouteTable {
  return new RouteTable(specs)
}

function emptyHost(): HostRoutes {
  return { root: emptyNode(), exact: new Map() }
}

function emptyNode(): RouteNode {
  return { literals: new Map(), parameter: null, tail: null, leaf: null }
}

function addRoute(host: HostRoutes, route: Route): void {
  let node = host.root
  let leaf: RouteLeaf | null = null
  for (const segment of templateSegments(route.template)) {
    switch (segment.kind) {
      case 'tail':
        leaf = node.tail ??= emptyLeaf(route.template)
        break
      case 'parameter':
        node = node.parameter ??= emptyNode()
        break
      case 'literal':
        node = literalChild(node, segment.text)
        break
    }
  }
  leaf ??= node.leaf ??= emptyLeaf(route.template)
  if (route.parameters.length === 0) host.exact.set(route.template, leaf)
  if (route.method === 'ANY') {
    assert.ok(leaf.anyMethod === null, `Route "${route.id}" is declared twice`)
    leaf.anyMethod = route
  } else {
    assert.ok(!leaf.byMethod.has(route.method), `Route "${route.id}" is declared twice`)
    leaf.byMethod.set(route.method, route)
  }
}

function literalChild(node: RouteNode, text: string): RouteNode {
  const known = node.literals.get(text)
  if (known !== undefined) return known
  const added = emptyNode()
  node.literals.set(text, added)
  return added
}

function emptyLeaf(template: string): RouteLeaf {
  return { template, byMethod: new Map(), anyMethod: null }
}

/** RFC 9110 section 9.3.2: HEAD is GET without the content, so it needs the same permission. */
function letHeadUseGet(leaf: RouteLeaf): void {
  const get = leaf.byMethod.get('GET')
  if (get !== undefined && !leaf.byMethod.has('HEAD')) leaf.byMethod.set('HEAD', get)
}

export function* leavesOf(node: RouteNode): Iterable<RouteLeaf> {
  if (node.leaf !== null) yield node.leaf
  for (const child of node.literals.values()) yield* leavesOf(child)
  if (node.parameter !== null) yield* leavesOf(node.parameter)
  if (node.tail !== null) yield node.tail
}
