import type { Effect } from '../model/decision.ts'
import type { Text } from '../source/cursor.ts'
import { quote } from '../source/quote.ts'

/** What the gateway and tests take a subject for where nothing says otherwise. */
const usualType = 'user'

/** Stands for every type. */
const anyType = '*'

/**
 * The type of the subjects that an entry or an assignment names; null: any. Left out, it widens no
 * permit and narrows no deny.
 */
export function subjectTypeOf(written: Text | null, effect: Effect): string | null {
  if (written === null) return effect === 'permit' ? usualType : null
  return written.value === anyType ? null : written.value
}

/** As findings name it. */
export function kindOfSubject(type: string | null): string {
  if (type === null) return 'subject'
  return type === usualType ? usualType : `subject of type ${quote(type)}`
}
