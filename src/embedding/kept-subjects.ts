import type { Subject } from '../model/access-request.ts'

/** Subjects that the library made: nothing within them can change. */
const kept = new WeakSet<object>()

export function markKept(subject: Subject): Subject {
  kept.add(subject)
  return subject
}

export function isKept(subject: unknown): subject is Subject {
  return typeof subject === 'object' && subject !== null && kept.has(subject)
}
