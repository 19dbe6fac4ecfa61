import type { AccessRequest, Subject } from '../model/access-request.ts'
import { type Attributes, noAttributes } from '../model/attributes.ts'

export interface SubjectQuestion {
  readonly type: string
  readonly id: string
  readonly properties?: Attributes
}

/** AuthZEN's evaluation request; what is left out is empty. */
export interface Question {
  readonly subject: SubjectQuestion
  readonly action: { readonly name: string; readonly properties?: Attributes }
  /** Without an id it is the type as a whole: a list, or something to be created. */
  readonly resource: {
    readonly type: string
    readonly id?: string
    readonly properties?: Attributes
  }
  readonly context?: Attributes
  /** The instant that conditions read as `now`; the present one unless given. */
  readonly now?: Date
}

/**
 * A subject that is asked about more than once. Its roles are worked out the first time only, so
 * its properties must not change: make another one when they do.
 */
export function keepSubject({ type, id, properties = noAttributes }: SubjectQuestion): Subject {
  return Object.freeze({ type, id, properties: Object.freeze({ ...properties }) })
}

/** Values from outside: missing parts become empty, and nothing is read twice. */
export function readQuestion({ subject, action, resource, context, now }: Question): AccessRequest {
  return {
    subject: isWhole(subject) ? subject : { ...subject, properties: noAttributes },
    action: isWhole(action) ? action : { ...action, properties: noAttributes },
    resource: {
      type: resource.type,
      id: resource.id ?? '',
      properties: resource.properties ?? noAttributes,
    },
    context: context ?? noAttributes,
    timeMs: now === undefined ? Date.now() : now.getTime(),
  }
}

function isWhole<T extends { readonly properties?: Attributes }>(
  part: T,
): part is T & { readonly properties: Attributes } {
  return part.properties !== undefined
}
