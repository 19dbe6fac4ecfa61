import type { Condition } from '../decide/policy-spec.ts'
import type { Subject } from '../model/access-request.ts'
import type { Findings } from '../source/findings.ts'
import { compileCondition } from './expression.ts'
import { type Declarations, roleScope } from './expression-scope.ts'
import type { Type } from './expression-types.ts'
import { CelFailure } from './expression-values.ts'
import { resolveName } from './names.ts'
import { placeExpressionErrors } from './place-expression.ts'
import { refuseIds } from './refuse-ids.ts'
import type { AssignedConditions, CompiledRoles } from './roles.ts'
import { type DeclaredScopes, refuseWidening } from './scopes.ts'
import { subjectTypeOf } from './subject-type.ts'
import type { AssignmentSyntax } from './syntax.ts'

/** What an assignment may name. */
interface Assignable {
  readonly roles: CompiledRoles
  readonly scopes: DeclaredScopes
  readonly subject: Declarations
  /** Some file is lost: names it may declare must not be called unknown. */
  readonly isIncomplete: boolean
}

/** Of one role in one scope. */
interface Assigned {
  /** Ids by type; null: of any. */
  readonly subjects: Map<string | null, Set<string>>
  readonly groups: Set<string>
  readonly conditions: Condition<Subject>[]
}

function newAssigned(): Assigned {
  return { subjects: new Map(), groups: new Set(), conditions: [] }
}

/** By role, the conditions under which it is held because of an assignment. */
export function compileAssignments(
  assignments: readonly AssignmentSyntax[],
  known: Assignable,
  findings: Findings,
): ReadonlyMap<string, AssignedConditions> {
  /** By role and scope; in all scopes: the scope "". */
  const assigned = new Map<string, Map<string, Assigned>>()
  for (const assignment of assignments) {
    const { groups, roles: names, subjects, subjectType } = assignment
    refuseIds([...subjects, ...groups], findings)
    const type = subjectTypeOf(subjectType, 'permit')
    const scope = checkScope(assignment, known.scopes, findings)
    const condition = compileWhen(assignment, known.subject, findings)
    for (const name of names) {
      if (!known.isIncomplete) resolveName(name, known.roles, 'role', findings)
      if (scope === null) continue
      const byScope = assigned.get(name.value) ?? new Map<string, Assigned>()
      assigned.set(name.value, byScope)
      const here = byScope.get(scope) ?? newAssigned()
      byScope.set(scope, here)
      const ids = here.subjects.get(type) ?? new Set()
      here.subjects.set(type, ids)
      for (const { value } of subjects) ids.add(value)
      for (const { value } of groups) here.groups.add(value)
      if (condition !== null) here.conditions.push(condition)
    }
  }
  const declared = known.subject.members.get('groups')
  return new Map(Array.from(assigned, ([name, byScope]) => [name, conditionsOf(byScope, declared)]))
}

function isOneOf(ids: ReadonlySet<string>, type: string | null): Condition<Subject> {
  if (type === null) return ({ id }) => ids.has(id)
  return (subject) => subject.type === type && ids.has(subject.id)
}

function conditionsOf(
  byScope: ReadonlyMap<string, Assigned>,
  declaredGroups: Type | undefined,
): AssignedConditions {
  const assigned: Condition<Subject>[] = []
  const assignedWithin: { scope: string; condition: Condition<Subject> }[] = []
  for (const [scope, { conditions, groups, subjects }] of byScope) {
    const all = [...conditions]
    for (const [type, ids] of subjects) if (ids.size > 0) all.push(isOneOf(ids, type))
    if (groups.size > 0) all.push(isInOneOf(groups, declaredGroups))
    if (scope === '') assigned.push(...all)
    else for (const condition of all) assignedWithin.push({ scope, condition })
  }
  return {
    ...(assigned.length === 0 ? {} : { assigned }),
    ...(assignedWithin.length === 0 ? {} : { assignedWithin }),
  }
}

/** Empty: all scopes; null: none that is known. */
function checkScope(
  { place, scope }: AssignmentSyntax,
  scopes: DeclaredScopes,
  findings: Findings,
): string | null {
  if (scope === null) return ''
  if (!scopes.resolve(scope, findings)) return null
  refuseWidening(place, 'the assignment gives roles', scope.value, scopes, findings)
  return scope.value
}

function compileWhen(
  { groups, place, subjects, when }: AssignmentSyntax,
  subject: Declarations,
  findings: Findings,
): Condition<Subject> | null {
  const names = subjects.length + groups.length
  if (when === null) {
    if (names === 0) {
      findings.error(place, {
        code: 'assignment-without-subject',
        message: 'the assignment is about nobody',
        hint: 'add "subjects", "groups" or "when"',
      })
    }
    return null
  }
  if (names > 0) {
    findings.errorAtKey(when, {
      code: 'assignment-in-two-ways',
      message: 'the assignment names whom it is about and has a condition as well',
      hint: 'write two assignments where one of them suffices, one condition where both are needed',
    })
  }
  const condition = compileCondition(when.value, roleScope(subject))
  if (condition.ok) return condition.evaluate
  placeExpressionErrors(when, condition.errors, findings)
  return null
}

const noGroups = new CelFailure('No attribute "subject.groups"')
const notGroups = new CelFailure('"subject.groups" is not a list')
const notTexts = new CelFailure('"subject.groups" is not a list<string>')

/** As a condition over `subject.groups` would have it, and found by hash like one. */
function isInOneOf(groups: ReadonlySet<string>, declared: Type | undefined): Condition<Subject> {
  const isOfText = declared?.kind === 'list' && declared.element.kind === 'string'
  const condition = ({ properties }: Subject): boolean | CelFailure => {
    const held: unknown = Object.hasOwn(properties, 'groups') ? properties['groups'] : undefined
    if (!Array.isArray(held)) return held === undefined ? noGroups : notGroups
    if (isOfText && !held.every((group) => typeof group === 'string')) return notTexts
    return held.some((group) => typeof group === 'string' && groups.has(group))
  }
  const values = [...groups]
  const membership = { kind: 'contains', attribute: 'groups', values, isOfText } as const
  return Object.assign(condition, { membership })
}
