import { asText, at, type Cursor, entriesAt, textAt, textsAt } from '../source/cursor.ts'
import type { Definitions, VariableSyntax } from './syntax.ts'

/** Variables and derived roles, of a resource policy or of a file of their own. */
export function readDefinitions(file: Cursor): Definitions {
  return {
    variables: entriesAt(file, 'variables').flatMap(([name, place]): VariableSyntax[] => {
      const text = asText(place)
      return text === null ? [] : [{ name, place, text }]
    }),
    derivedRoles: entriesAt(file, 'derived_roles').map(([name, place]) => ({
      name,
      place,
      roles: at(place, 'roles') === null ? null : textsAt(place, 'roles'),
      when: textAt(place, 'when'),
    })),
  }
}
