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
  /** The list is declared to hold text only: one that holds anything else is for the condition. */
  readonly isOfText: boolean
}

export interface RoleSpec {
  readonly name: string
  /** Whoever holds this role also holds these. */
  readonly inherits: readonly string[]
  /** Null: held only through a role that inherits it. Reads the subject alone, so it can be kept. */
  readonly condition: Condition<Subject> | null
  /** Each suffices as the condition does. */
  readonly assigned?: readonly Condition<Subject>[]
  /** Each suffices towards resources of its scope and of those below. */
  readonly assignedWithin?: readonly ScopedCondition[]
}

interface ScopedCondition {
  readonly scope: string
  readonly condition: Condition<Subject>
}

/** A role held towards a resource: whoever holds one of `roles` and meets the condition. */
export interface DerivedRoleSpec {
  readonly name: string
  /** Null: anybody may hold it. */
  readonly roles: readonly string[] | null
  readonly condition: Condition<AccessRequest>
}

/** How the subject must have signed in for a permit to count (RFC 9470); null: it does not matter. */
export interface Requirement {
  /** Of each list one suffices. */
  readonly acr: readonly string[] | null
  readonly amr: readonly string[] | null
  readonly maxAgeS: number | null
}

/** A value handed to the caller: JSON, or why there is none. */
export type Evaluated =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly message: string }

export type ValueSpec =
  | { readonly kind: 'constant'; readonly value: unknown }
  | { readonly kind: 'expression'; readonly evaluate: (request: AccessRequest) => Evaluated }

export type PropertiesSpec = readonly (readonly [name: string, value: ValueSpec])[]

export interface ObligationSpec {
  readonly type: string
  readonly properties: PropertiesSpec
}

/** Whom and what an entry of an access control list is about. */
interface AclSpec {
  /** Ids, and patterns where there is a `*` in them. */
  readonly resources: readonly string[]
  /** Ids; together with groups and the rule's roles, one suffices. */
  readonly subjects: readonly string[]
  /** Of these subjects; absent: any. */
  readonly subjectType?: string
  readonly groups: readonly string[]
  /** Milliseconds since the Unix epoch, from which on it does not apply; null: it stays. */
  readonly expiresMs: number | null
}

/** The order in which rules are asked, and with it which of them decides. */
export type Combining =
  | 'deny-overrides'
  | 'permit-overrides'
  | 'first-applicable'
  | 'deny-unless-permit'

export interface RuleSpec {
  /** `policy/rule`: unique in the set. */
  readonly id: string
  readonly effect: Effect
  readonly actions: readonly string[]
  /** Any one of these suffices; null: every subject. */
  readonly roles: readonly string[] | null
  /** Each suffices as one of `roles` does; with any, `roles` is not null. */
  readonly derivedRoles?: readonly DerivedRoleSpec[]
  readonly condition: Condition<AccessRequest> | null
  /** Set where the rule is an entry of a list; it then has roles and no condition. */
  readonly acl?: AclSpec
  /** Of permit rules only. */
  readonly requirement?: Requirement
  readonly obligations?: readonly ObligationSpec[]
  readonly output?: PropertiesSpec
  /** `file:line:column`, for explanations. */
  readonly location: string
  /** For explanations only: deciding never reads it. */
  readonly written?: WrittenCondition
}

interface WrittenCondition {
  readonly text: string
  /** What it reads: `subject.department`, `now`. */
  readonly references: readonly string[]
}

export interface ResourceSpec {
  readonly type: string
  /** Without it: `default`, which is asked where a request names none. */
  readonly version?: string
  readonly actions: readonly string[]
  /** Without it: deny-overrides. */
  readonly combining?: Combining
  /** In file order. */
  readonly rules: readonly RuleSpec[]
  /** A resource that belongs to no scope is denied. */
  readonly isScopeRequired?: boolean
  /** Asked before the rules of the scopes above, of which `rules` are the last. */
  readonly scoped?: readonly ScopedRules[]
}

export interface ScopedRules {
  readonly scope: string
  /** In file order. */
  readonly rules: readonly RuleSpec[]
}

export interface ScopeSpec {
  /** `acme.hr`: lies below `acme`, which is declared too. */
  readonly name: string
  /** Scopes below that nobody declares are taken for this one. */
  readonly isOpen: boolean
}

/** What the policy compiler hands to the engine: checked, resolved and free of YAML. */
export interface PolicySpec {
  readonly digest: string
  readonly roles: readonly RoleSpec[]
  /** Without any, what a resource says of its scope is an attribute like others. */
  readonly scopes?: readonly ScopeSpec[]
  /** Roles of which nobody may hold two, in whatever scopes: then neither counts. */
  readonly separated?: readonly (readonly string[])[]
  /** Roles of which nobody may hold two towards one resource. */
  readonly separatedWithinScope?: readonly (readonly string[])[]
  readonly resources: readonly ResourceSpec[]
}
