import type { Text } from '../source/cursor.ts'
import { type CompiledRoles, inheritorsIn } from './roles.ts'
import type { SeparationSyntax } from './syntax.ts'

/** Roles of which one subject must not use two on one resource. */
export interface DynamicSeparation {
  /** A list of roles, in CEL. */
  readonly used: Text
  /** By role, the separated ones it stands for: itself, or the nearest it inherits. */
  readonly standsFor: ReadonlyMap<string, ReadonlySet<string>>
}

/** Once for all resources: most folders have none. */
export function dynamicSeparations(
  separations: readonly SeparationSyntax[],
  roles: CompiledRoles,
): readonly DynamicSeparation[] {
  const dynamic = separations.filter((separation) => separation.dynamic.length > 0)
  if (dynamic.length === 0) return []
  const inheritors = inheritorsIn(roles)
  return dynamic.flatMap(({ dynamic: listed, used }) => {
    if (used === null) return []
    const names = new Set(listed.map(({ value }) => value))
    return [{ used, standsFor: standingFor(names, inheritors) }]
  })
}

/** Up from each separated role, to the next separated one. */
function standingFor(
  names: ReadonlySet<string>,
  inheritors: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>()
  for (const name of names) {
    const above = new Set([name])
    for (const each of above) {
      const known = found.get(each)
      if (known === undefined) found.set(each, new Set([name]))
      else known.add(name)
      for (const senior of inheritors.get(each) ?? []) if (!names.has(senior)) above.add(senior)
    }
  }
  return found
}
