import type { AccessRequest, Subject } from '../model/access-request.ts'
import type { Effect } from '../model/decision.ts'

/** A condition that could not be evaluated. Prebuilt where possible; returned, never thrown. */
export interface ConditionFailure {
  readonly kind: 'failure'
  readonly message: string
}

/** Pure and total: no I/O, no clock but the request's own, no exception. */
export interface Condition<Frame> {
  (frame: Frame): boolean | ConditionFailure
  /** What it comes down to, where that is a look-up among the subject's properties. */
  readonly membership?: Membership
}

export interface Membership {
  /** Whether the attribute is a list that contains one of the values, or is itself one of them. */
  readonly kind: 'contains' | 'equals'
  readonly attribute: string
  readonly values: readonly string[]
}

export interface RoleSpec {
  readonly name: string
  /** Whoever holds this role also holds these. */
  readonly inherits: readonly string[]
  /** Null: held only through a role that inherits it. Reads the subject alone, so it can be kept. */
  readonly condition: Condition<Subject> | null
}

export interface RuleSpec {
  /** `policy/rule`: unique in the set. */
  readonly id: string
  readonly effect: Effect
  readonly actions: readonly string[]
  /** Any one of these suffices; null: every subject. */
  readonly roles: readonly string[] | null
  readonly condition: Condition<AccessRequest> | null
  /** `file:line:column`, for explanations. */
  readonly location: string
  /** For explanations only: deciding never reads it. */
  readonly written?: WrittenCondition
}

export interface WrittenCondition {
  readonly text: string
  /** What it reads: `subject.department`, `now`. */
  readonly references: readonly string[]
}

export interface ResourceSpec {
  readonly type: string
  readonly actions: readonly string[]
  /** In file order. */
  readonly rules: readonly RuleSpec[]
}

/** What the policy compiler hands to the engine: checked, resolved and free of YAML. */
export interface PolicySpec {
  readonly digest: string
  readonly roles: readonly RoleSpec[]
  readonly resources: readonly ResourceSpec[]
}
