import type { Subject } from '../model/access-request.ts'
import type { Attributes } from '../model/attributes.ts'
import { isKept, markKept } from './kept-subjects.ts'
import type { SubjectQuestion } from './question.ts'
import { readSubject } from './read-question.ts'

const maxDepth = 32

/**
 * A subject that is asked about more than once. Its roles are worked out the first time only: it is
 * a frozen copy, which later changes of the given one do not reach. Throws a `TypeError` for what is
 * no subject, or nested more than 32 levels deep.
 */
export function keepSubject(subject: SubjectQuestion): Subject {
  if (isKept(subject)) return subject
  const read = readSubject(subject)
  if (typeof read === 'string') throw new TypeError(read)
  const { type, id, properties } = read
  return markKept(Object.freeze({ type, id, properties: copyOf(properties, 0) as Attributes }))
}

function copyOf(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (depth > maxDepth) throw new TypeError(`subject.properties is deeper than ${maxDepth} levels`)
  if (value instanceof Uint8Array) return Uint8Array.from(value)
  if (Array.isArray(value)) {
    return Object.freeze(Array.from(value as readonly unknown[], (each) => copyOf(each, depth + 1)))
  }
  const entries = Object.entries(value).map(([name, each]) => [name, copyOf(each, depth + 1)])
  return Object.freeze(Object.fromEntries(entries))
}
