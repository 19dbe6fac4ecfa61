export type Severity = 'error' | 'warning'

/** A stretch of text. Lines and columns count from 1, columns in UTF-16 units; the end is exclusive. */
export interface Span {
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
}

/** A finding about policy or configuration text: collected and shown together, never thrown. */
export interface Diagnostic extends Partial<Pick<Span, 'endLine' | 'endColumn'>> {
  /** Kebab-case and stable: scripts may compare it. */
  readonly code: string
  readonly severity: Severity
  readonly file: string
  readonly line: number
  readonly column: number
  readonly message: string
  readonly hint: string | null
}

export const startOfFile: Span = { line: 1, column: 1, endLine: 1, endColumn: 1 }

export function diagnostic(
  severity: Severity,
  code: string,
  file: string,
  span: Span,
  message: string,
  hint: string | null = null,
): Diagnostic {
  return { code, severity, file, ...span, message, hint }
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((finding) => finding.severity === 'error')
}

/** By file, place and code; the same finding at the same place is kept once. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const sorted = [...diagnostics].sort(comparePlaces)
  return sorted.filter((finding, index) => {
    const previous = sorted[index - 1]
    return previous === undefined || comparePlaces(previous, finding) !== 0
  })
}

function comparePlaces(a: Diagnostic, b: Diagnostic): number {
  return (
    compareText(a.file, b.file) ||
    a.line - b.line ||
    a.column - b.column ||
    compareText(a.code, b.code) ||
    compareText(a.message, b.message)
  )
}

/** By code unit, so that the order is the same on every machine whatever its locale. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
