import { PlainYamlReader } from './plain-yaml-reader.ts'

/** What was read without the YAML library, and where its parts begin. */
export interface PlainYaml {
  readonly value: unknown
  /** Offset of the value at a path, or of its key; null where only the library can tell. */
  startOf(path: readonly (string | number)[], part: 'key' | 'value'): number | null
}

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
  return value === undefined ? null : new PlainDocument(value, reader.starts)
}

/** From here on, each key is not searched for among all. */
const manyKeys = 32

class PlainDocument implements PlainYaml {
  readonly value: object
  readonly #starts: ReadonlyMap<object, readonly number[]>
  /** Of the keys of large mappings. */
  readonly #positions = new Map<object, ReadonlyMap<string, number>>()

  constructor(value: object, starts: ReadonlyMap<object, readonly number[]>) {
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
