import type { Diagnostic } from '../source/diagnostic.ts'
import { countDiagnostics, renderDiagnostics } from '../source/render.ts'

/** Findings for a person, followed by their count. */
export function showDiagnostics(
  diagnostics: readonly Diagnostic[],
  texts: ReadonlyMap<string, string>,
): string {
  if (diagnostics.length === 0) return ''
  return `${renderDiagnostics(diagnostics, texts)}\n${countDiagnostics(diagnostics)}`
}
