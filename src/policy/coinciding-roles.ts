import type { Cursor } from '../source/cursor.ts'
import { type Findings, locate } from '../source/findings.ts'
import { quote } from '../source/quote.ts'
import { type Separations, scopesUpFrom } from './assigned-separation.ts'
import { type Ground, groundsOf, inGroup, isSubject } from './condition-grounds.ts'
import { parseExpression } from './expression-parser.ts'
import { bringing, type CompiledRoles, inheritorsIn } from './roles.ts'
import { subjectTypeOf } from './subject-type.ts'
import type { AssignmentSyntax } from './syntax.ts'

/** Why somebody holds a role. */
interface Reason {
  readonly facts: Ground
  /** In all scopes: the scope "". */
  readonly scope: string
  readonly place: Cursor
  /** An assignment that names whom it is about: two of these are compared elsewhere. */
  readonly isNamed: boolean
}

interface RoleReason extends Reason {
  readonly role: string
}

/** Reasons of one spelling that are kept to be compared. */
const maxAlike = 16
/** Of more facts only the whole and each alone are looked for among the others' reasons. */
const maxSplit = 5

/**
 * Roles that nobody may hold together, held for the same reason, or for one that implies the other:
 * the same condition, membership of one group. Found is what the texts show without being evaluated.
 */
export function refuseCoinciding(
  assignments: readonly AssignmentSyntax[],
  roles: CompiledRoles,
  { anywhere, withinScope }: Separations,
  findings: Findings,
): void {
  const reasons = reasonsByRole(assignments, roles)
  const inheritors = inheritorsIn(roles)
  const told = new Set<string>()
  const judge = (names: readonly string[], isScoped: boolean): void => {
    const known = new Map<string, RoleReason[]>()
    const all = names.flatMap((role) =>
      [...bringing([role], inheritors)].flatMap((holder) =>
        (reasons.get(holder) ?? []).map((reason) => ({ ...reason, role })),
      ),
    )
    for (const reason of all) {
      const alike = known.get(keyOf(reason.facts)) ?? []
      known.set(keyOf(reason.facts), alike)
      if (alike.length < maxAlike) alike.push(reason)
    }
    for (const reason of all) {
      const other = impliedBy(reason, known, isScoped)
      const pair = [reason.role, other?.role ?? ''].sort().join()
      if (other === null || told.has(pair)) continue
      told.add(pair)
      report(reason, other, findings)
    }
  }
  for (const names of anywhere.lists) judge(names, false)
  for (const names of withinScope.lists) judge(names, true)
}

function reasonsByRole(
  assignments: readonly AssignmentSyntax[],
  roles: CompiledRoles,
): ReadonlyMap<string, readonly Reason[]> {
  const reasons = new Map<string, Reason[]>()
  const add = (role: string, added: readonly Reason[]): void => {
    const known = reasons.get(role)
    if (known === undefined) reasons.set(role, [...added])
    else known.push(...added)
  }
  for (const [name, { syntax }] of roles) {
    if (syntax.when === null) continue
    const { value } = syntax.when
    add(name, conditionReasons(value, '', syntax.when))
  }
  for (const { groups, roles: written, scope: named, subjects, subjectType, when } of assignments) {
    const scope = named?.value ?? ''
    const given: Reason[] = [
      ...subjects.map((who) => ({
        facts: isSubject(who.value, subjectTypeOf(subjectType, 'permit')),
        scope,
        place: who,
        isNamed: true,
      })),
      ...groups.map((who) => ({ facts: inGroup(who.value), scope, place: who, isNamed: true })),
      ...(when === null ? [] : conditionReasons(when.value, scope, when)),
    ]
    for (const { value } of written) add(value, given)
  }
  return reasons
}

function conditionReasons(text: string, scope: string, place: Cursor): readonly Reason[] {
  const syntax = parseExpression(text)
  if ('message' in syntax) return []
  return groundsOf(syntax).map((facts) => ({ facts, scope, place, isNamed: false }))
}

/** For which whoever holds the one role holds the other. */
function impliedBy(
  reason: RoleReason,
  known: ReadonlyMap<string, readonly RoleReason[]>,
  isScoped: boolean,
): RoleReason | null {
  for (const facts of partsOf(reason.facts)) {
    for (const other of known.get(keyOf(facts)) ?? []) {
      const isCompared = other.isNamed && reason.isNamed && facts === reason.facts
      if (other.role === reason.role || isCompared) continue
      if (!isScoped || isNested(other.scope, reason.scope)) return other
    }
  }
  return null
}

function isNested(a: string, b: string): boolean {
  return [...scopesUpFrom(a)].includes(b) || [...scopesUpFrom(b)].includes(a)
}

/** Every choice of some of the facts, the whole first. */
function partsOf(facts: Ground): readonly Ground[] {
  if (facts.length > maxSplit) return [facts, ...facts.map((fact) => [fact]), []]
  const masks = Array.from({ length: 1 << facts.length }, (_, mask) => mask).reverse()
  const [, ...some] = masks
  return [facts, ...some.map((mask) => facts.filter((_, at) => (mask & (1 << at)) !== 0))]
}

function keyOf(facts: Ground): string {
  return facts.join('\n')
}

function report(reason: RoleReason, other: RoleReason, findings: Findings): void {
  const { place, role } = reason
  findings.error(place, {
    code: 'separated-roles',
    message: `whoever holds ${quote(role)} for this reason holds ${quote(other.role)} as well, by ${locate(other.place)}, and nobody may hold both`,
    hint: 'let the reasons exclude each other',
  })
}
