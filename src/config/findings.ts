import {
  type Diagnostic,
  diagnostic,
  hasErrors,
  type Severity,
  sortDiagnostics,
  startOfFile,
} from '../source/diagnostic.ts'
import type { Path } from '../source/document-reader.ts'
import type { SourceDocument } from '../source/document.ts'

/** Collects what is wrong, each finding at the place where the value was given. */
export class Findings {
  readonly #file: string
  readonly #document: SourceDocument | null
  readonly #variables: ReadonlyMap<string, string>
  readonly #found: Diagnostic[] = []

  /** `variables` tells which options (`group.key`) the environment gave. */
  constructor(
    file: string,
    document: SourceDocument | null,
    variables: ReadonlyMap<string, string> = new Map(),
  ) {
    this.#file = file
    this.#document = document
    this.#variables = variables
  }

  error(path: Path, code: string, message: string, hint: string | null = null): void {
    this.#add('error', path, code, message, hint)
  }

  warning(path: Path, code: string, message: string, hint: string | null = null): void {
    this.#add('warning', path, code, message, hint)
  }

  addAll(diagnostics: readonly Diagnostic[]): void {
    this.#found.push(...diagnostics)
  }

  get hasErrors(): boolean {
    return hasErrors(this.#found)
  }

  get sorted(): readonly Diagnostic[] {
    return sortDiagnostics(this.#found)
  }

  #add(severity: Severity, path: Path, code: string, message: string, hint: string | null): void {
    const variable = this.#variables.get(path.slice(0, 2).join('.'))
    const file = variable === undefined ? this.#file : `$${variable}`
    const span = (variable === undefined ? this.#document?.spanOf(path) : null) ?? startOfFile
    this.#found.push(diagnostic(severity, code, file, span, message, hint))
  }
}
