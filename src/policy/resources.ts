import type { Combining, ResourceSpec } from '../decide/policy-spec.ts'
import type { Steps } from '../model/steps.ts'
import type { Findings } from '../source/findings.ts'
import { compileEntries } from './acl.ts'
import { analyseResource } from './analyse-resource.ts'
import { compileDefinitions } from './definitions.ts'
import { DerivedRoles } from './derived-roles.ts'
import type { Type } from './expression-types.ts'
import { Declared, resolveName } from './names.ts'
import { ResourceScopes } from './resource-scopes.ts'
import { RoleReach } from './role-reach.ts'
import { type CompiledRule, compileRule, type RuleMeaning } from './rules.ts'
import { SeparatedRoles } from './separated-roles.ts'
import type { Surroundings } from './surroundings.ts'
import type { AclEntrySyntax, AclSyntax, ResourceSyntax } from './syntax.ts'
import { Variables } from './variables.ts'

export interface CompiledResource {
  readonly spec: ResourceSpec
  readonly attributes: ReadonlyMap<string, Type>
  /** Variables and derived roles that something here refers to. */
  readonly used: ReadonlySet<string>
  /** What its rules read, where a route leads here: else nobody asks. */
  readonly rules: readonly RuleMeaning[]
}

export type CompiledResources = ReadonlyMap<string, CompiledResource>

/** A resource policy that is read when its turn comes, so that only one at a time is in memory. */
export interface ResourceFile {
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
  findings: Findings,
  warnings: Findings,
): Steps<CompiledResources | null> {
  const declared = new Declared<CompiledResource>('resource')
  const entries = entriesByType(acls)
  const reach = new RoleReach(surroundings.roles)
  const scopes = new ResourceScopes(surroundings.types)
  for (const file of files) {
    yield
    const syntax = file.read()
    if (syntax === null) return null
    yield
    const type = syntax.type.value
    const listed = entries.get(type) ?? []
    const compiled = compileResource(syntax, listed, surroundings, scopes, findings)
    analyseResource(syntax, compiled, reach, warnings)
    const { attributes, rules, spec, used } = compiled
    const kept = { spec, attributes, used, rules: routed.has(type) ? rules.map(withoutSyntax) : [] }
    declared.add(type, kept, syntax.type, 'value', findings, syntax.location)
  }
  if (!surroundings.isIncomplete) {
    for (const { type } of acls) resolveName(type, declared.items, 'resource', findings)
  }
  return declared.items
}

function entriesByType(acls: readonly AclSyntax[]): ReadonlyMap<string, readonly AclEntrySyntax[]> {
  const entries = new Map<string, AclEntrySyntax[]>()
  for (const acl of acls) {
    const list = entries.get(acl.type.value)
    if (list === undefined) entries.set(acl.type.value, [...acl.entries])
    else for (const entry of acl.entries) list.push(entry)
  }
  return entries
}

function withoutSyntax({ references, spec, texts }: CompiledRule): RuleMeaning {
  return { references, spec, texts }
}

function compileResource(
  syntax: ResourceSyntax,
  listed: readonly AclEntrySyntax[],
  { isIncomplete, roles: allRoles, separations, shared }: Surroundings,
  scopes: ResourceScopes,
  findings: Findings,
): CompiledResource & { readonly rules: readonly CompiledRule[] } {
  const roles = isIncomplete ? null : allRoles
  const actions = new Map(syntax.actions.map((action) => [action.value, action]))
  const { attributes, scope } = scopes.of(syntax.attributes, findings)
  const defined = compileDefinitions(syntax, shared, allRoles, findings)
  const variables = new Variables(scope, defined.variables, syntax.type, findings)
  const separatedRoles = new SeparatedRoles(separations, variables, findings)
  const derivedRoles = new DerivedRoles(
    defined.derivedRoles,
    roles,
    separatedRoles,
    variables,
    findings,
  )
  const names = {
    resource: syntax.type.value,
    actions,
    roles,
    derivedRoles,
    separatedRoles,
    variables,
  }
  const ids = new Declared<unknown>('rule')
  const rules = syntax.rules.map((rule) => {
    if (rule.id !== null) ids.add(rule.id.value, rule, rule.id, 'value', findings)
    return compileRule(rule, names, findings)
  })
  const entries = compileEntries(listed, names, ids, findings)
  const used = new Set([...variables.used, ...derivedRoles.used])
  // What nothing uses is checked all the same.
  for (const { name } of syntax.derivedRoles) derivedRoles.get(name)
  for (const { name } of syntax.variables) variables.get(name)
  const { combining } = syntax
  return {
    attributes,
    rules,
    used,
    spec: {
      type: syntax.type.value,
      actions: [...actions.keys()],
      ...(combining === null ? {} : { combining: combining.value as Combining }),
      rules: [...rules.map((rule) => rule.spec), ...entries],
    },
  }
}
