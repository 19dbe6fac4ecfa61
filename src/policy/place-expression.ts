import type { Text } from '../source/cursor.ts'
import type { Findings } from '../source/findings.ts'
import type { ExpressionError } from './expression-syntax.ts'

/** Findings about a CEL text, each at its own column in the file, whatever quotes surround the text. */
export function placeExpressionErrors(
  text: Text,
  errors: readonly ExpressionError[],
  findings: Findings,
  /** Where the meaning depends on who uses it: `, as resource "note" uses it`. */
  suffix = '',
  code: 'expression' | 'never-equal' = 'expression',
): void {
  for (const { message: sentence, hint, start, end } of errors) {
    const message = `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}${suffix}`
    findings.errorWithin(text, start, end, { code, message, hint })
  }
}
