import type { Text } from '../source/cursor.ts'
import type { Findings } from '../source/findings.ts'
import { quote } from '../source/quote.ts'

/** Ids are compared as they stand: a deny about "*" would be about nobody. */
export function refusePatterns(ids: readonly Text[], findings: Findings): void {
  for (const id of ids) {
    if (!id.value.includes('*')) continue
    findings.error(id, {
      code: 'not-a-pattern',
      message: `${quote(id.value)} would be taken for one id, in which "*" stands for itself`,
      hint: 'write a condition that says whom you mean; a rule without "roles" is about everybody',
    })
  }
}
