import type { Path } from './document-reader.ts'
import type { SourceDocument } from './document.ts'

/**
 * Reads a document that may be malformed here and there: what has the wrong form reads as absent,
 * since the schema has reported it already, and everything else is still examined.
 */
export interface Cursor {
  readonly document: SourceDocument
  readonly path: Path
  readonly value: unknown
}

export interface Text extends Cursor {
  readonly value: string
}

/** Leads back to the top instead of carrying its whole path: a large folder has a million of these. */
class Place implements Cursor {
  readonly value: unknown
  readonly #parent: Cursor
  readonly #step: string | number

  constructor(parent: Cursor, step: string | number, value: unknown) {
    this.#parent = parent
    this.#step = step
    this.value = value
  }

  get document(): SourceDocument {
    return this.#parent.document
  }

  get path(): Path {
    const steps = [this.#step]
    let above = this.#parent
    while (above instanceof Place) {
      steps.push(above.#step)
      above = above.#parent
    }
    return steps.reverse()
  }
}

export function rootOf(document: SourceDocument): Cursor {
  return { document, path: [], value: document.value }
}

/** The value under a key; absent when there is none, or when this is no mapping. */
export function at(cursor: Cursor, key: string): Cursor | null {
  const record = asRecord(cursor.value)
  if (record === null || !Object.hasOwn(record, key)) return null
  return new Place(cursor, key, record[key])
}

export function textAt(cursor: Cursor, key: string): Text | null {
  const found = at(cursor, key)
  return found === null ? null : asText(found)
}

export function asText(cursor: Cursor): Text | null {
  return isText(cursor) ? cursor : null
}

function isText(cursor: Cursor): cursor is Text {
  return typeof cursor.value === 'string' && cursor.value !== ''
}

/** The entries of a list; empty when it is none. */
export function itemsAt(cursor: Cursor, key: string): readonly Cursor[] {
  const list = at(cursor, key)
  return list === null ? none : itemsOf(list)
}

export function itemsOf(cursor: Cursor): readonly Cursor[] {
  const { value } = cursor
  if (!Array.isArray(value)) return none
  const items: Cursor[] = []
  for (const item of value as readonly unknown[]) items.push(new Place(cursor, items.length, item))
  return items
}

export function textsAt(cursor: Cursor, key: string): readonly Text[] {
  const items = itemsAt(cursor, key)
  return items.every(isText) ? items : items.filter(isText)
}

/** A text by itself reads as a list of one. */
export function textOrTextsAt(cursor: Cursor, key: string): readonly Text[] {
  const text = textAt(cursor, key)
  return text === null ? textsAt(cursor, key) : [text]
}

/** Name and value of each key of a mapping; empty when it is none. */
export function entriesAt(cursor: Cursor, key: string): readonly (readonly [string, Cursor])[] {
  const mapping = at(cursor, key)
  return mapping === null ? [] : entriesOf(mapping)
}

export function entriesOf(cursor: Cursor): readonly (readonly [string, Cursor])[] {
  const record = asRecord(cursor.value)
  if (record === null) return []
  return Object.keys(record).map((name) => [name, new Place(cursor, name, record[name])])
}

const none: readonly never[] = []

function asRecord(value: unknown): Readonly<Record<string, unknown>> | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  return value as Readonly<Record<string, unknown>>
}
