import { parentName } from '../decide/scope-table.ts'
import type { Text } from '../source/cursor.ts'
import type { Findings } from '../source/findings.ts'
import { quote } from '../source/quote.ts'
import { resolveName } from './names.ts'
import { bringing, type CompiledRoles, heldWith, inheritorsIn } from './roles.ts'
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
  const held = separatedHeldWith(all, roles)
  for (const [name, { syntax }] of roles) {
    const pair = pairIn(held.get(name) ?? new Set(), all)
    if (pair === null) continue
    findings.errorAtKey(syntax.place, {
      code: 'separated-roles',
      message: `whoever holds ${quote(name)} holds ${quote(pair[0])} and ${quote(pair[1])}, which nobody may hold together`,
    })
  }
  refuseAssignments(assignments, roles, separated, findings)
  return separated
}

/** By role, those that come with it, as far as they are separated from any. */
function separatedHeldWith(
  separated: RoleLists,
  roles: CompiledRoles,
): ReadonlyMap<string, ReadonlySet<string>> {
  const held = new Map<string, Set<string>>()
  const inheritors = inheritorsIn(roles)
  for (const name of new Set(separated.flat())) {
    for (const holder of bringing([name], inheritors)) {
      const known = held.get(holder)
      if (known === undefined) held.set(holder, new Set([name]))
      else known.add(name)
    }
  }
  return held
}

/** What one subject or group is assigned. */
class Assignee {
  readonly anywhere = new Set<string>()
  /** In all scopes: the scope "". */
  readonly #byScope = new Map<string, Set<string>>()

  add(scope: string, names: Iterable<string>): void {
    const here = this.#byScope.get(scope) ?? new Set()
    this.#byScope.set(scope, here)
    for (const name of names) {
      here.add(name)
      this.anywhere.add(name)
    }
  }

  /** What is held in a scope and in each below it. */
  *heldFrom(scope: string): Iterable<ReadonlySet<string>> {
    yield this.#heldIn(scope)
    const prefix = scope === '' ? '' : `${scope}.`
    for (const below of this.#byScope.keys()) {
      if (below.startsWith(prefix)) yield this.#heldIn(below)
    }
  }

  #heldIn(scope: string): ReadonlySet<string> {
    const held = new Set(this.#byScope.get(''))
    for (let at: string | null = scope; at !== null; at = parentName(at)) {
      for (const name of this.#byScope.get(at) ?? []) held.add(name)
    }
    return held
  }
}

function refuseAssignments(
  assignments: readonly AssignmentSyntax[],
  roles: CompiledRoles,
  { anywhere, withinScope }: Separated,
  findings: Findings,
): void {
  const assignees = new Map<string, Assignee>()
  const told = new Set<string>()
  const assign = (kind: string, who: Text, scope: string, names: readonly string[]): void => {
    const key = `${kind} ${quote(who.value)}`
    if (told.has(key)) return
    const assignee = assignees.get(key) ?? new Assignee()
    assignees.set(key, assignee)
    assignee.add(scope, heldWith(names, roles))
    const pair =
      pairIn(assignee.anywhere, anywhere) ?? pairInAny(assignee.heldFrom(scope), withinScope)
    if (pair === null) return
    told.add(key)
    findings.error(who, {
      code: 'separated-roles',
      message: `${key} is assigned ${quote(pair[0])} and ${quote(pair[1])}, which nobody may hold together`,
      hint: 'remove one of the assignments',
    })
  }
  for (const { groups, roles: written, scope, subjects } of assignments) {
    const names = written.map(({ value }) => value)
    for (const who of subjects) assign('subject', who, scope?.value ?? '', names)
    for (const who of groups) assign('group', who, scope?.value ?? '', names)
  }
}

function pairInAny(
  helds: Iterable<ReadonlySet<string>>,
  separated: RoleLists,
): readonly [string, string] | null {
  if (separated.length === 0) return null
  for (const held of helds) {
    const pair = pairIn(held, separated)
    if (pair !== null) return pair
  }
  return null
}

function pairIn(held: ReadonlySet<string>, separated: RoleLists): readonly [string, string] | null {
  for (const names of separated) {
    const [first, second] = names.filter((name) => held.has(name))
    if (first !== undefined && second !== undefined) return [first, second]
  }
  return null
}
