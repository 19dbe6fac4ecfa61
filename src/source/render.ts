import type { Diagnostic } from './diagnostic.ts'
import { revealHidden } from './quote.ts'

const MAX_FRAME_COLUMNS = 160

/** `file:line:column: error: message`, the line it is about with a caret below, and the hint. */
export function renderDiagnostics(
  diagnostics: readonly Diagnostic[],
  texts: ReadonlyMap<string, string>,
): string {
  const lines = new Map<string, readonly string[]>()
  return diagnostics
    .map((finding) => {
      let ofFile = lines.get(finding.file)
      if (ofFile === undefined) {
        ofFile = (texts.get(finding.file) ?? '').split(/\r\n|\r|\n/u)
        lines.set(finding.file, ofFile)
      }
      return renderDiagnostic(finding, ofFile[finding.line - 1] ?? null)
    })
    .join('\n')
}

/** Stable field order, one place for what scripts read. */
export function diagnosticsAsJson(diagnostics: readonly Diagnostic[]): readonly object[] {
  return diagnostics.map((finding) => ({
    severity: finding.severity,
    code: finding.code,
    file: finding.file,
    line: finding.line,
    column: finding.column,
    endLine: finding.endLine ?? finding.line,
    endColumn: finding.endColumn ?? finding.column,
    message: finding.message,
    hint: finding.hint,
  }))
}

/** `2 errors, 1 warning in 2 files`. */
export function countDiagnostics(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter((finding) => finding.severity === 'error').length
  const warnings = diagnostics.length - errors
  const files = new Set(diagnostics.map((finding) => finding.file)).size
  const parts = [
    errors > 0 ? count(errors, 'error') : '',
    warnings > 0 ? count(warnings, 'warning') : '',
  ]
  const found = parts.filter((part) => part !== '').join(', ')
  return found === '' ? 'no findings' : `${found} in ${count(files, 'file')}`
}

export function describePlace(finding: Pick<Diagnostic, 'file' | 'line' | 'column'>): string {
  return `${finding.file}:${finding.line}:${finding.column}`
}

function renderDiagnostic(finding: Diagnostic, sourceLine: string | null): string {
  const head = `${revealHidden(describePlace(finding))}: ${finding.severity}: ${finding.message}`
  const hint = finding.hint === null ? [] : [`  hint: ${finding.hint}`]
  return [head, ...frame(finding, sourceLine), ...hint, ''].join('\n')
}

function frame(finding: Diagnostic, sourceLine: string | null): readonly string[] {
  if (sourceLine === null || sourceLine === '') return []
  const start = finding.column - 1
  // A long line is cut so that the marked part stays in view.
  const from = start > MAX_FRAME_COLUMNS / 2 ? start - MAX_FRAME_COLUMNS / 4 : 0
  const visible = sourceLine.slice(from, from + MAX_FRAME_COLUMNS)
  const end = finding.endLine === finding.line ? (finding.endColumn ?? 0) - 1 : sourceLine.length
  const before = widthOf(visible.slice(0, start - from))
  const marked = widthOf(visible.slice(start - from, Math.max(end, start + 1) - from))
  const number = String(finding.line)
  const gutter = ' '.repeat(number.length)
  return [
    `  ${number} | ${shown(visible)}`,
    `  ${gutter} | ${' '.repeat(before)}${'^'.repeat(Math.max(1, marked))}`,
  ]
}

function shown(text: string): string {
  return revealHidden(text.replaceAll('\t', '  '))
}

function widthOf(text: string): number {
  return Array.from(shown(text)).length
}

function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`
}
