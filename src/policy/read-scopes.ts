import { at, type Cursor, entriesAt } from '../source/cursor.ts'
import type { ScopeSyntax } from './syntax.ts'

export function readScopes(file: Cursor): readonly ScopeSyntax[] {
  return entriesAt(file, 'scopes').map(([name, place]) => ({
    name,
    place,
    isOpen: at(place, 'open')?.value === true,
    narrows: at(place, 'narrows')?.value === true,
  }))
}
