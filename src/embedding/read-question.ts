import type { AccessRequest, Action, Resource, Subject } from '../model/access-request.ts'
import { type Attributes, noAttributes } from '../model/attributes.ts'
import { isInstant } from '../model/instant.ts'
import { isKept } from './kept-subjects.ts'
import type { Question } from './question.ts'

/** What is wrong with a question, for who wrote the program. */
export type Problem = string

export const unreadable: Problem = 'the question cannot be read'

/**
 * A question from a program, which may not be what its type says. What is left out is empty. Every
 * part is read once, so that what was checked is what is decided; a getter that throws, throws here.
 */
export function readQuestion(question: Question): AccessRequest | Problem {
  if (!isObject(question)) return 'the question is not an object'
  const { subject, action, resource, context, now } = question
  const who = readSubject(subject)
  if (typeof who === 'string') return who
  const what = readAction(action)
  if (typeof what === 'string') return what
  const which = readResource(resource)
  if (typeof which === 'string') return which
  if (context !== undefined && !isObject(context)) return 'context is not an object'
  const timeMs = now === undefined ? Date.now() : timeOf(now)
  if (!isInstant(timeMs)) return 'now is not a valid Date within the years 1 to 9999'
  return { subject: who, action: what, resource: which, context: context ?? noAttributes, timeMs }
}

/**
 * Roles are kept with a frozen subject. Only one that the library made itself is frozen all through:
 * of any other, which may still change within, the engine gets a copy that is not.
 */
export function readSubject(subject: Question['subject']): Subject | Problem {
  if (isKept(subject)) return subject
  if (!isObject(subject)) return 'subject is not an object'
  const { type, id, properties = noAttributes } = subject
  if (typeof type !== 'string') return 'subject.type is not a string'
  if (typeof id !== 'string') return 'subject.id is not a string'
  if (!isObject(properties)) return 'subject.properties is not an object'
  return { type, id, properties }
}

export function readResource(resource: Question['resource']): Resource | Problem {
  if (!isObject(resource)) return 'resource is not an object'
  const { type, id = '', properties = noAttributes } = resource
  if (typeof type !== 'string') return 'resource.type is not a string'
  if (typeof id !== 'string') return 'resource.id is not a string'
  if (!isObject(properties)) return 'resource.properties is not an object'
  return { type, id, properties }
}

function readAction(action: Question['action']): Action | Problem {
  if (!isObject(action)) return 'action is not an object'
  const { name, properties = noAttributes } = action
  if (typeof name !== 'string') return 'action.name is not a string'
  if (!isObject(properties)) return 'action.properties is not an object'
  return { name, properties }
}

function isObject<T>(value: T): value is T & Attributes {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Of the date itself, whatever methods of its own it brings; NaN: it is none. */
function timeOf(now: Date): number {
  return now instanceof Date ? Date.prototype.getTime.call(now) : Number.NaN
}
