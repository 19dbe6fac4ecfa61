import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { buildPolicySetInSteps, type PolicySet } from '../decide/policy-set.ts'
import { runAtOnce, type Steps } from '../model/steps.ts'
import { buildRouteTable, type RouteTable } from '../route/route-table.ts'
import { compareText, type Diagnostic, hasErrors, sortDiagnostics } from '../source/diagnostic.ts'
import { Findings } from '../source/findings.ts'
import { analyse } from './analyse.ts'
import { declaredResources, type DeclaredResource } from './declared-resources.ts'
import { CompilerMemory } from './compiler-memory.ts'
import { checkShared } from './definitions.ts'
import type { Declarations } from './expression-scope.ts'
import { gatherFiles } from './gather-files.ts'
import { KnownNames } from './known-names.ts'
import type { PolicySource } from './load.ts'
import { type CompiledResources, compileResources } from './resources.ts'
import { compileRoutes } from './routes.ts'
import { compileSurroundings, partsOfSurroundings } from './surroundings.ts'
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

/** The same, for a process that has requests to answer meanwhile, and compiles again and again. */
export function* compileInSteps(
  sources: readonly PolicySource[],
  memory: CompilerMemory = new CompilerMemory(),
): Steps<CompiledPolicies> {
  const sorted = [...sources].sort((a, b) => compareText(a.path, b.path))
  memory.begin()
  const compiled = yield* compileSorted(sorted, true, memory)
  if (compiled !== null) {
    memory.finish()
    return compiled
  }
  const again = yield* compileSorted(sorted, false, new CompilerMemory())
  assert.ok(again !== null)
  return again
}

/**
 * `canWait`: what looks like a resource policy is read when its turn comes. Null: one of them is
 * something else, and the others must know before.
 */
function* compileSorted(
  sorted: readonly PolicySource[],
  canWait: boolean,
  memory: CompilerMemory,
): Steps<CompiledPolicies | null> {
  const findings = new Findings()
  const warnings = new Findings()
  const files = yield* gatherFiles(sorted, canWait, memory, findings)
  const { acls, groups, isIncomplete } = files
  const surroundings = memory.surroundings(
    partsOfSurroundings(files, isIncomplete),
    (found) => compileSurroundings(files, isIncomplete, found),
    findings,
  )
  const routed = new Set(groups.flatMap((group) => group.routes).map(resourceOf))
  const resources = yield* compileResources(
    { files: files.resources, acls, routed },
    surroundings,
    memory,
    findings,
    warnings,
  )
  if (resources === null) return null
  const { roles, scopes, separated, shared, types } = surroundings
  const used = new Set<string>()
  for (const resource of resources.values()) {
    yield
    for (const name of resource.used) used.add(name)
  }
  const complete = isIncomplete ? null : roles
  checkShared(shared, types, used, complete, isIncomplete ? null : namesIn(resources), findings)
  const routes = compileRoutes(groups, resources, scopes, findings, isIncomplete)
  const known = { subject: namesOf(types.subject), context: namesOf(types.context) }
  // Only tools ask, and a large folder has many.
  let listed: CompiledPolicies['resources'] | null = null
  const declared = (): CompiledPolicies['resources'] => (listed ??= declaredResources(resources))
  if (hasErrors(findings.all)) {
    return {
      diagnostics: sortDiagnostics(findings.all),
      policies: null,
      routes: null,
      get resources() {
        return declared()
      },
      ...known,
    }
  }
  findings.add(warnings.all)
  yield* analyse(roles, shared, resources, routes, findings)
  return {
    diagnostics: sortDiagnostics(findings.all),
    policies: yield* buildPolicySetInSteps({
      digest: yield* digestOf(sorted, memory),
      roles: Array.from(roles.values(), (role) => role.spec),
      ...(scopes.isEmpty ? {} : { scopes: scopes.specs }),
      separated: separated.anywhere,
      separatedWithinScope: separated.withinScope,
      resources: Array.from(resources.values(), (resource) => resource.spec),
    }),
    routes: buildRouteTable(routes.map((route) => route.spec)),
    get resources() {
      return declared()
    },
    ...known,
  }
}

function namesIn(resources: CompiledResources): KnownNames {
  const specs = Array.from(resources.values(), ({ spec }) => spec)
  const types = specs.map(({ type }) => type)
  return KnownNames.ofAll(types, new Set(specs.flatMap(({ actions }) => actions)))
}

function resourceOf({ resource }: RouteSyntax): string {
  return resource?.value ?? ''
}

function namesOf({ members, open }: Declarations): ReadonlySet<string> | null {
  return open ? null : new Set(members.keys())
}

/** Of the sorted paths and the digests of their texts; a change of one file hashes one text. */
function* digestOf(sorted: readonly PolicySource[], memory: CompilerMemory): Steps<string> {
  const hash = createHash('sha256')
  for (const source of sorted) {
    yield
    const { path } = source
    hash.update(`${Buffer.byteLength(path)}:${path}${memory.hashOf(source)}`)
  }
  return hash.digest('hex')
}
