import type { Syntax } from './expression-syntax.ts'
import { type Type, dynType, intType } from './expression-types.ts'

/** Null: not the name of a variable. */
export function variableName(syntax: Syntax): string | null {
  return syntax.kind === 'name' && !syntax.isAbsolute ? syntax.name : null
}

/** What one turn of a loop over a value of this type binds. */
export function variableTypes(
  type: Type,
  variables: 1 | 2,
): { readonly first: Type; readonly second: Type } {
  if (type.kind === 'list') {
    return variables === 1
      ? { first: type.element, second: dynType }
      : { first: intType, second: type.element }
  }
  if (type.kind === 'map') return { first: type.key, second: type.value }
  return { first: dynType, second: dynType }
}
