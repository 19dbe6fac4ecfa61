import type { RoleSpec } from '../decide/policy-spec.ts'
import type { Findings } from '../source/findings.ts'
import { quote, quoteList } from '../source/quote.ts'
import { compileCondition } from './expression.ts'
import { type Declarations, roleScope } from './expression-scope.ts'
import { Declared, resolveName } from './names.ts'
import { placeExpressionErrors } from './place-expression.ts'
import type { RoleSyntax } from './syntax.ts'

/** Circles told of at once, and roles named of each: there can be as many as there are roles. */
const MAX_CYCLES = 100
const MAX_NAMED = 16

/** Roles below a role, one inheriting the other. */
const MAX_DEPTH = 4_096

interface CompiledRole {
  readonly syntax: RoleSyntax
  readonly spec: RoleSpec
}

/** Of one role, the conditions under which assignments give it. */
export type AssignedConditions = Pick<RoleSpec, 'assigned' | 'assignedWithin'>

export type CompiledRoles = ReadonlyMap<string, CompiledRole>

/** Roles with what they inherit resolved. `isIncomplete`: unknown names may stand in a lost file. */
export function compileRoles(
  roles: readonly RoleSyntax[],
  subject: Declarations,
  findings: Findings,
  isIncomplete: boolean,
): CompiledRoles {
  const declared = new Declared<RoleSyntax>('role')
  for (const role of roles) declared.add(role.name, role, role.place, 'key', findings)
  const scope = roleScope(subject)
  const compiled = new Map<string, CompiledRole>()
  for (const role of roles) {
    const known = role.inherits.filter((name) => {
      if (declared.items.has(name.value)) return true
      if (!isIncomplete) resolveName(name, declared.items, 'role', findings)
      return false
    })
    const condition = role.when === null ? null : compileCondition(role.when.value, scope)
    if (role.when !== null && condition?.ok === false) {
      placeExpressionErrors(role.when, condition.errors, findings)
    }
    if (declared.items.get(role.name) !== role) continue
    compiled.set(role.name, {
      syntax: role,
      spec: {
        name: role.name,
        inherits: known.map((name) => name.value),
        condition: condition?.ok === true ? condition.evaluate : null,
      },
    })
  }
  const { cycles, order } = walkRoles(compiled)
  for (const cycle of cycles) reportCycle(cycle, compiled, findings)
  if (cycles.length === 0) refuseDeep(order, compiled, findings)
  return compiled
}

/** The same with the conditions of their assignments. */
export function withAssignments(
  roles: CompiledRoles,
  assigned: ReadonlyMap<string, AssignedConditions>,
): CompiledRoles {
  if (assigned.size === 0) return roles
  return new Map(
    Array.from(roles, ([name, role]) => {
      const conditions = assigned.get(name)
      if (conditions === undefined) return [name, role]
      return [name, { ...role, spec: { ...role.spec, ...conditions } }]
    }),
  )
}

function reportCycle(cycle: readonly string[], roles: CompiledRoles, findings: Findings): void {
  const [first] = cycle
  const role = first === undefined ? undefined : roles.get(first)
  if (role === undefined || first === undefined) return
  const message =
    cycle.length === 1
      ? `role ${quoteList(cycle)} inherits itself`
      : `roles inherit in a circle: ${arrows([...cycle, first])}`
  findings.errorAtKey(role.syntax.place, {
    code: 'role-cycle',
    message,
    hint: 'remove one of these from "inherits"',
  })
}

function arrows(names: readonly string[]): string {
  if (names.length <= MAX_NAMED) return names.join(' → ')
  const shown = [...names.slice(0, MAX_NAMED - 1), '…', ...names.slice(-1)]
  return shown.join(' → ')
}

/** Of a chain that is too long, the first role that is too far up. */
function refuseDeep(order: Iterable<string>, roles: CompiledRoles, findings: Findings): void {
  const depths = new Map<string, number>()
  for (const name of order) {
    const role = roles.get(name)
    let depth = 0
    for (const each of role?.spec.inherits ?? []) depth = Math.max(depth, depths.get(each) ?? 0)
    depths.set(name, depth + 1)
    if (role === undefined || depth !== MAX_DEPTH + 1) continue
    findings.errorAtKey(role.syntax.place, {
      code: 'too-deep',
      message: `role ${quote(name)} inherits through more than ${MAX_DEPTH} others`,
      hint: 'let it inherit directly what it needs',
    })
  }
}

/**
 * Each circle once, from its first declared role on, and the roles in an order in which each stands
 * behind what it inherits. Iterative: a chain may be as long as the file.
 */
function walkRoles(roles: CompiledRoles): {
  readonly cycles: readonly (readonly string[])[]
  readonly order: Iterable<string>
} {
  const cycles: (readonly string[])[] = []
  const done = new Set<string>()
  for (const start of roles.keys()) {
    const path: string[] = []
    const onPath = new Map<string, number>()
    const pending: { name: string; next: number }[] = [{ name: start, next: 0 }]
    while (pending.length > 0) {
      const top = pending.at(-1)
      if (top === undefined) break
      if (top.next === 0) {
        if (done.has(top.name)) {
          pending.pop()
          continue
        }
        onPath.set(top.name, path.length)
        path.push(top.name)
      }
      const inherited = roles.get(top.name)?.spec.inherits[top.next]
      top.next += 1
      if (inherited === undefined) {
        done.add(top.name)
        onPath.delete(top.name)
        path.pop()
        pending.pop()
      } else if (onPath.has(inherited)) {
        if (cycles.length < MAX_CYCLES) cycles.push(path.slice(onPath.get(inherited)))
      } else if (!done.has(inherited)) {
        pending.push({ name: inherited, next: 0 })
      }
    }
  }
  return { cycles, order: done }
}

/** Every role that comes with some of these, themselves included. */
export function heldWith(names: Iterable<string>, roles: CompiledRoles): ReadonlySet<string> {
  const held = new Set(names)
  for (const name of held) {
    for (const inherited of roles.get(name)?.spec.inherits ?? []) held.add(inherited)
  }
  return held
}

/** By role, those that inherit it. */
export function inheritorsIn(roles: CompiledRoles): ReadonlyMap<string, readonly string[]> {
  const inheritors = new Map<string, string[]>()
  for (const [name, { spec }] of roles) {
    for (const inherited of spec.inherits) {
      const known = inheritors.get(inherited)
      if (known === undefined) inheritors.set(inherited, [name])
      else known.push(name)
    }
  }
  return inheritors
}

/** Every role that brings some of these with it, themselves included. */
export function bringing(
  names: Iterable<string>,
  inheritors: ReadonlyMap<string, readonly string[]>,
): ReadonlySet<string> {
  const found = new Set(names)
  for (const name of found) for (const inheritor of inheritors.get(name) ?? []) found.add(inheritor)
  return found
}
