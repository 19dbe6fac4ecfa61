import type { RouteLeaf } from './route-leaf.ts'
import type { RouteNode } from './route-node.ts'
import type { RouteTable } from './route-table.ts'

const MAX_NAMED = 3
const MAX_EXAMINED = 64

/**
 * For the log of a request that matched nothing: up to three routes that share the longest part of
 * its path, or the hosts there are. Examines a bounded number of routes, since anybody can send
 * such requests.
 */
export function nearestRoutes(
  table: RouteTable,
  method: string,
  host: string,
  path: string,
): readonly string[] {
  const routes = table.hostRoutes(host)
  if (routes === null) return table.hosts.slice(0, MAX_NAMED).map((known) => `host ${known}`)
  const found: string[] = []
  let examined = 0
  for (const node of pathNodes(routes.root, path)) {
    for (const leaf of node.leaves()) {
      examined += 1
      if (examined > MAX_EXAMINED || found.length === MAX_NAMED) return found
      const name = nameOf(leaf, method)
      if (!found.includes(name)) found.push(name)
    }
  }
  return found
}

/** The nodes the path runs through, deepest first. */
function pathNodes(root: RouteNode, path: string): readonly RouteNode[] {
  const nodes = [root]
  let node: RouteNode | null = root
  let start = 1
  while (node !== null && start <= path.length) {
    const slash = path.indexOf('/', start)
    const end = slash === -1 ? path.length : slash
    node = node.children.get(path.slice(start, end)) ?? node.parameter
    if (node !== null) nodes.unshift(node)
    start = end + 1
  }
  return nodes
}

function nameOf(leaf: RouteLeaf, method: string): string {
  return leaf.find(method)?.id ?? leaf.routes[0]?.id ?? leaf.template
}
