import type { Text } from '../source/cursor.ts'
import type { Findings } from '../source/findings.ts'
import type { ExpressionError } from './expression-syntax.ts'

/** Findings about a CEL text, each at its own column in the file, whatever quotes surround the text. */
export function placeExpressionErrors(
  text: Text,
  errors: readonly ExpressionError[],
  findings: Findings,
): void {
  for (const { message, hint, start, end } of errors) {
    const sentence = message.charAt(0).toLowerCase() + message.slice(1)
    findings.errorWithin(text, start, end, { code: 'expression', message: sentence, hint })
  }
}
