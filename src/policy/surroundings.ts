import type { Findings } from '../source/findings.ts'
import { compileAssignments, compileSeparations } from './assignments.ts'
import { compileTypes, type DeclaredTypes } from './declarations.ts'
import { compileDefinitions, type DefinedNames, nothingDefined } from './definitions.ts'
import { type CompiledRoles, compileRoles, withAssignments } from './roles.ts'
import type { PolicyFiles, SeparationSyntax } from './syntax.ts'

/** What all resource policies of a folder have in common. */
export interface Surroundings {
  readonly roles: CompiledRoles
  /** Roles of which nobody may hold two. */
  readonly separated: readonly (readonly string[])[]
  readonly separations: readonly SeparationSyntax[]
  readonly types: DeclaredTypes
  readonly shared: DefinedNames
  /** Some file is lost: names it may declare must not be called unknown. */
  readonly isIncomplete: boolean
}

export function compileSurroundings(
  files: Pick<PolicyFiles, 'types' | 'roles' | 'assignments' | 'separations' | 'shared'>,
  isIncomplete: boolean,
  findings: Findings,
): Surroundings {
  const { assignments, separations } = files
  const types = compileTypes(files.types, findings)
  const plainRoles = compileRoles(files.roles, types.subject, findings, isIncomplete)
  const assigned = compileAssignments(assignments, plainRoles, findings, isIncomplete)
  const roles = withAssignments(plainRoles, assigned)
  const separated = compileSeparations(separations, assignments, roles, findings, isIncomplete)
  const shared = compileDefinitions(files.shared, nothingDefined, roles, findings)
  return { roles, separated, separations, types, shared, isIncomplete }
}
