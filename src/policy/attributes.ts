import type { Findings } from '../source/findings.ts'
import { quote } from '../source/quote.ts'
import { suggest } from '../source/suggest.ts'
import { attributeTypeNames, parseAttributeType, type Type } from './expression-types.ts'
import { keywords } from './reserved-words.ts'
import type { AttributeSyntax } from './syntax.ts'

/** Declared attributes with their types. `fixed` are the names that `owner` has anyway, as text. */
export function compileAttributes(
  attributes: readonly AttributeSyntax[],
  owner: string,
  fixed: readonly string[],
  findings: Findings,
): ReadonlyMap<string, Type> {
  const types = new Map<string, Type>()
  for (const { name, type: written } of attributes) {
    if (keywords.has(name)) {
      findings.errorAtKey(written, {
        code: 'reserved-attribute',
        message: `${quote(name)} is a word of CEL: no condition could read ${owner}.${name}`,
        hint: 'choose another name',
      })
      continue
    }
    if (fixed.includes(name)) {
      findings.errorAtKey(written, {
        code: 'reserved-attribute',
        message: `${quote(name)} is there already: ${owner}.${name} is text`,
        hint: 'remove it, or choose another name',
      })
      continue
    }
    const type = parseAttributeType(written.value)
    if (type === null) {
      findings.error(written, {
        code: 'unknown-type',
        message: `unknown type ${quote(written.value)}`,
        hint: suggest(written.value, attributeTypeNames, 'types'),
      })
    }
    // A mistyped attribute is declared all the same, or each condition that reads it would fail too.
    types.set(name, type ?? { kind: 'dyn' })
  }
  return types
}
