import type { Effect } from '../model/decision.ts'

export type TraceResult =
  | 'matched'
  | 'role_missing'
  | 'condition_false'
  | 'failed'
  /** It would permit, had the subject signed in as it requires. */
  | 'step_up'
  /** An entry of an access control list about somebody else. */
  | 'not_listed'
  | 'expired'

/** What one candidate rule said about one request. */
export interface TraceStep {
  readonly rule: string
  /** `file:line:column`. */
  readonly location: string
  readonly effect: Effect
  readonly result: TraceResult
  /** Why it failed; null unless `result` is `failed`. */
  readonly message: string | null
}

/** Listens while every candidate rule is evaluated, in the order in which they are asked. */
export interface Trace {
  record(step: TraceStep): void
}

/** Keeps the steps of one decision. */
export class TraceRecorder implements Trace {
  readonly steps: TraceStep[] = []

  record(step: TraceStep): void {
    this.steps.push(step)
  }
}
