import { type Cursor, entriesAt, textAt, textsAt } from '../source/cursor.ts'
import type { RoleSyntax } from './syntax.ts'

export function readRoles(file: Cursor): readonly RoleSyntax[] {
  return entriesAt(file, 'roles').map(([name, place]) => ({
    name,
    place,
    inherits: textsAt(place, 'inherits'),
    when: textAt(place, 'when'),
  }))
}
