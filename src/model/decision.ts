import type { Attributes } from './attributes.ts'

export type Effect = 'permit' | 'deny'

export const reasonCodes = [
  'permitted_by_rule',
  'denied_by_rule',
  'no_applicable_rule',
  'step_up_required',
  'unknown_resource_type',
  'unknown_action',
  'unknown_policy_version',
  'unknown_scope',
  'scope_missing',
  'deny_rule_failed',
  'unknown_obligation',
  'malformed_question',
] as const

/** Why the decision is what it is; `docs/errors.md` explains each. */
export type ReasonCode = (typeof reasonCodes)[number]

/** A condition that could not be evaluated: a deny rule then counts as matched, a permit rule not. */
export interface EvaluationError {
  /** `policy/rule`, as in `Decision.rules`; empty: the question itself is malformed. */
  readonly rule: string
  readonly message: string
}

/** Something the PEP must do for the decision to hold; a permit with an unknown type is a deny. */
export interface Obligation {
  readonly id: string
  readonly type: string
  readonly properties: Attributes
}

/** Always definite, always explained. Frozen and shared between requests: never changed. */
export interface Decision {
  readonly effect: Effect
  readonly reason: ReasonCode
  /** Ids (`policy/rule`) of the rules that decided. */
  readonly rules: readonly string[]
  readonly errors: readonly EvaluationError[]
  readonly obligations: readonly Obligation[]
  /** What the deciding rule tells the caller; absent: nothing. */
  readonly output?: Attributes
  /** Digest of the policy set that decided. */
  readonly policyDigest: string
}
