import type { Attributes } from './attributes.ts'

/** AuthZEN Authorization API 1.0, information model. */
export interface Subject {
  readonly type: string
  readonly id: string
  readonly properties: Attributes
}

export interface Resource {
  readonly type: string
  readonly id: string
  readonly properties: Attributes
}

export interface Action {
  readonly name: string
  readonly properties: Attributes
}

export interface AccessRequest {
  readonly subject: Subject
  readonly action: Action
  readonly resource: Resource
  readonly context: Attributes
  /** The instant the question is asked, milliseconds since the Unix epoch; `now` in conditions. */
  readonly timeMs: number
}
