import { foldSegment } from './fold-segment.ts'
import type { RouteLeaf } from './route-leaf.ts'
import { findLeaf, type RouteNode } from './route-node.ts'

/**
 * The narrower route that a lenient upstream would take the path for, or null. An upstream that
 * does not tell case apart, or that drops path parameters, dots and spaces at the end of a segment or
 * a slash at the end of the path, serves `/admin` for `/ADMIN` and `/admin;x`: the rules of a
 * parameter beside that literal must not decide about it.
 */
export function findLookAlike(folded: RouteNode, found: RouteLeaf, path: string): RouteLeaf | null {
  const leaf = findLeaf(folded, foldPath(path), 1, 0)
  return leaf !== null && leaf.rank < found.rank ? leaf : null
}

function foldPath(path: string): string {
  const end = path.length > 1 && path.endsWith('/') ? path.length - 1 : path.length
  return path.slice(0, end).split('/').map(foldSegment).join('/')
}
