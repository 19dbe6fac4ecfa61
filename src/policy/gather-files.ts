import type { Steps } from '../model/steps.ts'
import type { Findings } from '../source/findings.ts'
import type { CompilerMemory } from './compiler-memory.ts'
import type { PolicySource } from './load.ts'
import { readPolicyFile } from './read-file.ts'
import type { ResourceFile } from './resources.ts'
import type {
  AclSyntax,
  AssignmentSyntax,
  DerivedRoleSyntax,
  PolicyFiles,
  ResourceSyntax,
  RoleSyntax,
  RouteGroupSyntax,
  ScopeSyntax,
  SeparationSyntax,
  TypesSyntax,
  VariableSyntax,
} from './syntax.ts'

export interface GatheredFiles extends PolicyFiles {
  readonly resources: readonly ResourceFile[]
  /** Some file could not be read at all: names it may declare must not be called unknown. */
  readonly isIncomplete: boolean
}

/**
 * Reads what all resource policies depend upon. These are most of a large folder, so each that can
 * be told from its text waits until it is compiled: its syntax is forgotten before the next.
 */
export function* gatherFiles(
  sources: readonly PolicySource[],
  canWait: boolean,
  memory: CompilerMemory,
  findings: Findings,
): Steps<GatheredFiles> {
  const roles: RoleSyntax[] = []
  const resources: ResourceFile[] = []
  const assignments: AssignmentSyntax[] = []
  const separations: SeparationSyntax[] = []
  const types: TypesSyntax[] = []
  const scopes: ScopeSyntax[] = []
  const acls: AclSyntax[] = []
  const groups: RouteGroupSyntax[] = []
  const variables: VariableSyntax[] = []
  const derivedRoles: DerivedRoleSyntax[] = []
  let isIncomplete = false
  for (const source of sources) {
    yield
    const { isResource, isScoped } = memory.shapeOf(source)
    if (canWait && isResource) {
      resources.push({
        source: isScoped ? null : source,
        isScoped,
        read: () => readResourcePolicy(source, findings),
      })
      continue
    }
    const read = memory.read(source, findings)
    if (read === null) isIncomplete = true
    else if (read.kind === 'resource') {
      const isOfScope = read.resource.scope !== null
      resources.push({ source: null, isScoped: isOfScope, read: () => read.resource })
    } else if (read.kind === 'roles') {
      roles.push(...read.roles)
      assignments.push(...read.assignments)
      separations.push(...read.separations)
    } else if (read.kind === 'routes') groups.push(...read.groups)
    else if (read.kind === 'types') types.push(read.types)
    else if (read.kind === 'scopes') scopes.push(...read.scopes)
    else if (read.kind === 'acl') acls.push(...read.acls)
    else {
      variables.push(...read.definitions.variables)
      derivedRoles.push(...read.definitions.derivedRoles)
    }
  }
  return {
    types,
    scopes,
    roles,
    assignments,
    separations,
    resources,
    acls,
    groups,
    shared: { variables, derivedRoles },
    isIncomplete,
  }
}

function readResourcePolicy(source: PolicySource, findings: Findings): ResourceSyntax | null {
  const read = readPolicyFile(source, findings)
  return read?.kind === 'resource' ? read.resource : null
}
