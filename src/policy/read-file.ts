import { at, type Cursor, rootOf } from '../source/cursor.ts'
import { readDocument } from '../source/document.ts'
import type { Findings } from '../source/findings.ts'
import { quote, quoteList } from '../source/quote.ts'
import { suggest } from '../source/suggest.ts'
import { type SchemaValidator, validateSchema } from '../source/validate-schema.ts'
import { validate as validateAcl } from './acl.schema.generated.ts'
import { validate as validateDefinitions } from './definitions.schema.generated.ts'
import type { PolicySource } from './load.ts'
import { validate as validatePolicy } from './policy.schema.generated.ts'
import { readAcl } from './read-acl.ts'
import { readDefinitions } from './read-definitions.ts'
import { readResource } from './read-resource.ts'
import { readRoles } from './read-roles.ts'
import { readRoutes } from './read-routes.ts'
import { validate as validateRoles } from './roles.schema.generated.ts'
import { validate as validateRoutes } from './routes.schema.generated.ts'
import { validate as validateTypes } from './types.schema.generated.ts'
import { readScopes } from './read-scopes.ts'
import { readTypes } from './read-types.ts'
import { validate as validateScopes } from './scopes.schema.generated.ts'
import type {
  AclSyntax,
  Definitions,
  PolicyFiles,
  ResourceSyntax,
  RouteGroupSyntax,
  ScopeSyntax,
  TypesSyntax,
} from './syntax.ts'

type Kind = 'types' | 'scopes' | 'resource' | 'acl' | 'roles' | 'routes' | 'definitions'

/** What a file is, by the keys that tell; a resource policy may have definitions of its own. */
const kinds: ReadonlyMap<string, Kind> = new Map([
  ['resource', 'resource'],
  ['acl', 'acl'],
  ['roles', 'roles'],
  ['assignments', 'roles'],
  ['separation', 'roles'],
  ['routes', 'routes'],
  ['types', 'types'],
  ['scopes', 'scopes'],
  ['variables', 'definitions'],
  ['derived_roles', 'definitions'],
])

const validators: Readonly<Record<Kind, SchemaValidator>> = {
  types: validateTypes,
  scopes: validateScopes,
  resource: validatePolicy,
  acl: validateAcl,
  roles: validateRoles,
  routes: validateRoutes,
  definitions: validateDefinitions,
}

const howToStart =
  'start it with "resource: NAME", "acl: NAME", "roles:", "routes:", "types:", "scopes:", "variables:" or "derived_roles:"'

/** What one file says. */
export type ReadFile =
  | { readonly kind: 'types'; readonly types: TypesSyntax }
  | { readonly kind: 'scopes'; readonly scopes: readonly ScopeSyntax[] }
  | { readonly kind: 'resource'; readonly resource: ResourceSyntax }
  | { readonly kind: 'acl'; readonly acls: readonly AclSyntax[] }
  | ({ readonly kind: 'roles' } & Pick<PolicyFiles, 'roles' | 'assignments' | 'separations'>)
  | { readonly kind: 'routes'; readonly groups: readonly RouteGroupSyntax[] }
  | { readonly kind: 'definitions'; readonly definitions: Definitions }

/**
 * Text to syntax: form is checked here, file by file; meaning by the compiler, all together. Null:
 * the file cannot be read at all, and names it may declare must not be called unknown.
 */
export function readPolicyFile({ path, text }: PolicySource, findings: Findings): ReadFile | null {
  const { document, diagnostics } = readDocument(path, text)
  findings.add(diagnostics)
  if (document === null) return null
  const file = rootOf(document)
  const kind = kindOf(file, findings)
  if (kind === null) return null
  findings.add(validateSchema(document, validators[kind]))
  const read = readKind(kind, file)
  document.forgetPlaces()
  return read
}

function readKind(kind: Kind, file: Cursor): ReadFile | null {
  switch (kind) {
    case 'types':
      return { kind, types: readTypes(file) }
    case 'scopes':
      return { kind, scopes: readScopes(file) }
    case 'resource': {
      const resource = readResource(file)
      return resource === null ? null : { kind, resource }
    }
    case 'acl':
      return { kind, acls: readAcl(file) }
    case 'roles':
      return { kind, ...readRoles(file) }
    case 'routes':
      return { kind, groups: readRoutes(file) }
    case 'definitions':
      return { kind, definitions: readDefinitions(file) }
    default:
      return kind satisfies never
  }
}

/** A file is what its top-level key says; null: none of the kinds, or two at once. */
function kindOf(file: Cursor, findings: Findings): Kind | null {
  const keys = [...kinds.keys()].filter((key) => at(file, key) !== null)
  const found = keys.includes('resource')
    ? keys.filter((key) => kinds.get(key) !== 'definitions')
    : keys
  const kind = kinds.get(found[0] ?? '')
  const others = found.filter((key) => kinds.get(key) !== kind)
  if (kind !== undefined && others.length === 0) return kind
  if (kind === undefined) {
    const { value } = file
    if (value === null) {
      findings.error(file, {
        code: 'empty-file',
        message: 'the file is empty',
        hint: `${howToStart}, or remove it`,
      })
      return null
    }
    const isMapping = typeof value === 'object' && value !== null && !Array.isArray(value)
    const given = isMapping ? Object.keys(value) : []
    findings.error(file, {
      code: 'unknown-file-kind',
      message: 'the file is of none of the kinds there are',
      hint: given.map((name) => suggestKind(name)).find((hint) => hint !== null) ?? howToStart,
    })
    return null
  }
  for (const extra of others) {
    const place = at(file, extra) ?? file
    findings.errorAtKey(place, {
      code: 'mixed-file-kinds',
      message: `${quoteList(found)} are in one file`,
      hint: `move ${quote(extra)} to a file of its own`,
    })
  }
  return null
}

function suggestKind(name: string): string | null {
  const hint = suggest(name, kinds.keys(), '')
  return hint?.startsWith('did you mean') === true ? hint : null
}
