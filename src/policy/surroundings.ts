import type { Findings } from '../source/findings.ts'
import { compileAssignments } from './assignments.ts'
import { type DynamicSeparation, dynamicSeparations } from './dynamic-separation.ts'
import { compileSeparations, type Separated } from './static-separation.ts'
import { compileTypes, type DeclaredTypes } from './declarations.ts'
import { compileDefinitions, type DefinedNames, nothingDefined } from './definitions.ts'
import { ResourceScopes } from './resource-scopes.ts'
import { RoleReach } from './role-reach.ts'
import { type CompiledRoles, compileRoles, withAssignments } from './roles.ts'
import { compileScopes, type DeclaredScopes } from './scopes.ts'
import { SharedLists } from './shared-lists.ts'
import type { PolicyFiles } from './syntax.ts'

/** What all resource policies of a folder have in common. */
export interface Surroundings {
  readonly roles: CompiledRoles
  readonly separated: Separated
  readonly dynamicSeparations: readonly DynamicSeparation[]
  readonly types: DeclaredTypes
  readonly scopes: DeclaredScopes
  readonly shared: DefinedNames
  /** Some file is lost: names it may declare must not be called unknown. */
  readonly isIncomplete: boolean
  readonly reach: RoleReach
  readonly readable: ResourceScopes
  readonly lists: SharedLists
}

type Files = Pick<
  PolicyFiles,
  'types' | 'scopes' | 'roles' | 'assignments' | 'separations' | 'shared'
>

/** Everything that `compileSurroundings` reads, list by list. */
export function partsOfSurroundings(
  { types, scopes, roles, assignments, separations, shared }: Files,
  isIncomplete: boolean,
): readonly (readonly unknown[])[] {
  const { derivedRoles, variables } = shared
  return [types, scopes, roles, assignments, separations, derivedRoles, variables, [isIncomplete]]
}

export function compileSurroundings(
  files: Files,
  isIncomplete: boolean,
  findings: Findings,
): Surroundings {
  const { assignments, separations } = files
  const types = compileTypes(files.types, findings)
  const plainRoles = compileRoles(files.roles, types.subject, findings, isIncomplete)
  const scopes = compileScopes(files.scopes, findings, isIncomplete)
  const known = { roles: plainRoles, scopes, subject: types.subject, isIncomplete }
  const assigned = compileAssignments(assignments, known, findings)
  const roles = withAssignments(plainRoles, assigned)
  const separated = compileSeparations(separations, assignments, roles, findings, isIncomplete)
  const shared = compileDefinitions(files.shared, nothingDefined, roles, findings)
  return {
    roles,
    separated,
    dynamicSeparations: dynamicSeparations(separations, roles),
    types,
    scopes,
    shared,
    isIncomplete,
    reach: new RoleReach(roles),
    readable: new ResourceScopes(types, !scopes.isEmpty),
    lists: new SharedLists(),
  }
}
