import type { Findings } from '../source/findings.ts'
import { quote } from '../source/quote.ts'
import { refuseAssignments } from './assigned-separation.ts'
import { refuseCoinciding } from './coinciding-roles.ts'
import { resolveName } from './names.ts'
import { type CompiledRoles, inheritorsIn } from './roles.ts'
import { Held, type Pair, SeparatedLists } from './separated-lists.ts'
import type { AssignmentSyntax, SeparationSyntax } from './syntax.ts'

type RoleLists = readonly (readonly string[])[]

/** Roles of which nobody may hold two. */
export interface Separated {
  /** In whatever scopes. */
  readonly anywhere: RoleLists
  /** Towards one resource. */
  readonly withinScope: RoleLists
}

/** Static separation of duty, as far as it can be judged from what is written. */
export function compileSeparations(
  separations: readonly SeparationSyntax[],
  assignments: readonly AssignmentSyntax[],
  roles: CompiledRoles,
  findings: Findings,
  isIncomplete: boolean,
): Separated {
  const named = separations.flatMap(({ dynamic, fixed }) => [...fixed, ...dynamic])
  if (!isIncomplete) for (const name of named) resolveName(name, roles, 'role', findings)
  const listsOf = (within: boolean): RoleLists =>
    separations
      .filter((separation) => (separation.within !== null) === within)
      .map(({ fixed }) => fixed.map(({ value }) => value).filter((name) => roles.has(name)))
      .filter((names) => names.length > 1)
  const separated = { anywhere: listsOf(false), withinScope: listsOf(true) }
  const all = [...separated.anywhere, ...separated.withinScope]
  if (all.length === 0) return separated
  const pairs = pairsByRole(new SeparatedLists(all), roles)
  for (const [name, { syntax }] of roles) {
    const pair = pairs.get(name)
    if (pair === undefined) continue
    findings.errorAtKey(syntax.place, {
      code: 'separated-roles',
      message: `whoever holds ${quote(name)} holds ${quote(pair[0])} and ${quote(pair[1])}, which nobody may hold together`,
      hint: 'let it inherit one of them at most',
    })
  }
  const judged = {
    anywhere: new SeparatedLists(separated.anywhere),
    withinScope: new SeparatedLists(separated.withinScope),
  }
  refuseAssignments(assignments, roles, judged, findings)
  if (pairs.size === 0) refuseCoinciding(assignments, roles, judged, findings)
  return separated
}

/** Of each role that brings two that exclude each other, those two. */
function pairsByRole(separated: SeparatedLists, roles: CompiledRoles): ReadonlyMap<string, Pair> {
  const pairs = new Map<string, Pair>()
  const held = new Map<string, Held>()
  const inheritors = inheritorsIn(roles)
  for (const name of new Set(separated.lists.flat())) {
    const holders = new Set([name])
    for (const holder of holders) {
      const known = held.get(holder) ?? new Held(separated)
      held.set(holder, known)
      // What stands above is in the same case: it is gone through once, below.
      if (!known.add(name)) continue
      for (const above of inheritors.get(holder) ?? []) holders.add(above)
    }
  }
  for (const [name, { pair }] of held) {
    if (pair === null || pairs.has(name)) continue
    const holders = new Set([name])
    for (const holder of holders) {
      pairs.set(holder, held.get(holder)?.pair ?? pair)
      for (const above of inheritors.get(holder) ?? []) if (!pairs.has(above)) holders.add(above)
    }
  }
  return pairs
}
