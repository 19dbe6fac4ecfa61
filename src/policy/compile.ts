import { createHash } from 'node:crypto'
import { buildPolicySetInSteps, type PolicySet } from '../decide/policy-set.ts'
import { runAtOnce, type Steps } from '../model/steps.ts'
import { buildRouteTable, type RouteTable } from '../route/route-table.ts'
import { compareText, type Diagnostic, hasErrors, sortDiagnostics } from '../source/diagnostic.ts'
import { Findings } from '../source/findings.ts'
import { analyse } from './analyse.ts'
import { compileAssignments, compileSeparations } from './assignments.ts'
import { compileTypes } from './declarations.ts'
import { checkUnused, compileDefinitions, nothingDefined } from './definitions.ts'
import type { Declarations } from './expression-scope.ts'
import type { PolicySource } from './load.ts'
import { readPolicyFiles } from './read-files.ts'
import { compileResources } from './resources.ts'
import { compileRoles, withAssignments } from './roles.ts'
import { compileRoutes } from './routes.ts'

export interface CompiledPolicies {
  /** Sorted by place, all of them at once. */
  readonly diagnostics: readonly Diagnostic[]
  /** Null, and so are the routes, when a diagnostic is an error: there is no half of a policy. */
  readonly policies: PolicySet | null
  readonly routes: RouteTable | null
  /** What the files declare, as far as they could be read; for tools, not for deciding. */
  readonly resources: ReadonlyMap<string, DeclaredResource>
  /** Attributes of subjects and of the context; null: any. */
  readonly subject: ReadonlySet<string> | null
  readonly context: ReadonlySet<string> | null
}

export interface DeclaredResource {
  readonly actions: readonly string[]
  readonly attributes: ReadonlySet<string>
}

/** Policy text to what the data plane decides from. The order of the sources does not matter. */
export function compilePolicies(sources: readonly PolicySource[]): CompiledPolicies {
  return runAtOnce(compileInSteps(sources))
}

/** The same, for a process that has requests to answer meanwhile. */
export function* compileInSteps(sources: readonly PolicySource[]): Steps<CompiledPolicies> {
  const sorted = [...sources].sort((a, b) => compareText(a.path, b.path))
  const findings = new Findings()
  const {
    types,
    roles: roleFiles,
    assignments,
    separations,
    resources: resourceFiles,
    acls,
    groups,
    shared: definitions,
    isIncomplete,
  } = yield* readPolicyFiles(sorted, findings)
  const declaredTypes = compileTypes(types, findings)
  const plainRoles = compileRoles(roleFiles, declaredTypes.subject, findings, isIncomplete)
  const assigned = compileAssignments(assignments, plainRoles, findings, isIncomplete)
  const roles = withAssignments(plainRoles, assigned)
  const separated = compileSeparations(separations, assignments, roles, findings, isIncomplete)
  const shared = compileDefinitions(definitions, nothingDefined, roles, findings)
  const surroundings = { roles, separations, types: declaredTypes, shared, isIncomplete }
  const resources = yield* compileResources(
    { resources: resourceFiles, acls },
    surroundings,
    findings,
  )
  checkUnused(shared, declaredTypes, resources, isIncomplete ? null : roles, findings)
  const routes = compileRoutes(groups, resources, findings, isIncomplete)
  const declared = new Map(
    Array.from(resources, ([type, { spec, attributes }]) => [
      type,
      { actions: spec.actions, attributes: new Set(attributes.keys()) },
    ]),
  )
  const known = {
    subject: namesOf(declaredTypes.subject),
    context: namesOf(declaredTypes.context),
  }
  if (hasErrors(findings.all)) {
    const diagnostics = sortDiagnostics(findings.all)
    return { diagnostics, policies: null, routes: null, resources: declared, ...known }
  }
  yield* analyse(roles, shared, resources, routes, findings)
  return {
    diagnostics: sortDiagnostics(findings.all),
    policies: yield* buildPolicySetInSteps({
      digest: yield* digestOf(sorted),
      roles: Array.from(roles.values(), (role) => role.spec),
      ...(separated.length === 0 ? {} : { separated }),
      resources: Array.from(resources.values(), (resource) => resource.spec),
    }),
    routes: buildRouteTable(routes.map((route) => route.spec)),
    resources: declared,
    ...known,
  }
}

function namesOf({ members, open }: Declarations): ReadonlySet<string> | null {
  return open ? null : new Set(members.keys())
}

/** Lengths go in as well, so that no two folders share a digest by moving text between files. */
function* digestOf(sorted: readonly PolicySource[]): Steps<string> {
  const hash = createHash('sha256')
  for (const { path, text } of sorted) {
    yield
    for (const part of [path, text]) hash.update(`${Buffer.byteLength(part)}:`).update(part)
  }
  return hash.digest('hex')
}
