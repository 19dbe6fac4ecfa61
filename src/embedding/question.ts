import type { Attributes } from '../model/attributes.ts'

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
  /** The instant that conditions read as `now`; the present one unless given. Of the years 1 to 9999. */
  readonly now?: Date
}
