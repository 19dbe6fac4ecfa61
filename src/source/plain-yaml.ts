import { PlainYamlReader } from './plain-yaml-reader.ts'
import { readQuoted } from './plain-yaml-scalars.ts'

const quote = 34
const apostrophe = 39
/** Or true or false: what is no text and stands on one line. */
const number = /[\w.+-]+/uy

/** What was read without the YAML library, and where its parts begin. */
export interface PlainYaml {
  readonly value: unknown
  /** Offset of the value at a path, or of its key; null where only the library can tell. */
  startOf(path: readonly (string | number)[], part: 'key' | 'value'): number | null
  /** Where a key, or a scalar of one line, begins and ends; null where only the library can tell. */
  rangeOf(path: readonly (string | number)[], part: 'key' | 'value'): Range | null
  /** Offset of the first character of a text that is written as it reads; null: see above. */
  contentOf(path: readonly (string | number)[], part: 'key' | 'value'): Range | null
}

type Range = readonly [start: number, end: number]

export interface PlainYamlLimits {
  readonly maxValues: number
  readonly maxDepth: number
}

/**
 * Reads the plain part of YAML that nearly every policy is written in, some twenty times as fast as
 * the library does. Null for everything else, right or wrong: anchors, tags, several documents, what
 * spans lines in unusual ways, duplicate keys, every error. The library reads those and reports.
 *
 * INVARIANT: what is not null is what the library reads, value by value and place by place;
 * test/source/plain-yaml.test.ts holds the two side by side.
 */
export function readPlainYaml(text: string, limits: PlainYamlLimits): PlainYaml | null {
  const reader = new PlainYamlReader(text, limits)
  const value = reader.readDocument()
  return value === undefined ? null : new PlainDocument(text, value, reader.starts)
}

/** From here on, each key is not searched for among all. */
const manyKeys = 32

class PlainDocument implements PlainYaml {
  readonly value: object
  readonly #text: string
  readonly #starts: ReadonlyMap<object, readonly number[]>
  /** Of the keys of large mappings. */
  readonly #positions = new Map<object, ReadonlyMap<string, number>>()

  constructor(text: string, value: object, starts: ReadonlyMap<object, readonly number[]>) {
    this.#text = text
    this.value = value
    this.#starts = starts
  }

  startOf(path: readonly (string | number)[], part: 'key' | 'value'): number | null {
    let value: unknown = this.value
    let start: number | null = null
    for (let at = 0; at < path.length; at += 1) {
      if (typeof value !== 'object' || value === null) return null
      const step = path[at] ?? ''
      const starts = this.#starts.get(value)
      const isLast = at === path.length - 1
      if (Array.isArray(value)) {
        start = starts?.[Number(step)] ?? null
        value = (value as readonly unknown[])[Number(step)]
      } else {
        const index = this.#positionOf(String(step), value)
        if (index === -1) return null
        start = starts?.[2 * index + (isLast && part === 'key' ? 0 : 1)] ?? null
        value = (value as Readonly<Record<string, unknown>>)[String(step)]
      }
      if (start === null) return null
    }
    return start
  }

  rangeOf(path: readonly (string | number)[], part: 'key' | 'value'): Range | null {
    const start = this.startOf(path, part)
    if (start === null) return null
    const value = this.#scalarAt(path, part)
    const first = this.#text.charCodeAt(start)
    if (first === quote || first === apostrophe) {
      const quoted = typeof value === 'string' ? readQuoted(this.#text, start) : null
      return quoted === null ? null : [start, quoted.end]
    }
    if (typeof value === 'string') {
      return this.#text.startsWith(value, start) ? [start, start + value.length] : null
    }
    if (typeof value !== 'number' && typeof value !== 'boolean') return null
    number.lastIndex = start
    const written = number.exec(this.#text)?.[0]
    return written === undefined ? null : [start, start + written.length]
  }

  contentOf(path: readonly (string | number)[], part: 'key' | 'value'): Range | null {
    const range = this.rangeOf(path, part)
    const value = this.#scalarAt(path, part)
    if (range === null || typeof value !== 'string') return null
    const [start, end] = range
    if (end - start === value.length) return range
    const isVerbatim = end - start === value.length + 2
    return isVerbatim && this.#text.startsWith(value, start + 1) ? [start + 1, end - 1] : null
  }

  /** Undefined: no scalar. */
  #scalarAt(path: readonly (string | number)[], part: 'key' | 'value'): unknown {
    let value: unknown = this.value
    let container: unknown = null
    for (const step of path) {
      if (typeof value !== 'object' || value === null) return undefined
      container = value
      value = Object.hasOwn(value, step)
        ? (value as Readonly<Record<string, unknown>>)[step]
        : undefined
    }
    if (part === 'key' && !Array.isArray(container)) return path.at(-1)
    return typeof value === 'object' ? undefined : value
  }

  #positionOf(key: string, mapping: object): number {
    const known = this.#positions.get(mapping)
    if (known !== undefined) return known.get(key) ?? -1
    const keys = Object.keys(mapping)
    if (keys.length <= manyKeys) return keys.indexOf(key)
    const positions = new Map(keys.map((each, at) => [each, at]))
    this.#positions.set(mapping, positions)
    return positions.get(key) ?? -1
  }
}
