import type { Combining, ResourceSpec } from '../decide/policy-spec.ts'
import type { AccessRequest } from '../model/access-request.ts'
import type { Steps } from '../model/steps.ts'
import type { Findings } from '../source/findings.ts'
import { compileEntries } from './acl.ts'
import { analyseResource, findUnpermitted, warnAboutUnpermitted } from './analyse-resource.ts'
import { type CompilerMemory, isSameList, type KeptResource } from './compiler-memory.ts'
import { compileDefinitions } from './definitions.ts'
import { DerivedRoles } from './derived-roles.ts'
import type { ExpressionScope } from './expression-scope.ts'
import type { Type } from './expression-types.ts'
import { KnownNames } from './known-names.ts'
import type { PolicySource } from './load.ts'
import { Declared } from './names.ts'
import { nameOf } from './resolve-policy.ts'
import { type CompiledRule, compileRule, type RuleMeaning } from './rules.ts'
import { ScopedPolicies } from './scoped-policies.ts'
import { SeparatedRoles } from './separated-roles.ts'
import type { Surroundings } from './surroundings.ts'
import type { AclEntrySyntax, AclSyntax, ResourceSyntax } from './syntax.ts'
import { Variables } from './variables.ts'

export interface CompiledResource {
  readonly spec: ResourceSpec
  readonly attributes: ReadonlyMap<string, Type>
  /** What its conditions may read, but for variables. */
  readonly readable: ExpressionScope<AccessRequest>
  /** Variables and derived roles that something here refers to. */
  readonly used: ReadonlySet<string>
  /** What its rules read, where a route leads here: else nobody asks. */
  readonly rules: readonly RuleMeaning[]
  /** The same of the rules for scopes. */
  readonly scopedRules: readonly RuleMeaning[]
}

/** By type, and by `TYPE@VERSION` where the version is not the default. */
export type CompiledResources = ReadonlyMap<string, CompiledResource>

/** A resource policy that is read when its turn comes, so that only one at a time is in memory. */
export interface ResourceFile {
  /** Where it may be known already; null: it is not looked up. */
  readonly source: PolicySource | null
  /** Likely so, by its text: then the policy it belongs to is compiled before. */
  readonly isScoped: boolean
  /** Null: it turns out to be something else. */
  read(): ResourceSyntax | null
}

export interface ResourceFiles {
  readonly files: readonly ResourceFile[]
  readonly acls: readonly AclSyntax[]
  readonly routed: ReadonlySet<string>
}

/** Resource policies with actions, roles and conditions resolved and checked; null: see above. */
export function* compileResources(
  { files, acls, routed }: ResourceFiles,
  surroundings: Surroundings,
  memory: CompilerMemory,
  findings: Findings,
  warnings: Findings,
): Steps<CompiledResources | null> {
  const declared = new Declared<CompiledResource>('resource')
  const entries = entriesByPolicy(acls)
  const scoped = new ScopedPolicies(declared.items, acls, surroundings, findings)
  const compile = (syntax: ResourceSyntax, root: CompiledResource | null): CompiledResource => {
    const listed = entries.get(nameOf(syntax)) ?? []
    const compiled = compileResource(syntax, listed, root, surroundings, findings)
    if (syntax.isScopeRequired) surroundings.scopes.expectAny(syntax, findings)
    analyseResource(syntax, compiled, surroundings.reach, warnings)
    const unpermitted = findUnpermitted(syntax, compiled.spec.rules)
    if (surroundings.scopes.isEmpty) warnAboutUnpermitted(unpermitted, warnings)
    else scoped.leaveOpen(nameOf(syntax), unpermitted)
    const isRouted = routed.has(syntax.type.value)
    return { ...compiled, rules: isRouted ? compiled.rules.map(withoutSyntax) : [] }
  }
  const isUsable = ({ compiled, isRouted, listed, name }: KeptResource): boolean =>
    (isRouted || !routed.has(compiled.spec.type)) &&
    isSameList(listed, entries.get(name) ?? noEntries) &&
    !declared.items.has(name)
  for (const file of [...files].sort((a, b) => Number(a.isScoped) - Number(b.isScoped))) {
    yield
    const { source } = file
    const kept = source === null ? null : memory.resource(source, surroundings)
    if (source !== null && kept !== null && isUsable(kept)) {
      findings.add(kept.found)
      warnings.add(kept.warned)
      declared.take(kept.name, kept.compiled, kept.location)
      memory.keepResource(source.path, kept)
      continue
    }
    const before = [findings.all.length, warnings.all.length] as const
    const syntax = file.read()
    if (syntax === null) return null
    yield
    if (syntax.scope !== null) {
      scoped.add(syntax, compile)
      continue
    }
    const name = nameOf(syntax)
    const compiled = compile(syntax, null)
    const { location, type } = syntax
    if (source !== null && !scoped.isOpen(name)) {
      memory.keepResource(source.path, {
        text: source.text,
        surroundings,
        listed: entries.get(name) ?? noEntries,
        name,
        location,
        isRouted: routed.has(type.value),
        compiled,
        found: findings.all.slice(before[0]),
        warned: warnings.all.slice(before[1]),
      })
    }
    declared.add(name, compiled, type, 'value', findings, location)
  }
  return yield* scoped.merge(compile, warnings)
}

function entriesByPolicy(
  acls: readonly AclSyntax[],
): ReadonlyMap<string, readonly AclEntrySyntax[]> {
  const entries = new Map<string, AclEntrySyntax[]>()
  for (const acl of acls) {
    const name = nameOf(acl)
    const list = entries.get(name)
    if (list === undefined) entries.set(name, [...acl.entries])
    else for (const entry of acl.entries) list.push(entry)
  }
  return entries
}

const noEntries: readonly AclEntrySyntax[] = []

function withoutSyntax({ references, spec, texts }: CompiledRule): RuleMeaning {
  return { references, spec, texts }
}

function compileResource(
  syntax: ResourceSyntax,
  listed: readonly AclEntrySyntax[],
  root: CompiledResource | null,
  {
    dynamicSeparations,
    isIncomplete,
    lists,
    readable: scopes,
    roles: allRoles,
    shared,
  }: Surroundings,
  findings: Findings,
): CompiledResource & { readonly rules: readonly CompiledRule[] } {
  const roles = isIncomplete ? null : allRoles
  const declared = root?.spec.actions ?? syntax.actions.map((action) => action.value)
  const actions = new Map(declared.map((action) => [action, action]))
  const { attributes, readable } = root ?? scopes.of(syntax.attributes, findings)
  const defined = compileDefinitions(syntax, shared, allRoles, findings)
  const known = KnownNames.of(nameOf(syntax), syntax.type.value, actions.keys())
  const variables = new Variables(readable, defined.variables, syntax.type, findings, known)
  const separatedRoles = new SeparatedRoles(dynamicSeparations, variables, findings)
  const derivedRoles = new DerivedRoles(
    defined.derivedRoles,
    roles,
    separatedRoles,
    variables,
    findings,
  )
  const names = {
    resource: nameOf(syntax),
    actions,
    roles,
    derivedRoles,
    separatedRoles,
    variables,
    lists,
  }
  const ids = new Declared<unknown>('rule')
  const rules = syntax.rules.map((rule) => {
    if (rule.id !== null) ids.add(rule.id.value, rule, rule.id, 'value', findings)
    return compileRule(rule, names, findings)
  })
  const entries = compileEntries(listed, names, ids, findings)
  const used = usedIn(variables, derivedRoles)
  // What nothing uses is checked all the same.
  for (const { name } of syntax.derivedRoles) derivedRoles.get(name)
  for (const { name } of syntax.variables) variables.get(name)
  const { combining, type, version } = syntax
  return {
    attributes,
    readable,
    rules,
    scopedRules: [],
    used,
    spec: {
      type: type.value,
      ...(version === null || version.value === 'default' ? {} : { version: version.value }),
      actions: lists.of([...actions.keys()]),
      ...(combining === null ? {} : { combining: combining.value as Combining }),
      ...(syntax.isScopeRequired ? { isScopeRequired: true } : {}),
      rules: [...rules.map((rule) => rule.spec), ...entries],
    },
  }
}

/** Nearly always nothing. */
function usedIn(variables: Variables, derivedRoles: DerivedRoles): ReadonlySet<string> {
  if (variables.used.size + derivedRoles.used.size === 0) return nothing
  return new Set([...variables.used, ...derivedRoles.used])
}

const nothing: ReadonlySet<string> = new Set()
