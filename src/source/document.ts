import { type Diagnostic, diagnostic, type Span, startOfFile } from './diagnostic.ts'
import { DocumentReader, type Path } from './document-reader.ts'
import { findHiddenCharacters } from './hidden-characters.ts'
import { defaultDocumentLimits, type DocumentLimits } from './limits.ts'

/** A YAML file as plain values (objects without prototype), each traceable to its place in the text. */
export interface SourceDocument {
  readonly file: string
  readonly text: string
  readonly value: unknown
  /** Place of the value at a path, or of the key that names it; of the nearest parent if absent. */
  spanOf(path: Path, part?: 'key' | 'value'): Span
  /** Place of a part of the text at a path; offsets count UTF-16 units of what was read. */
  spanWithin(path: Path, start: number, end: number, part?: 'key' | 'value'): Span
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
  const reader = DocumentReader.parse(file, text, limits)
  const diagnostics = [...findHiddenCharacters(file, text), ...reader.syntaxErrors()]
  if (diagnostics.length > 0) return { document: null, diagnostics }
  const value = reader.readValue()
  if (reader.diagnostics.length > 0) return { document: null, diagnostics: reader.diagnostics }
  return { document: new PlacedDocument(value, reader), diagnostics: [] }
}

class PlacedDocument implements SourceDocument {
  readonly file: string
  readonly text: string
  readonly value: unknown
  readonly #limits: DocumentLimits
  #reader: DocumentReader | null

  constructor(value: unknown, reader: DocumentReader) {
    this.file = reader.file
    this.text = reader.text
    this.value = value
    this.#limits = reader.limits
    this.#reader = reader
  }

  spanOf(path: Path, part: 'key' | 'value' = 'value'): Span {
    return this.#places().spanOf(path, part)
  }

  spanWithin(path: Path, start: number, end: number, part: 'key' | 'value' = 'value'): Span {
    return this.#places().spanWithin(path, start, end, part)
  }

  forgetPlaces(): void {
    this.#reader = null
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
