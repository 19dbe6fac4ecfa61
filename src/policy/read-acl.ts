import { at, type Cursor, itemsAt, textAt, textOrTextsAt } from '../source/cursor.ts'
import { locate } from '../source/findings.ts'
import { readEffects } from './read-resource.ts'
import type { AclSyntax } from './syntax.ts'

export function readAcl(file: Cursor): readonly AclSyntax[] {
  const type = textAt(file, 'acl')
  const isMissing = (key: string): boolean => at(file, key) !== null && textAt(file, key) === null
  if (type === null || isMissing('version') || isMissing('scope')) return []
  const entries = itemsAt(file, 'entries').map((place) => {
    const id = textAt(place, 'id')
    return {
      id,
      place,
      location: locate(id ?? place),
      effects: readEffects(place),
      resources: textOrTextsAt(place, 'resources'),
      subjects: textOrTextsAt(place, 'subjects'),
      subjectType: textAt(place, 'subject_type'),
      groups: textOrTextsAt(place, 'groups'),
      roles: textOrTextsAt(place, 'roles'),
      expires: textAt(place, 'expires'),
    }
  })
  return [{ type, version: textAt(file, 'version'), scope: textAt(file, 'scope'), entries }]
}
