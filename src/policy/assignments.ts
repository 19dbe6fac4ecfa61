import type { Condition } from '../decide/policy-spec.ts'
import type { Subject } from '../model/access-request.ts'
import type { Text } from '../source/cursor.ts'
import type { Findings } from '../source/findings.ts'
import { quote } from '../source/quote.ts'
import { CelFailure } from './expression-values.ts'
import { resolveName } from './names.ts'
import { type CompiledRoles, heldWith } from './roles.ts'
import type { AssignmentSyntax, SeparationSyntax } from './syntax.ts'

interface Assigned {
  readonly subjects: Set<string>
  readonly groups: Set<string>
}

/** By role, the conditions under which it is held because of an assignment. */
export function compileAssignments(
  assignments: readonly AssignmentSyntax[],
  roles: CompiledRoles,
  findings: Findings,
  isIncomplete: boolean,
): ReadonlyMap<string, readonly Condition<Subject>[]> {
  const assigned = new Map<string, Assigned>()
  for (const { groups, place, roles: names, subjects } of assignments) {
    if (subjects.length + groups.length === 0) {
      findings.error(place, {
        code: 'assignment-without-subject',
        message: 'the assignment is about nobody',
        hint: 'add "subjects" or "groups"',
      })
    }
    for (const name of names) {
      if (!isIncomplete) resolveName(name, roles, 'role', findings)
      const known = assigned.get(name.value) ?? { subjects: new Set(), groups: new Set() }
      assigned.set(name.value, known)
      for (const { value } of subjects) known.subjects.add(value)
      for (const { value } of groups) known.groups.add(value)
    }
  }
  return new Map(
    Array.from(assigned, ([name, { groups, subjects }]) => [
      name,
      [
        ...(subjects.size === 0 ? [] : [(subject: Subject) => subjects.has(subject.id)]),
        ...(groups.size === 0 ? [] : [isInOneOf(groups)]),
      ],
    ]),
  )
}

const noGroups = new CelFailure('No attribute "subject.groups"')
const notGroups = new CelFailure('"subject.groups" is not a list')

/** As a condition over `subject.groups` would have it, and found by hash like one. */
function isInOneOf(groups: ReadonlySet<string>): Condition<Subject> {
  const condition = ({ properties }: Subject): boolean | CelFailure => {
    const held: unknown = Object.hasOwn(properties, 'groups') ? properties['groups'] : undefined
    if (!Array.isArray(held)) return held === undefined ? noGroups : notGroups
    return held.some((group) => typeof group === 'string' && groups.has(group))
  }
  const membership = { kind: 'contains', attribute: 'groups', values: [...groups] } as const
  return Object.assign(condition, { membership })
}

/** Static separation of duty, as far as it can be judged from what is written. */
export function compileSeparations(
  separations: readonly SeparationSyntax[],
  assignments: readonly AssignmentSyntax[],
  roles: CompiledRoles,
  findings: Findings,
  isIncomplete: boolean,
): readonly (readonly string[])[] {
  const named = separations.flatMap(({ dynamic, fixed }) => [...fixed, ...dynamic])
  if (!isIncomplete) for (const name of named) resolveName(name, roles, 'role', findings)
  const separated = separations
    .map(({ fixed }) => fixed.map(({ value }) => value).filter((name) => roles.has(name)))
    .filter((names) => names.length > 1)
  if (separated.length === 0) return separated
  for (const [name, { syntax }] of roles) {
    const pair = pairIn(heldWith([name], roles), separated)
    if (pair === null) continue
    findings.errorAtKey(syntax.place, {
      code: 'separated-roles',
      message: `whoever holds ${quote(name)} holds ${quote(pair[0])} and ${quote(pair[1])}, which nobody may hold together`,
    })
  }
  refuseAssignments(assignments, roles, separated, findings)
  return separated
}

function refuseAssignments(
  assignments: readonly AssignmentSyntax[],
  roles: CompiledRoles,
  separated: readonly (readonly string[])[],
  findings: Findings,
): void {
  const held = new Map<string, Set<string>>()
  const told = new Set<string>()
  const assign = (kind: string, who: Text, names: readonly string[]): void => {
    const key = `${kind} ${quote(who.value)}`
    const known = held.get(key) ?? new Set()
    held.set(key, known)
    for (const name of heldWith(names, roles)) known.add(name)
    const pair = pairIn(known, separated)
    if (pair === null || told.has(key)) return
    told.add(key)
    findings.error(who, {
      code: 'separated-roles',
      message: `${key} is assigned ${quote(pair[0])} and ${quote(pair[1])}, which nobody may hold together`,
      hint: 'remove one of the assignments',
    })
  }
  for (const assignment of assignments) {
    const names = assignment.roles.map(({ value }) => value)
    for (const who of assignment.subjects) assign('subject', who, names)
    for (const who of assignment.groups) assign('group', who, names)
  }
}

function pairIn(
  held: ReadonlySet<string>,
  separated: readonly (readonly string[])[],
): readonly [string, string] | null {
  for (const names of separated) {
    const [first, second] = names.filter((name) => held.has(name))
    if (first !== undefined && second !== undefined) return [first, second]
  }
  return null
}
