import { at, type Cursor } from '../source/cursor.ts'
import { readAttributes } from './read-resource.ts'
import type { TypesSyntax } from './syntax.ts'

export function readTypes(file: Cursor): TypesSyntax {
  const types = at(file, 'types')
  const read = (key: string): TypesSyntax['subject'] =>
    types === null || at(types, key) === null ? null : readAttributes(types, key)
  return { subject: read('subject'), context: read('context') }
}
