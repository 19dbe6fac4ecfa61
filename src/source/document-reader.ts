import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  type Scalar,
  type YAMLError,
  type YAMLMap,
} from 'yaml'
import { type Diagnostic, diagnostic, type Span, startOfFile } from './diagnostic.ts'
import type { DocumentLimits } from './limits.ts'
import { LineStarts } from './line-starts.ts'
import { quote } from './quote.ts'
import { scalarOffsets } from './scalar-offsets.ts'
import { describeYamlError } from './yaml-errors.ts'

/** Keys and positions from the top of a document to one of its values. */
export type Path = readonly (string | number)[]

type Key = Scalar<string>
type Entries = ReadonlyMap<string, Pair<Key, Node | null>>

/** One parsed text: its value under limits, and where each part of it stands. */
export class DocumentReader {
  readonly diagnostics: Diagnostic[] = []
  readonly file: string
  readonly text: string
  readonly limits: DocumentLimits
  readonly #yaml: Document.Parsed
  readonly #lines: LineStarts
  readonly #anchors = new Map<string, Node>()
  readonly #aliasTargets = new Map<Node, Node>()
  readonly #entries = new WeakMap<YAMLMap, Entries>()
  #values = 0
  #aliases = 0
  #stopped = false

  constructor(file: string, text: string, yaml: Document.Parsed, limits: DocumentLimits) {
    this.file = file
    this.text = text
    this.#yaml = yaml
    this.#lines = new LineStarts(text)
    this.limits = limits
  }

  static parse(file: string, text: string, limits: DocumentLimits): DocumentReader {
    const yaml = parseDocument(text, {
      prettyErrors: false,
      stringKeys: true,
      // Compared here instead: the library's way is quadratic in the number of keys.
      uniqueKeys: false,
      resolveKnownTags: false,
      logLevel: 'error',
    })
    return new DocumentReader(file, text, yaml, limits)
  }

  syntaxErrors(): readonly Diagnostic[] {
    const { yaml } = this.#yaml.directives
    const { errors, warnings } = this.#yaml
    // What follows a value that did not end is the parser lost, not further mistakes.
    const lost = errors.findIndex(({ code }) => code === 'UNEXPECTED_TOKEN')
    const own = lost < 0 ? errors : errors.slice(0, lost + 1)
    const placed = [...own, ...warnings].map((error) => this.#place(error))
    // What follows on the same line is mostly the parser finding its feet again.
    const lines = new Set<number>()
    const found = placed.filter(({ line }) => lines.size < lines.add(line).size)
    if (yaml.explicit === true && yaml.version !== '1.2') {
      const message = `%YAML ${yaml.version} is not supported: words such as "yes" and "on" would change their meaning`
      const hint = 'remove the directive: files are read as YAML 1.2'
      found.push(diagnostic('error', 'yaml-version', this.file, startOfFile, message, hint))
    }
    return found
  }

  readValue(): unknown {
    return this.#read(this.#yaml.contents, 1)
  }

  spanOf(path: Path, part: 'key' | 'value'): Span {
    const { node, key } = this.#find(path)
    const shown = (part === 'key' && key !== null) || node === null ? (key ?? node) : node
    return shown === null ? startOfFile : this.#spanOfNode(shown)
  }

  spanWithin(path: Path, start: number, end: number, part: 'key' | 'value'): Span {
    const found = this.#find(path)
    const node = part === 'key' ? found.key : this.#target(found.node)
    if (!isScalar(node)) return this.spanOf(path, part)
    const offsets = scalarOffsets(this.text, node)
    const last = offsets.length - 1
    const from = offsets[Math.min(Math.max(start, 0), last)] ?? 0
    const beforeEnd = offsets[Math.min(Math.max(end - 1, start, 0), last)] ?? from
    return this.#span(from, Math.max(from, beforeEnd) + 1)
  }

  /** The node at a path, or the deepest one on the way there. */
  #find(path: Path): { node: Node | null; key: Key | null } {
    let node: Node | null = this.#yaml.contents
    let key: Key | null = null
    for (const step of path) {
      const collection = this.#target(node)
      if (isMap(collection)) {
        const entry = this.#entriesOf(collection).get(String(step))
        if (entry === undefined) break
        key = entry.key
        node = entry.value
      } else if (isSeq<Node>(collection)) {
        const item: Node | undefined = collection.items[Number(step)]
        if (item === undefined) break
        key = null
        node = item
      } else {
        break
      }
    }
    return { node, key }
  }

  #read(node: Node | null, depth: number): unknown {
    if (this.#stopped || node === null) return null
    this.#values += 1
    if (this.#values > this.limits.maxValues) {
      return this.#stop(node, 'too-many-values', `more than ${this.limits.maxValues} values`)
    }
    if (depth > this.limits.maxDepth) {
      return this.#stop(node, 'too-deep', `nested deeper than ${this.limits.maxDepth} levels`)
    }
    if (isAlias(node)) return this.#readAlias(node, node.source, depth)
    if (node.tag !== undefined) {
      // Those of YAML itself the library knows, and would take without a word.
      const tag = node.tag.replace('tag:yaml.org,2002:', '!!')
      this.#report('yaml-syntax', node, `tags are not supported: ${tag}`, 'remove the tag')
    }
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, node)
    if (isScalar(node)) return this.#readScalar(node)
    if (isSeq<Node>(node)) return node.items.map((item) => this.#read(item, depth + 1))
    return isMap(node) ? this.#readMap(node, depth) : null
  }

  #readMap(map: YAMLMap, depth: number): unknown {
    const read = Object.create(null) as Record<string, unknown>
    for (const item of map.items) {
      const { key, value } = item as Pair<Key, Node | null>
      if (Object.hasOwn(read, key.value)) {
        const first = this.#spanOfNode(this.#entriesOf(map).get(key.value)?.key ?? key)
        const message = `duplicate key ${quote(key.value)}, first on line ${first.line}`
        this.#report('duplicate-key', key, message, 'remove one of them')
        continue
      }
      read[key.value] = this.#read(value, depth + 1)
    }
    return read
  }

  #readAlias(alias: Node, name: string, depth: number): unknown {
    this.#aliases += 1
    if (this.#aliases > this.limits.maxAliases) {
      return this.#stop(alias, 'too-many-aliases', `more than ${this.limits.maxAliases} aliases`)
    }
    const target = this.#anchors.get(name)
    if (target === undefined) {
      this.#report(
        'unknown-alias',
        alias,
        `nothing above is marked with ${quote(`&${name}`)}`,
        'put it in quotes if it is meant as text',
      )
      return null
    }
    const range = target.range ?? [0, 0, 0]
    const at = alias.range?.[0] ?? 0
    if (at > range[0] && at < range[1]) {
      const message = `the alias ${quote(`*${name}`)} stands within what it stands for`
      this.#report('recursive-alias', alias, message, 'write it out')
      return null
    }
    this.#aliasTargets.set(alias, target)
    return this.#read(target, depth + 1)
  }

  #readScalar(scalar: Scalar): unknown {
    const { value } = scalar
    if (typeof value !== 'number') return value
    if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
      const message = `${quote(scalar.source ?? String(value))} is too large to be kept exactly`
      this.#report('number-too-large', scalar, message, 'write it in quotes if it is an identifier')
    } else if (!Number.isFinite(value)) {
      this.#report(
        'number-not-finite',
        scalar,
        `${quote(scalar.source ?? '')} is not a number`,
        'write a number, or put it in quotes',
      )
    }
    return value
  }

  #entriesOf(map: YAMLMap): Entries {
    let entries = this.#entries.get(map)
    if (entries === undefined) {
      const built = new Map<string, Pair<Key, Node | null>>()
      for (const item of map.items) {
        const pair = item as Pair<Key, Node | null>
        if (!built.has(pair.key.value)) built.set(pair.key.value, pair)
      }
      entries = built
      this.#entries.set(map, entries)
    }
    return entries
  }

  #target(node: Node | null): Node | null {
    return node === null ? null : (this.#aliasTargets.get(node) ?? node)
  }

  #stop(node: Node, code: string, what: string): null {
    this.#stopped = true
    this.#report(code, node, `${what}: the file is refused`)
    return null
  }

  #report(code: string, node: Node, message: string, hint: string | null = null): void {
    const span = this.#spanOfNode(node)
    this.diagnostics.push(diagnostic('error', code, this.file, span, message, hint))
  }

  #spanOfNode(node: Node): Span {
    const range = node.range ?? [0, 0, 0]
    return this.#span(range[0], visibleEnd(this.text, range[0], range[1]))
  }

  #place(error: YAMLError): Diagnostic {
    const { message, hint } = describeYamlError(error)
    const span = this.#span(error.pos[0], error.pos[1])
    return diagnostic('error', 'yaml-syntax', this.file, span, message, hint)
  }

  #span(start: number, end: number): Span {
    const from = this.#lines.placeOf(Math.min(start, this.text.length))
    const to = this.#lines.placeOf(Math.min(Math.max(end, start), this.text.length))
    return { ...from, endLine: to.line, endColumn: to.column }
  }
}

/** A block's range runs on to the next token; what is shown ends with its last visible character. */
export function visibleEnd(text: string, start: number, end: number): number {
  let trimmed = end
  while (trimmed > start && text.charAt(trimmed - 1).trim() === '') trimmed -= 1
  return trimmed
}
