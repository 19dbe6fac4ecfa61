import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { buildPolicySetInSteps, type PolicySet } from '../decide/policy-set.ts'
import { runAtOnce, type Steps } from '../model/steps.ts'
import { buildRouteTable, type RouteTable } from '../route/route-table.ts'
import { compareText, type Diagnostic, hasErrors, sortDiagnostics } from '../source/diagnostic.ts'
import { Findings } from '../source/findings.ts'
import { analyse } from './analyse.ts'
import { declaredResources, type DeclaredResource } from './declared-resources.ts'
import { checkUnused } from './definitions.ts'
import type { Declarations } from './expression-scope.ts'
import { gatherFiles, isNamedResource } from './gather-files.ts'
import type { PolicySource } from './load.ts'
import { compileResources } from './resources.ts'
import { compileRoutes } from './routes.ts'
import { compileSurroundings } from './surroundings.ts'
import type { RouteSyntax } from './syntax.ts'

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

/** Policy text to what the data plane decides from. The order of the sources does not matter. */
export function compilePolicies(sources: readonly PolicySource[]): CompiledPolicies {
  return runAtOnce(compileInSteps(sources))
}

/** The same, for a process that has requests to answer meanwhile. */
export function* compileInSteps(sources: readonly PolicySource[]): Steps<CompiledPolicies> {
  const sorted = [...sources].sort((a, b) => compareText(a.path, b.path))
  const compiled = yield* compileSorted(sorted, isNamedResource)
  if (compiled !== null) return compiled
  const again = yield* compileSorted(sorted, () => false)
  assert.ok(again !== null)
  return again
}

/** Null: a file that `isLater` is no resource policy, and the others must know before. */
function* compileSorted(
  sorted: readonly PolicySource[],
  isLater: (source: PolicySource) => boolean,
): Steps<CompiledPolicies | null> {
  const findings = new Findings()
  const warnings = new Findings()
  const files = yield* gatherFiles(sorted, isLater, findings)
  const { acls, groups, isIncomplete } = files
  const surroundings = compileSurroundings(files, isIncomplete, findings)
  const routed = new Set(groups.flatMap((group) => group.routes).map(resourceOf))
  const resources = yield* compileResources(
    { files: files.resources, acls, routed },
    surroundings,
    findings,
    warnings,
  )
  if (resources === null) return null
  const { roles, scopes, separated, shared, types } = surroundings
  checkUnused(shared, types, resources, isIncomplete ? null : roles, findings)
  const routes = compileRoutes(groups, resources, scopes, findings, isIncomplete)
  const declared = declaredResources(resources)
  const known = { subject: namesOf(types.subject), context: namesOf(types.context) }
  if (hasErrors(findings.all)) {
    const diagnostics = sortDiagnostics(findings.all)
    return { diagnostics, policies: null, routes: null, resources: declared, ...known }
  }
  findings.add(warnings.all)
  yield* analyse(roles, shared, resources, routes, findings)
  return {
    diagnostics: sortDiagnostics(findings.all),
    policies: yield* buildPolicySetInSteps({
      digest: yield* digestOf(sorted),
      roles: Array.from(roles.values(), (role) => role.spec),
      ...(scopes.isEmpty ? {} : { scopes: scopes.specs }),
      separated: separated.anywhere,
      separatedWithinScope: separated.withinScope,
      resources: Array.from(resources.values(), (resource) => resource.spec),
    }),
    routes: buildRouteTable(routes.map((route) => route.spec)),
    resources: declared,
    ...known,
  }
}

function resourceOf({ resource }: RouteSyntax): string {
  return resource?.value ?? ''
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
