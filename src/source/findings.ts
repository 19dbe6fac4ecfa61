import type { Cursor } from './cursor.ts'
import { suggest } from './suggest.ts'
import { type Diagnostic, diagnostic, type Severity, type Span } from './diagnostic.ts'

interface Wording {
  readonly code: string
  readonly message: string
  readonly hint?: string | null
}

/** Names compared for all suggestions together: with many names, many wrong ones would take hours. */
const MAX_COMPARED = 100_000

/** Collects what is found about documents, each finding at the place it is about. */
export class Findings {
  readonly #found: Diagnostic[] = []
  #compared = 0

  get all(): readonly Diagnostic[] {
    return this.#found
  }

  /** `did you mean "editor"?` or what there is; null: there is nothing, or it was asked too often. */
  suggest(name: string, known: readonly string[], what: string): string | null {
    this.#compared += known.length
    return this.#compared > MAX_COMPARED ? null : suggest(name, known, what)
  }

  add(diagnostics: readonly Diagnostic[]): void {
    for (const finding of diagnostics) this.#found.push(finding)
  }

  error(where: Cursor, wording: Wording): void {
    this.#at('error', where, where.document.spanOf(where.path), wording)
  }

  warn(where: Cursor, wording: Wording): void {
    this.#at('warning', where, where.document.spanOf(where.path), wording)
  }

  /** About the key rather than the value. */
  errorAtKey(where: Cursor, wording: Wording): void {
    this.#at('error', where, where.document.spanOf(where.path, 'key'), wording)
  }

  warnAtKey(where: Cursor, wording: Wording): void {
    this.#at('warning', where, where.document.spanOf(where.path, 'key'), wording)
  }

  /** About a part of a text value. */
  errorWithin(where: Cursor, start: number, end: number, wording: Wording): void {
    this.#at('error', where, where.document.spanWithin(where.path, start, end), wording)
  }

  /** About a part of a key. */
  errorWithinKey(where: Cursor, start: number, end: number, wording: Wording): void {
    const span = where.document.spanWithin(where.path, start, end, 'key')
    this.#at('error', where, span, wording)
  }

  #at(severity: Severity, where: Cursor, span: Span, { code, message, hint }: Wording): void {
    const { file } = where.document
    this.#found.push(diagnostic(severity, code, file, span, message, hint ?? null))
  }
}

/** `file:line:column` of a value, or of the key that names it. */
export function locate({ document, path }: Cursor, part: 'key' | 'value' = 'value'): string {
  const { line, column } = document.placeOf(path, part)
  // Joined, because a template keeps its parts.
  return [document.file, line, column].join(':')
}
