import type { AccessRequest } from '../model/access-request.ts'
import { Findings, locate } from '../source/findings.ts'
import { quote } from '../source/quote.ts'
import type { DeclaredTypes } from './declarations.ts'
import { DerivedRoles } from './derived-roles.ts'
import {
  conditionScope,
  type ExpressionScope,
  openConditionDeclarations,
} from './expression-scope.ts'
import type { KnownNames } from './known-names.ts'
import { Declared } from './names.ts'
import { keywords } from './reserved-words.ts'
import type { CompiledRoles } from './roles.ts'
import { SeparatedRoles } from './separated-roles.ts'
import type { Definitions, DerivedRoleSyntax, VariableSyntax } from './syntax.ts'
import { Variables } from './variables.ts'

/** Definitions by name, checked against each other and against the roles there are. */
export interface DefinedNames {
  readonly variables: ReadonlyMap<string, VariableSyntax>
  readonly derivedRoles: ReadonlyMap<string, DerivedRoleSyntax>
}

export const nothingDefined: DefinedNames = { variables: new Map(), derivedRoles: new Map() }

/** Names a condition reads already, and words of CEL. */
const reserved: ReadonlySet<string> = new Set(
  `${[...keywords].join(' ')} subject resource action context now bool bytes double duration dyn int
   list map null_type string timestamp type uint`.split(/\s+/u),
)

/** What a resource policy can use: its own definitions, then those that all share. */
export function compileDefinitions(
  { variables, derivedRoles }: Definitions,
  shared: DefinedNames,
  roles: CompiledRoles,
  findings: Findings,
): DefinedNames {
  const names = new Declared<VariableSyntax>('variable')
  for (const each of variables) {
    if (reserved.has(each.name)) {
      findings.errorAtKey(each.place, {
        code: 'reserved-variable',
        message: `${quote(each.name)} has a meaning in conditions already`,
        hint: 'choose another name',
      })
    } else if (!refuseSecond('variable', each, shared.variables, findings)) {
      names.add(each.name, each, each.place, 'key', findings)
    }
  }
  const held = new Declared<DerivedRoleSyntax>('role')
  for (const each of derivedRoles) {
    if (refuseSecond('role', each, shared.derivedRoles, findings)) continue
    const role = roles.get(each.name)
    if (role !== undefined) {
      findings.errorAtKey(each.place, {
        code: 'duplicate-role',
        message: `role ${quote(each.name)} is declared twice, first at ${locate(role.syntax.place, 'key')}`,
        hint: 'a derived role needs a name of its own',
      })
    } else held.add(each.name, each, each.place, 'key', findings)
  }
  if (shared === nothingDefined) return { variables: names.items, derivedRoles: held.items }
  return {
    variables: merged(names.items, shared.variables),
    derivedRoles: merged(held.items, shared.derivedRoles),
  }
}

function merged<Item>(
  own: ReadonlyMap<string, Item>,
  shared: ReadonlyMap<string, Item>,
): ReadonlyMap<string, Item> {
  return own.size === 0 ? shared : new Map([...own, ...shared])
}

/** No name means one thing here and another there. */
function refuseSecond(
  what: 'role' | 'variable',
  { name, place }: VariableSyntax | DerivedRoleSyntax,
  shared: ReadonlyMap<string, VariableSyntax | DerivedRoleSyntax>,
  findings: Findings,
): boolean {
  const first = shared.get(name)
  if (first === undefined) return false
  findings.errorAtKey(place, {
    code: `duplicate-${what}`,
    message: `${what} ${quote(name)} is declared twice, first at ${locate(first.place, 'key')}`,
    hint: 'choose another name, or remove one of them',
  })
  return true
}

/**
 * Definitions that no resource uses are checked against one of which nothing is known, and all of
 * them for actions and resources that there are nowhere. `known` null: not all of these are known.
 */
export function checkShared(
  shared: DefinedNames,
  types: DeclaredTypes,
  used: ReadonlySet<string>,
  roles: CompiledRoles | null,
  known: KnownNames | null,
  findings: Findings,
): void {
  const scope = conditionScope({ ...openConditionDeclarations, ...types })
  checkUnused(shared, scope, used, roles, findings)
  if (known === null) return
  // What else is wrong with them has been told already.
  const found = new Findings()
  const variables = new Variables(scope, shared.variables, null, found, known)
  const separated = new SeparatedRoles([], variables, found)
  const derivedRoles = new DerivedRoles(shared.derivedRoles, roles, separated, variables, found)
  for (const name of shared.variables.keys()) variables.get(name)
  for (const name of shared.derivedRoles.keys()) derivedRoles.get(name)
  findings.add(found.all.filter(({ code }) => code === 'never-equal'))
}

function checkUnused(
  shared: DefinedNames,
  scope: ExpressionScope<AccessRequest>,
  used: ReadonlySet<string>,
  roles: CompiledRoles | null,
  findings: Findings,
): void {
  const variables = new Variables(scope, shared.variables, null, findings, null)
  const separated = new SeparatedRoles([], variables, findings)
  const derivedRoles = new DerivedRoles(shared.derivedRoles, roles, separated, variables, findings)
  for (const name of shared.variables.keys()) if (!used.has(name)) variables.get(name)
  for (const name of shared.derivedRoles.keys()) if (!used.has(name)) derivedRoles.get(name)
}
