import { type Diagnostic, diagnostic, type Span, startOfFile } from './diagnostic.ts'
import { DocumentReader, type Path, visibleEnd } from './document-reader.ts'
import { findHiddenCharacters } from './hidden-characters.ts'
import { defaultDocumentLimits, type DocumentLimits } from './limits.ts'
import { LineStarts, type Place } from './line-starts.ts'
import { type PlainYaml, readPlainYaml } from './plain-yaml.ts'

/** A YAML file as plain values (objects without prototype), each traceable to its place in the text. */
export interface SourceDocument {
  readonly file: string
  readonly text: string
  readonly value: unknown
  /** Place of the value at a path, or of the key that names it; of the nearest parent if absent. */
  spanOf(path: Path, part?: 'key' | 'value'): Span
  /** Place of a part of the text at a path; offsets count UTF-16 units of what was read. */
  spanWithin(path: Path, start: number, end: number, part?: 'key' | 'value'): Span
  /** Where that begins, which most files tell without being read a second time. */
  placeOf(path: Path, part?: 'key' | 'value'): Place
  /** Gives the memory of the places back; when one is asked for after all, the text is read again. */
  forgetPlaces(): void
}

export interface ReadDocument {
  /** Null when the text is no single YAML document or exceeds a limit. */
  readonly document: SourceDocument | null
  readonly diagnostics: readonly Diagnostic[]
}

/** Every finding about the text itself; its meaning is the business of whoever asked for it. */
export function readDocument(
  file: string,
  source: string,
  limits: DocumentLimits = defaultDocumentLimits,
): ReadDocument {
  const text = source.startsWith('\uFEFF') ? source.slice(1) : source
  if (text.length > limits.maxCharacters) {
    const message = `the file has ${text.length} characters, more than the ${limits.maxCharacters} allowed`
    return refused(diagnostic('error', 'file-too-large', file, startOfFile, message))
  }
  const hidden = findHiddenCharacters(file, text)
  const plain = hidden.length === 0 ? readPlainYaml(text, limits) : null
  if (plain !== null) {
    return { document: new PlacedDocument(file, text, limits, plain.value, plain), diagnostics: [] }
  }
  const reader = DocumentReader.parse(file, text, limits)
  const diagnostics = [...hidden, ...reader.syntaxErrors()]
  if (diagnostics.length > 0) return { document: null, diagnostics }
  const value = reader.readValue()
  if (reader.diagnostics.length > 0) return { document: null, diagnostics: reader.diagnostics }
  return { document: new PlacedDocument(file, text, limits, value, reader), diagnostics: [] }
}

class PlacedDocument implements SourceDocument {
  readonly file: string
  readonly text: string
  readonly value: unknown
  readonly #limits: DocumentLimits
  readonly #isPlain: boolean
  #plain: PlainYaml | null
  #reader: DocumentReader | null
  #lineStarts: LineStarts | null = null

  constructor(
    file: string,
    text: string,
    limits: DocumentLimits,
    value: unknown,
    places: PlainYaml | DocumentReader,
  ) {
    this.file = file
    this.text = text
    this.value = value
    this.#limits = limits
    this.#reader = places instanceof DocumentReader ? places : null
    this.#plain = places instanceof DocumentReader ? null : places
    this.#isPlain = this.#plain !== null
  }

  spanOf(path: Path, part: 'key' | 'value' = 'value'): Span {
    const range = this.#plainPlaces()?.rangeOf(path, part) ?? null
    if (range === null) return this.#places().spanOf(path, part)
    const [start, end] = range
    return this.#span(start, visibleEnd(this.text, start, end))
  }

  spanWithin(path: Path, start: number, end: number, part: 'key' | 'value' = 'value'): Span {
    const content = this.#plainPlaces()?.contentOf(path, part) ?? null
    if (content === null) return this.#places().spanWithin(path, start, end, part)
    const [first, last] = content
    const from = Math.min(first + Math.max(start, 0), last)
    const beforeEnd = Math.min(first + Math.max(end - 1, start, 0), last)
    return this.#span(from, Math.min(Math.max(from, beforeEnd) + 1, this.text.length))
  }

  placeOf(path: Path, part: 'key' | 'value' = 'value'): Place {
    const start = this.#plainPlaces()?.startOf(path, part) ?? null
    return start === null ? this.spanOf(path, part) : this.#placeAt(start)
  }

  #span(start: number, end: number): Span {
    const { line, column } = this.#placeAt(start)
    const to = this.#placeAt(end)
    return { line, column, endLine: to.line, endColumn: to.column }
  }

  #placeAt(offset: number): Place {
    this.#lineStarts ??= new LineStarts(this.text)
    return this.#lineStarts.placeOf(offset)
  }

  /** Read again where they have been forgotten; null: the text is not of the plain part. */
  #plainPlaces(): PlainYaml | null {
    if (!this.#isPlain) return null
    this.#plain ??= readPlainYaml(this.text, this.#limits)
    return this.#plain
  }

  forgetPlaces(): void {
    this.#plain = null
    this.#reader = null
    this.#lineStarts = null
  }

  #places(): DocumentReader {
    if (this.#reader === null) {
      this.#reader = DocumentReader.parse(this.file, this.text, this.#limits)
      this.#reader.readValue()
    }
    return this.#reader
  }
}

function refused(finding: Diagnostic): ReadDocument {
  return { document: null, diagnostics: [finding] }
}
