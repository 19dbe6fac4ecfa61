import {
  type Cursor,
  entriesAt,
  itemsAt,
  textAt,
  textOrTextsAt,
  textsAt,
} from '../source/cursor.ts'
import type { PolicyFiles } from './syntax.ts'

export function readRoles(
  file: Cursor,
): Pick<PolicyFiles, 'roles' | 'assignments' | 'separations'> {
  return {
    roles: entriesAt(file, 'roles').map(([name, place]) => ({
      name,
      place,
      inherits: textsAt(place, 'inherits'),
      when: textAt(place, 'when'),
    })),
    assignments: itemsAt(file, 'assignments').map((place) => ({
      place,
      scope: textAt(place, 'scope'),
      when: textAt(place, 'when'),
      roles: textOrTextsAt(place, 'roles'),
      subjects: textOrTextsAt(place, 'subjects'),
      subjectType: textAt(place, 'subject_type'),
      groups: textOrTextsAt(place, 'groups'),
    })),
    separations: itemsAt(file, 'separation').map((place) => ({
      place,
      fixed: textsAt(place, 'static'),
      within: textAt(place, 'within'),
      dynamic: textsAt(place, 'dynamic'),
      used: textAt(place, 'used'),
    })),
  }
}
