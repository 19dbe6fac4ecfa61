import { parentName } from '../decide/scope-table.ts'
import type { Text } from '../source/cursor.ts'
import type { Findings } from '../source/findings.ts'
import { quote } from '../source/quote.ts'
import { type CompiledRoles, heldWith } from './roles.ts'
import { Held, type Pair, type SeparatedLists } from './separated-lists.ts'
import { kindOfSubject, subjectTypeOf } from './subject-type.ts'
import type { AssignmentSyntax } from './syntax.ts'

/** Lists of which one counts wherever roles are held, the other towards one resource. */
export interface Separations {
  readonly anywhere: SeparatedLists
  readonly withinScope: SeparatedLists
}

/** What one subject or group is assigned. */
class Assignee {
  readonly #anywhere: Held
  readonly #withinScope: SeparatedLists
  /** In all scopes: the scope "". */
  readonly #byScope = new Map<string, Set<string>>()
  /** By scope, those in which something is assigned, itself and those below. */
  readonly #below = new Map<string, Set<string>>()

  constructor({ anywhere, withinScope }: Separations) {
    this.#anywhere = new Held(anywhere)
    this.#withinScope = withinScope
  }

  /** Two roles it must not hold together, as far as it is known by now. */
  assign(scope: string, names: ReadonlySet<string>): Pair | null {
    for (const name of names) this.#anywhere.add(name)
    if (this.#anywhere.pair !== null) return this.#anywhere.pair
    if (this.#withinScope.lists.length === 0) return null
    const here = this.#byScope.get(scope) ?? new Set()
    this.#byScope.set(scope, here)
    for (const name of names) if (this.#withinScope.has(name)) here.add(name)
    for (const above of scopesUpFrom(scope)) {
      const known = this.#below.get(above)
      if (known === undefined) this.#below.set(above, new Set([scope]))
      else known.add(scope)
    }
    for (const each of this.#below.get(scope) ?? []) {
      const pair = this.#withinScope.pairIn(this.#heldIn(each))
      if (pair !== null) return pair
    }
    return null
  }

  *#heldIn(scope: string): Iterable<string> {
    for (const each of scopesUpFrom(scope)) yield* this.#byScope.get(each) ?? []
  }
}

/** The scope and those above it, to the one that stands for all. */
export function* scopesUpFrom(scope: string): Iterable<string> {
  for (let at: string | null = scope; at !== null && at !== ''; at = parentName(at)) yield at
  yield ''
}

/** Assignments that give two such roles to one subject or one group. */
export function refuseAssignments(
  assignments: readonly AssignmentSyntax[],
  roles: CompiledRoles,
  separations: Separations,
  findings: Findings,
): void {
  const assignees = new Map<string, Assignee>()
  const told = new Set<string>()
  const assign = (kind: string, who: Text, scope: string, names: ReadonlySet<string>): void => {
    const key = `${kind} ${quote(who.value)}`
    if (told.has(key)) return
    const assignee = assignees.get(key) ?? new Assignee(separations)
    assignees.set(key, assignee)
    const pair = assignee.assign(scope, names)
    if (pair === null) return
    told.add(key)
    findings.error(who, {
      code: 'separated-roles',
      message: `${key} is assigned ${quote(pair[0])} and ${quote(pair[1])}, which nobody may hold together`,
      hint: 'remove one of the assignments',
    })
  }
  for (const { groups, roles: written, scope, subjects, subjectType } of assignments) {
    const names = heldWith(
      written.map(({ value }) => value),
      roles,
    )
    const kind = kindOfSubject(subjectTypeOf(subjectType, 'permit'))
    for (const who of subjects) assign(kind, who, scope?.value ?? '', names)
    for (const who of groups) assign('group', who, scope?.value ?? '', names)
  }
}
