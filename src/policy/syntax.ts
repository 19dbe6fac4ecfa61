import type { Effect } from '../model/decision.ts'
import type { Cursor, Text } from '../source/cursor.ts'

/** What policy files say, file by file, before any name is resolved. */
export interface PolicyFiles {
  readonly types: readonly TypesSyntax[]
  readonly scopes: readonly ScopeSyntax[]
  readonly assignments: readonly AssignmentSyntax[]
  readonly separations: readonly SeparationSyntax[]
  readonly shared: Definitions
  readonly roles: readonly RoleSyntax[]
  readonly acls: readonly AclSyntax[]
  readonly groups: readonly RouteGroupSyntax[]
}

export interface RoleSyntax {
  readonly name: string
  readonly place: Cursor
  readonly inherits: readonly Text[]
  readonly when: Text | null
}

/** A tenant, or a part of one. */
export interface ScopeSyntax {
  readonly name: string
  readonly place: Cursor
  readonly isOpen: boolean
  readonly narrows: boolean
}

/** Null: the file says nothing about it. */
export interface TypesSyntax {
  readonly subject: readonly AttributeSyntax[] | null
  readonly context: readonly AttributeSyntax[] | null
}

export interface AssignmentSyntax {
  readonly place: Cursor
  /** Null: in all scopes. */
  readonly scope: Text | null
  readonly when: Text | null
  readonly roles: readonly Text[]
  readonly subjects: readonly Text[]
  /** Null: not written. */
  readonly subjectType: Text | null
  readonly groups: readonly Text[]
}

/** Roles that exclude each other: when held (static), or when used on one resource (dynamic). */
export interface SeparationSyntax {
  readonly place: Cursor
  readonly fixed: readonly Text[]
  /** `scope`: when held towards one resource; null: wherever they are held. */
  readonly within: Text | null
  readonly dynamic: readonly Text[]
  readonly used: Text | null
}

/** What expressions and rules can refer to by name. */
export interface Definitions {
  readonly variables: readonly VariableSyntax[]
  readonly derivedRoles: readonly DerivedRoleSyntax[]
}

export interface VariableSyntax {
  readonly name: string
  readonly place: Cursor
  readonly text: Text
}

/** A role that somebody holds towards a resource, such as owner. */
export interface DerivedRoleSyntax {
  readonly name: string
  readonly place: Cursor
  /** Roles of which one is needed besides; null: anybody may hold it. */
  readonly roles: readonly Text[] | null
  readonly when: Text | null
}

export interface ResourceSyntax extends Definitions {
  readonly file: Cursor
  readonly type: Text
  readonly version: Text | null
  /** Null: the root. */
  readonly scope: Text | null
  readonly isScopeRequired: boolean
  /** `file:line:column`. */
  readonly location: string
  readonly combining: Text | null
  readonly actions: readonly Text[]
  readonly attributes: readonly AttributeSyntax[]
  readonly rules: readonly RuleSyntax[]
}

export interface AttributeSyntax {
  readonly name: string
  readonly type: Text
}

export interface RuleSyntax {
  /** Null where the rule has none: that is reported, and the rest is examined all the same. */
  readonly id: Text | null
  readonly place: Cursor
  /** `file:line:column`. */
  readonly location: string
  /** One, unless the rule is wrong. */
  readonly effects: readonly EffectSyntax[]
  /** Null: every subject. */
  readonly roles: readonly Text[] | null
  readonly when: Text | null
  readonly requirement: RequirementSyntax | null
  readonly obligations: readonly ObligationSyntax[]
  readonly output: PropertiesSyntax | null
}

export interface RequirementSyntax {
  readonly place: Cursor
  readonly acr: readonly string[] | null
  readonly amr: readonly string[] | null
  readonly maxAge: Text | null
}

/** Values by name: text is CEL. */
export type PropertiesSyntax = readonly (readonly [name: string, value: Cursor])[]

export interface ObligationSyntax {
  readonly type: Text
  readonly properties: PropertiesSyntax
}

export interface EffectSyntax {
  readonly effect: Effect
  readonly place: Cursor
  readonly actions: readonly Text[] | 'all'
}

/** Entries about single resources of one type. */
export interface AclSyntax {
  readonly type: Text
  readonly version: Text | null
  readonly scope: Text | null
  readonly entries: readonly AclEntrySyntax[]
}

export interface AclEntrySyntax {
  readonly id: Text | null
  readonly place: Cursor
  /** `file:line:column`. */
  readonly location: string
  /** One, unless the entry is wrong. */
  readonly effects: readonly EffectSyntax[]
  readonly resources: readonly Text[]
  readonly subjects: readonly Text[]
  /** Null: not written. */
  readonly subjectType: Text | null
  readonly groups: readonly Text[]
  readonly roles: readonly Text[]
  readonly expires: Text | null
}

export interface RouteGroupSyntax {
  readonly host: Text | null
  readonly upstream: Text | null
  readonly audience: Text | null
  readonly routes: readonly RouteSyntax[]
}

export interface RouteSyntax {
  /** `GET /expenses/{id}`, as written. */
  readonly key: string
  readonly place: Cursor
  /** `file:line:column`. */
  readonly location: string
  readonly action: Text | null
  readonly resource: Text | null
  /** Of the route, else of its group. */
  readonly version: Text | null
  readonly scope: Text | null
  readonly id: Text | null
  readonly attributes: readonly (readonly [name: string, value: Text])[]
  readonly upgrade: readonly Text[]
  /** Of the route, else of its group. */
  readonly authentication: Text | null
  readonly credentials: readonly Text[]
  readonly limits: readonly (readonly [whose: string, rate: Text])[]
  /** Of the route, else of its group; null: neither says. */
  readonly passToken: boolean | null
  readonly identityHeaders: boolean | null
}
