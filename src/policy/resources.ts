import type { Combining, ResourceSpec } from '../decide/policy-spec.ts'
import type { Steps } from '../model/steps.ts'
import type { Findings } from '../source/findings.ts'
import { compileEntries } from './acl.ts'
import { compileAttributes } from './attributes.ts'
import type { DeclaredTypes } from './declarations.ts'
import { compileDefinitions, type DefinedNames } from './definitions.ts'
import { DerivedRoles } from './derived-roles.ts'
import { conditionScope, openDeclarations } from './expression-scope.ts'
import type { Type } from './expression-types.ts'
import { Declared, resolveName } from './names.ts'
import type { CompiledRoles } from './roles.ts'
import { type CompiledRule, compileRule } from './rules.ts'
import { SeparatedRoles } from './separated-roles.ts'
import type { AclEntrySyntax, PolicyFiles, ResourceSyntax, SeparationSyntax } from './syntax.ts'
import { Variables } from './variables.ts'

export interface CompiledResource {
  readonly syntax: ResourceSyntax
  readonly spec: ResourceSpec
  readonly rules: readonly CompiledRule[]
  readonly attributes: ReadonlyMap<string, Type>
  /** Variables and derived roles that something here refers to. */
  readonly used: ReadonlySet<string>
}

export type CompiledResources = ReadonlyMap<string, CompiledResource>

/** What all resource policies of a folder have in common. */
export interface Surroundings {
  readonly roles: CompiledRoles
  readonly separations: readonly SeparationSyntax[]
  readonly types: DeclaredTypes
  readonly shared: DefinedNames
  /** Some file is lost: names it may declare must not be called unknown. */
  readonly isIncomplete: boolean
}

/** Resource policies with actions, roles and conditions resolved and checked. */
export function* compileResources(
  { resources, acls }: Pick<PolicyFiles, 'resources' | 'acls'>,
  surroundings: Surroundings,
  findings: Findings,
): Steps<CompiledResources> {
  const declared = new Declared<CompiledResource>('resource')
  const known = new Map(resources.map((resource) => [resource.type.value, resource]))
  const entries = new Map<string, AclEntrySyntax[]>()
  for (const acl of acls) {
    if (!known.has(acl.type.value) && !surroundings.isIncomplete) {
      resolveName(acl.type, known, 'resource', findings)
    }
    const list = entries.get(acl.type.value)
    if (list === undefined) entries.set(acl.type.value, [...acl.entries])
    else for (const entry of acl.entries) list.push(entry)
  }
  for (const syntax of resources) {
    yield
    const listed = entries.get(syntax.type.value) ?? []
    const compiled = compileResource(syntax, listed, surroundings, findings)
    declared.add(syntax.type.value, compiled, syntax.type, 'value', findings)
  }
  return declared.items
}

function compileResource(
  syntax: ResourceSyntax,
  listed: readonly AclEntrySyntax[],
  { isIncomplete, roles: allRoles, separations, shared, types }: Surroundings,
  findings: Findings,
): CompiledResource {
  const roles = isIncomplete ? null : allRoles
  const actions = new Map(syntax.actions.map((action) => [action.value, action]))
  const attributes = compileAttributes(syntax.attributes, 'resource', ['id', 'type'], findings)
  const scope = conditionScope({
    ...types,
    resource: { members: attributes, open: false },
    action: openDeclarations,
  })
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
    syntax,
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
