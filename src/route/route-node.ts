import { isFolded } from './fold-segment.ts'
import type { RouteLeaf } from './route-leaf.ts'

const slash = 47

/**
 * One place in the trie of paths: literal segments first, then a parameter, then everything that is
 * left. Literals are found by hashing the path where it stands: cutting the segment out and looking
 * it up in a Map costs three times as much. A collision costs one comparison more, never a wrong
 * answer, and only texts of the table collide: a client cannot lengthen a probe beyond them.
 */
export class RouteNode {
  readonly text: string
  readonly children = new Map<string, RouteNode>()
  parameter: RouteNode | null = null
  tail: RouteLeaf | null = null
  leaf: RouteLeaf | null = null
  readonly #hash: number
  /** Children by hash, open addressing; empty until `seal`. */
  #slots: readonly (RouteNode | null)[] = []

  constructor(text: string) {
    this.text = text
    this.#hash = hashOf(text)
  }

  literal(text: string): RouteNode {
    const known = this.children.get(text)
    if (known !== undefined) return known
    const added = new RouteNode(text)
    this.children.set(text, added)
    return added
  }

  /** Called once everything is in: only then are literals found. */
  seal(): void {
    const size = this.children.size === 0 ? 0 : 2 ** Math.ceil(Math.log2(this.children.size * 2))
    const slots: (RouteNode | null)[] = Array<null>(size).fill(null)
    for (const child of this.children.values()) {
      let at = child.#hash & (size - 1)
      while (slots[at] !== null) at = (at + 1) & (size - 1)
      slots[at] = child
      child.seal()
    }
    this.#slots = slots
    this.parameter?.seal()
  }

  /** The child for the segment that starts at `start`, or null. */
  find(path: string, start: number, end: number, hash: number): RouteNode | null {
    const slots = this.#slots
    const mask = slots.length - 1
    if (mask === -1) return null
    for (let at = hash & mask; ; at = (at + 1) & mask) {
      const child = slots[at]
      if (child === null || child === undefined) return null
      const isSame =
        child.#hash === hash &&
        child.text.length === end - start &&
        path.startsWith(child.text, start)
      if (isSame) return child
    }
  }

  *leaves(): Iterable<RouteLeaf> {
    if (this.leaf !== null) yield this.leaf
    for (const child of this.children.values()) yield* child.leaves()
    if (this.parameter !== null) yield* this.parameter.leaves()
    if (this.tail !== null) yield this.tail
  }
}

// Where each parameter of the path under examination starts and ends. Matching is synchronous and
// never re-entered, so one scratch space serves every request without an allocation.
export const maxTemplateSegments = 32
export const parameterStarts = new Uint32Array(maxTemplateSegments)
export const parameterEnds = new Uint32Array(maxTemplateSegments)

/** Whether a segment may be another spelling of a literal that stood beside what was taken for it. */
export const search = { isDoubtful: false }

/**
 * The leaf of a path from `start` on; its parameters are left in the scratch space. Visits a node of
 * the trie at most once, so the cost is bounded by the table and not by the path.
 */
export function findLeaf(
  node: RouteNode,
  path: string,
  start: number,
  parameters: number,
): RouteLeaf | null {
  const length = path.length
  let hash = hashSeed
  let end = start
  for (; end < length; end += 1) {
    const unit = path.charCodeAt(end)
    if (unit === slash) break
    hash = hashStep(hash, unit)
  }
  const isLast = end === length
  const child = node.find(path, start, end, hashEnd(hash))
  if (child !== null) {
    const leaf = isLast ? child.leaf : findLeaf(child, path, end + 1, parameters)
    if (leaf !== null) return leaf
  } else if (node.children.size > 0 && !isFolded(path, start, end)) {
    search.isDoubtful = true
  }
  const { parameter } = node
  if (parameter !== null && end > start) {
    const leaf = isLast ? parameter.leaf : findLeaf(parameter, path, end + 1, parameters + 1)
    if (leaf !== null) {
      parameterStarts[parameters] = start
      parameterEnds[parameters] = end
      return leaf
    }
  }
  if (node.tail !== null) {
    parameterStarts[parameters] = start
    parameterEnds[parameters] = length
  }
  return node.tail
}

// FNV-1a; the low bits choose the slot, so the high ones are folded into them at the end.
const hashSeed = -2_128_831_035

function hashStep(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, 16_777_619)
}

function hashEnd(hash: number): number {
  return hash ^ (hash >>> 15)
}

function hashOf(text: string): number {
  let hash = hashSeed
  for (let at = 0; at < text.length; at += 1) hash = hashStep(hash, text.charCodeAt(at))
  return hashEnd(hash)
}
