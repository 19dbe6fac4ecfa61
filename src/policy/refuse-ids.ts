import type { Text } from '../source/cursor.ts'
import type { Findings } from '../source/findings.ts'
import { quote } from '../source/quote.ts'

/** Ids are compared as they stand: a deny about "*" or " carl" would be about nobody. */
export function refuseIds(ids: readonly Text[], findings: Findings): void {
  for (const id of ids) {
    if (id.value.includes('*')) {
      findings.error(id, {
        code: 'not-a-pattern',
        message: `${quote(id.value)} would be taken for one id, in which "*" stands for itself`,
        hint: 'write a condition that says whom you mean; a rule without "roles" is about everybody',
      })
    } else if (id.value.trim() !== id.value) {
      findings.error(id, {
        code: 'blank-at-edge',
        message: `${quote(id.value)} begins or ends with a blank, and ids are compared as they stand`,
        hint: `write ${quote(id.value.trim())}`,
      })
    }
  }
}
