import { at, type Cursor, rootOf } from '../source/cursor.ts'
import { readDocument } from '../source/document.ts'
import type { Findings } from '../source/findings.ts'
import { quote, quoteList } from '../source/quote.ts'
import { suggest } from '../source/suggest.ts'
import { type SchemaValidator, validateSchema } from '../source/validate-schema.ts'
import type { PolicySource } from './load.ts'
import { validate as validatePolicy } from './policy.schema.generated.ts'
import { readResource } from './read-resource.ts'
import { readRoles } from './read-roles.ts'
import { readRoutes } from './read-routes.ts'
import { validate as validateRoles } from './roles.schema.generated.ts'
import { validate as validateRoutes } from './routes.schema.generated.ts'
import type { PolicyFiles, ResourceSyntax, RoleSyntax, RouteGroupSyntax } from './syntax.ts'

const kinds = ['resource', 'roles', 'routes'] as const

type Kind = (typeof kinds)[number]

const validators: Readonly<Record<Kind, SchemaValidator>> = {
  resource: validatePolicy,
  roles: validateRoles,
  routes: validateRoutes,
}

export interface ReadPolicyFiles extends PolicyFiles {
  /** Some file could not be read at all: names it may declare must not be called unknown. */
  readonly isIncomplete: boolean
}

/** Text to syntax: form is checked here, file by file; meaning by the compiler, all together. */
export function readPolicyFiles(
  sources: readonly PolicySource[],
  findings: Findings,
): ReadPolicyFiles {
  const roles: RoleSyntax[] = []
  const resources: ResourceSyntax[] = []
  const groups: RouteGroupSyntax[] = []
  let isIncomplete = false
  for (const { path, text } of sources) {
    const { document, diagnostics } = readDocument(path, text)
    findings.add(diagnostics)
    const file = document === null ? null : rootOf(document)
    const kind = file === null ? null : kindOf(file, findings)
    if (file === null || kind === null) {
      isIncomplete = true
      continue
    }
    findings.add(validateSchema(file.document, validators[kind]))
    if (kind === 'roles') roles.push(...readRoles(file))
    else if (kind === 'routes') groups.push(...readRoutes(file))
    else {
      const resource = readResource(file)
      if (resource === null) isIncomplete = true
      else resources.push(resource)
    }
    file.document.forgetPlaces()
  }
  return { roles, resources, groups, isIncomplete }
}

/** A file is what its top-level key says; null: none of the kinds, or two at once. */
function kindOf(file: Cursor, findings: Findings): Kind | null {
  const found = kinds.filter((kind) => at(file, kind) !== null)
  const [kind] = found
  if (kind !== undefined && found.length === 1) return kind
  if (kind === undefined) {
    const { value } = file
    if (value === null) {
      findings.error(file, {
        code: 'empty-file',
        message: 'the file is empty',
        hint: 'start it with "resource: NAME", "roles:" or "routes:", or remove it',
      })
      return null
    }
    const keys = typeof value === 'object' && value !== null && !Array.isArray(value)
    const given = keys ? Object.keys(value) : []
    findings.error(file, {
      code: 'unknown-file-kind',
      message: 'the file is neither a resource policy nor roles nor routes',
      hint:
        given.map((name) => suggestKind(name)).find((hint) => hint !== null) ??
        'start it with "resource: NAME", "roles:" or "routes:"',
    })
    return null
  }
  for (const extra of found.slice(1)) {
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
  const hint = suggest(name, kinds, '')
  return hint?.startsWith('did you mean') === true ? hint : null
}
